"""What was written before bears the name that its department has on this day; it can be taken back by doing nothing.

An archived matter stays as it is: its rows are frozen, and where no name stands pages show that of the department.
"""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery

from audit.acting import SYSTEM, as_actor

# Each model with its way to the stage of its matter.
MODELS = {
    "Attempt": "matter__stage",
    "Reservation": "question__matter__stage",
    "PointOfDifference": "question__matter__stage",
}


def write_names(apps: Any, schema_editor: Any) -> None:
    names = apps.get_model("organization", "Department").objects.filter(pk=OuterRef("department"))
    with as_actor(SYSTEM, reason="names of departments"):
        for name, stage in MODELS.items():
            rows = (
                apps.get_model("requests", name)
                .objects.filter(department_name="")
                .exclude(**{stage: "archived"})
            )
            if rows.exists():
                rows.update(department_name=Subquery(names.values("name")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0001_initial"),
        ("requests", "0034_departments_keep_their_names"),
    ]

    operations = [migrations.RunPython(write_names, migrations.RunPython.noop)]
