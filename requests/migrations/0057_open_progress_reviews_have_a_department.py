"""A progress review that was owed before it had a department is owed with the lead department, like every other one."""

from typing import Any

from django.db import migrations

from audit.acting import SYSTEM, as_actor


def name_departments(apps: Any, schema_editor: Any) -> None:
    owed = apps.get_model("supervision", "Obligation").objects.filter(
        kind="review_progress", subject_type="matter", state__in=["open", "suspended"], holder_department=None
    )
    matters = apps.get_model("requests", "CoordinationRequest").objects.exclude(stage="archived")
    leads = dict(matters.filter(lead_department__isnull=False).values_list("pk", "lead_department"))
    with as_actor(SYSTEM, reason="departments of progress reviews"):
        for duty in owed.filter(subject_id__in=list(leads)) if owed.exists() else ():
            duty.holder_department_id = leads[duty.subject_id]
            duty.save(update_fields=["holder_department"])


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0001_initial"),
        ("requests", "0056_items_are_suspended"),
        ("supervision", "0019_naming_of_a_reader_is_owed"),
    ]

    operations = [migrations.RunPython(name_departments, migrations.RunPython.noop)]
