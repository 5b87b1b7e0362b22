"""From when and why a duty is yellow although its date is still far (R085, R089)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supervision", "0002_original_due_date_stands")]

    operations = [
        migrations.AddField(
            model_name="obligation", name="warn_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="obligation",
            name="warn_why",
            field=models.CharField(
                blank=True,
                choices=[
                    ("report", "no report in time"),
                    ("forecast", "expected late"),
                    ("behind", "behind the time"),
                ],
                default="",
                max_length=8,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(("warn_at", None), ("warn_why", ""))
                | models.Q(("warn_at__isnull", False), ("warn_why__in", ["report", "forecast", "behind"])),
                name="an_early_warning_says_why",
            ),
        ),
    ]
