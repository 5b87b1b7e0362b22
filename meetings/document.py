"""The text of the minutes as one plain structure: what the page prints, and what the signature seals (form F9)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from meetings.states import CAME, MEMBERS, Attendance, Capacity
from organization import people

if TYPE_CHECKING:
    from meetings.models import AgendaItem, Invitation, Meeting, Minutes, ResolvedAction
    from organization.models import Department


class Named:
    """Departments by the names that they bore at the meeting: a later renaming changes no minutes (domain §9, 19)."""

    def __init__(self, then: dict[int, str]) -> None:
        self.then = then

    def one(self, department: Department) -> str:
        return self.then.get(department.pk, department.name)

    def all(self, departments: Iterable[Department]) -> list[str]:
        return [self.one(department) for department in departments]


def of_minutes(minutes: Minutes) -> dict[str, Any]:
    """Everything that the minutes say, in the order of the form. Only texts, numbers and codes: no ids to follow."""
    meeting = minutes.meeting
    seats = list(meeting.invitations.for_meeting_page())
    named = Named(people.names_on(meeting.closed_at or meeting.ends_at))
    return {
        "number": minutes.number or "",
        "title": meeting.title,
        "meeting": {
            "number": meeting.number or "", "kind": meeting.kind,
            "starts_at": _moment(meeting.opened_at or meeting.starts_at),
            "ends_at": _moment(meeting.closed_at or meeting.ends_at),
            "place": meeting.place, "link": meeting.link, "chair": meeting.chair.name, "recorder": meeting.recorder.name,
            "quorum_reason": meeting.quorum_reason,
        },
        "attending": [_seat(row) for row in _attending(seats)],
        "on_leave": [_seat(row) for row in seats if _is_away(row) and row.pk not in _spoken_for(seats)],
        "sitting_in": [_seat(row) for row in seats if row.capacity == Capacity.SIT_IN and row.attendance in CAME],
        "summary": minutes.summary,
        "items": [_item(item, named) for item in meeting.items.for_meeting_page()],
        "next_meeting": minutes.next_meeting,
        "confirmations": [
            {"name": row.person.name, "state": row.state, "text": row.text, "answer": row.answer}
            for row in minutes.confirmations.filter(reads_only=False).select_related("person")
        ],
        "level": minutes.confidentiality,
        "distribution_people": [person.name for person in minutes.distribution_people.all()],
        "distribution": named.all(minutes.distribution.all()),
        "signed_by": minutes.signed_by.name if minutes.signed_by else "",
        "signed_at": _moment(minutes.signed_at),
    }  # fmt: skip


def absentees(meeting: Meeting) -> list[Any]:
    """Members who had to come and did not: they confirm that they have read the published minutes (R126)."""
    return [row.person for row in meeting.invitations.for_meeting_page() if _is_away(row)]


def _attending(seats: list[Invitation]) -> list[Invitation]:
    return [row for row in seats if row.capacity in MEMBERS and row.attendance in CAME]


def _spoken_for(seats: list[Invitation]) -> set[int | None]:
    """Whose substitute came: named beside the substitute, not among those on leave."""
    return {row.stands_for_id for row in seats if row.attendance in CAME}


def _is_away(row: Invitation) -> bool:
    return row.capacity in MEMBERS and row.attendance in (Attendance.EXCUSED, Attendance.ABSENT)


def _seat(row: Invitation) -> dict[str, Any]:
    return {
        "name": row.person.name,
        "department": row.department_name,
        "post": row.post,
        "stands_for": row.stands_for.person.name if row.stands_for else "",
        "capacity": row.capacity,
        "attendance": row.attendance,
        "reason": row.reply_reason,
    }


def _item(item: AgendaItem, named: Named) -> dict[str, Any]:
    return {
        "order": item.order, "text": item.text, "kind": item.kind,
        "matter": (item.matter.number or "") if item.matter else "", "matter_id": item.matter_id,
        "result": item.result, "resolution": item.resolution, "common_ground": item.common_ground,
        "recused": [person.name for person in item.interested.all()],
        "discussion": item.discussion, "no_action_reason": item.no_action_reason,
        "deferred_until": item.deferred_until.isoformat() if item.deferred_until else "",
        "reservations": [{"department": named.one(row.department), "text": row.text} for row in item.reservations.all()],
        "differences": [
            {"department": named.one(row.department), "position": row.position, "basis": row.basis, "proposal": row.proposal}
            for row in item.differences.all()
        ],
        "actions": [_action(action, named) for action in item.actions.all()],
    }  # fmt: skip


def _action(action: ResolvedAction, named: Named) -> dict[str, Any]:
    return {
        "text": action.text, "standard": action.standard, "department": named.one(action.department),
        "assignee": action.assignee.name if action.assignee else "",
        "verifier": action.verifier.name if action.verifier else "",
        "co_departments": named.all(action.co_departments.all()),
        "due_on": action.due_on.isoformat() if action.due_on else "",
        "urgency": action.urgency, "is_interim": action.is_interim, "report_every": action.report_every,
    }  # fmt: skip


def _moment(moment: Any) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else ""
