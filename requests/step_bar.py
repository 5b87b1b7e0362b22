"""The six stages of a matter as the head of its page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests.models import CoordinationRequest
from requests.panels import held_by, leading_duty
from requests.states import MAIN_LINE, Stage
from supervision.models import Obligation


@dataclass(frozen=True)
class StepBarLine:
    """One of the six stages: who held it from when to when, or who holds it now until when."""

    name: str | Promise
    state: str = ""
    since: datetime | None = None
    until: datetime | None = None
    note: str | Promise = ""
    duty: Obligation | None = None

    @property
    def holder(self) -> str:
        return held_by(self.duty)


def step_bar(matter: CoordinationRequest, duties: Sequence[Obligation]) -> list[StepBarLine]:
    """The six stages as the head of the page shows them."""
    here = _position(matter)
    begun, ended = _beginnings(matter), _endings(matter)
    lines = []
    for at, stage in enumerate(MAIN_LINE):
        if at < here or matter.stage == Stage.ARCHIVED:
            lines.append(
                StepBarLine(stage.label, "done", begun.get(stage), ended.get(stage), _who(matter, stage))
            )
        elif at == here:
            lines.append(StepBarLine(stage.label, "now", begun.get(stage), duty=leading_duty(duties)))
        else:
            lines.append(StepBarLine(stage.label, note=_outlook(matter, stage)))
    return lines


def _position(matter: CoordinationRequest) -> int:
    """Where on the main line the matter stands; a returned one stands where it was returned from."""
    stage = matter.returned_from if matter.stage == Stage.RETURNED else matter.stage
    if stage == Stage.DRAFT:
        return -1
    if stage in (Stage.REJECTED, Stage.WITHDRAWN, Stage.MERGED):
        return 1 if matter.accepted_at else 0
    return MAIN_LINE.index(Stage(stage))


def _beginnings(matter: CoordinationRequest) -> dict[str, datetime | None]:
    return {
        Stage.PROPOSAL: matter.submitted_at,
        Stage.PREPARATION: matter.accepted_at,
        Stage.DECISION: matter.decision_started_at,
        Stage.EXECUTION: matter.decided_at,
        Stage.FEEDBACK: matter.completed_at,
        Stage.ARCHIVED: matter.ended_at,
    }


def _endings(matter: CoordinationRequest) -> dict[str, datetime | None]:
    begun = _beginnings(matter)
    return {stage: begun[later] for stage, later in pairwise(MAIN_LINE)}


def _who(matter: CoordinationRequest, stage: Stage) -> str:
    if stage == Stage.PROPOSAL:
        return f"{matter.department_name} {matter.filed_by.name}"
    if stage == Stage.PREPARATION and matter.keeper:
        return matter.keeper.name
    if stage == Stage.EXECUTION and matter.lead_department:
        return matter.lead_department.name
    return ""


def _outlook(matter: CoordinationRequest, stage: Stage) -> str | Promise:
    if stage == Stage.EXECUTION and matter.lead_department:
        return _("%(department)s leads") % {"department": matter.lead_department.name}
    return OUTLOOK.get(stage, "")


OUTLOOK: dict[str, str | Promise] = {
    Stage.PREPARATION: _("facts, questions, opinions"),
    Stage.DECISION: _("by a meeting or the office"),
    Stage.EXECUTION: _("by action items"),
    Stage.FEEDBACK: _("the applicant confirms"),
    Stage.ARCHIVED: _("sealed for good"),
}
