"""A version of the plan is approved or sent back; the one flow that puts a version in force (R073, R074)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now, today
from audit.flow import flow
from audit.refusals import NotReady, NotYours
from audit.transitions import insist
from documents.numbers import take
from documents.states import Series
from organization.models import User
from requests import plan_rules, rules
from requests.decision_levels import decider_of_plan_left, next_decider_of_plan
from requests.flows.deciders import HELD_UP, has_left_the_level
from requests.flows.plan_consent import ask_consent
from requests.flows.plan_copy import carry_over
from requests.flows.plan_items import hand_out
from requests.flows.plan_risks import watch_risks
from requests.flows.plan_shared import lock_plan, plan_in_force, plan_owes, tell_plan
from requests.flows.progress_duty import ask_for_progress_review
from requests.flows.resource_shared import end_idle_requests
from requests.flows.shared import let_read, speakers, tell_people
from requests.models import ChangeRequest, Milestone, Plan, PlannedMeeting, PlanRisk
from requests.plan_policies import may_approve_plan
from requests.plan_reach import moved_inside_its_float
from requests.plan_states import PlanState
from supervision import flows as supervision
from supervision.states import Kind


@flow
def return_plan(*, plan_id: int, by: User, reason: str) -> Plan:
    """Not approved as it stands: back to whoever handed it in, with what is to be changed."""
    plan = lock_plan(plan_id)
    insist_on_level(plan, by)
    insist(plan.send_back, by)
    rules.insist_on_reason(reason)
    plan.send_back()
    plan.return_reason = reason.strip()
    plan.save()
    _end_approval(plan)
    if plan.submitted_by is not None:
        tell_people(
            plan.matter, [plan.submitted_by], _n("%(number)s: version %(version)s of the plan was returned; the reason stands in the plan."),
            key=f"plan:{plan.pk}:returned:{now():%Y%m%d%H%M%S}", url_name="requests:plan",
            params={"version": plan.version}, to_do=True,
        )  # fmt: skip
    tell_plan(
        plan, "return_plan", _n("%(actor)s returned version %(version)s of the plan."), by=by, reason=reason, tone="warn"
    )  # fmt: skip
    return plan


@flow
def approve_plan(*, plan_id: int, by: User) -> Plan:
    """R074: the office approves it; refused while one of the six parts is empty, never by whoever handed it in.

    A version that moves what was decided is approved by the level of the decision (R094)."""
    plan = lock_plan(plan_id)
    insist_on_level(plan, by)
    insist(plan.approve, by)
    if plan.matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))
    if plan.matter.stage not in plan_rules.APPROVABLE:
        raise NotReady(_("A plan is approved while the matter is decided or carried out."))
    plan_rules.insist_on_whole(plan)
    return put_in_force(plan, by)


def insist_on_level(plan: Plan, by: User) -> None:
    """A lower level, and whoever has left the level, hear who may (R019, R094)."""
    if plan.change is not None and plan.state == PlanState.SUBMITTED:
        raise NotReady(goes_with_change(plan.change))
    if plan.approver is None or plan.state != PlanState.SUBMITTED:
        return
    if by.pk == plan.approver_id and decider_of_plan_left(plan):
        raise NotYours(has_left_the_level(plan.approver, next_decider_of_plan(plan)))
    if not may_approve_plan(plan, by):
        raise NotYours(
            _("This version changes what was decided: %(person)s approves it, at the level of the decision.")
            % {"person": plan.approver.name}
        )


def goes_with_change(change: ChangeRequest) -> str:
    """The sentence for whoever would decide on the version, or take it back, beside its change request."""
    return _("This version goes with the change request %(number)s: decide on that one, or take that one back.") % {
        "number": change.number
    }  # fmt: skip


def adjust_plan(before: Plan, plan: Plan, by: User) -> Plan:
    """§3.6: one task moves inside its float. Nobody has to approve that; it is logged with the dates before and after."""
    if plan.matter.stage not in plan_rules.APPROVABLE:
        raise NotReady(_("A plan is approved while the matter is decided or carried out."))
    moved = moved_inside_its_float(before, plan)
    if moved is None:  # pragma: no cover - the caller has asked
        raise NotReady(_("Hand the version in for approval."))
    then, task = moved
    dates = {
        "task": str(task), "before": f"{then.begins_on:%Y-%m-%d} – {then.ends_on:%Y-%m-%d}",
        "after": f"{task.begins_on:%Y-%m-%d} – {task.ends_on:%Y-%m-%d}",
    }  # fmt: skip
    plan.save()
    put_in_force(plan, by, is_adjusted=True)
    tell_plan(
        plan, "adjust_plan", _n("%(actor)s moved %(task)s inside its float: %(before)s → %(after)s."), by=by, **dates
    )  # fmt: skip
    return plan


def put_in_force(plan: Plan, by: User, *, is_adjusted: bool = False) -> Plan:
    """Everything that follows when a version takes the place of the one before: the one way by which that happens.

    The caller holds the matter's lock and has asked who may: the office, the level of the decision where that is moved,
    the lead alone where one task moves inside its float.
    """
    before = plan_in_force(plan.matter)
    if before is not None:
        retire(before)
        carry_over(before, plan)
    plan.number = before.number if before is not None else take(Series.PLAN)
    plan.adjust() if is_adjusted else plan.approve()
    plan.approved_by, plan.approved_at, plan.effective_on = by, now(), today()
    plan.save()
    _end_approval(plan)
    _let_team_read(plan)
    hand_out(plan, before, by)
    end_idle_requests(plan.matter, by)
    ask_consent(plan, by)
    watch_risks(plan, by)
    ask_for_progress_review(plan.matter, by)
    _tell_all(plan, by, is_adjusted=is_adjusted)
    return plan


def _end_approval(plan: Plan) -> None:
    for kind in (Kind.APPROVE_OFFICE, Kind.CHANGE_APPROVE, *HELD_UP):
        supervision.discharge(kind=kind, subject_type=Plan.SUBJECT, subject_id=plan.pk)


def retire(before: Plan) -> None:
    """The version before stays readable; what was owed on it is owed on the new one."""
    before.supersede()
    before.superseded_on = today()
    before.save()
    PlannedMeeting.objects.filter(channel__plan=before, fulfilled_at=None).delete()
    supervision.cancel(subject_type=Plan.SUBJECT, subject_id=before.pk)
    for model in (Milestone, PlanRisk):
        for pk in model.objects.filter(plan=before).values_list("pk", flat=True):
            supervision.cancel(subject_type=model.SUBJECT, subject_id=pk)


def _let_team_read(plan: Plan) -> None:
    people = {*plan.team.values_list("person", flat=True), *plan.tasks.values_list("owner", flat=True)}
    people |= {*plan.tasks.exclude(helpers=None).values_list("helpers", flat=True)}
    people |= {*plan.milestones.values_list("acceptor", flat=True)}
    people |= {
        *plan.deliverables.values_list("acceptor", flat=True),
        *plan.risks.values_list("owner", flat=True),
    }
    people |= {*plan.channels.values_list("recorder", flat=True)}
    let_read(plan.matter, users=people, why="plan")


def _tell_all(plan: Plan, by: User, *, is_adjusted: bool) -> None:
    matter = plan.matter
    people = {row.person_id: row.person for row in plan.team.select_related("person")}
    for person in speakers(matter.participants.values_list("department_id", flat=True)):
        people.setdefault(person.pk, person)
    tell_people(
        matter, people.values(), _n("%(number)s: version %(version)s of the plan is in force."), key=f"plan:{plan.pk}",
        number=plan.number, url_name=plan_owes(plan)["url_name"], params={"version": plan.version},
    )  # fmt: skip
    if is_adjusted or plan.change_id is not None:
        return  # the story says what has moved, and by which change
    tell_plan(
        plan,
        "approve_plan",
        _n("%(actor)s approved the plan %(number)s, version %(version)s."),
        by=by,
        tone="acc",
    )
