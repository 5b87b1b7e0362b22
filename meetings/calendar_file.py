"""The meeting as a calendar file (RFC 5545): one event, told in words that its reader may read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.states import MeetingState

if TYPE_CHECKING:
    from meetings.models import Meeting

OCTETS = 75


def of_meeting(
    meeting: Meeting, *, host: str, url: str, written_at: datetime, material_by: date | None = None
) -> str:
    """Name, time, place and link, and what the notice asks of people (F6); topics and papers stay in the office."""
    status = {MeetingState.CANCELLED: "CANCELLED", MeetingState.PLANNED: "TENTATIVE"}
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//coordination//meetings//ZH", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:meeting-{meeting.pk}@{_plain(host)}",
        f"DTSTAMP:{_utc(written_at)}",
        f"DTSTART:{_utc(meeting.starts_at)}",
        f"DTEND:{_utc(meeting.ends_at)}",
        f"SUMMARY:{_escaped(meeting.title)}",
        f"LOCATION:{_escaped(meeting.place or meeting.link)}",
        f"DESCRIPTION:{_escaped(_asked(meeting, material_by))}",
        f"URL:{_plain(url)}",
        f"STATUS:{status.get(MeetingState(meeting.state), 'CONFIRMED')}",
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _asked(meeting: Meeting, material_by: date | None) -> str:
    """What the notice says beside time and place, one line each."""
    lines = [meeting.number or ""]
    if meeting.preparation:
        lines.append(_("What to prepare: %(text)s") % {"text": meeting.preparation})
    if material_by:
        lines.append(_("Material reaches you by %(day)s.") % {"day": material_by.isoformat()})
    if meeting.answer_by:
        moment = timezone.localtime(meeting.answer_by)
        lines.append(_("Please answer by %(moment)s.") % {"moment": f"{moment:%Y-%m-%d %H:%M}"})
    if meeting.leave_rules:
        lines.append(_("Leave and substitutes: %(text)s") % {"text": meeting.leave_rules})
    if meeting.contact:
        told = " ".join(part for part in (meeting.contact.name, meeting.contact.phone) if part)
        lines.append(_("Contact: %(told)s") % {"told": told})
    return "\n".join(line for line in lines if line)


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
