"""How often an action item is reported on, where it is not the office's limit (F10, R085)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0005_whole_report_and_late_extension")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="report_every",
                field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="reporting cycle"),
            )
            for name in ("actionitem", "historicalactionitem")
        ),
        migrations.AddConstraint(
            model_name="actionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("report_every", None)) | models.Q(("report_every__gte", 1)),
                name="a_cycle_is_at_least_a_day",
            ),
        ),
    ]
