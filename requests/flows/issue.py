"""Action items are drafted with the decision and handed out when it is published (A1, R008, R061)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _n

from audit.acting import now, today
from audit.flow import flow
from audit.refusals import Invalid, NotReady
from documents.numbers import take
from documents.states import Series
from organization.models import Department, User
from requests import item_rules, policies, powers
from requests.approval_states import Power
from requests.flows.cycle import begin_cycle
from requests.flows.item_shared import ITEM, close_of_office, item_owes, lock_item, tell_item
from requests.flows.shared import let_read, lock, speakers, tell_people
from requests.models import ActionItem, CoordinationRequest, Question
from requests.plan_states import PlanState
from requests.states import FINAL_OUTCOMES, ItemState, Stage
from supervision import flows as supervision
from supervision.states import Kind

WHO_DRAFTS = gettext_lazy("Only the office, the secretary and the lead department draft action items.")


@flow
def draft_item(
    *,
    matter_id: int,
    by: User,
    text: str,
    standard: str,
    department: Department,
    assignee: User,
    due_on: date,
    question: Question | None = None,
    co_departments: tuple[Department, ...] = (),
    verifier: User | None = None,
    urgency: str = "normal",
    source_number: str = "",
    is_interim: bool = False,
    report_every: int | None = None,
) -> ActionItem:
    """Write down who will do what by when to which standard (R008, R061). It is issued with the decision."""
    matter = lock(matter_id)
    insist_on_drafting(matter, by)
    return write_item(
        matter=matter, text=text, standard=standard, department=department, assignee=assignee, due_on=due_on,
        question=question, co_departments=co_departments, verifier=verifier, urgency=urgency,
        source_number=source_number, is_interim=is_interim, report_every=report_every,
    )  # fmt: skip


def insist_on_drafting(matter: CoordinationRequest, by: User) -> None:
    if not policies.may_draft_items(matter, by):
        powers.insist(matter, by, Power.ITEMS, otherwise=WHO_DRAFTS)
    if matter.stage not in (Stage.DECISION, Stage.EXECUTION):
        raise NotReady(_("Action items are drafted while the matter is decided or carried out."))


@flow
def write_item(
    *,
    matter: CoordinationRequest,
    text: str,
    standard: str,
    department: Department,
    assignee: User,
    due_on: date,
    question: Question | None = None,
    co_departments: tuple[Department, ...] = (),
    verifier: User | None = None,
    urgency: str = "normal",
    source_number: str = "",
    is_interim: bool = False,
    report_every: int | None = None,
) -> ActionItem:
    """The draft itself. Called by the flow that carries out an agreement or a ruling: that flow has checked the right
    and holds the matter's lock.
    """
    if question is not None and question.matter_id != matter.pk:
        sentence = _("This core question belongs to another matter.")
        raise Invalid(sentence, fields={"question": [sentence]})
    item_rules.insist_on_item(
        text=text,
        standard=standard,
        department=department,
        assignee=assignee,
        due_on=due_on,
        verifier=verifier,
        report_every=report_every,
    )
    item = ActionItem.objects.create(
        matter=matter, question=question, text=text.strip(), standard=standard.strip(), department=department,
        department_name=department.name, assignee=assignee, verifier=verifier, urgency=urgency,
        agreed_due_on=due_on, source_number=source_number, is_interim=is_interim, report_every=report_every,
    )  # fmt: skip
    item.co_departments.set(co_departments)
    let_read(
        matter, users=[person.pk for person in (assignee, verifier) if person],
        departments=[department.pk, *(d.pk for d in co_departments)], why="item",
    )  # fmt: skip
    return item


@flow
def discard_item(*, item_id: int, by: User) -> None:
    """Strike a drafted item that was never issued."""
    item = lock_item(item_id)
    if not policies.may_draft_items(item.matter, by):
        powers.insist(item.matter, by, Power.ITEMS, otherwise=WHO_DRAFTS)
    if item.state != ItemState.DRAFTED:
        raise NotReady(_("It has been issued already. Cancel it with a reason instead."))
    if item.plan_tasks.exists():
        raise NotReady(_("It is a task of the plan. Take it out of the plan instead."))
    item.co_departments.clear()
    item.delete()


@flow
def issue_items(*, matter_id: int, only_settled: bool = False) -> int:
    """A1: hand out the drafted items of a decided matter, or only those of its settled questions. The clocks start now.

    A suspended matter hands out nothing; `issue_held` does it when the matter goes on.
    """
    matter = lock(matter_id)
    if matter.is_suspended:
        return 0
    drafts = matter.items.select_for_update(of=("self",)).filter(state=ItemState.DRAFTED)
    drafts = drafts.ready(today())
    if only_settled:
        drafts = _not_shown(drafts.filter(question__outcome__in=FINAL_OUTCOMES), matter)
    issued = 0
    for item in drafts.select_related("department", "assignee", "matter").order_by("pk"):
        _issue(item)
        issued += 1
    if issued:
        _end_wait(matter)
    return issued


def _end_wait(matter: CoordinationRequest) -> None:
    """What an oral start or an objection asked for has been handed out, by whatever way it came (Q18, Q23)."""
    supervision.discharge(kind=Kind.ISSUE_ACTION_ITEMS, subject_type=matter.SUBJECT, subject_id=matter.pk)


def issue_held(matter: CoordinationRequest) -> None:
    """The items that an agreement or a ruling brought while the matter was suspended go out when it is resumed."""
    held = Q(question__outcome__in=FINAL_OUTCOMES)
    if matter.stage == Stage.EXECUTION:
        held |= Q(question=None)
    drafts = matter.items.select_for_update(of=("self",)).filter(held, state=ItemState.DRAFTED).ready(today())
    decided = _not_shown(drafts.exclude(source_number=""), matter)
    rows = list(decided.select_related("department", "assignee", "matter").order_by("pk"))
    for item in rows:
        _issue(item)
    if rows:
        _end_wait(matter)


def _not_shown(drafts: Any, matter: CoordinationRequest) -> Any:
    """Without those of a question whose draft result is still shown to departments, or objected to (R053)."""
    shown = list(matter.public_notices.unsettled().values_list("question", flat=True))
    return drafts.none() if None in shown else drafts.exclude(question__in=shown)


def issue_planned(matter: CoordinationRequest) -> int:
    """The tasks of the plan in force whose day has come and whose stage is open (R093); the caller holds the lock."""
    if matter.is_suspended or matter.stage != Stage.EXECUTION:
        return 0
    drafts = matter.items.select_for_update(of=("self",)).filter(state=ItemState.DRAFTED).ready(today())
    planned = drafts.filter(plan_tasks__plan__state=PlanState.IN_FORCE)
    rows = list(planned.select_related("department", "assignee", "matter").order_by("pk"))
    for item in rows:
        _issue(item)
    if rows:
        _end_wait(matter)
    return len(rows)


@flow
def issue_rework(*, matter_id: int, by: User) -> int:
    """Q18: hand out the items that answer the applicant's objection."""
    matter = lock(matter_id)
    if not policies.may_draft_items(matter, by):
        otherwise = _("Only the office and the lead department issue action items.")
        powers.insist(matter, by, Power.ITEMS, otherwise=otherwise)
    if matter.stage != Stage.EXECUTION:
        raise NotReady(_("The matter is not being carried out."))
    if matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))
    issued = issue_items(matter_id=matter_id)
    if not issued:
        raise NotReady(_("There is no drafted item to issue."))
    return issued


def _issue(item: ActionItem) -> None:
    item.number = take(Series.ACTION_ITEM)
    item.issue()
    item.issued_at = now()
    item.save()
    common = item_owes(item)
    supervision.owe(kind=Kind.RECEIPT, holder_department=item.department, on_lapse="deemed", **common)
    supervision.owe(kind=Kind.FIRST_REPLY, holder=item.assignee, holder_department=item.department, **common)
    supervision.owe(
        kind=Kind.EXECUTE, holder=item.assignee, holder_department=item.department, ladder=True,
        due_at=close_of_office(item.agreed_due_on), **common,
    )  # fmt: skip
    begin_cycle(item)
    tell_people(
        item.matter, [item.assignee, *speakers([item.department_id])], _n("%(number)s was issued to you, due %(due)s."),
        key=f"item:{item.pk}:issued", params={"due": f"{item.agreed_due_on:%Y-%m-%d}"},
        number=item.number, url_name=ITEM, url_args=[item.pk], to_do=True,
    )  # fmt: skip
    tell_item(
        item, "issue", _n("%(number)s was issued to %(department)s %(assignee)s, due %(due)s."),
        params={"assignee": item.assignee.name, "due": f"{item.agreed_due_on:%Y-%m-%d}"}, tone="acc",
    )  # fmt: skip
