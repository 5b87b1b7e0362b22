"""Who may arrange the organization. Reading it is open to everybody of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organization.states import PostKind

if TYPE_CHECKING:
    from organization.models import Department, User
    from organization.phrases import Phrase

# What the head of the coordination office may give and take; everything else is the system administrator's.
LIAISON_POSTS = frozenset({PostKind.LIAISON, PostKind.DEPUTY_LIAISON})


def may_administer(user: User) -> bool:
    """Accounts, departments, posts, external units: the system administrator (domain §5, row Users)."""
    return user.is_active and not user.authority.changes_nothing and _runs_the_system(user)


def _runs_the_system(user: User) -> bool:
    # A fresh installation has a superuser and no posts yet: somebody has to appoint the first administrator.
    return user.authority.is_system_admin or user.is_superuser


def may_manage_committees(user: User) -> bool:
    """Committees and groups: the head of the coordination office, or the system administrator."""
    return may_administer(user) or (user.authority.is_office_head and not user.authority.changes_nothing)


def may_appoint(kind: str, person: User, user: User) -> bool:
    """The administrator fills every post, the office head the liaisons; nobody gives or takes a post of their own."""
    if person.pk == user.pk:
        return False
    return may_administer(user) or (kind in LIAISON_POSTS and may_manage_committees(user))


def may_change_account(person: User, user: User) -> bool:
    """Passwords and deactivation of somebody else's account."""
    return person.pk != user.pk and may_administer(user)


def may_read(user: User) -> bool:
    """Who is who: every person of the house, nobody from outside."""
    return user.is_authenticated and not user.is_external


def may_keep_phrases(user: User) -> bool:
    """Whoever writes opinions and reports: of the house, and not the auditor."""
    return user.is_active and not user.is_external and not user.authority.changes_nothing


def may_keep_phrases_of(department: Department, user: User) -> bool:
    """In the name of a department: its head and its liaisons."""
    return may_keep_phrases(user) and department.pk in user.authority.speaks_for


def may_change_phrase(phrase: Phrase, user: User) -> bool:
    if phrase.department is not None:
        return may_keep_phrases_of(phrase.department, user)
    return may_keep_phrases(user) and phrase.owner_id == user.pk


def may_keep_goals(user: User) -> bool:
    """The list of goals is kept by the coordination office (R031)."""
    return user.is_active and user.authority.is_officer and not user.authority.changes_nothing
