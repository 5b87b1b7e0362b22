"""Who publishes process documents and confirms that they were read (R071). Pure: no queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from requests.policies import may_write

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import Procedure, ProcedureReading


def may_publish_procedure(user: User) -> bool:
    """The coordination office."""
    return user.authority.is_officer and may_write(user)


def may_renew_procedure(procedure: Procedure, user: User) -> bool:
    """Its owner, and the coordination office."""
    return may_publish_procedure(user) or (procedure.owner_id == user.pk and may_write(user))


def may_confirm_procedure(reading: ProcedureReading, user: User) -> bool:
    """Head or liaison, for the own department only."""
    return reading.department_id in user.authority.speaks_for and may_write(user)
