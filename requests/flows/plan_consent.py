"""What the owners say to their tasks: accepted, disputed, or nothing. Silence is receipt, not consent (R073)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from organization import people
from organization.models import User
from requests import plan_policies as policies
from requests import plan_rules, rules
from requests.flows.plan_shared import leads_of, lock_plan, plan_owes, tell_plan
from requests.flows.shared import tell_people
from requests.models import Plan, PlanTask
from requests.plan_states import Consent, PlanState
from requests.states import ItemState
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import Kind

ANSWERABLE = (Consent.WAITING, Consent.SILENT)
AGREED_ON = ("name", "owner_id", "standard", "begins_on", "ends_on", "resources")
ANSWER = "requests:plan_answer"


def ask_consent(plan: Plan, by: User) -> None:
    """Whoever has a task that is new or other than before is asked once for all of them; who wrote the plan is not."""
    for task in plan.tasks.select_related("item", "copied_from"):
        if task.item is not None and task.item.state in (ItemState.CLOSED, ItemState.CANCELLED):
            continue
        if task.consent == Consent.NOT_ASKED or _is_other(task):
            own = task.owner_id == plan.submitted_by_id
            task.consent = Consent.ACCEPTED if own else Consent.WAITING
            task.answered_by, task.answered_at = (plan.submitted_by, now()) if own else (None, None)
            task.objection = task.upheld_reason = ""
            task.save()
    owners = ask_owners(plan, by)
    tell_people(
        plan.matter, owners, _n("%(number)s: tasks of the plan are yours. Accept them, or say what is wrong."),
        key=f"plan:{plan.pk}:consent", number=plan.number, url_name=ANSWER, url_args=[plan.pk], to_do=True,
    )  # fmt: skip
    ask_to_settle(plan)


def ask_owners(plan: Plan, by: User) -> list[User]:
    """Whoever has not said a word yet owes it, once for all tasks."""
    waiting = plan.tasks.filter(consent=Consent.WAITING).select_related("owner", "department")
    tasks = {task.owner_id: task for task in waiting}
    owed = plan_owes(plan, url_name=ANSWER, url_args=[plan.pk])
    for task in tasks.values():
        supervision.owe(
            kind=Kind.CONSENT, holder=task.owner, holder_department=task.department, asked_by=by, on_lapse="deemed", **owed
        )  # fmt: skip
    return [task.owner for task in tasks.values()]


def _is_other(task: PlanTask) -> bool:
    before = task.copied_from
    return before is None or any(getattr(before, name) != getattr(task, name) for name in AGREED_ON)


@flow
def answer_tasks(
    *, plan_id: int, by: User, accepted: Sequence[int] = (), disputed: Mapping[int, str] | None = None
) -> Plan:
    """Accept tasks, or dispute them with the reason. After silence one may still speak."""
    plan = lock_plan(plan_id)
    if plan.state != PlanState.IN_FORCE:
        raise NotReady(_("A later version of the plan is in force. Look at that one."))
    plan_rules.insist_on_stage(plan.matter)
    disputed = dict(disputed or {})
    tasks = _answered(plan, by, [*accepted, *disputed])
    _insist_on_reasons(disputed)
    for task in tasks:
        task.consent = Consent.DISPUTED if task.pk in disputed else Consent.ACCEPTED
        task.objection = disputed.get(task.pk, "").strip()
        task.answered_by, task.answered_at = by, now()
        task.save()
    _discharge_silent_owners(plan, tasks)
    _tell(plan, by, [task for task in tasks if task.pk in disputed], len(tasks))
    ask_to_settle(plan)
    return plan


def _answered(plan: Plan, by: User, wanted: Sequence[int]) -> list[PlanTask]:
    if not wanted:
        raise Invalid(_("Say of each task whether you accept it."))
    tasks = list(plan.tasks.filter(pk__in=wanted).select_related("owner"))
    if len(tasks) != len(set(wanted)) or not all(policies.may_answer_task(task, by) for task in tasks):
        raise NotYours(_("Only the owner of a task, or who speaks for the department, answers for it."))
    late = [str(task) for task in tasks if task.consent not in ANSWERABLE]
    if late:
        raise NotReady(_("Answered already: %(tasks)s") % {"tasks": "、".join(late)})
    return tasks


def _insist_on_reasons(disputed: Mapping[int, str]) -> None:
    missing = [pk for pk, text in disputed.items() if not text.strip()]
    if missing:
        sentence = _("Write what is wrong with the task, and what would be right.")
        raise Invalid(sentence, fields={f"objection_{pk}": [sentence] for pk in missing})


def _discharge_silent_owners(plan: Plan, tasks: Iterable[PlanTask]) -> None:
    """Whoever has nothing left to answer owes nothing any more."""
    waiting = set(plan.tasks.filter(consent=Consent.WAITING).values_list("owner", flat=True))
    for owner in {task.owner_id: task.owner for task in tasks}.values():
        if owner.pk not in waiting:
            supervision.discharge(
                kind=Kind.CONSENT, subject_type=Plan.SUBJECT, subject_id=plan.pk, holder=owner
            )


def _tell(plan: Plan, by: User, disputed: Sequence[PlanTask], count: int) -> None:
    if not disputed:
        tell_plan(
            plan,
            "accept_tasks",
            _n("%(actor)s accepted %(count)s tasks of the plan."),
            by=by,
            count=count,
            tone="ok",
        )
        return
    tasks = "、".join(str(task) for task in disputed)
    recipients = {person.pk: person for person in User.objects.active().filter(pk__in=leads_of(plan.matter))}
    if plan.matter.keeper is not None:
        recipients[plan.matter.keeper.pk] = plan.matter.keeper
    tell_people(
        plan.matter, recipients.values(), _n("%(number)s: %(person)s disputes tasks of the plan."),
        key=f"plan:{plan.pk}:disputed:{by.pk}:{now():%Y%m%d%H%M%S}", number=plan.number, url_name="requests:plan",
        params={"person": by.name}, to_do=True,
    )  # fmt: skip
    tell_plan(
        plan, "dispute_tasks", _n("%(actor)s disputed tasks of the plan: %(tasks)s."), by=by, tasks=tasks, tone="warn",
        reason=" ".join(task.objection for task in disputed),
    )  # fmt: skip


def ask_to_settle(plan: Plan) -> None:
    """Disputed tasks are the office's to settle: they stay, with a reason, or a new version changes them."""
    if plan.tasks.filter(consent=Consent.DISPUTED).exists():
        supervision.owe(
            kind=Kind.SETTLE_TASKS,
            holder=plan.matter.keeper,
            holder_department=people.office(),
            **plan_owes(plan),
        )
    else:
        supervision.discharge(kind=Kind.SETTLE_TASKS, subject_type=Plan.SUBJECT, subject_id=plan.pk)


@flow
def uphold_task(*, task_id: int, by: User, reason: str) -> PlanTask:
    """The task stays as it was planned; the owner's objection and the reason stand beside it."""
    plan = lock_plan(PlanTask.objects.values_list("plan_id", flat=True).get(pk=task_id))
    task: PlanTask = plan.tasks.select_related("owner").get(pk=task_id)
    if not policies.may_uphold_task(task, by):
        raise NotYours(_("The coordination office settles disputed tasks, nobody the own one."))
    if task.consent != Consent.DISPUTED or plan.state != PlanState.IN_FORCE:
        raise NotReady(_("This task is not disputed any more."))
    plan_rules.insist_on_stage(plan.matter)
    rules.insist_on_reason(reason)
    task.consent, task.upheld_reason = Consent.UPHELD, reason.strip()
    task.save()
    tell_people(
        plan.matter, [task.owner], _n("%(number)s: a task of yours stays as planned; the reason stands in the plan."), number=plan.number,
        key=f"task:{task.pk}:upheld", url_name="requests:plan",
    )  # fmt: skip
    tell_plan(
        plan,
        "uphold_task",
        _n("%(actor)s: task %(task)s stays as planned."),
        by=by,
        task=str(task),
        reason=reason,
    )
    ask_to_settle(plan)
    return task


@flow
def note_silence(*, plan_id: int, by: Any) -> Plan | None:
    """The limit has passed without a word: the tasks are received, which is not the same as accepted (R073)."""
    plan = lock_plan(plan_id)
    lapsed = Obligation.objects.lapsed_unanswered(Kind.CONSENT).of(Plan.SUBJECT, plan.pk)
    for duty in lapsed.select_related("holder"):
        if duty.holder is not None:
            plan.tasks.filter(owner=duty.holder, consent=Consent.WAITING).update(consent=Consent.SILENT)
        supervision.discharge(
            kind=Kind.CONSENT, subject_type=Plan.SUBJECT, subject_id=plan.pk, holder=duty.holder, outcome="deemed",
        )  # fmt: skip
        tell_plan(
            plan, "note_silence", _n("%(person)s has said nothing to the tasks of the plan: received, not accepted."),
            person=duty.holder.name if duty.holder else "", tone="warn",
        )  # fmt: skip
    return plan
