"""The meeting as a calendar file (RFC 5545): one event, told in words that its reader may read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from meetings.states import MeetingState

if TYPE_CHECKING:
    from meetings.models import Meeting

OCTETS = 75


def of_meeting(meeting: Meeting, *, host: str, url: str, written_at: datetime) -> str:
    """Name, time, place and link; topics stay in the office."""
    status = {MeetingState.CANCELLED: "CANCELLED", MeetingState.PLANNED: "TENTATIVE"}
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//coordination//meetings//ZH", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:meeting-{meeting.pk}@{_plain(host)}",
        f"DTSTAMP:{_utc(written_at)}",
        f"DTSTART:{_utc(meeting.starts_at)}",
        f"DTEND:{_utc(meeting.ends_at)}",
        f"SUMMARY:{_escaped(meeting.title)}",
        f"LOCATION:{_escaped(meeting.place or meeting.link)}",
        f"DESCRIPTION:{_escaped(meeting.number or '')}",
        f"URL:{_plain(url)}",
        f"STATUS:{status.get(MeetingState(meeting.state), 'CONFIRMED')}",
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    """Commas, semicolons, backslashes and line ends would be read as part of the format."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def _plain(text: str) -> str:
    return "".join(text.split())


def _folded(line: str) -> list[str]:
    """Lines of at most 75 octets, never cut inside a character; a continuation begins with a space."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > OCTETS:
            parts.append(part)
            part = " "
        part += letter
    return [*parts, part]
