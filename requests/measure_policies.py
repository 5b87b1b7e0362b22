"""Who records, prolongs and ends measures (R054). Pure: no queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from requests.policies import may_prepare, may_write

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import CoordinationRequest, Measure


def may_record_measure(matter: CoordinationRequest, user: User) -> bool:
    """The office and whoever speaks for the lead department."""
    return may_prepare(matter, user)


def may_prolong_measure(measure: Measure, user: User) -> bool:
    """The office agrees to a later day, never the department that keeps it up."""
    return (
        user.authority.is_officer
        and may_write(user)
        and measure.department_id not in user.authority.speaks_for
    )


def may_end_measure(measure: Measure, user: User) -> bool:
    """Head or liaison of the department that keeps it up, or the office."""
    return may_write(user) and (
        measure.department_id in user.authority.speaks_for or user.authority.is_officer
    )
