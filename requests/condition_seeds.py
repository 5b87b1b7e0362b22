"""The conditions of acceptance that an office starts with (R028). Planted after a migrate into an empty table only."""

from __future__ import annotations

from typing import Any

from django.db import connections

from requests.models import AcceptanceCondition
from requests.states import GapCode, RejectionGround

CONDITIONS = (
    ("属于跨部门协调范围", "涉及两个以上部门，一个部门办不了。", RejectionGround.NOT_CROSS_DEPARTMENT),
    ("有职责或制度依据", "所求之事在本单位权限之内，有章可循。", RejectionGround.NO_BASIS),
    (
        "只有一个协调目标，写明要达到的状态",
        "一事一报；写谁在何时达到什么状态，不写请谁做什么。",
        GapCode.GOAL,
    ),
    ("已先与相关部门沟通", "对方的答复和不同意的理由都有记录。", GapCode.TALKS),
    ("事实清楚，材料够用", "范围、人数、金额、日期可以核对。", GapCode.MATERIAL),
    ("没有在其他渠道办理，也没有已作的结论", "已查相近事项、会议纪要和裁定。", RejectionGround.SETTLED),
)


def plant(using: str = "default", **_: Any) -> None:
    """Receiver of `post_migrate`, which acts in the name of the migration."""
    if AcceptanceCondition._meta.db_table not in connections[using].introspection.table_names():
        return
    conditions = AcceptanceCondition.objects.using(using)
    if not conditions.exists():
        conditions.bulk_create(
            AcceptanceCondition(text=text, hint=hint, code=code, order=order)
            for order, (text, hint, code) in enumerate(CONDITIONS, start=1)
        )
