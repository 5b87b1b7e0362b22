"""The tab of a matter with its gains and losses (R083)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from pages.addresses import address
from requests.case import Case, Step
from requests.effect_policies import may_compensate, may_state_effect, may_withdraw_effect
from requests.flows.effects import STAGES
from requests.models import Effect

if TYPE_CHECKING:
    from organization.models import User


def effects_of(case: Case) -> dict[str, Any]:
    """Department by department, with what this person may do to each row."""
    user = case.user
    rows = list(Effect.objects.filter(matter=case.matter).for_panel())
    runs = case.matter.stage in STAGES and not case.matter.is_suspended
    standing = [row for row in rows if row.withdrawn_at is None] if runs and user is not None else []
    return {
        "effects": rows,
        "goals_that_gain": _goals(rows, is_loss=False),
        "goals_that_lose": _goals(rows, is_loss=True),
        "may_withdraw": {row.pk for row in standing if user is not None and may_withdraw_effect(row, user)},
        "may_compensate": {
            row.pk for row in standing if user is not None and row.is_loss and may_compensate(row, user)
        },
        "may_state": runs and user is not None and may_state_effect(case.matter, user, case.concerned),
    }


def _goals(rows: Iterable[Effect], *, is_loss: bool) -> list[str]:
    """Whose goals gain, or lose, each once: 物资部：库存周转率。"""
    standing = (
        row for row in rows if row.withdrawn_at is None and row.goal is not None and row.is_loss == is_loss
    )
    return list(dict.fromkeys(f"{row.department_name}：{row.goal}" for row in standing))


def effect_steps(case: Case, user: User) -> Iterator[Step]:
    """Whoever may state what it means for a department finds it among the acts."""
    if case.matter.stage in STAGES and may_state_effect(case.matter, user, case.concerned):
        yield Step(
            "state_effect", _("State a gain or loss"), address("requests:state_effect", case.matter.pk)
        )
