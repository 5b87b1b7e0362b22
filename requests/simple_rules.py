"""The simple track (简易办理, R039): which matters may take it, and the steps that it saves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.refusals import Invalid, Sentence
from requests.approval_rules import chain_for
from requests.approval_states import LEVELS_OF
from requests.rules import is_major
from requests.states import Answer

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from organization.models import Department
    from requests.models import CoordinationRequest, Participant

# More departments than that are no simple matter (lead and co-handling ones).
MOST_DEPARTMENTS = 3
MOST_OF_REASON = 200

STEPS: tuple[str | Promise, ...] = (
    gettext_lazy("hand in"),
    gettext_lazy("accept, with facts and question"),
    gettext_lazy("sheet to the departments"),
    gettext_lazy("their answers"),
    gettext_lazy("decide and hand out"),
)
FULL_STEPS: tuple[str | Promise, ...] = (
    gettext_lazy("hand in"),
    gettext_lazy("accept"),
    gettext_lazy("write the preparation"),
    gettext_lazy("send the material"),
    gettext_lazy("opinions of the departments"),
    gettext_lazy("go to the decision"),
    gettext_lazy("meeting or draft of the action items"),
    gettext_lazy("decide"),
)
# The lines of the history that are steps of the office on the way to the decision; what all departments do at once is
# one step.
COUNTED = (
    "submit", "return_for_revision", "resubmit", "accept", "write_preparation", "deliver_material", "send_letter",
    "start_decision", "back_to_preparation", "decide",
)  # fmt: skip
COUNTED_ONCE = ("give_opinion", "answer_letter")


@dataclass(frozen=True)
class Progress:
    """简易办理：共5步，已走3步."""

    done: int
    total: int = len(STEPS)
    full: int = len(FULL_STEPS)
    name: str | Promise = ""


def progress_of(matter: CoordinationRequest, participants: Sequence[Participant]) -> Progress:
    """How far a matter on the simple track has come, and what comes next."""
    reached = (
        matter.submitted_at is not None,
        matter.accepted_at is not None,
        bool(participants) and all(row.notified_at for row in participants),
        bool(participants) and all(row.opinion for row in participants),
        matter.decided_at is not None,
    )
    done = next((at for at, is_there in enumerate(reached) if not is_there), len(reached))
    return Progress(done, name=STEPS[done] if done < len(STEPS) else "")


def insist_on_simple(
    matter: CoordinationRequest,
    departments: Collection[Department],
    *,
    reason: str,
    facts: str,
    question: str,
) -> None:
    """R039: not major, few departments, nobody objects; with its reason, the facts and the one question (R043, R044)."""
    fields: dict[str, list[Sentence]] = {}
    if bar := bar_of(matter, departments):
        fields["handling"] = [bar]
    if not reason.strip():
        fields["handling_reason"] = [_("Write why the simple track is enough.")]
    elif len(reason.strip()) > MOST_OF_REASON:
        fields["handling_reason"] = [_("Shorten it to %(most)s characters.") % {"most": MOST_OF_REASON}]
    if not facts.strip():
        fields["facts"] = [_("Write what you have checked: the sheet goes out with it.")]
    if not question.strip():
        fields["question"] = [_("Write the one question that the departments answer.")]
    if fields:
        raise Invalid(_("This matter cannot take the simple track like this."), fields=fields)


def bar_of(matter: CoordinationRequest, departments: Collection[Department]) -> str:
    """What bars the simple track, in a sentence; empty when nothing does."""
    taking_part = {row.pk for row in departments}
    if is_major(matter):
        return _("A major matter takes the full track.")
    if len(LEVELS_OF[chain_for(matter, taking_part)]) > 1:
        return _("A matter that needs several approvals takes the full track.")
    if len(taking_part) > MOST_DEPARTMENTS:
        return _("More than %(most)s departments take part: choose the full track.") % {
            "most": MOST_DEPARTMENTS
        }
    if names := _refusing(matter, taking_part):
        return _("%(names)s refused when it was asked: choose the full track.") % {"names": "、".join(names)}
    return ""


def _refusing(matter: CoordinationRequest, departments: Collection[int]) -> list[str]:
    """Departments whose last word in the talks before was a refusal."""
    last: dict[int, tuple[str, str]] = {}
    talks = matter.attempts.filter(department__in=departments).order_by("held_at", "pk")
    for department, answer, name in talks.values_list("department", "answer", "department__name"):
        last[department] = (answer, name)
    return [name for answer, name in last.values() if answer == Answer.REFUSED]
