"""Who accepts and who mends (form F14). Pure: no queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from requests.policies import may_verify, may_write

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import ActionItem, Defect


def may_accept_stage(item: ActionItem, user: User) -> bool:
    """Whoever checks the item in the end looks at it on the way too: never the doer (R102)."""
    return may_verify(item, user)


def may_report_mended(defect: Defect, user: User) -> bool:
    """Who was named, or whoever speaks for the department that did the work."""
    return may_write(user) and (
        defect.person_id == user.pk or defect.sheet.item.department_id in user.authority.speaks_for
    )


def may_check_mended(defect: Defect, user: User) -> bool:
    """Who accepts the item, never who mended the defect or said that it is mended."""
    return may_verify(defect.sheet.item, user) and user.pk not in {defect.person_id, defect.reported_by_id}
