"""The process record of a matter (过程记录, R096): decisions, minutes, changes and solutions in one line of time, to be
filtered and taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from audit.models import TransitionLog
from documents.sheets import Column
from pages.lists import one_of
from requests.models import CoordinationRequest

KINDS: dict[str, str | Promise] = {
    "decision": pgettext_lazy("process record", "Decisions"),
    "minutes": pgettext_lazy("process record", "Meetings and minutes"),
    "change": pgettext_lazy("process record", "Changes"),
    "solution": pgettext_lazy("process record", "Solutions"),
    "other": pgettext_lazy("process record", "Other steps"),
}
# The verbs by which something is decided, whatever they are told of; a ruling decides too.
DECISIONS = (
    "accept", "reject", "answer_approval", "answer_review", "decide", "decide_question", "hold_decision", "settle_by_letters",
    "answer_order", "approve_plan", "answer_change", "rule", "rule_duty", "rule_release", "answer_extension", "answer_lowering",
    "uphold_task", "accept_stage", "waive_milestone", "accept_milestone",
)  # fmt: skip
# What was decided or planned is altered by these; of a change request every other step belongs here too.
CHANGES = (
    "change_participants", "change_keeper", "hand_over_lead", "adjust_plan", "put_in_force", "prolong_measure", "prolong_loan",
    "reassign", "ask_extension", "suspend", "resume", "reopen_execution", "raise_level", "urgency", "leave_simple_track",
    "cancel_item",
)  # fmt: skip
# How something was solved, or what is done about it meanwhile.
SOLUTIONS = (
    "record_obstacle", "end_obstacle", "compensate", "admit_misrouting", "lend", "confirm_return", "confirm_mended",
)  # fmt: skip
OF_SOLUTION = ("measure", "agreement", "dispute", "progress_review", "improvement")

KIND = Case(
    When(verb__in=DECISIONS, then=Value("decision")),
    When(subject_type="meeting", then=Value("minutes")),
    When(Q(verb__in=CHANGES) | Q(subject_type="change"), then=Value("change")),
    When(Q(verb__in=SOLUTIONS) | Q(subject_type__in=OF_SOLUTION), then=Value("solution")),
    default=Value("other"),
    output_field=CharField(),
)

TITLE = gettext_lazy("Process record")
COLUMNS = (
    Column(pgettext_lazy("process record", "When"), 17),
    Column(pgettext_lazy("process record", "Kind"), 14),
    Column(pgettext_lazy("process record", "What happened"), 56, wrap=True),
    Column(pgettext_lazy("process record", "Content, reason"), 56, wrap=True),
    Column(pgettext_lazy("process record", "Who"), 10),
    Column(pgettext_lazy("process record", "Department"), 16),
    Column(pgettext_lazy("process record", "On behalf of"), 10),
)  # fmt: skip


def lines_of(matter: CoordinationRequest, kind: str = "") -> QuerySet[Any]:
    """Every line of the matter in the order of time, each with its kind; of one kind only where one is named."""
    rows = TransitionLog.objects.of_case(matter.pk).annotate(kind=KIND).order_by("at", "pk")
    return rows.filter(kind=kind) if kind else rows


def kind_of(params: Mapping[str, str]) -> str:
    """The kind that an address names; all of them otherwise."""
    return one_of(params, "kind", KINDS)


def rows_of(matter: CoordinationRequest, kind: str = "") -> Iterator[tuple[Any, ...]]:
    """As they leave the house: the words of the page, in the language of whoever takes them."""
    for line in lines_of(matter, kind).iterator(chunk_size=500):
        yield (
            line.at, str(KINDS[line.kind]), sentence_of(line), line.reason, line.actor_name, line.department_name,
            line.on_behalf_of,
        )  # fmt: skip


def sentence_of(line: Any) -> str:
    try:
        return _(line.sentence) % line.values
    except (KeyError, ValueError):  # an old line whose sentence has changed since
        return str(line.sentence)
