"""The lead of a project asks for a meeting, by the power to call meetings (F2, R050); `meetings` makes the draft."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import NotReady
from organization.models import User
from requests import powers, rules
from requests.approval_states import Power
from requests.flows.shared import lock, tell_story
from requests.letter_states import WishReason
from requests.models import MeetingWish
from requests.states import SUSPENDABLE

WHO_WISHES = gettext_lazy(
    "The lead of a project asks for its meetings. Everybody else plans one on the page of meetings."
)


@flow
def wish_meeting(*, matter_id: int, by: User, reason: str) -> MeetingWish:
    """One wish at a time; what is to be settled becomes the question of the meeting."""
    matter = lock(matter_id)
    powers.insist(matter, by, Power.MEETINGS, otherwise=WHO_WISHES)
    if matter.stage not in SUSPENDABLE or matter.is_suspended:
        raise NotReady(_("A project meeting belongs to a matter that is under way."))
    if matter.meeting_wishes.filter(fulfilled_at=None).exists():
        raise NotReady(_("A meeting has been asked for already; its draft is being made."))
    rules.insist_on_reason(reason)
    wish: MeetingWish = MeetingWish.objects.create(
        matter=matter, reason=WishReason.LEAD, chain=reason.strip(), wished_at=now()
    )
    tell_story(matter, "wish_meeting", _n("%(actor)s asked for a project meeting."), by=by, reason=reason)
    return wish
