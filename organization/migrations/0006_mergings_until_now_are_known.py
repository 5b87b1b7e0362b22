"""Whoever speaks for a department heard long ago of what was merged into it: only what is merged from now on is told."""

from typing import Any

from django.db import migrations

from audit.acting import SYSTEM, as_actor, now


def take_as_told(apps: Any, schema_editor: Any) -> None:
    merged = apps.get_model("organization", "Department").objects.filter(
        successor__isnull=False, merger_told_at=None
    )
    with as_actor(SYSTEM, reason="mergings until now"):
        if merged.exists():
            merged.update(merger_told_at=now())


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0005_goals_in_a_tree"),
    ]

    operations = [migrations.RunPython(take_as_told, migrations.RunPython.noop)]
