"""What a plan needs is asked of the department that has it; its head agrees, in part, or not (R079)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.reasons import IN_A_LINE
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from audit.words import word
from organization import people
from organization.models import User
from requests import plan_rules, rules
from requests import resource_policies as policies
from requests.flows.plan_shared import insist_on_writer, lock_plan
from requests.flows.resource_shared import PAGE, tell_resource, withdraw
from requests.flows.shared import let_read, lock, speakers, tell_people
from requests.models import Plan, PlanResource, ResourceRequest
from requests.models.resource_requests import need_of
from requests.plan_states import PlanState
from requests.resource_states import ANSWERS, AskState
from supervision import flows as supervision
from supervision.states import Kind


@flow
def ask_resources(*, plan_id: int, by: User) -> list[ResourceRequest]:
    """Every need of this version that nobody was asked for yet goes to the department that has it."""
    plan = lock_plan(plan_id)
    insist_on_writer(plan.matter, by)
    if plan.state == PlanState.SUPERSEDED:
        raise NotReady(_("This version is superseded. Ask from the one that holds."))
    needs = unasked(plan)
    if not needs:
        raise NotReady(_("Every resource of this version has been asked for. Name another one first."))
    return [_ask(plan, need, by) for need in needs]


def unasked(plan: Plan) -> list[PlanResource]:
    """The needs of a version that have no request, each once."""
    asked = {row.need for row in ResourceRequest.objects.standing().filter(matter=plan.matter_id)}
    needs = {need_of(need): need for need in plan.resources.select_related("department")}
    return [need for key, need in needs.items() if key not in asked]


def _ask(plan: Plan, need: PlanResource, by: User) -> ResourceRequest:
    matter = plan.matter
    asked = ResourceRequest.objects.create(
        matter=matter, department=need.department, department_name=need.department.name, kind=need.kind, text=need.text,
        task=need.task, needed_on=need.needed_on, amount=need.amount, asked_by=by, asked_at=now(),
    )  # fmt: skip
    head = people.head(need.department_id)
    let_read(matter, departments=[need.department_id], why="resource")
    supervision.owe(
        kind=Kind.APPROVE_DEPARTMENT, subject_type=asked.SUBJECT, subject_id=asked.pk, case_id=matter.pk,
        number=plan.number or matter.number or "", url_name=PAGE, url_args=[asked.pk], holder=head,
        holder_department=need.department, asked_by=by, urgency=matter.urgency, ladder=True,
    )  # fmt: skip
    tell_people(
        matter, [head] if head else speakers([need.department_id]),
        _n("%(number)s: your department is asked for a resource."), key=f"resource:{asked.pk}", url_name=PAGE, url_args=[asked.pk], to_do=True,
    )  # fmt: skip
    tell_resource(
        asked, "ask_resource", _n("%(actor)s asked %(department)s for a resource: %(kind)s."), by, asked.text
    )
    return asked


@flow
def answer_resource(
    *, request_id: int, by: User, outcome: str, granted: str = "", reason: str = ""
) -> ResourceRequest:
    """Agreed, agreed in part (how much, and why not all), or declined with the reason; whoever asked is told."""
    asked = _lock(request_id)
    if not policies.may_answer_resource(asked, by, has_head=people.head(asked.department_id) is not None):
        raise NotYours(_("The head of the department that has it answers."))
    _insist_on_answer(outcome, granted, reason)
    asked.state, asked.answered_by, asked.answered_at = outcome, by, now()
    asked.granted, asked.reason = granted.strip(), reason.strip()
    asked.save()
    supervision.discharge(kind=Kind.APPROVE_DEPARTMENT, subject_type=asked.SUBJECT, subject_id=asked.pk)
    matter = asked.matter
    heard = {one.pk: one for one in (asked.asked_by, matter.keeper) if one is not None and one.pk != by.pk}
    tell_people(
        matter, heard.values(), _n("%(number)s: %(department)s has answered the request for a resource."),
        key=f"resource:{asked.pk}:answered", params={"department": asked.department_name}, url_name=PAGE, url_args=[asked.pk],
    )  # fmt: skip
    tell_resource(
        asked, "answer_resource", _n("%(department)s %(actor)s on the resource asked for: %(outcome)s."), by,
        asked.reason or asked.granted, outcome=word(AskState(outcome).label),
    )  # fmt: skip
    return asked


@flow
def withdraw_resource(*, request_id: int, by: User, reason: str) -> ResourceRequest:
    """It is no longer needed, or needed otherwise: whoever writes the plan takes it back, also after the answer."""
    asked = _lock(request_id, is_open=False)
    insist_on_writer(asked.matter, by)
    rules.insist_on_reason(reason, most=IN_A_LINE)
    withdraw(asked, by, reason.strip())
    return asked


def _lock(request_id: int, *, is_open: bool = True) -> ResourceRequest:
    """After its matter. What is to be answered still waits; what is to be withdrawn still stands."""
    matter = lock(ResourceRequest.objects.values_list("matter_id", flat=True).get(pk=request_id))
    rows = ResourceRequest.objects.select_for_update(of=("self",)).select_related("asked_by", "answered_by")
    asked: ResourceRequest = rows.get(pk=request_id)
    asked.matter = matter
    if asked.state == AskState.WITHDRAWN:
        raise NotReady(_("This request has been withdrawn."))
    if is_open:
        plan_rules.insist_on_stage(matter)
        if asked.state != AskState.ASKED:
            raise NotReady(_("This request has been answered already."))
    return asked


def _insist_on_answer(outcome: str, granted: str, reason: str) -> None:
    fields: dict[str, list[Sentence]] = {}
    if outcome not in ANSWERS:
        fields["outcome"] = [_("Choose agreed, partly or declined.")]
    if outcome == AskState.PARTLY and not granted.strip():
        fields["granted"] = [_("Write what is provided, how much and from when.")]
    if outcome in (AskState.PARTLY, AskState.DECLINED) and not reason.strip():
        fields["reason"] = [_("Write why not, or why not all of it.")]
    if fields:
        raise Invalid(_("The answer is not complete."), fields=fields)
