"""Who may do what to a meeting and its minutes (domain §3.4, §5). Pure: no queries, no HTTP.

The chair is the person named as the chair of that meeting, whatever their post; the recorder never signs.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from requests.policies import may_write

if TYPE_CHECKING:
    from meetings.models import AgendaItem, Confirmation, Invitation, Meeting, Minutes
    from organization.models import User


def may_plan(user: User) -> bool:
    """The office, the secretary and a chair plan any meeting; whoever speaks for a department a special one (M1)."""
    return may_plan_any(user) or (may_write(user) and bool(user.authority.speaks_for))


def may_plan_any(user: User) -> bool:
    authority = user.authority
    return may_write(user) and (
        authority.is_officer or authority.is_secretary or authority.is_chair or authority.is_arbiter
    )


def may_arrange(meeting: Meeting, user: User) -> bool:
    """Time, place, people and agenda: the office, the secretary, the chair, and whoever planned it."""
    return (
        may_call(meeting, user)
        or (meeting.planned_by_id == user.pk and may_write(user))
        or (meeting.recorder_id == user.pk and may_write(user))
    )


def may_call(meeting: Meeting, user: User) -> bool:
    """Send the notice (M3): the secretary, the office, the chair."""
    authority = user.authority
    return may_write(user) and (authority.is_officer or authority.is_secretary or meeting.chair_id == user.pk)


def may_add_material(meeting: Meeting, item: AgendaItem | None, user: User) -> bool:
    """Whoever arranges the meeting; to a topic also whoever presents it or speaks for the department that puts it."""
    if may_arrange(meeting, user):
        return True
    if item is None or not may_write(user):
        return False
    return item.presenter_id == user.pk or item.department_id in user.authority.speaks_for


def may_read_prior(item: AgendaItem, meeting: Meeting, user: User, sides: Collection[int | None]) -> bool:
    """R116: what was settled beforehand in private is for the chair and the sides, not for the table."""
    if not item.prior_talk.is_private or meeting.chair_id == user.pk:
        return True
    authority = user.authority
    return bool((authority.speaks_for | authority.in_charge_of) & set(sides))


def may_set_rules(user: User) -> bool:
    """The head of the office sets the rules of the house, the system administrator enters them (domain §5)."""
    authority = user.authority
    return (
        user.is_active
        and not authority.changes_nothing
        and (authority.is_office_head or authority.is_system_admin)
    )


def is_chair(meeting: Meeting, user: User) -> bool:
    """Open, close, sign, postpone, cancel: nobody but the chair of this meeting."""
    return meeting.chair_id == user.pk and may_write(user)


def may_drop(meeting: Meeting, user: User) -> bool:
    """Postpone or cancel (M12): the chair; while nobody has been told, whoever planned it too."""
    untold = meeting.number is None
    return is_chair(meeting, user) or (untold and meeting.planned_by_id == user.pk and may_write(user))


def may_record(meeting: Meeting, user: User) -> bool:
    """Results, attendance and the draft are the recorder's."""
    return meeting.recorder_id == user.pk and may_write(user)


def may_answer(invitation: Invitation, user: User) -> bool:
    return invitation.person_id == user.pk and user.is_active


def may_confirm(confirmation: Confirmation, user: User) -> bool:
    """An attendee speaks for the own words only (M9)."""
    return confirmation.person_id == user.pk and user.is_active and not user.authority.changes_nothing


def may_sign(minutes: Minutes, user: User) -> bool:
    """The chair signs, never the recorder (domain §5, Separation of duties)."""
    return is_chair(minutes.meeting, user) and minutes.meeting.recorder_id != user.pk


def may_publish(minutes: Minutes, user: User) -> bool:
    """The secretary or the office publishes (M11); the signing chair does not publish the own signature."""
    authority = user.authority
    return (
        may_write(user)
        and (authority.is_officer or authority.is_secretary)
        and minutes.meeting.chair_id != user.pk
    )


def may_take_back(minutes: Minutes, user: User) -> bool:
    """Back to the draft before publication: the recorder or the chair."""
    return may_record(minutes.meeting, user) or is_chair(minutes.meeting, user)


def may_edit_draft(minutes: Minutes, user: User) -> bool:
    return may_record(minutes.meeting, user)
