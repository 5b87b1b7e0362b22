"""One person of each department that took part answers the survey too (F15)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organization", "0001_initial"), ("requests", "0006_reporting_cycle")]

    operations = [
        migrations.AddField(
            model_name="survey",
            name="department",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organization.department",
                verbose_name="department",
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.UniqueConstraint(
                fields=("matter", "department"), name="one_survey_per_department_and_matter"
            ),
        ),
    ]
