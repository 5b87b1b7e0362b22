"""What a notice must hold before it goes out: in time, with material in time, on an agenda that can be treated (M2, M3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from audit.acting import day_of, now, today
from audit.refusals import Invalid, NotReady
from meetings.rules import DECIDABLE
from meetings.states import COLLECTS_TOPICS, ItemKind, MeetingKind
from pages.sentences import run_on
from supervision.calendar import working_days
from supervision.states import Urgency

if TYPE_CHECKING:
    from meetings.models import AgendaItem, Meeting

# Working days between notice and meeting (M3); an extra urgent meeting needs hours only.
NOTICE_DAYS = {Urgency.NORMAL.value: 3, Urgency.URGENT.value: 1}
NOTICE_HOURS = 2
# Working days between the last day of the material and the meeting (M2); of an emergency it lies on the table.
MATERIAL_DAYS, MATERIAL_DAYS_SPECIAL = 3, 1
# Working days between the cut-off for topics and a meeting that comes round (M2).
TOPIC_DAYS = 5


def latest_notice(starts_at: datetime, urgency: str) -> datetime:
    """The last moment at which the notice is still in time."""
    days = NOTICE_DAYS.get(urgency)
    if days is None:
        return starts_at - timedelta(hours=NOTICE_HOURS)
    calendar = working_days()
    return calendar.close(calendar.next_day(day_of(starts_at), -days))


def insist_on_notice(meeting: Meeting, reason: str) -> None:
    """M3: told in time, or a reason why it cannot wait."""
    if now() <= latest_notice(meeting.starts_at, meeting.urgency) or reason.strip():
        return
    days = NOTICE_DAYS.get(meeting.urgency)
    sentence = (
        _("The notice has to go out %(days)s working days before. Write why it cannot wait.") % {"days": days}
        if days
        else _("The notice has to go out %(hours)s hours before. Write why it cannot wait.")
        % {"hours": NOTICE_HOURS}
    )
    raise Invalid(sentence, fields={"notice_reason": [sentence]})


def latest_material(meeting: Meeting) -> date:
    """The last day on which material is still in time (M2)."""
    day = day_of(meeting.starts_at)
    if meeting.urgency == Urgency.EXTRA:
        return day
    days = MATERIAL_DAYS_SPECIAL if meeting.kind == MeetingKind.SPECIAL else MATERIAL_DAYS
    return working_days().next_day(day, -days)


def insist_on_material_day(meeting: Meeting, day: date, latest: date, *, has_leave: bool) -> None:
    """M2: people can read it before they come; later than the rule only with the chair's word, or a reason."""
    if not today() <= day <= day_of(meeting.starts_at):
        sentence = _(
            "Material reaches people today at the earliest and on the day of the meeting at the latest."
        )
        raise Invalid(sentence, fields={"due_on": [sentence]})
    if day > latest and not has_leave:
        sentence = _("Material is due by %(day)s. Write why it comes later, or ask the chair to add it.") % {
            "day": f"{latest:%Y-%m-%d}"
        }
        raise Invalid(sentence, fields={"late_reason": [sentence]})


def insist_on_agenda(meeting: Meeting) -> None:
    """Raise NotReady naming everything that the agenda lacks at once (F7, Q12)."""
    items = list(meeting.items.select_related("matter").order_by("order"))
    gaps = list(gaps_of_agenda(meeting, items))
    if gaps:
        raise NotReady(run_on(gaps))


def gaps_of_agenda(meeting: Meeting, items: list[AgendaItem]) -> Iterator[str]:
    needed = sum(item.length for item in items)
    if needed > meeting.minutes_long:
        yield _("The items take %(needed)s minutes, the meeting has %(there)s. Shorten or lengthen.") % {
            "needed": needed, "there": meeting.minutes_long,
        }  # fmt: skip
    early = [
        item.matter.number or ""
        for item in items
        if item.kind == ItemKind.DECISION and item.matter and item.matter.stage not in DECIDABLE
    ]
    if early:
        yield _("Close the preparation of %(numbers)s first: only then can it be decided.") % {
            "numbers": "、".join(dict.fromkeys(early))
        }
    unpresented = [item for item in items if item.kind == ItemKind.DECISION and item.presenter_id is None]
    if unpresented:
        yield _("Name who presents: %(items)s.") % {"items": named(unpresented)}
    waiting = [item for item in items if item.waits_for_the_chair]
    if waiting:
        yield _("Put after the cut-off, the chair has to agree first: %(items)s.") % {"items": named(waiting)}
    if meeting.kind == MeetingKind.TALK and any(item.kind == ItemKind.DECISION for item in items):
        yield decides_nothing()


def named(items: Iterable[AgendaItem]) -> str:
    return "；".join(f"{item.order}. {item.text}" for item in items)


def latest_topic(meeting: Meeting) -> datetime | None:
    """The cut-off of a meeting that comes round (M2); a special meeting is about what has just come up."""
    if meeting.kind not in COLLECTS_TOPICS:
        return None
    calendar = working_days()
    return calendar.close(calendar.next_day(day_of(meeting.starts_at), -TOPIC_DAYS))


def is_late_topic(meeting: Meeting) -> bool:
    cut_off = latest_topic(meeting)
    return cut_off is not None and now() > cut_off


def decides_nothing() -> str:
    return _("An open talk decides nothing: make it a topic of discussion.")
