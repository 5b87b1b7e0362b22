"""Who leaves a post leaves no duty behind: the open work goes to the successor, else to the department (R019, R101)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from audit.acting import SYSTEM
from audit.flow import flow
from audit.one_by_one import each
from notifications.flows import announce
from notifications.states import NoticeKind
from organization import people
from organization.flows import take_merger, take_post_change
from organization.models import Department, PostChange, User
from supervision.flows.obligations import hand_over
from supervision.models import Obligation
from supervision.states import OWN_WORD, PERSONAL

BATCH = 200


def hand_over_ended_posts(now: datetime) -> int:
    """A step of the tick: every change of post that nobody has worked through yet, each in its own transaction."""
    changes = PostChange.objects.untaken().values_list("pk", flat=True)
    return each(list(changes[:BATCH]), lambda pk: hand_over_ended_post(change_id=pk, by=SYSTEM))


@flow
def hand_over_ended_post(*, change_id: int, by: Any) -> int | None:
    """Pass on what the person still owes through this post; returns how many duties, None when it was done already."""
    if not take_post_change(change_id=change_id):
        return None
    change: PostChange = PostChange.objects.select_related("post__user", "post__department", "successor").get(
        pk=change_id
    )
    successor = change.successor if change.successor and change.successor.is_active else None
    duties = list(_left_behind(change).order_by("pk"))
    for duty in duties:
        if duty.kind in OWN_WORD:
            _pass_to_office(duty, change.post.user)
        else:
            _pass_on(duty, change.post.user, successor, duty.holder_department or change.post.department)
    return len(duties)


def hand_over_closed_accounts(now: datetime) -> int:
    """A step of the tick: what a closed account still owes without any post that could have handed it over (R019)."""
    later = PostChange.objects.filter(taken_at=None).values("post__user")  # these go to their successor first
    owed = Obligation.objects.open().filter(holder__is_active=False).exclude(holder__in=later)
    return each(
        list(owed.order_by("pk").values_list("pk", flat=True)[:BATCH]),
        lambda pk: hand_over_of_closed_account(obligation_id=pk, by=SYSTEM),
    )


@flow
def hand_over_of_closed_account(*, obligation_id: int, by: Any) -> Obligation | None:
    """To the department that owes it too, else to the coordination office. None when there is nobody to take it."""
    duty: Obligation = (
        Obligation.objects.select_for_update(of=("self",))
        .select_related("holder", "holder_department")
        .get(pk=obligation_id)
    )
    department = duty.holder_department or people.office()
    if not duty.is_running or duty.holder is None or duty.holder.is_active or department is None:
        return None
    if duty.kind in OWN_WORD:
        _pass_to_office(duty, duty.holder)
    else:
        _pass_on(duty, duty.holder, None, department)
    return duty


def tell_of_mergers(now: datetime) -> int:
    """A step of the tick: departments whose work has come to another one, of which its people do not know yet."""
    untold = Department.objects.with_untold_merger().order_by("pk").values_list("pk", flat=True)
    return each(list(untold[:BATCH]), lambda pk: tell_of_merger(department_id=pk, by=SYSTEM))


@flow
def tell_of_merger(*, department_id: int, by: Any) -> Department | None:
    """Domain §9, 19: whoever speaks for the successor hears that the open work of the merged department is theirs now."""
    department = take_merger(department_id=department_id)
    if department is None or department.successor is None:
        return None
    successor = department.successor
    head = people.head(successor.pk)
    speaking = {person.pk: person for person in (*people.liaisons(successor.pk), *([head] if head else []))}
    announce(
        recipients=list(speaking.values()),
        kind=NoticeKind.SUPERVISION,
        sentence=gettext_noop("%(name)s was merged into %(department)s: its open work waits for you now."),
        params={"name": department.name, "department": successor.name},
        url_name="organization:department",
        url_args=[department.pk],
        dedupe_key=f"merger:{department.pk}:{successor.pk}",
    )
    return department


def _left_behind(change: PostChange) -> QuerySet[Any]:
    """Of a closed account everything; of a person who stays only what is owed through this post."""
    post = change.post
    owed = Obligation.objects.open().filter(holder=post.user)
    if not post.user.is_active:
        return owed
    if change.successor is None and post.user.posts.current().filter(department=post.department_id).exists():
        return owed.none()
    return owed.filter(Q(holder_department=post.department_id) | Q(holder_department=None)).exclude(
        kind__in=PERSONAL
    )


def _pass_to_office(duty: Obligation, left: User) -> None:
    office = people.office()
    if office is not None:
        _pass_on(duty, left, next(iter(people.office_heads()), None), office)


def _pass_on(duty: Obligation, left: User, successor: User | None, department: Department) -> None:
    new = hand_over(obligation_id=duty.pk, holder=successor, holder_department=department)
    announce(
        recipients=[successor] if successor else people.liaisons(department.pk),
        kind=NoticeKind.SUPERVISION,
        sentence=gettext_noop("%(name)s left a post: what was owed on %(number)s has come to you."),
        params={"name": left.name, "number": new.number},
        number=new.number,
        url_name=new.url_name,
        url_args=new.url_args,
        dedupe_key=f"handover:{new.pk}",
    )
