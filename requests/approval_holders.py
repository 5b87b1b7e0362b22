"""Who holds a level of the approvals at this moment (R036, domain §5 row Approval level)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from organization import people
from requests import approval_policies
from requests.approval_states import ApprovalLevel

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import ApprovalStep, ProjectApplication


def holders_of(level: ApprovalLevel, department_id: int) -> Iterator[User]:
    """The holder of the post first, then who stands above."""
    for person in _posts(level, department_id):
        if person is not None:
            yield person


def _posts(level: ApprovalLevel, department_id: int) -> Iterator[User | None]:
    if level == ApprovalLevel.DEPARTMENT:
        yield from people.heads_upwards(department_id)
        yield people.leader_in_charge(department_id)
    elif level == ApprovalLevel.OFFICE:
        yield from people.office_heads()
        office = people.office()
        yield people.leader_in_charge(office.pk) if office else None
    else:
        yield people.leader_in_charge(department_id)
    yield people.committee_chair()
    yield people.arbiter()


def first_free(
    application: ProjectApplication, level: ApprovalLevel, others: Collection[int | None]
) -> tuple[User | None, User | None]:
    """Whom this level asks, and the holder of the post in whose place; a party never approves (domain §9, 24)."""
    barred = {*approval_policies.parties_of(application), *others}
    stands_for: User | None = None
    for person in holders_of(level, application.matter.filed_by_department_id):
        if person.pk not in barred:
            return person, stands_for
        stands_for = stands_for or person
    return None, stands_for


def asked_now(
    step: ApprovalStep, application: ProjectApplication, others: Collection[int | None]
) -> tuple[User | None, User | None]:
    """Whoever was asked, and in whose place; once they have left the post, the next one of the level (R019)."""
    if not has_left(step, application):
        return step.asked, step.on_behalf_of
    return first_free(application, ApprovalLevel(step.level), others)


def has_left(step: ApprovalStep, application: ProjectApplication) -> bool:
    """Whether whoever was asked holds the level no longer: the post counts at the moment of the answer."""
    asked, department = step.asked, application.matter.filed_by_department_id
    if not asked.is_active:
        return True
    if approval_policies.holds_level(step.level, application, asked):
        return False
    return asked not in holders_of(ApprovalLevel(step.level), department)
