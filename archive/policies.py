"""Who seals, who looks into a dossier, who audits (domain §5). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from requests.policies import may_archive

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import CoordinationRequest


def may_seal(matter: CoordinationRequest, user: User) -> bool:
    """The records administrator, never the officer who kept the case."""
    return may_archive(matter, user) and not user.authority.is_auditor


def may_audit(user: User) -> bool:
    """The auditor's desk (R192)."""
    return user.authority.is_auditor


def may_verify(user: User) -> bool:
    """Auditor and records administrator recompute the hashes; that changes nothing."""
    return user.authority.is_auditor or user.authority.is_records
