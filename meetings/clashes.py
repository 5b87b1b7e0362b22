"""Who and which room is taken at that time (R114)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.states import Reply

if TYPE_CHECKING:
    from meetings.models import Meeting


def of_meeting(meeting: Meeting) -> list[str]:
    """One sentence for each person who has to come, and for the room, taken by another meeting at that time.

    The other meeting is named by its time only: its name may not be for everybody.
    """
    others = (
        type(meeting)._default_manager.overlapping(meeting.starts_at, meeting.ends_at).exclude(pk=meeting.pk)
    )
    found = [
        _("%(place)s is taken (%(when)s)") % {"place": other.place, "when": _when(other)}
        for other in others.exclude(place="").filter(place=meeting.place)
    ]
    needed = {
        row.person_id: row.person.name
        for row in meeting.invitations.filter(is_required=True)
        .exclude(reply__in=[Reply.LEAVE, Reply.SUBSTITUTE])
        .select_related("person")
    }
    needed |= {meeting.chair_id: meeting.chair.name, meeting.recorder_id: meeting.recorder.name}
    for other in others.prefetch_related("invitations"):
        taken = {other.chair_id, other.recorder_id} | {
            row.person_id for row in other.invitations.all()
            if row.is_required and row.reply not in (Reply.LEAVE, Reply.SUBSTITUTE)
        }  # fmt: skip
        found += [
            _("%(name)s is at another meeting (%(when)s)") % {"name": name, "when": _when(other)}
            for pk, name in sorted(needed.items())
            if pk in taken
        ]
    return found


def _when(meeting: Meeting) -> str:
    begins, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return f"{begins:%m-%d %H:%M}—{ends:%H:%M}"
