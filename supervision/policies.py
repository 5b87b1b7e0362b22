"""Who arranges time: the calendar, the office hours, the limits (domain §5, row Users, settings, calendar)."""

from __future__ import annotations

from typing import Any


def may_arrange(user: Any) -> bool:
    """The head of the office sets the rules, the system administrator enters them; an auditor only reads."""
    authority = user.authority
    return (
        user.is_active
        and not authority.changes_nothing
        and (authority.is_office_head or authority.is_system_admin)
    )


def may_read_arrangements(user: Any) -> bool:
    """Everybody of the house may know the limits and the calendar that they are measured by."""
    return bool(user.is_active and not user.is_external)
