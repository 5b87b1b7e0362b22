"""Who stands for the level of the original decision (R094), also when whoever decided has left the post since (R019)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM, day_of
from audit.flow import flow
from audit.one_by_one import each
from audit.refusals import NotReady
from organization import people
from organization.models import Post, User
from organization.states import PostKind
from requests.approval_states import ApprovalLevel
from requests.change_objects import OBJECTS
from requests.change_states import UNANSWERED, ChangeState
from requests.flows.approval_shared import holders_of
from requests.flows.change_assessors import pass_assessment_on
from requests.flows.change_shared import end_duty, lock_change, tell_change, what_is_owed
from requests.flows.shared import let_read, readers_among, tell_people
from requests.models import ChangeRequest, CoordinationRequest
from requests.states import DecisionWay, Stage
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import Kind

BATCH = 200
NAME_READER = "requests:name_reader"
# By these the head of the office decides and nobody else of the office.
BY_OFFICE_HEAD = (DecisionWay.OFFICE, DecisionWay.LETTERS)
# Whoever decides a matter in another way does so by one of these, or as leader in charge or chair.
DECIDING = (PostKind.HEAD, PostKind.OFFICE_HEAD, PostKind.OFFICER, PostKind.ARBITER)


def level_of(
    matter: CoordinationRequest, *, is_frame: bool, by: User, barred: Collection[int | None] = ()
) -> tuple[str, User]:
    """Way and person of the original decision: of a project's frame the top level of its approvals, else whoever
    decided the matter; where that person asks or has left the post, whoever holds the same level."""
    way, person, level = decision_on(matter, is_frame=is_frame)
    found = next(_deciders(matter, way, person, level, barred={by.pk, *barred}), None)
    if found is None:
        raise NotReady(
            _("Nobody holds the post that decides on this. Ask the coordination office to have it filled.")
        )
    return way, found


def decision_on(matter: CoordinationRequest, *, is_frame: bool) -> tuple[str, User | None, str]:
    """How it was decided, by whom and, where a project was approved, on which level."""
    application = getattr(matter, "application", None) if is_frame else None
    if application is not None and application.is_approved:
        top = application.steps.filter(outcome="approved").select_related("answered_by").last()
        return "", top.answered_by, top.level
    return matter.decision_way, matter.decided_by, ""


def is_frame_open(matter: CoordinationRequest) -> bool:
    """Whether the frame of a project is approved while the matter itself is not decided yet: until then its preparation
    writes goal and scope, from then on only a change request does (R094)."""
    return matter.stage == Stage.DECISION and bool(decision_on(matter, is_frame=True)[2])


def next_decider(
    matter: CoordinationRequest, *, is_frame: bool, barred: Collection[int | None]
) -> User | None:
    """Whoever holds the level of the decision today, without those who are barred."""
    way, _person, level = decision_on(matter, is_frame=is_frame)
    return next(_deciders(matter, way, None, level, barred=barred), None)


def _deciders(
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
    posts = Post.objects.current().filter(user=person, kind__in=DECIDING)
    return posts.filter(since__lte=day_of(matter.decided_at)).exists() if matter.decided_at else False


def level_decided(change: ChangeRequest) -> str:
    """The level of the project's approvals that decides on this change; empty where the matter's own decision does."""
    _way, _person, level = decision_on(change.matter, is_frame=not OBJECTS[change.object].of_item)
    return level


def _decider_left(change: ChangeRequest) -> bool:
    return has_left(change.matter, change.way, level_decided(change), change.approver)


def replace_approvers(now: datetime) -> int:
    """A step of the tick: every change that waits for somebody who has left the level that decides on it."""
    waiting = ChangeRequest.objects.filter(state__in=UNANSWERED).order_by("pk")
    rows = waiting.select_related("approver", "matter__application")[:BATCH]
    vacant = vacancies(ChangeRequest.SUBJECT)
    found = [change.pk for change in rows if change.pk in vacant or _decider_left(change)]
    return each(found, lambda pk: replace_approver(change_id=pk, by=SYSTEM))


def vacancies(subject_type: str) -> set[int]:
    """Of which of these somebody owes that the post of its decider is filled."""
    owed = Obligation.objects.open().filter(subject_type=subject_type, kind=Kind.FILL_POST)
    return set(owed.values_list("subject_id", flat=True))


@flow
def replace_approver(*, change_id: int, by: Any) -> ChangeRequest | None:
    """The next one on the same level decides. Where nobody is left the head of the office owes that the post is filled."""
    change = lock_change(change_id)
    left = change.approver
    if change.state not in UNANSWERED:
        return None
    if not _decider_left(change):  # back in the post
        end_duty(change, Kind.FILL_POST)
        return None
    doers = {left.pk, change.asked_by_id, change.assessed_by_id}
    found = next_decider(change.matter, is_frame=not OBJECTS[change.object].of_item, barred=doers)
    if found is None:
        _ask_to_fill(change, left)
        return None
    if not reads_or_is_named(change.matter, found, key=f"change:{change.pk}"):
        return None
    change.approver = found
    change.save()
    let_read(change.matter, users=[found.pk], why="change")
    pass_decision_on(ChangeRequest.SUBJECT, change.pk, found)
    if change.state == ChangeState.SUBMITTED:
        pass_assessment_on(change)
    end_duty(change, Kind.FILL_POST)
    tell_change(
        change, "replace_approver", _n("%(name)s has left the post: %(approver)s decides on the change %(number)s."),
        None, [found, change.asked_by, change.matter.keeper], name=left.name, approver=found.name,
    )  # fmt: skip
    return change


def pass_decision_on(subject_type: str, subject_id: int, found: User) -> None:
    """The decision is owed by this person from now on, by the same date."""
    owed = Obligation.objects.of(subject_type, subject_id).open().filter(kind=Kind.CHANGE_APPROVE)
    for pk in list(owed.values_list("pk", flat=True)):
        supervision.hand_over(obligation_id=pk, holder=found)


def reads_or_is_named(matter: CoordinationRequest, found: User, *, key: str) -> bool:
    """A confidential matter names its readers: until the decider is one, whoever names them hears once that it is to be done."""
    if not matter.is_closed or readers_among(matter, [found]):
        return True
    naming = {person.pk: person for person in (matter.keeper, people.office_head()) if person is not None}
    tell_people(
        matter, naming.values(), _n("%(name)s decides on a change of %(number)s now; name this person as a reader."),
        key=f"{key}:reader:{found.pk}", url_name=NAME_READER, params={"name": found.name},
    )  # fmt: skip
    return False


def _ask_to_fill(change: ChangeRequest, left: User) -> None:
    """Owed once: it stays with the head of the office, or with the officers while that post itself is vacant."""
    if change.pk in vacancies(ChangeRequest.SUBJECT):
        return
    head = people.office_head()
    supervision.owe(
        kind=Kind.FILL_POST, holder=head, holder_department=people.office(), **what_is_owed(change)
    )
    tell_change(
        change, "await_approver", _n("%(name)s has left the post and nobody holds it: the change %(number)s waits until it is filled."),
        None, [head] if head is not None else people.officers(), name=left.name, tone="warn",
    )  # fmt: skip
