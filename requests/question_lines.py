"""The own line of stages of each core question: opinions, decision, execution, finished (R051, R052). Pure over loaded rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests.case import Words
from requests.states import FINAL_OUTCOMES, ItemState, Outcome, Stage, Track

if TYPE_CHECKING:
    from requests.models import ActionItem, Question

ENDED_ITEMS = (ItemState.CLOSED, ItemState.CANCELLED)
BEFORE_DECISION = (Stage.PROPOSAL, Stage.PREPARATION, Stage.RETURNED)


@dataclass(frozen=True)
class QuestionStep:
    """One stage of a question: `done`, `now`, `held` (a dispute), or empty for what comes later."""

    label: Words
    state: str = ""
    note: Words = ""


def with_lines(questions: Sequence[Any], items: Sequence[ActionItem], stage: str) -> Sequence[Any]:
    """Each question with its line; its items run whatever the others do."""
    for question in questions:
        question.line = line_of(question, [item for item in items if item.question_id == question.pk], stage)
    return questions


def line_of(question: Question, items: Sequence[ActionItem], stage: str) -> list[QuestionStep]:
    settled = question.outcome in FINAL_OUTCOMES
    left = [item for item in items if item.state not in ENDED_ITEMS]
    done = len(items) - len(left)
    opining = stage in BEFORE_DECISION and not settled
    finished = settled and bool(items) and not left
    return [
        QuestionStep(pgettext_lazy("question", "Opinions"), "now" if opining else "done"),
        _decision(question, settled=settled, opining=opining),
        QuestionStep(
            pgettext_lazy("question", "Execution"),
            "done" if finished else "now" if settled else "",
            f"{done}/{len(items)}" if items else "",
        ),
        QuestionStep(pgettext_lazy("question", "Finished"), "done" if finished else ""),
    ]


def _decision(question: Any, *, settled: bool, opining: bool) -> QuestionStep:
    label = pgettext_lazy("question", "Decision")
    if settled:
        return QuestionStep(label, "done")
    if question.outcome == Outcome.IN_DISPUTE:
        return QuestionStep(label, "held", _("in dispute; the others go on"))
    state = "" if opining else "now"
    if getattr(question, "is_circulating", False):
        return QuestionStep(label, state, _("a paper on it goes round"))
    if question.track == Track.UNDISPUTED:
        return QuestionStep(label, state, _("undisputed; the office decides"))
    if question.track == Track.DISPUTED or question.outcome in (Outcome.NOT_AGREED, Outcome.DEFERRED):
        return QuestionStep(label, state, _("disputed; the meeting decides"))
    return QuestionStep(label, state)
