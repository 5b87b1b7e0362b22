"""Posts are given and taken. Every change of holder leaves a row from which the open work is handed over (R019)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from audit.acting import now, today
from audit.flow import flow
from audit.refusals import Invalid, NotReady
from audit.words import word
from organization import policies
from organization.flows.steps import require, tell
from organization.models import Department, Post, PostChange, User
from organization.states import SEPARATE_POSTS, SINGLE_POSTS, PostKind

NOT_YOURS = _("Only the system administrator may fill this post, and nobody their own.")


@flow
def appoint(
    *,
    user_id: int,
    department_id: int,
    kind: str,
    by: User,
    since: date | None = None,
    is_main: bool = False,
    replaces: bool = False,
) -> Post:
    """Put a person into a post. A post that one person holds at a time changes hands only with `replaces`."""
    department: Department = Department.objects.select_for_update().get(pk=department_id)
    person: User = User.objects.select_for_update().get(pk=user_id)
    require(allowed=policies.may_appoint(kind, person, by), sentence=NOT_YOURS)
    since = since or today()
    _check_fit(person, department, kind, since)
    holder = _holder(department, kind)
    if holder is not None and not replaces:
        sentence = _("%(name)s holds this post. Tick “replace” to let it change hands.") % {
            "name": holder.user.name
        }
        raise Invalid(sentence, fields={"kind": [sentence]})
    if holder is not None:
        close_post(holder, max(since, holder.since), successor=person)
    if is_main:
        person.posts.current().filter(is_main=True).update(is_main=False)
    post = Post.objects.create(
        user=person,
        department=department,
        kind=kind,
        since=since,
        is_main=is_main or not person.posts.current().exists(),
    )
    _tell_of(post, "appoint", gettext_noop("%(actor)s appointed %(person)s: %(department)s, %(post)s."))
    return post


@flow
def end_post(*, post_id: int, by: User, until: date | None = None, successor_id: int | None = None) -> Post:
    """Take a person out of a post, from a day on that is today or past; the successor, if named, gets the open work."""
    post: Post = Post.objects.select_for_update().select_related("user", "department").get(pk=post_id)
    require(allowed=policies.may_appoint(post.kind, post.user, by), sentence=NOT_YOURS)
    if post.until is not None:
        raise NotReady(_("This post has ended already."))
    until = until or today()
    if not post.since <= until <= today():
        sentence = _("Write a day from %(since)s to today.") % {"since": post.since.isoformat()}
        raise Invalid(sentence, fields={"until": [sentence]})
    successor = User.objects.active().internal().get(pk=successor_id) if successor_id else None
    close_post(post, until, successor=successor)
    return post


def close_post(post: Post, until: date, successor: User | None = None) -> None:
    """End a post that is locked, and write the row from which supervision hands the open work over."""
    post.until, post.is_main = until, False
    post.save(update_fields=["until", "is_main"])
    PostChange.objects.create(post=post, successor=successor, at=now())
    _tell_of(
        post, "end_post", gettext_noop("%(actor)s ended the post of %(person)s: %(department)s, %(post)s.")
    )


@flow
def take_post_change(*, change_id: int) -> bool:
    """Mark a change of post as worked through; called by whoever hands the work over. False when it was already."""
    return bool(PostChange.objects.filter(pk=change_id, taken_at=None).update(taken_at=now()))


def _check_fit(person: User, department: Department, kind: str, since: date) -> None:
    problems: dict[str, list[object]] = {}
    if kind not in PostKind.values:
        problems["kind"] = [_("Choose a post from the list.")]
    if person.is_external or not person.is_active:
        problems["user"] = [_("Only an active person of the house can hold a post.")]
    if not department.is_active:
        problems["department"] = [_("This department is closed. Choose another one.")]
    if since > today():
        problems["since"] = [_("Write today or an earlier day: a post counts from the moment it is entered.")]
    held = person.posts.current()
    if held.filter(department=department, kind=kind).exists():
        problems["kind"] = [_("This person holds this post already.")]
    if kind in SEPARATE_POSTS and held.filter(kind__in=SEPARATE_POSTS).exclude(kind=kind).exists():
        # 职责分离, domain §5; held by the constraint one_of_the_separate_posts too
        problems["kind"] = [
            _("Auditor, records administrator and system administrator are three different people.")
        ]
    if problems:
        first = next(iter(problems.values()))[0]
        raise Invalid(str(first), fields={name: [str(s) for s in found] for name, found in problems.items()})


def _holder(department: Department, kind: str) -> Post | None:
    if kind not in SINGLE_POSTS:
        return None
    held: Post | None = (
        department.posts.current()
        .filter(kind=kind)
        .select_for_update(of=["self"])
        .select_related("user")
        .first()
    )
    return held


def _tell_of(post: Post, verb: str, sentence: str) -> None:
    tell(
        post.user,
        verb,
        sentence,
        person=post.user.name,
        department=post.department.name,
        post=word(PostKind(post.kind).label),
    )
