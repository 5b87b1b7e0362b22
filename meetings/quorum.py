"""Whether enough people are there (M5): half of the members, and every department that a topic concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from meetings.states import MEMBERS, Reply
from pages.sentences import run_on

if TYPE_CHECKING:
    from meetings.models import Meeting


@dataclass(frozen=True)
class Quorum:
    """How many members there are and came, and the departments concerned that nobody speaks for yet."""

    members: int
    there: int
    missing: tuple[str, ...]

    @property
    def needed(self) -> int:
        return (self.members + 1) // 2

    @property
    def is_met(self) -> bool:
        return self.there >= self.needed and not self.missing

    def sentence(self) -> str:
        """What is missing, in words."""
        parts = []
        if self.there < self.needed:
            parts.append(
                _("%(there)s of %(members)s members are there, %(needed)s are needed.")
                % {"there": self.there, "members": self.members, "needed": self.needed}
            )
        if self.missing:
            parts.append(_("Nobody is there for: %(names)s.") % {"names": "、".join(self.missing)})
        return run_on(parts)


def of_meeting(meeting: Meeting) -> Quorum:
    """A substitute stands for the member, and is not counted a second time."""
    seats = [row for row in meeting.invitations.all() if row.capacity in MEMBERS]
    members = [row for row in seats if row.reply != Reply.SUBSTITUTE]
    there = [row for row in seats if row.is_in_room or row.person_id == meeting.chair_id]
    departments = {row.department_id for row in there}
    needed = dict(
        meeting.items.filter(matter__participants__isnull=False)
        .order_by("matter__participants__pk")
        .values_list("matter__participants__department_id", "matter__participants__department_name")
    )
    missing = tuple(name for pk, name in needed.items() if pk not in departments)
    return Quorum(members=len(members), there=len(there), missing=missing)
