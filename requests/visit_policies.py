"""Who records a site visit, adds photos to it, takes it back (R046). Pure: no queries."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from requests.policies import may_attach, may_write
from requests.states import ENDED, Stage

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import CoordinationRequest, SiteVisit


def may_record_visit(matter: CoordinationRequest, user: User, departments: Collection[int]) -> bool:
    """Whoever takes part: the applicant, the office, those who speak for a department of the matter."""
    return matter.stage not in (Stage.DRAFT, Stage.RETURNED) and may_attach(matter, user, departments)


def may_add_photos(visit: SiteVisit, user: User) -> bool:
    return visit.recorded_by_id == user.pk and may_write(user) and visit.matter.stage not in ENDED


def may_withdraw_visit(visit: SiteVisit, user: User) -> bool:
    """Whoever recorded it, or the office."""
    is_mine = visit.recorded_by_id == user.pk or user.authority.is_officer
    return is_mine and may_write(user) and visit.matter.stage not in ENDED
