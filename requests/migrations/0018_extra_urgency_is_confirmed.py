"""R040: extra urgent needs the word of a head."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0001_initial"),
        ("requests", "0017_obstacles_of_an_item"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="coordinationrequest",
            name="urgency_confirmed_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="coordinationrequest",
            name="urgency_wish",
            field=models.CharField(
                blank=True,
                choices=[
                    ("asked", "Waits for confirmation"),
                    ("confirmed", "Confirmed"),
                    ("denied", "Not confirmed"),
                ],
                editable=False,
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="historicalcoordinationrequest",
            name="urgency_confirmed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalcoordinationrequest",
            name="urgency_wish",
            field=models.CharField(
                blank=True,
                choices=[
                    ("asked", "Waits for confirmation"),
                    ("confirmed", "Confirmed"),
                    ("denied", "Not confirmed"),
                ],
                editable=False,
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            model_name="coordinationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("urgency_confirmed_by", None),
                    models.Q(("urgency_confirmed_by", models.F("filed_by")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_confirms_the_own_urgency",
            ),
        ),
    ]
