"""Stages of the plan: accepted, or waived with a reason; only then the tasks of the next stage begin (R093)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM, now
from audit.flow import flow
from audit.one_by_one import each
from audit.refusals import NotReady, NotYours
from organization import people
from organization.models import User
from requests import plan_policies as policies
from requests import rules
from requests.flows.issue import issue_planned
from requests.flows.item_shared import ask_for_completion
from requests.flows.plan_shared import lock_plan, plan_owes, tell_plan
from requests.flows.shared import tell_people
from requests.models import Milestone, PlanTask
from requests.plan_states import MilestoneState, PlanState
from requests.states import ItemState, Stage
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import RUNNING, Kind

FINISHED = (ItemState.CLOSED, ItemState.CANCELLED)


def ask_for_stages(moment: datetime) -> int:
    """A stage whose tasks are all done waits for its acceptance: asked once."""
    unfinished = PlanTask.objects.filter(milestone=OuterRef("pk")).exclude(item__state__in=FINISHED)
    asked = Obligation.objects.filter(
        kind=Kind.ACCEPT_STAGE, subject_type=Milestone.SUBJECT, subject_id=OuterRef("pk"), state__in=RUNNING
    )
    done = Milestone.objects.open().in_force().filter(
        Exists(PlanTask.objects.filter(milestone=OuterRef("pk"))), ~Exists(unfinished), ~Exists(asked),
        plan__matter__stage=Stage.EXECUTION,
    )  # fmt: skip
    return each(
        list(done.values_list("pk", flat=True)[:100]), lambda pk: ask_for_stage(milestone_id=pk, by=SYSTEM)
    )


@flow
def ask_for_stage(*, milestone_id: int, by: Any) -> Milestone:
    """The acceptor owes a word on the stage; where that is somebody who did a task of it, the office does, which may."""
    stage = _locked(milestone_id)
    owed = plan_owes(stage.plan, url_name="requests:milestone", url_args=[stage.pk])
    owed |= {"subject_type": Milestone.SUBJECT, "subject_id": stage.pk}
    owners = _owners(stage)
    accepts = [stage.acceptor]
    if policies.may_accept_stage(stage, stage.acceptor, owners):
        supervision.owe(kind=Kind.ACCEPT_STAGE, holder=stage.acceptor, **owed)
    else:
        supervision.owe(kind=Kind.ACCEPT_STAGE, holder_department=people.office(), **owed)
        accepts = [person for person in people.officers() if person.pk not in owners]
    tell_people(
        stage.plan.matter, accepts, _n("%(number)s: all tasks of a stage are done. Please accept it."),
        key=f"milestone:{stage.pk}", number=stage.plan.number, url_name="requests:milestone", url_args=[stage.pk], to_do=True,
    )  # fmt: skip
    return stage


def _locked(milestone_id: int) -> Milestone:
    plan = lock_plan(Milestone.objects.values_list("plan_id", flat=True).get(pk=milestone_id))
    stage: Milestone = Milestone.objects.select_related("acceptor").get(pk=milestone_id)
    stage.plan = plan
    return stage


@flow
def accept_milestone(*, milestone_id: int, by: User, remark: str = "") -> Milestone:
    """The stage is accepted against its standard: all its tasks are done, and nobody accepts the own work."""
    stage = _locked(milestone_id)
    _insist_on_turn(stage, lambda: policies.may_accept_stage(stage, by, _owners(stage)))
    open_tasks = stage.tasks.exclude(item__state__in=FINISHED)
    if open_tasks.exists():
        names = "、".join(str(task) for task in open_tasks)
        raise NotReady(_("Not done yet: %(tasks)s. The stage is accepted when they are.") % {"tasks": names})
    return _answer(
        stage, by, MilestoneState.ACCEPTED, remark, _n("%(actor)s accepted the stage %(stage)s."), "ok"
    )


@flow
def waive_milestone(*, milestone_id: int, by: User, reason: str) -> Milestone:
    """Without acceptance the next stage begins only by the word of the head of the office, with its reason."""
    stage = _locked(milestone_id)
    _insist_on_turn(stage, lambda: policies.may_waive_stage(stage, by))
    rules.insist_on_reason(reason)
    sentence = _n("%(actor)s let the next stage begin without acceptance of %(stage)s.")
    return _answer(stage, by, MilestoneState.WAIVED, reason, sentence, "warn")


def _owners(stage: Milestone) -> set[int]:
    return set(stage.tasks.values_list("owner", flat=True))


def _insist_on_turn(stage: Milestone, may: Callable[[], bool]) -> None:
    if stage.plan.state != PlanState.IN_FORCE or stage.state != MilestoneState.OPEN:
        raise NotReady(_("This stage has been answered for already, or belongs to another version."))
    if not may():
        raise NotYours(_("The named acceptor or the office accepts a stage, never who did the work."))
    if stage.plan.matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))
    before = Milestone.objects.open().filter(plan=stage.plan, order__lt=stage.order).first()
    if before is not None:
        raise NotReady(_("First comes the stage %(stage)s.") % {"stage": before.name})


def _answer(
    stage: Milestone, by: User, state: MilestoneState, remark: str, sentence: str, tone: str
) -> Milestone:
    stage.state, stage.answered_by, stage.answered_at, stage.remark = state, by, now(), remark.strip()[:300]
    stage.save()
    supervision.discharge(kind=Kind.ACCEPT_STAGE, subject_type=Milestone.SUBJECT, subject_id=stage.pk)
    tell_plan(stage.plan, f"{state}_stage", sentence, by=by, stage=stage.name, reason=remark, tone=tone)
    issue_planned(stage.plan.matter)
    ask_for_completion(stage.plan.matter)
    return stage
