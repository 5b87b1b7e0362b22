"""The guards of the transitions of meetings and minutes, each with the sentence to say when it does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from audit.transitions import says
from meetings import levels
from meetings.states import AGREED, ConfirmationState

if TYPE_CHECKING:
    from meetings.models import Meeting, Minutes


@says(_("Name the place or the link first."))
def has_a_place_or_a_link(meeting: Meeting) -> bool:
    return bool(meeting.place.strip() or meeting.link.strip())


@says(_("Put at least one item on the agenda first."))
def has_an_agenda(meeting: Meeting) -> bool:
    return meeting.items.exists()


@says(_("Invite at least one person to attend first."))
def has_invited_people(meeting: Meeting) -> bool:
    return meeting.invitations.filter(capacity="attend").exclude(person=meeting.chair_id).exists()


@says(_("Some attendees can still confirm or object. Wait for them or for the limit."))
def nobody_is_waited_for(minutes: Minutes) -> bool:
    return not minutes.confirmations.filter(state=ConfirmationState.WAITING, reads_only=False).exists()


@says(_("The chair has filed a matter of this meeting. Somebody else has to decide on it."))
def the_chair_filed_none_of_its_matters(minutes: Minutes) -> bool:
    return not minutes.meeting.items.filter(matter__filed_by=minutes.meeting.chair_id).exists()


@says(_("A matter that the meeting settled is suspended. Resume it first, then publish."))
def no_matter_that_it_settles_is_suspended(minutes: Minutes) -> bool:
    settled = minutes.meeting.items.filter(result__in=AGREED, applied_at=None)
    return not settled.filter(matter__suspended_since__isnull=False).exists()


@says(
    _("A matter of the meeting has a stricter level than the minutes. Take them back and raise their level.")
)
def its_level_reaches_its_matters(minutes: Minutes) -> bool:
    return not levels.is_below(minutes.confidentiality, levels.strictest(minutes.meeting))


@says(_("An objection has no answer yet. Answer it first."))
def every_objection_is_answered(minutes: Minutes) -> bool:
    return not minutes.confirmations.filter(state=ConfirmationState.OBJECTED, answered_at=None).exists()
