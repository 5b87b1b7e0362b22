"""The rest of form F12, and whether a later date was asked for in time (R097)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0004_evidence_of_an_item")]

    operations = [
        migrations.AddField(
            model_name="progressreport",
            name="coordination",
            field=models.TextField(blank=True, default="", verbose_name="to be coordinated"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="progressreport",
            name="expected_on",
            field=models.DateField(blank=True, null=True, verbose_name="expected completion"),
        ),
        migrations.AddField(
            model_name="progressreport",
            name="risk_change",
            field=models.TextField(blank=True, default="", verbose_name="change of the risks"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="extension",
            name="asked_late",
            field=models.BooleanField(default=False, verbose_name="asked late"),
        ),
    ]
