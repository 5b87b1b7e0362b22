"""What every flow of this app begins and ends with: the lock, the notice, the line of history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from audit.acting import now
from audit.flows import record
from audit.refusals import NotReady, NotYours
from meetings import policies
from meetings.models import AgendaItem, Invitation, Meeting, Minutes
from meetings.states import COLLECTS_TOPICS
from notifications.flows import announce
from notifications.states import NoticeKind
from organization.models import User
from requests.channel_states import Channel
from supervision.models import Obligation

DETAIL = "meetings:detail"
MINUTES = "meetings:minutes"


def lock(meeting_id: int) -> Meeting:
    """The meeting under its row lock. Everything that hangs on it is changed under this lock only."""
    meeting: Meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    return meeting


def lock_item(item_id: int) -> AgendaItem:
    """An agenda item under the lock of its meeting."""
    meeting_id = AgendaItem.objects.values_list("meeting_id", flat=True).get(pk=item_id)
    meeting = lock(meeting_id)
    item: AgendaItem = (
        AgendaItem.objects.select_for_update(of=("self",))
        .select_related("matter", "question")
        .get(pk=item_id)
    )
    item.meeting = meeting
    return item


def lock_minutes(minutes_id: int) -> Minutes:
    """Minutes under the lock of their meeting."""
    meeting_id = Minutes.objects.values_list("meeting_id", flat=True).get(pk=minutes_id)
    meeting = lock(meeting_id)
    minutes: Minutes = Minutes.objects.select_for_update().get(pk=minutes_id)
    minutes.meeting = meeting
    return minutes


def lock_seat(invitation_id: int) -> Invitation:
    """A seat under the lock of its meeting."""
    meeting = lock(Invitation.objects.values_list("meeting_id", flat=True).get(pk=invitation_id))
    row: Invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("person").get(pk=invitation_id)
    )
    row.meeting = meeting
    return row


def insist_on_state(meeting: Meeting, *states: str) -> None:
    if meeting.state not in states:
        raise NotReady(_not_now(meeting))


def insist_on_arranging(meeting: Meeting, by: User) -> None:
    if not policies.may_arrange(meeting, by):
        raise NotYours(
            _("Only the office, the secretary, the chair and whoever planned it arrange the meeting.")
        )


def _not_now(thing: Meeting | Minutes) -> str:
    return _("This is not possible now: it stands at “%(state)s”.") % {"state": thing.state_words()}


def what_it_owes(meeting: Meeting) -> dict[str, Any]:
    """The part of an obligation that is the same for everything owed on the meeting itself."""
    return {
        "subject_type": Meeting.SUBJECT,
        "subject_id": meeting.pk,
        "case_id": only_matter(meeting),
        "number": meeting.number or "",
        "url_name": DETAIL,
        "url_args": [meeting.pk],
        "urgency": meeting.urgency,
    }


def what_minutes_owe(minutes: Minutes) -> dict[str, Any]:
    return {
        **what_it_owes(minutes.meeting),
        "subject_type": Minutes.SUBJECT,
        "subject_id": minutes.pk,
        "number": minutes.number or minutes.meeting.number or "",
        "url_name": MINUTES,
        "url_args": [minutes.meeting_id],
    }


def only_matter(meeting: Meeting) -> int | None:
    """The matter of a meeting that treats one matter only: its obligations then belong to that case."""
    matters = set(meeting.items.exclude(matter=None).values_list("matter_id", flat=True))
    return matters.pop() if len(matters) == 1 else None


def is_owed(kind: str, minutes: Minutes) -> bool:
    return Obligation.objects.open().of(Minutes.SUBJECT, minutes.pk).filter(kind=kind).exists()


def tell_people(
    meeting: Meeting,
    recipients: Iterable[User],
    sentence: str,
    *,
    key: str,
    params: dict[str, Any] | None = None,
    url_name: str = DETAIL,
    number: str = "",
    to_do: bool = False,
) -> None:
    """One notice each, told once: the key says of what. What they have to do, be it to come or not to, comes at once."""
    announce(
        recipients=list(recipients),
        sentence=sentence,
        params={"number": number or meeting.number or "", **(params or {})},
        number=number or meeting.number or "",
        url_name=url_name,
        url_args=[meeting.pk],
        dedupe_key=f"meeting:{meeting.pk}:{key}",
        kind=NoticeKind.TASK if to_do else NoticeKind.INFO,
    )


def tell_story(
    meeting: Meeting,
    verb: str,
    sentence: str,
    *,
    by: User | None = None,
    came_from: str = "",
    params: dict[str, Any] | None = None,
    reason: str = "",
    tone: str = "",
) -> None:
    """One line in the story of the meeting."""
    record(
        subject_type=Meeting.SUBJECT,
        subject_id=meeting.pk,
        verb=verb,
        from_state=came_from,
        to_state=meeting.state if came_from else "",
        sentence=sentence,
        params={"number": meeting.number or "", **(params or {})},
        reason_text=reason,
        department_name=by.department_name if by else "",
        tone=tone,
    )


def tell_matters(
    meeting: Meeting,
    verb: str,
    sentence: str,
    *,
    by: User,
    params: dict[str, Any] | None = None,
    tone: str = "",
) -> None:
    """One line in the story of each matter on the agenda, by the channel of such a meeting (R047)."""
    channel = Channel.REGULAR if meeting.kind in COLLECTS_TOPICS else Channel.SPECIAL
    matters = meeting.items.exclude(matter=None).order_by("matter_id").values_list("matter_id", flat=True)
    for matter_id in dict.fromkeys(matters):
        record(
            subject_type=Meeting.SUBJECT,
            subject_id=meeting.pk,
            case_id=matter_id,
            verb=verb,
            sentence=sentence,
            params={"number": meeting.number or "", "channel": channel, **(params or {})},
            department_name=by.department_name,
            tone=tone,
        )


def invited(meeting: Meeting) -> list[User]:
    return [row.person for row in meeting.invitations.select_related("person")]


def stamp() -> str:
    """Distinguishes notices that may be told again later."""
    return f"{now():%Y%m%d%H%M%S%f}"
