"""Extra urgent, started on an oral order (先办后补, Q23): recorded by the office, answered by who gave it, papers follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n
from django.utils.translation import ngettext

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from audit.transitions import insist
from audit.words import word
from documents.numbers import take
from documents.states import Series
from organization.models import Department, User
from requests import oral_policies as policies
from requests import rules
from requests.flows.file import open_form
from requests.flows.goals import with_goal
from requests.flows.intake import name_participants
from requests.flows.oral_denied import keep_on_record, take_back
from requests.flows.pause import end_suspension
from requests.flows.shared import let_read, lock, speakers, tell_people, tell_story, what_it_owes
from requests.models import CoordinationRequest, OralOrder
from requests.states import ORAL, DecisionWay, Means, OrderAnswer, Stage, UrgencyWish
from supervision.flows import discharge, owe
from supervision.states import Kind, Outcome, Urgency

PAPERS_PAGE = "requests:oral_papers"
ANSWER_PAGE = "requests:oral_answer"
# What has to be known before anything starts; the rest of form F1 is the papers.
AT_ONCE = ("title", "category", "goal", "urgency_reason")
PAPERS = (
    "background", "expected_result", "initial_scope", "organization_goal", "served_goal", "goal_reason", "wished_on",
    "amount", "has_personal_data", "phone",
)  # fmt: skip


@flow
def start_on_order(
    *,
    by: User,
    applicant: User,
    fields: Mapping[str, Any],
    lead_department: Department,
    co_departments: Sequence[Department],
    ordered_by: User,
    ordered_at: datetime,
    means: str,
    order: str,
) -> CoordinationRequest:
    """Q23: the office takes down the order; the matter runs at once, and the applicant owes the papers.

    `fields` holds AT_ONCE. Whoever gave the order is told at once and confirms or denies it.
    """
    if not policies.may_record_order(by):
        raise NotYours(_("Only the coordination office takes down an oral order."))
    given = {name: str(fields.get(name) or "").strip() for name in AT_ONCE}
    matter = open_form(applicant, urgency=Urgency.EXTRA, **given)
    others = [row for row in (lead_department, *co_departments) if row.pk != matter.filed_by_department_id]
    matter.wished_departments.set(others)
    insist(matter.start_on_order, by)
    _insist_on_order(matter, by, ordered_by, ordered_at, means, order)
    _run(matter, by, lead_department, ordered_by, order)
    rows = name_participants(matter, lead_department, co_departments)
    matter.participants.update(notified_at=now())
    row = OralOrder.objects.create(
        matter=matter, ordered_by=ordered_by, ordered_at=ordered_at, means=means, text=order.strip(), recorded_by=by,
        recorded_at=now(),
    )  # fmt: skip
    let_read(matter, departments=[matter.filed_by_department_id], why="applicant")
    let_read(matter, users=[ordered_by.pk], why="order")
    _owe_and_tell(row, speakers(participant.department_id for participant in rows))
    return matter


@flow
def answer_order(*, matter_id: int, by: User, confirm: bool, reason: str = "") -> OralOrder:
    """Whoever is said to have given the order confirms it, or says that there was none: then all of it stops,
    unless it has been carried out already.

    Whoever has left answers nothing any more: the head of the office closes the question with a reason.
    """
    matter, order = _lock(matter_id)
    if not policies.may_answer_order(order, by):
        raise NotYours(_("Only whoever gave the order confirms or denies it."))
    if order.answer:
        raise NotReady(_("The order has been answered already."))
    if order.ordered_by_id != by.pk:
        return _close(matter, order, by, reason, confirm=confirm)
    if not confirm:
        _insist_on_denial(matter, by, reason)
    order.answer = OrderAnswer.CONFIRMED if confirm else OrderAnswer.DENIED
    order.answer_note, order.answered_at = reason.strip(), now()
    order.save()
    discharge(kind=Kind.CONFIRM_ORDER, subject_type=matter.SUBJECT, subject_id=matter.pk)
    if confirm:
        matter.urgency_wish, matter.urgency_confirmed_by = UrgencyWish.CONFIRMED, by
        matter.save()
        tell_story(
            matter, "answer_order", _n("%(actor)s confirmed the oral order."), by=by, tone="ok", reason=reason
        )
        people_told = [matter.filed_by, *([matter.keeper] if matter.keeper else [])]
        tell_people(
            matter, people_told, _n("%(number)s: %(name)s confirmed the oral order."), key="order-confirmed",
            params={"name": by.name},
        )  # fmt: skip
    elif matter.stage == Stage.FEEDBACK:
        keep_on_record(matter, by, reason.strip())
    else:
        take_back(matter, by, reason.strip())
    return order


@flow
def hand_in_papers(*, matter_id: int, by: User, fields: Mapping[str, Any]) -> CoordinationRequest:
    """The rest of form F1 follows the oral start, late or in time; every gap is named at once (R026)."""
    matter, order = _lock(matter_id)
    if not policies.may_hand_in_papers(matter, by):
        raise NotYours(
            _(
                "Only the applicant hands in the papers, or, once the applicant has left, the head or a liaison of that department."
            )
        )
    if not order.wants_papers:
        raise NotReady(_("The papers have been handed in, or the order was denied."))
    typed = with_goal(fields, matter)
    for name in PAPERS:
        if name in typed:
            setattr(matter, name, typed[name])
    rules.insist_on_complete_form(matter)
    matter.scope = matter.scope or matter.initial_scope
    matter.save()
    order.papers_at = now()
    order.save()
    discharge(kind=Kind.PAPERS, subject_type=matter.SUBJECT, subject_id=matter.pk)
    heard = {person.pk: person for person in (matter.keeper, order.ordered_by) if person}
    tell_people(
        matter,
        heard.values(),
        _n("%(number)s: the papers of the oral start have been handed in."),
        key="order-papers",
    )
    tell_story(
        matter, "hand_in_papers", _n("%(actor)s handed in the papers of the oral start."), by=by, tone="ok"
    )
    return matter


def _insist_on_denial(matter: CoordinationRequest, by: User, reason: str) -> None:
    """A suspension stops stages, not the word of whoever is said to have ordered: it ends with what it held."""
    rules.insist_on_reason(reason)
    if matter.is_suspended:
        end_suspension(matter)
    if matter.stage != Stage.FEEDBACK:
        insist(matter.order_denied, by)


def _close(
    matter: CoordinationRequest, order: OralOrder, by: User, reason: str, *, confirm: bool
) -> OralOrder:
    """Nobody confirms in the name of another; what runs on the order goes on, and says that it was not confirmed."""
    if confirm:
        sentence = _("Nobody confirms an order for somebody else. Close it as not confirmed.")
        raise Invalid(sentence, fields={"confirm": [sentence]})
    rules.insist_on_reason(reason)
    order.answer, order.answer_note, order.answered_at = OrderAnswer.LEFT, reason.strip(), now()
    order.save()
    discharge(
        kind=Kind.CONFIRM_ORDER, subject_type=matter.SUBJECT, subject_id=matter.pk, outcome=Outcome.CANCELLED
    )
    tell_story(
        matter, "answer_order", _n("%(actor)s closed the oral order as not confirmed: %(name)s has left."),
        by=by, tone="warn", reason=reason, params={"name": order.ordered_by.name},
    )  # fmt: skip
    return order


def _lock(matter_id: int) -> tuple[CoordinationRequest, OralOrder]:
    matter = lock(matter_id)
    order = (
        OralOrder.objects.select_for_update(of=("self",))
        .select_related("ordered_by")
        .filter(matter=matter)
        .first()
    )
    if order is None:
        raise NotReady(_("This matter was not started on an oral order."))
    return matter, order


def _insist_on_order(
    matter: CoordinationRequest, by: User, ordered_by: User, ordered_at: datetime, means: str, order: str
) -> None:
    """All gaps of the record at once."""
    gaps: dict[str, list[Sentence]] = {
        name: told for name, told in rules.gaps_of_form(matter).items() if name in AT_ONCE
    }
    for name, sentence in (
        ("category", _wrong_matter(matter)),
        ("lead_department", _wrong_departments(matter)),
        ("ordered_by", _wrong_giver(matter, by, ordered_by)),
        (
            "ordered_at",
            "" if ordered_at <= now() else _("This moment lies ahead. Write when the order was given."),
        ),
        ("means", "" if means in dict(ORAL) else _("Choose by what means it was given.")),
        ("order", "" if order.strip() else _("Write what was ordered.")),
    ):
        if sentence:
            gaps[name] = [sentence]
    if gaps:
        number = len(gaps)
        told = ngettext(
            "%(number)s place of the order is still missing.",
            "%(number)s places of the order are still missing.",
            number,
        )
        raise Invalid(told % {"number": number}, fields=gaps)


def _wrong_matter(matter: CoordinationRequest) -> str:
    if rules.is_major(matter):
        return _("A major project is approved before it starts; no oral order takes the place of that.")
    return ""


def _wrong_departments(matter: CoordinationRequest) -> str:
    if matter.wished_departments.exists():
        return ""
    return _("Name at least one department besides the applying one.")


def _wrong_giver(matter: CoordinationRequest, by: User, ordered_by: User) -> str:
    if (
        not policies.may_order(ordered_by, matter.filed_by_department_id)
        or ordered_by.pk == matter.filed_by_id
    ):
        return _("Such an order comes from a head or leader of the applicant, or of the office.")
    if ordered_by.pk == by.pk:
        return _("Whoever gave the order does not take it down. Somebody else of the office does.")
    return ""


def _run(
    matter: CoordinationRequest, by: User, lead_department: Department, ordered_by: User, order: str
) -> None:
    moment = now()
    matter.number = take(Series.REQUEST)
    matter.keeper, matter.lead_department = by, lead_department
    matter.expected_goal = matter.goal
    matter.decision_way, matter.resolution, matter.decided_by = DecisionWay.ORDER, order.strip(), ordered_by
    matter.start_on_order()
    matter.submitted_at = matter.accepted_at = matter.decision_started_at = matter.decided_at = moment
    matter.save()


def _owe_and_tell(order: OralOrder, speaking: list[User]) -> None:
    matter = order.matter
    common = what_it_owes(matter)
    owe(
        kind=Kind.PAPERS, holder=matter.filed_by, asked_by=order.recorded_by, ladder=True,
        **{**common, "url_name": PAPERS_PAGE},
    )  # fmt: skip
    owe(
        kind=Kind.CONFIRM_ORDER, holder=order.ordered_by, asked_by=order.recorded_by,
        **{**common, "url_name": ANSWER_PAGE},
    )  # fmt: skip
    owe(
        kind=Kind.ISSUE_ACTION_ITEMS, holder=matter.keeper, asked_by=order.ordered_by,
        **{**common, "url_name": "requests:draft_item"},
    )  # fmt: skip
    tell_people(
        matter, [order.ordered_by], _n("%(number)s was started on your oral order. Please confirm or deny it."),
        key="order-given", url_name=ANSWER_PAGE, to_do=True,
    )  # fmt: skip
    tell_people(
        matter, [matter.filed_by], _n("%(number)s was started on an oral order. Please hand in its papers."),
        key="order-papers-owed", url_name=PAPERS_PAGE, to_do=True,
    )  # fmt: skip
    tell_people(matter, speaking, _n("Your department takes part in %(number)s."), key="participants")
    tell_story(
        matter, "start_on_order", _n("%(actor)s took down the oral order of %(name)s (%(means)s); it was started at once."),
        by=order.recorded_by, came_from=Stage.DRAFT, tone="warn", reason=order.text,
        params={"name": order.ordered_by.name, "means": word(Means(order.means).label)},
    )  # fmt: skip
