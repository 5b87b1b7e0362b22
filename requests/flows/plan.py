"""A version of the plan is begun, written part by part, and handed in (form F3, R072, R074, R080)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.reasons import IN_A_LINE, insist_on_reason
from audit.refusals import Invalid, NotReady
from documents.sheets import Line, insist_on_faultless
from organization import people
from organization.collisions import fingerprint, insist_on_seen
from organization.models import User
from requests import plan_network, plan_rules, plan_sheet
from requests.flows.change_levels import level_of
from requests.flows.plan_approval import adjust_plan, goes_with_change
from requests.flows.plan_copy import copy_rows
from requests.flows.plan_shared import (
    insist_on_writer,
    lock_draft,
    lock_plan,
    plan_in_force,
    plan_owes,
    tell_plan,
)
from requests.flows.resource_shared import end_idle_requests
from requests.flows.shared import let_read, lock, tell_people
from requests.models import (
    CoordinationRequest,
    Deliverable,
    EscalationStep,
    Milestone,
    Plan,
    PlanChannel,
    PlanMember,
    PlanResource,
    PlanRisk,
    PlanTask,
    TaskMeasure,
)
from requests.plan_reach import asks_for_change, reach_of, settled_by_decision
from requests.plan_states import PlanReach, PlanState
from supervision import flows as supervision
from supervision import limits
from supervision.states import Kind

# Each part that is written in rows: its table, what a row must hold, what it may hold.
ROWS: dict[str, tuple[Any, tuple[str, ...], tuple[str, ...]]] = {
    "team": (PlanMember, ("department", "person", "role", "duties"), ()),
    "milestones": (Milestone, ("name", "standard", "due_on", "acceptor"), ()),
    "resources": (PlanResource, ("kind", "text", "department", "needed_on"), ("task", "amount")),
    "deliverables": (Deliverable, ("name", "standard", "acceptor", "due_on"), ()),
    "channels": (
        PlanChannel,
        ("form", "frequency", "place", "attendees", "agenda", "recorder"),
        ("weekday", "starts_at"),
    ),
    "escalation": (EscalationStep, ("level", "person", "days"), ()),
    "risks": (
        PlanRisk,
        ("text", "kind", "likelihood", "effect", "owner", "response", "trigger"),
        ("measure",),
    ),
}
TASK = (
    "wbs", "name", "owner", "standard", "begins_on", "ends_on", "resources", "weight", "is_critical", "milestone",
)  # fmt: skip


@flow
def start_plan(*, matter_id: int, by: User, reason: str = "") -> Plan:
    """Begin a version: the first one from the goal of the matter, a later one as a copy of the version in force."""
    matter = lock(matter_id)
    insist_on_writer(matter, by)
    if Plan.objects.being_written().filter(matter=matter).exists():
        raise NotReady(_("A version is being written already. Go on with that one."))
    before = plan_in_force(matter)
    if before is not None:
        insist_on_reason(reason, most=IN_A_LINE)
    # The last one may hold no longer without one in its place: the oral order it stood on was denied (Q23).
    last = before or Plan.objects.filter(matter=matter).first()
    plan = Plan.objects.create(
        matter=matter, version=last.version + 1 if last else 1, number=before.number if before else "",
        goal=before.goal if before else matter.expected_goal or matter.goal, reason=reason.strip(),
        drafted_by=by, drafted_at=now(),
    )  # fmt: skip
    if before is not None:
        copy_rows(before, plan)
    else:
        _default_escalation(matter, plan)
    tell_plan(
        plan, "start_plan", _n("%(actor)s began version %(version)s of the plan."), by=by, reason=reason
    )
    return plan


def _default_escalation(matter: CoordinationRequest, plan: Plan) -> None:
    """R077: the path of the office: the lead department, the coordination office, the committee, with its limits."""
    lead = people.head(matter.lead_department_id) if matter.lead_department_id else None
    path = (
        (_("Lead department"), lead, Kind.NEGOTIATE),
        (_("Coordination office"), people.office_head(), Kind.MEDIATE),
        (_("Committee"), people.committee_chair(), Kind.RULE),
    )
    for order, (level, person, kind) in enumerate(path):
        if person is not None:
            EscalationStep.objects.create(
                plan=plan, order=order, level=level, person=person, days=limits.days(kind)
            )


@flow
def write_plan_goal(*, plan_id: int, by: User, goal: str, seen: str = "") -> Plan:
    """The goal of the plan; a draft may stand without one."""
    plan = lock_draft(plan_id, by)
    insist_on_seen(seen, fingerprint(plan.goal), name="", at=None)
    plan.goal = goal.strip()
    plan.save()
    return plan


def seen_of_part(plan: Plan, part: str) -> str:
    """What somebody who opens a part of a version sees of it."""
    model, needed, more = ROWS[part]
    columns = ["pk", *needed, *more]
    return fingerprint(
        *(value for row in model.objects.filter(plan=plan).values_list(*columns) for value in row)
    )


@flow
def write_plan_part(
    *, plan_id: int, by: User, part: str, rows: Sequence[Mapping[str, Any]], seen: str = ""
) -> Plan:
    """The rows of a part as they are from now on. A row with its `id` is changed; one that is not given is struck out."""
    plan = lock_draft(plan_id, by)
    if part not in ROWS:
        raise Invalid(_("There is no such part of a plan."))
    model, needed, more = ROWS[part]
    insist_on_seen(seen, seen_of_part(plan, part), name="", at=None)
    plan_rules.insist_on_rows("rows", rows, needed)
    if part == "resources":
        plan_rules.insist_on_resources(rows, set(plan.tasks.values_list("wbs", flat=True)))
    there = {row.pk: row for row in model.objects.filter(plan=plan)}
    for order, given in enumerate(rows):
        row = there.pop(given.get("id") or 0, None) or model(plan=plan)
        row.order = order
        for name in (*needed, *more):
            if name in given:
                setattr(row, name, given[name])
        row.save()
    model.objects.filter(pk__in=list(there)).delete()
    if part == "resources":
        end_idle_requests(plan.matter, by)
    return plan


@flow
def write_plan_task(
    *,
    plan_id: int,
    by: User,
    fields: Mapping[str, Any],
    measures: Sequence[Mapping[str, Any]],
    helpers: Sequence[User] = (),
    task_id: int | None = None,
) -> PlanTask:
    """One task with all that belongs to it (R072, R080); its place in the order of the others is looked at."""
    plan = lock_draft(plan_id, by)
    others = [plan_rules.node_of(task) for task in plan.tasks.all() if task.pk != task_id]
    given = {**fields, "measures": measures}
    for name in ("wbs", "name", "standard", "resources"):
        given[name] = str(given.get(name) or "").strip()
    plan_rules.insist_on_task(given, others)
    plan_rules.insist_on_rows("measures", measures, ("side", "name", "target", "unit"))
    task = plan.tasks.get(pk=task_id) if task_id else PlanTask(plan=plan, order=len(others))
    return _keep(task, given, measures, helpers)


def _keep(
    task: PlanTask, given: Mapping[str, Any], measures: Sequence[Mapping[str, Any]], helpers: Sequence[User]
) -> PlanTask:
    for name in TASK:
        if name in given:
            setattr(task, name, given[name])
    task.predecessors = "、".join(plan_network.numbers(str(given.get("predecessors") or "")))
    task.department = given["owner"].department
    task.department_name = task.department.name
    task.save()
    task.helpers.set([person for person in helpers if person.pk != task.owner_id])
    task.measures.all().delete()
    TaskMeasure.objects.bulk_create(
        TaskMeasure(task=task, **{name: row[name] for name in ("side", "name", "target", "unit")})
        for row in measures
    )
    return task


@flow
def import_plan_tasks(*, plan_id: int, by: User, lines: Sequence[Line]) -> int:
    """Tasks from a sheet: a WBS number that is there changes that task, another one adds a task; all rows or none."""
    plan = lock_draft(plan_id, by)
    rows = plan_sheet.checked(plan, lines)
    insist_on_faultless(rows)
    there = {task.wbs: task for task in plan.tasks.for_plan_page()}
    for order, row in enumerate(rows, start=len(there)):
        task = there.get(row.values["wbs"]) or PlanTask(plan=plan, order=order)
        # What the sheet has no column for stays: who helps, and any further measure.
        helpers = list(task.helpers.all()) if task.pk else []
        further = list(task.measures.values("side", "name", "target", "unit"))[1:] if task.pk else []
        _keep(task, plan_sheet.task_of(row.values), [plan_sheet.measure_of(row.values), *further], helpers)
    return len(rows)


@flow
def remove_plan_task(*, task_id: int, by: User) -> Plan:
    """Strike a task out of a version that is being written; whoever waited for it does not any more."""
    plan = lock_draft(PlanTask.objects.values_list("plan_id", flat=True).get(pk=task_id), by)
    task = plan.tasks.get(pk=task_id)
    for other in plan.tasks.exclude(pk=task_id):
        after = plan_network.numbers(other.predecessors)
        if task.wbs in after:
            other.predecessors = "、".join(wbs for wbs in after if wbs != task.wbs)
            other.save()
    task.delete()
    return plan


@flow
def discard_plan(*, plan_id: int, by: User) -> None:
    """A version that was never approved is thrown away; what is in force stays in force."""
    plan = lock_draft(plan_id, by)
    tell_plan(plan, "discard_plan", _n("%(actor)s threw version %(version)s of the plan away."), by=by)
    for task in plan.tasks.all():
        task.helpers.clear()
    matter = plan.matter
    plan.delete()
    end_idle_requests(matter, by)


@flow
def submit_plan(*, plan_id: int, by: User) -> Plan:
    """Hand the version in for approval: refused while one of the six parts is empty, all gaps at once (R074).

    A later version that moves what was decided is asked for by a change request (R094, R095); where one task moves inside
    its float it is in force at once (§3.6).
    """
    plan = lock_draft(plan_id, by)
    plan_rules.insist_on_whole(plan)
    before = plan_in_force(plan.matter)
    plan.reach = reach_of(before, plan) if before is not None else ""
    _insist_on_change(before, plan)
    plan.submitted_by, plan.submitted_at, plan.return_reason = by, now(), ""
    if before is not None and plan.reach == PlanReach.INTERNAL:
        return adjust_plan(before, plan, by)
    plan.approver = _level_of(plan, by) if plan.reach == PlanReach.SETTLED else None
    plan.submit()
    plan.save()
    approver = ask_approval(plan, by)
    tell_people(
        plan.matter, [approver] if approver else people.officers(),
        _n("%(number)s: version %(version)s of the plan waits for approval."),
        key=f"plan:{plan.pk}:submitted:{plan.submitted_at:%Y%m%d%H%M%S}", url_name="requests:plan",
        params={"version": plan.version}, to_do=True,
    )  # fmt: skip
    tell_plan(plan, "submit_plan", _n("%(actor)s handed in version %(version)s of the plan."), by=by)
    return plan


def _insist_on_change(before: Plan | None, plan: Plan) -> None:
    if before is not None and asks_for_change(plan.matter, plan.reach):
        what = "、".join(str(label) for label in settled_by_decision(before, plan))
        raise NotReady(
            _("This version changes what was decided (%(what)s). Ask for a change of the plan first; once it is approved and carried out, this version is in force.")
            % {"what": what}
        )  # fmt: skip


def ask_approval(plan: Plan, by: User) -> User | None:
    """Whoever decides on the version owes it: the level of the decision where that is moved, else the office."""
    if plan.approver is not None:
        let_read(plan.matter, users=[plan.approver.pk], why="plan")
        supervision.owe(
            kind=Kind.CHANGE_APPROVE, holder=plan.approver, asked_by=by, ladder=True, **plan_owes(plan)
        )
        return plan.approver
    approver = _approver(plan, by)
    supervision.owe(
        kind=Kind.APPROVE_OFFICE, holder=approver, holder_department=people.office(), asked_by=by, **plan_owes(plan)
    )  # fmt: skip
    return approver


def _level_of(plan: Plan, by: User) -> User:
    """R094: what moves the decision is approved where it was decided, never by the applicant."""
    _way, person = level_of(plan.matter, is_frame=True, by=by, barred={plan.matter.filed_by_id})
    return person


def _approver(plan: Plan, by: User) -> User | None:
    """Whoever keeps the case; where the keeper wrote it, the head of the office, else the pool of the office."""
    doers = {by.pk, plan.matter.filed_by_id}
    found = (plan.matter.keeper, people.office_head())
    return next((person for person in found if person is not None and person.pk not in doers), None)


@flow
def take_back_plan(*, plan_id: int, by: User) -> Plan:
    """Back to the desk of its writers before it was decided on."""
    plan = lock_plan(plan_id)
    insist_on_writer(plan.matter, by)
    if plan.state != PlanState.SUBMITTED:
        raise NotReady(_("It does not wait for an approval."))
    if plan.change is not None:
        raise NotReady(goes_with_change(plan.change))
    plan.take_back()
    plan.save()
    supervision.cancel(subject_type=Plan.SUBJECT, subject_id=plan.pk)
    tell_plan(plan, "take_back_plan", _n("%(actor)s took version %(version)s of the plan back."), by=by)
    return plan
