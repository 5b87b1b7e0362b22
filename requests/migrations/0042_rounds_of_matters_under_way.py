"""Sheets of the office on a matter that took the simple track were its round; an archived matter stays as it is."""

from typing import Any

from django.db import migrations
from django.db.models import Q

from audit.acting import SYSTEM, as_actor


def mark_rounds(apps: Any, schema_editor: Any) -> None:
    simple = Q(matter__handling="simple") | Q(matter__handling_left_at__isnull=False)
    rounds = (
        apps.get_model("requests", "Letter")
        .objects.filter(simple, form="sheet", department__is_coordination_office=True)
        .exclude(matter__stage="archived")
    )
    with as_actor(SYSTEM, reason="rounds of the simple track"):
        if rounds.exists():
            rounds.update(is_round=True)


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0001_initial"),
        ("requests", "0041_the_round_of_the_simple_track"),
    ]

    operations = [migrations.RunPython(mark_rounds, migrations.RunPython.noop)]
