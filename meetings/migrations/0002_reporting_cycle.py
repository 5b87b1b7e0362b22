"""The reporting cycle of an action item that a meeting drafts (F10)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="resolvedaction",
            name="report_every",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="reporting cycle"),
        )
    ]
