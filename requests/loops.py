"""The three loops of a coordination (事前沟通、事中协调、事后反馈, R105): which are closed, as tick marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests.states import Stage

if TYPE_CHECKING:
    from requests.models import CoordinationRequest

BEFORE, DURING, AFTER = _("Talks before"), _("Coordination meanwhile"), _("Feedback afterwards")
# The other ways to end leave the later loops open for good: there is nothing to tick.
ON_THE_LINE = (
    Stage.PROPOSAL, Stage.RETURNED, Stage.PREPARATION, Stage.DECISION, Stage.EXECUTION, Stage.FEEDBACK, Stage.ARCHIVED,
)  # fmt: skip
WORDS: dict[str, str | Promise] = {"done": _("done"), "left out": _("left out"), "to come": _("to come")}
LOOP_STATES = list(WORDS.items())


@dataclass(frozen=True)
class Loop:
    label: str | Promise
    state: str

    @property
    def words(self) -> str | Promise:
        return WORDS[self.state]


def loops_of(matter: CoordinationRequest, *, talked_before: bool) -> list[Loop]:
    """Somebody was asked before it was filed; it was decided together; the applicant has said what came of it, or had the
    time to."""
    if matter.stage not in ON_THE_LINE:
        return []
    return [
        Loop(BEFORE, "done" if talked_before else "left out"),
        Loop(DURING, "done" if matter.decided_at else "to come"),
        Loop(AFTER, "done" if matter.feedback_ended_at else "to come"),
    ]


def talked_before(matter: CoordinationRequest) -> bool:
    """Whether a talk is on record that was held before the matter was filed (R033)."""
    filed = matter.submitted_at
    return filed is not None and any(talk.held_at <= filed for talk in matter.attempts.all())
