"""Who stands for the level of the original decision (R094), also when whoever decided has left the post since (R019)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from audit.acting import day_of
from organization import people
from organization.states import PostKind
from requests import change_policies
from requests.appeal_levels import next_ruler, ruler_left
from requests.approval_holders import holders_of
from requests.approval_states import ApprovalLevel, StepOutcome
from requests.states import DecisionWay, Stage

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import ApprovalStep, ChangeRequest, CoordinationRequest, Plan, ProjectApplication

# By these the head of the office decides and nobody else of the office.
BY_OFFICE_HEAD = (DecisionWay.OFFICE, DecisionWay.LETTERS)
# Whoever decides a matter in another way does so by one of these, or as leader in charge or chair.
DECIDING = (PostKind.HEAD, PostKind.OFFICE_HEAD, PostKind.OFFICER, PostKind.ARBITER)


def decision_on(matter: CoordinationRequest, *, is_frame: bool) -> tuple[str, User | None, str]:
    """How it was decided, by whom and, where a project was approved, on which level: that level stands for the frame also
    while the paper is approved anew, until the matter itself is decided."""
    application = getattr(matter, "application", None) if is_frame else None
    if application is not None and (application.is_approved or not matter.decision_way):
        top = _granted_by(application)
        if top is not None:
            return "", top.answered_by, top.level
    return matter.decision_way, matter.decided_by, ""


def _granted_by(application: ProjectApplication) -> ApprovalStep | None:
    """The level that granted it; of a paper that was taken back, the highest that had approved."""
    approved = application.steps.filter(outcome=StepOutcome.APPROVED).select_related("answered_by")
    if application.approved_at is not None:
        return approved.filter(answered_at__lte=application.approved_at).last()
    return max(approved, key=lambda step: ApprovalLevel.values.index(step.level), default=None)


def is_frame_open(matter: CoordinationRequest) -> bool:
    """Whether the frame of a project is approved while the matter itself is not decided yet: until then its preparation
    writes goal and scope, from then on only a change request does (R094)."""
    application = getattr(matter, "application", None)
    return matter.stage == Stage.DECISION and application is not None and application.is_approved


def next_decider(
    matter: CoordinationRequest, *, is_frame: bool, barred: Collection[int | None]
) -> User | None:
    """Whoever holds the level of the decision today, without those who are barred."""
    way, _person, level = decision_on(matter, is_frame=is_frame)
    return next(deciders(matter, way, None, level, barred=barred), None)


def deciders(
    matter: CoordinationRequest, way: str, person: User | None, level: str, *, barred: Collection[int | None]
) -> Iterator[User]:
    """Whoever decided first, then whoever holds the same level, the nearest first."""
    if person is not None and person.pk not in barred and not has_left(matter, way, level, person):
        yield person
    for found in _same_level(matter, way, level):
        if found is not None and found.is_active and found.pk not in barred:
            yield found


def _same_level(matter: CoordinationRequest, way: str, level: str) -> Iterator[User | None]:
    if level:
        yield from holders_of(ApprovalLevel(level), matter.filed_by_department_id)
    elif way in BY_OFFICE_HEAD:
        yield from people.office_heads()
    yield people.committee_chair()
    yield people.arbiter()


def has_left(matter: CoordinationRequest, way: str, level: str, person: User) -> bool:
    """Whether whoever decided is no longer among those who hold that very level; whoever stands above them always is."""
    if not person.is_active:
        return True
    if person.authority.is_chair or person.authority.is_arbiter:
        return False
    if level or way in BY_OFFICE_HEAD:
        return person not in _same_level(matter, way, level)
    return not (_leads_one(matter, person) or _holds_since(matter, person))


def _leads_one(matter: CoordinationRequest, person: User) -> bool:
    """As leader in charge of a department of this matter."""
    concerned = {matter.filed_by_department_id, matter.lead_department_id}
    concerned |= set(matter.participants.values_list("department_id", flat=True))
    return not person.authority.in_charge_of.isdisjoint(concerned)


def _holds_since(matter: CoordinationRequest, person: User) -> bool:
    """A post that decides, held already when it was decided: one that was taken up since is another level."""
    posts = person.posts.current().filter(kind__in=DECIDING)
    return posts.filter(since__lte=day_of(matter.decided_at)).exists() if matter.decided_at else False


def is_of_frame(change: ChangeRequest) -> bool:
    """Of what was decided as a whole, not of one action item."""
    return change.item_id is None


def decider_of_change_left(change: ChangeRequest) -> bool:
    """Whether whoever the change waits for has left the level that decides on it."""
    if change.appeal is not None:
        return ruler_left(change.appeal, change.approver)
    _way, _person, level = decision_on(change.matter, is_frame=is_of_frame(change))
    return has_left(change.matter, change.way, level, change.approver)


def decider_of_plan_left(plan: Plan) -> bool:
    """The same of a version of the plan that moves what was decided."""
    way, _person, level = decision_on(plan.matter, is_frame=True)
    return plan.approver is not None and has_left(plan.matter, way, level, plan.approver)


def answers_now(change: ChangeRequest, user: User) -> bool:
    """By the posts of this moment: whoever decides on it and has left the level answers no more (R019)."""
    may = change_policies.may_answer_change(change, user)
    return may and not (user.pk == change.approver_id and decider_of_change_left(change))


def next_decider_of_change(change: ChangeRequest) -> User | None:
    barred = {change.approver_id, change.asked_by_id, change.assessed_by_id}
    if change.appeal is not None:
        return next_ruler(change.appeal, barred)
    return next_decider(change.matter, is_frame=is_of_frame(change), barred=barred)


def next_decider_of_plan(plan: Plan) -> User | None:
    barred = {plan.approver_id, plan.submitted_by_id, plan.matter.filed_by_id}
    return next_decider(plan.matter, is_frame=True, barred=barred)
