"""The kinds of papers that an office starts with (§3.5). Planted after a migrate into an empty table only."""

from __future__ import annotations

from typing import Any

from django.db import connections

from requests.circulation_states import Silence
from requests.models import PaperKind

# Silence counts as no objection only for what is routine.
KINDS = (
    ("协调方案", Silence.ESCALATE, False),
    ("联合发文", Silence.ESCALATE, False),
    ("制度、办法", Silence.ESCALATE, False),
    ("责任分工", Silence.ESCALATE, False),
    ("日常通知", Silence.DEEMED, True),
    ("情况通报", Silence.DEEMED, True),
)


def plant(using: str = "default", **_: Any) -> None:
    """Receiver of `post_migrate`, which acts in the name of the migration."""
    if PaperKind._meta.db_table not in connections[using].introspection.table_names():
        return
    kinds = PaperKind.objects.using(using)
    if not kinds.exists():
        kinds.bulk_create(
            PaperKind(name=name, silence=silence, is_routine=is_routine, order=order)
            for order, (name, silence, is_routine) in enumerate(KINDS, start=1)
        )
