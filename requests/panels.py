"""What the page of a matter shows beside its fields: the step bar, the tabs, the rows that next steps need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.acting import now
from audit.models import TransitionLog
from organization.models import User
from pages.addresses import link
from requests import confidential, discussion, policies
from requests.agreement_panel import agreements_of
from requests.appeal_panel import appeals_of, appeals_to_rule
from requests.approval_view import approvals_of
from requests.change_view import changes_of
from requests.changes import changes
from requests.channels import with_channels
from requests.circulation_panel import circulations_of
from requests.circulation_rules import STAGES
from requests.effect_panel import effects_of
from requests.flows.given_up import is_given_up
from requests.flows.refusal_reviews import window_of
from requests.folder import papers_of
from requests.inline import assignees
from requests.loan_panel import loans_of
from requests.measure_panel import measures_of
from requests.models import (
    ActionItem,
    Addressee,
    AgreementSide,
    CoordinationRequest,
    Countersign,
    Letter,
    OralOrder,
    Participant,
    RefusalReview,
)
from requests.next_steps import Case, RefusalState
from requests.outside_paper_panel import outside_papers_of
from requests.plan_reading import plan_panel, reads_plan
from requests.progress_panel import reviews_of
from requests.public_notice_panel import notices_of
from requests.question_lines import with_lines
from requests.reads import (
    CHECKS,
    COUNTS,
    DUTIES_OF_MATTERS,
    ITEMS,
    OPEN_DUTIES,
    PARTICIPANTS,
    STANDING,
    of_matter,
    questions_of,
    waiting_of,
)
from requests.states import ACTIVE, BEFORE_ACCEPTANCE, Stage
from requests.survey_view import survey_result
from requests.visit_panel import visits_of
from supervision.models import Obligation
from supervision.states import Kind, State


def load_case(matter: CoordinationRequest, user: User) -> Case:
    """The rows that the next steps are read from: four queries."""
    standing = dict(STANDING.get(matter.pk))
    wished = _wished(matter) if matter.stage in BEFORE_ACCEPTANCE else {}
    has_paper, has_order = standing.pop("has_application"), standing.pop("has_order")
    asks_survey = matter.stage == Stage.FEEDBACK and standing["has_survey"]
    return Case(
        matter=matter,
        participants=of_matter(matter, PARTICIPANTS(matter.pk)),
        items=of_matter(matter, ITEMS(matter.pk)),
        user=user,
        signatures_due=_signatures_of(matter, user) if standing.pop("has_waiting_signatures") else (),
        letters_to_answer=_waiting_for(matter, user) if standing.pop("has_waiting_letters") else (),
        appeals_to_rule=appeals_to_rule(matter, user) if standing.pop("has_open_appeals") else (),
        agreements_to_answer=_agreements_for(matter, user) if standing.pop("has_open_agreements") else (),
        refusal=_refusal(matter) if matter.stage in (Stage.PROPOSAL, Stage.REJECTED) else RefusalState(),
        is_given_up=matter.stage == Stage.RETURNED and is_given_up(matter),
        has_surveyed=asks_survey and _has_surveyed(matter, user),
        wished_departments="、".join(wished.values()),
        order=_order(matter) if has_order else None,
        approvals=approvals_of(matter, user, list(wished), has_application=has_paper),
        **standing,
    )


def _order(matter: CoordinationRequest) -> OralOrder:
    order: OralOrder = OralOrder.objects.select_related("ordered_by").get(matter=matter)
    order.matter = matter
    return order


def _waiting_for(matter: CoordinationRequest, user: User) -> list[Addressee]:
    """Contact sheets and letters that wait for the answer of a department that this person speaks for."""
    waiting = Addressee.objects.waiting().filter(letter__matter=matter)
    return list(waiting.filter(department__in=user.authority.speaks_for).select_related("letter"))


def _signatures_of(matter: CoordinationRequest, user: User) -> list[Countersign]:
    """Papers that go round and wait for this person's signature."""
    return list(Countersign.objects.waiting_for(user).filter(circulation__matter=matter))


def _agreements_for(matter: CoordinationRequest, user: User) -> list[int]:
    """What people of a department agreed on, for the head of that department (R092)."""
    rows = AgreementSide.objects.waiting_for(user).filter(agreement__matter=matter)
    return list(rows.values_list("agreement", flat=True).distinct())


def _refusal(matter: CoordinationRequest) -> RefusalState:
    """The review of a refusal, or the period in which one can be asked for."""
    review = RefusalReview.objects.filter(matter=matter).select_related("asked_by", "answered_by").first()
    is_refused = matter.stage == Stage.REJECTED
    return RefusalState(review, window_of(matter) if is_refused and review is None else None)


def _wished(matter: CoordinationRequest) -> dict[int, str]:
    """Whom the applicant would like to take part: until its acceptance a matter has no other departments."""
    return dict(matter.wished_departments.order_by("order").values_list("pk", "name"))


def report_of(matter: CoordinationRequest) -> str:
    """What the lead department reported when it was done: the applicant holds it against the goal."""
    told = TransitionLog.objects.of(matter.SUBJECT, matter.pk).filter(verb="complete_execution")
    return told.order_by("-at", "-pk").values_list("reason", flat=True).first() or ""


def _has_surveyed(matter: CoordinationRequest, user: User) -> bool:
    """Whether the person, or somebody else for the departments they speak for, has answered already."""
    own = (
        Q(person=user) if policies.is_applicant(matter, user) else Q(department__in=user.authority.speaks_for)
    )
    return bool(matter.surveys.filter(own | Q(person=user)).exists())


def open_duties(matter: CoordinationRequest) -> list[Obligation]:
    """What is still owed in this matter, soonest first."""
    return OPEN_DUTIES(matter.pk)


LONGEST_STORY = 300
# What is owed beside the course of the matter.
WINDOWS = (Kind.REVIEW_WINDOW, Kind.NOTICE_WINDOW)
ASIDE = (Kind.RESTART, Kind.SURVEY, Kind.LEVEL, Kind.PAPERS, Kind.CONFIRM_ORDER, Kind.REVIEW_PROGRESS)


def leading_duty(duties: Sequence[Obligation]) -> Obligation | None:
    """The duty that stands for the matter: one on the matter itself, else the soonest of what hangs on it.

    A running clock comes before one that stands still: a returned form is with its applicant.
    """
    held = [duty for duty in duties if duty.kind not in WINDOWS]
    own = [
        duty for duty in held if duty.subject_type == CoordinationRequest.SUBJECT and duty.kind not in ASIDE
    ]
    found = own or [duty for duty in held if duty.kind != Kind.LEVEL]
    running = [duty for duty in found if duty.state == State.OPEN]
    return next(iter(running or found), None)


def with_leading_duty(matters: list[Any]) -> list[tuple[Any, Obligation | None]]:
    """Each matter of a list with the duty that stands for it: one query for all."""
    owed: dict[int | None, list[Obligation]] = {}
    for duty in DUTIES_OF_MATTERS([row.pk for row in matters]):
        owed.setdefault(duty.case_id, []).append(duty)
    return [(row, leading_duty(owed.get(row.pk, []))) for row in matters]


def held_by(duty: Obligation | None) -> str:
    """Who holds a duty: 物资部 林佳."""
    parts = (duty.holder_department, duty.holder) if duty else ()
    return " ".join(str(part) for part in parts if part)


@dataclass(frozen=True)
class Tab:
    key: str
    label: str | Promise
    count: int | None = None
    # Of what lives in an app above only this is known here: whether there is any.
    holds: bool = True

    @property
    def is_empty(self) -> bool:
        return self.count == 0 or not self.holds


def tabs(case: Case) -> list[Tab]:
    """What the matter consists of; parts of apps that do not exist yet are left out."""
    matter = case.matter
    counts = _counts(case)
    found = [
        Tab("overview", _("Overview")),
        Tab("opinions", _("Opinions"), len(case.participants)),
        Tab("meetings", _("Meetings"), holds=counts["met"]) if link("meetings:panel", matter.pk) else None,
        Tab("plan", pgettext_lazy("tab", "Plan")) if reads_plan(case) else None,
        Tab("items", _("Action items"), len(case.items)),
        Tab("letters", _("Sheets and letters"), counts["papers"]),
        _part("circulations", _("Countersigning"), counts["circulating"], begins=matter.stage in STAGES),
        _part("notices", _("Public notices"), counts["noticed"], begins=matter.stage in STAGES),
        _part("measures", _("Measures"), counts["measured"], begins=matter.stage in STAGES),
        _part("effects", _("Gains and losses"), counts["gains"], begins=matter.stage in STAGES),
        _part("visits", _("Site visits"), counts["visited"], begins=matter.stage in ACTIVE),
        _part("loans", _("Loans"), counts["lent"], begins=matter.stage == Stage.EXECUTION),
        Tab("disputes", _("Disputes"), holds=counts["disputed"])
        if link("disputes:panel", matter.pk)
        else None,
        _part(
            "changes",
            _("Changes"),
            counts["changes"] + counts["appealed"],
            begins=matter.stage == Stage.EXECUTION or case.is_frame_open,
        ),
        Tab("files", _("Files"), counts["files"] + counts["outside"]),
        Tab("talks", _("Talks"), counts["talks"] + counts["agreed"]),
        Tab("discussion", _("Discussion"), counts["said"] + counts["kept"]),
        Tab("readers", _("Who reads it")) if matter.is_closed else None,
        Tab("story", _("History"), counts["story"]),
    ]
    return [tab for tab in found if tab]


def _part(key: str, label: str | Promise, count: int, *, begins: bool) -> Tab | None:
    """One that stands there when it holds something, or when it can begin now."""
    return Tab(key, label, count) if count or begins else None


def _counts(case: Case) -> dict[str, Any]:
    """How many papers, letters, talks and lines of history there are."""
    counts = COUNTS.get(case.matter.pk)
    if not counts["has_letters"]:
        return {**counts, "papers": 0}
    letters = Letter.objects.visible_to(case.user).filter(matter=case.matter)
    return {**counts, "papers": letters.count()}


def panel(tab: str, case: Case) -> dict[str, Any]:
    """The rows of one tab, and of nothing else."""
    return PANELS.get(tab, _spoken)(case)


def _spoken(case: Case) -> dict[str, Any]:
    """Opinions and questions, with what the survey says."""
    matter = case.matter
    return {
        "survey": survey_result(matter) if case.has_survey else None,
        "questions": with_lines(questions_of(matter), case.items, matter.stage),
    }


def _overview(case: Case) -> dict[str, Any]:
    return {"checks": CHECKS(case.matter.pk), **_spoken(case)}


def _files(case: Case) -> dict[str, Any]:
    return {"files": papers_of(case.matter.pk), **outside_papers_of(case)}


def _talks(case: Case) -> dict[str, Any]:
    return {"talks": case.matter.attempts.select_related("department", "recorded_by"), **agreements_of(case)}


def _readers(case: Case) -> dict[str, Any]:
    return confidential.panel(case, case.user) if case.user is not None else {}


def _story(case: Case) -> dict[str, Any]:
    matter = case.matter
    lines = TransitionLog.objects.of_case(matter.pk)[:LONGEST_STORY]
    return {"story": with_channels(lines), "changes": changes(matter)}


def _items(case: Case) -> dict[str, Any]:
    offers = assignees(case.items, case.user) if case.user is not None else {}
    rows = [(item, duty, offers.get(item.pk)) for item, duty in with_duties(case.items)]
    return {"item_rows": rows, "waiting": waiting_of(case.matter), **reviews_of(case)}


def _discussed(case: Case) -> dict[str, Any]:
    reader: Any = case.user
    rows = case.matter.comments.select_related("author").prefetch_related("mentioned")
    newest = list(rows.order_by("-written_at", "-pk")[: discussion.SHOWN])
    return {
        "said": discussion.said(newest[::-1], case.matter, reader, now()),
        "kept": case.matter.messages.select_related("kept_by"),
        "may_discuss": policies.may_discuss(case.matter, reader),
    }


def with_duties(items: Sequence[ActionItem]) -> list[tuple[ActionItem, Obligation | None]]:
    """Each item with what is owed on it now."""
    duties = Obligation.objects.filter(subject_type=ActionItem.SUBJECT, subject_id__in=[i.pk for i in items])
    by_item: dict[int, Obligation] = {}
    # A report that is owed is not the limit of the item.
    for duty in duties.open().exclude(kind=Kind.PROGRESS).by_clock():
        by_item.setdefault(duty.subject_id, duty)
    return [(item, by_item.get(item.pk)) for item in items]


def opinions_with_duties(
    participants: Sequence[Participant], duties: Sequence[Obligation]
) -> list[tuple[Participant, Obligation | None]]:
    """Each department with the opinion that it still owes."""
    owed = {
        duty.subject_id: duty
        for duty in duties
        if duty.subject_type == Participant.SUBJECT and duty.kind == Kind.OPINION
    }
    return [(row, owed.get(row.pk)) for row in participants]


def silent_ones(case: Case, duties: Sequence[Obligation]) -> set[int]:
    """Departments whose time for the opinion is over, for the office, which may go on without them (Q13)."""
    matter, moment = case.matter, now()
    runs = (
        matter.stage in (Stage.PREPARATION, Stage.DECISION)
        and not matter.is_suspended
        and not matter.is_simple
    )
    if not runs or case.user is None or not policies.is_officer(matter, case.user):
        return set()
    late = {
        duty.subject_id
        for duty in duties
        if duty.kind == Kind.OPINION and duty.due_at and duty.due_at < moment
    }
    return late & {row.pk for row in case.silent}


PANELS: dict[str, Callable[[Case], dict[str, Any]]] = {
    "overview": _overview,
    "files": _files,
    "talks": _talks,
    "discussion": _discussed,
    "meetings": lambda case: {"panel_url": link("meetings:panel", case.matter.pk)},
    "disputes": lambda case: {"panel_url": link("disputes:panel", case.matter.pk)},
    "readers": _readers,
    "loans": loans_of,
    "plan": plan_panel,
    "circulations": circulations_of,
    "changes": lambda case: {**changes_of(case), **appeals_of(case)},
    "notices": notices_of,
    "measures": measures_of,
    "effects": effects_of,
    "visits": visits_of,
    "story": _story,
    "items": _items,
}
