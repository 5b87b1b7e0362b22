"""What was written before bears the name that its department has on this day; it can be taken back by doing nothing."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

from audit.acting import SYSTEM, as_actor

MODELS = ("Attempt", "Reservation", "PointOfDifference")


def write_names(apps, schema_editor):
    names = apps.get_model("organization", "Department").objects.filter(pk=OuterRef("department"))
    with as_actor(SYSTEM, reason="names of departments"):
        for name in MODELS:
            rows = apps.get_model("requests", name).objects.filter(department_name="")
            if rows.exists():
                rows.update(department_name=Subquery(names.values("name")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0001_initial"),
        ("requests", "0034_departments_keep_their_names"),
    ]

    operations = [migrations.RunPython(write_names, migrations.RunPython.noop)]
