"""The rule of approvals that an office starts with (R038). Planted after a migrate into an empty table only."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import connections

from requests.approval_states import Chain
from requests.models import ApprovalRule
from requests.states import Category

RULES: tuple[dict[str, Any], ...] = (
    {"category": Category.PROJECT},
    {"amount_from": Decimal(500_000)},
    {"departments_from": 5},
)


def plant(using: str = "default", **_: Any) -> None:
    """Receiver of `post_migrate`, which acts in the name of the migration."""
    if ApprovalRule._meta.db_table not in connections[using].introspection.table_names():
        return
    rules = ApprovalRule.objects.using(using)
    if not rules.exists():
        rules.bulk_create(ApprovalRule(levels=Chain.ALL, **row) for row in RULES)
