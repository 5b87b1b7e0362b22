"""A special meeting that the rules call for: the system makes its draft, the office makes it a meeting (R100, R112)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM, day_of, now
from audit.flow import flow
from audit.one_by_one import each
from meetings import clashes, notice_rules
from meetings.flows.people import seat
from meetings.flows.shared import tell_people, tell_story, what_it_owes
from meetings.models import AgendaItem, Meeting
from meetings.states import COMING, Capacity, ItemKind, MeetingKind, Reply
from notifications.flows import announce
from notifications.states import NoticeKind
from organization import people
from organization.models import Department, User
from organization.states import PostKind
from requests.flows import fulfil_wish
from requests.letter_states import WishReason
from requests.models import CoordinationRequest, Countersign, MeetingWish
from supervision import flows as supervision
from supervision.calendar import working_days
from supervision.states import Kind, Urgency

SLOTS = (time(9, 30), time(10, 40), time(14, 30), time(15, 40))
LENGTH = timedelta(minutes=50)
DAYS_TRIED = 5
TOPIC_MINUTES = 20
TOPIC_LENGTH = 200
# Title, topic, what stands before the chain, what to bring, line of history. Of whose duty it is, unless said otherwise.
DUTY = (
    _n("Special meeting on whose duty it is (%(number)s)"), _n("Which department is responsible for this matter?"),
    _n("Passed on so far:"), _n("Bring the written basis of your department's duty."),
    _n("Drafted by the system: the matter was passed on too often."),
)  # fmt: skip
WORDS = {
    WishReason.COUNTERSIGN: (
        _n("Coordination meeting on a paper that departments disagree with (%(number)s)"),
        _n("How is the paper worded so that all departments can sign it?"), _n("Departments that disagree, with their reasons:"),
        _n("Bring the wording that your department could sign."),
        _n("Drafted by the system: departments disagree with a paper that went round."),
    ),
    # What is to be settled is the topic itself, in the words of the lead (R050).
    WishReason.LEAD: (
        _n("Project meeting (%(number)s)"), "", "", "",
        _n("Drafted by the system: the lead of the project asked for it."),
    ),
}  # fmt: skip


def draft_wished(now: datetime) -> int:
    """Take every open wish, each in a transaction of its own; a wish that is taken is not found again."""
    return each(
        list(MeetingWish.objects.open().values_list("pk", flat=True)[:100]),
        lambda pk: draft_wished_meeting(wish_id=pk, by=SYSTEM),
    )


@flow
def draft_wished_meeting(*, wish_id: int, by: Any) -> Meeting | None:
    """Plan a special meeting on the duty question: head of the office in the chair, the secretary records, the
    departments of the chain invited. A matter that stands on the agenda of a coming meeting keeps that one.
    """
    wish = (
        MeetingWish.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("matter")
        .filter(pk=wish_id, fulfilled_at=None)
        .first()
    )
    if wish is None:
        return None
    coming = Meeting.objects.filter(state__in=COMING, items__matter=wish.matter).order_by("starts_at").first()
    meeting = coming or _drafted(wish)
    if meeting is None:
        return None
    fulfil_wish(wish_id=wish.pk, meeting_id=meeting.pk)
    tell_people(
        meeting, people.officers(), _n("A special meeting on %(number)s has been drafted; look at it and call it."),
        key=f"wished:{wish.pk}", number=wish.matter.number or "", to_do=True,
    )  # fmt: skip
    return meeting


def _drafted(wish: MeetingWish) -> Meeting | None:
    matter = wish.matter
    chair, recorder = _chair(matter), _recorder()
    if chair is None or recorder is None or chair.pk == recorder.pk:
        _tell_of_vacancy(wish)
        return None
    title, topic, chain, bring, told = WORDS.get(WishReason(wish.reason), DUTY)
    meeting = Meeting(
        title=_(title) % {"number": matter.number or ""},
        kind=MeetingKind.SPECIAL, urgency=matter.urgency, chair=chair, recorder=recorder, planned_by=None, planned_at=now(),
        preparation=_(bring) if bring else "",
    )  # fmt: skip
    seats = _seats(wish)
    _set_time(meeting)
    meeting.save()
    seat(meeting, chair, reply=Reply.YES)
    seat(meeting, recorder, capacity=Capacity.RECORDER, reply=Reply.YES)
    for department, person in seats:
        seat(meeting, person, department=department)
    AgendaItem.objects.create(
        meeting=meeting, order=1, kind=ItemKind.DISCUSSION, matter=matter, department=people.office(),
        text=_(topic) if topic else wish.chain[:TOPIC_LENGTH], length=TOPIC_MINUTES,
        suggestion=_(chain) + "\n" + wish.chain if chain else "",
    )  # fmt: skip
    _find_free_time(meeting)
    _ask_office(meeting)
    tell_story(meeting, "draft_wished", told)
    return meeting


def _chair(matter: CoordinationRequest) -> User | None:
    """The head of the office; on a matter of the head's own filing the committee's chair (§5)."""
    head = people.office_head()
    return people.committee_chair() if head is None or head.pk == matter.filed_by_id else head


def _recorder() -> User | None:
    secretary: User | None = User.objects.holding(PostKind.SECRETARY).first()
    return secretary or next(iter(people.officers()), None)


def _seats(wish: MeetingWish) -> list[tuple[Department, User]]:
    """Who speaks for each department of the chain, and for the asking and the leading one; a person sits once."""
    rows = list(wish.handovers.select_related("from_department", "to_department"))
    chain = [one for row in rows for one in (row.from_department, row.to_department)]
    if wish.reason == WishReason.COUNTERSIGN:
        against = Countersign.objects.current().unresolved().filter(circulation__matter=wish.matter)
        chain += [row.department for row in against.select_related("department")]
    lead = wish.matter.lead_department
    found: dict[int, tuple[Department, User]] = {}
    if wish.reason == WishReason.LEAD:
        chain = [row.department for row in wish.matter.participants.select_related("department")]
    for department in (wish.matter.filed_by_department, *([lead] if lead else []), *chain):
        for person in people.liaisons(department.pk)[:1]:
            found.setdefault(person.pk, (department, person))
    return list(found.values())


def _set_time(meeting: Meeting) -> None:
    meeting.starts_at = next(_times(meeting.urgency))
    meeting.ends_at = meeting.starts_at + LENGTH


def _find_free_time(meeting: Meeting) -> None:
    """The first time at which nobody sits elsewhere; where there is none the first one, with the clash written down."""
    first = meeting.starts_at
    for starts_at in _times(meeting.urgency):
        meeting.starts_at, meeting.ends_at = starts_at, starts_at + LENGTH
        if not clashes.of_meeting(meeting):
            meeting.save()
            return
    meeting.starts_at, meeting.ends_at = first, first + LENGTH
    meeting.clash_reason = _("Suggested time; the office looks for another one.")
    meeting.save()


def _times(urgency: str) -> Iterator[datetime]:
    """Times that leave room for the notice: 3 working days, urgent 1, extra urgent some hours (M3)."""
    calendar, moment = working_days(), now()
    if urgency == Urgency.EXTRA:
        soon = calendar.next_working_moment(calendar.add_hours(moment, notice_rules.NOTICE_HOURS + 1))
        yield soon.replace(minute=0, second=0, microsecond=0) + timedelta(
            minutes=30 * (1 + soon.minute // 30)
        )
    day = calendar.next_day(day_of(moment), notice_rules.NOTICE_DAYS.get(urgency, 1))
    for _n_th in range(DAYS_TRIED):
        yield from (calendar.at(day, slot) for slot in SLOTS)
        day = calendar.next_day(day)


def _ask_office(meeting: Meeting) -> None:
    due_at = max(
        notice_rules.latest_notice(meeting.starts_at, meeting.urgency), working_days().add_hours(now(), 2)
    )
    supervision.owe(
        kind=Kind.MEETING_NOTICE, holder_department=people.office(), due_at=due_at, **what_it_owes(meeting)
    )


def _tell_of_vacancy(wish: MeetingWish) -> None:
    announce(
        recipients=people.officers(),
        sentence=_n("%(number)s needs a special meeting, but a chair or a recorder is missing. Name them first."),
        params={"number": wish.matter.number or ""}, number=wish.matter.number or "",
        url_name="requests:detail", url_args=[wish.matter_id], dedupe_key=f"wish:{wish.pk}:vacancy", kind=NoticeKind.TASK,
    )  # fmt: skip
