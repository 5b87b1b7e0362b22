"""Which topics a person may read in words: a matter above one's level shows its number only (domain §5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meetings import policies
from meetings.models import Minutes
from meetings.states import MinutesState
from requests.models import CoordinationRequest, Effect
from requests.states import Confidentiality

if TYPE_CHECKING:
    from meetings.models import AgendaItem, Meeting
    from organization.models import User

# A guest hears the topics of the table; of these levels only the number.
CLOSED_LEVELS = (Confidentiality.RESTRICTED, Confidentiality.CONFIDENTIAL)


@dataclass(frozen=True)
class Sight:
    """What one person sees of the matters of one meeting: those to open, and those to read as a topic.

    Of the confidential ones those that they read (`closed`) and those that they do not (`hidden`).
    """

    opens: frozenset[int]
    reads: frozenset[int]
    closed: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()

    def may_read(self, matter_id: int | None) -> bool:
        return matter_id is None or matter_id in self.reads

    def may_open(self, matter_id: int | None) -> bool:
        return matter_id is not None and matter_id in self.opens


def sight(user: User, meetings: Iterable[Meeting]) -> Sight:
    """Two queries, whatever the number of meetings; `items` and `invitations` are prefetched."""
    listed = list(meetings)
    ids = {item.matter_id for meeting in listed for item in meeting.items.all() if item.matter_id}
    if not ids:
        return Sight(frozenset(), frozenset())
    levels = dict(
        CoordinationRequest.objects.filter(pk__in=ids).values_list("pk", "confidentiality").order_by()
    )
    opens = set(CoordinationRequest.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    heard = {
        item.matter_id
        for meeting in listed
        if _sits_there(meeting, user)
        for item in meeting.items.all()
        if item.matter_id and item.matter_id not in opens
    }
    heard = {pk for pk in heard if levels[pk] not in CLOSED_LEVELS}
    closed = {pk for pk, level in levels.items() if level == Confidentiality.CONFIDENTIAL}
    return Sight(
        frozenset(opens), frozenset(opens | heard), frozenset(closed & opens), frozenset(closed - opens)
    )


def shown(items: Iterable[AgendaItem], seen: Sight) -> list[AgendaItem]:
    """The items, each marked with what may be shown of it."""
    rows: list[Any] = list(items)
    for row in rows:
        row.is_readable = seen.may_read(row.matter_id)
        row.is_openable = seen.may_open(row.matter_id)
    return rows


def with_prior_talks(rows: list[AgendaItem], meeting: Meeting, user: User) -> list[AgendaItem]:
    """Each topic with what was settled beforehand, for whom it is meant (R116)."""
    for row in rows:
        row.prior_shown = None  # type: ignore[attr-defined]  # a mark for the page
        if row.is_readable and hasattr(row, "prior_talk") and _is_for(row, meeting, user):  # type: ignore[attr-defined]
            row.prior_shown = row.prior_talk  # type: ignore[attr-defined]
    return rows


def _is_for(item: AgendaItem, meeting: Meeting, user: User) -> bool:
    sides = {item.department_id}
    if item.matter is not None and item.prior_talk.is_private:
        sides |= {participant.department_id for participant in item.matter.participants.all()}
    return policies.may_read_prior(item, meeting, user, {pk for pk in sides if pk is not None})


def with_effects(items: list[AgendaItem]) -> list[AgendaItem]:
    """Beside each readable topic, what its matter gives to the departments and takes from them (R083)."""
    ids = {item.matter_id for item in items if item.matter_id and getattr(item, "is_readable", False)}
    rows = list(Effect.objects.filter(matter__in=ids).standing().for_panel()) if ids else []
    for item in items:
        known = item.matter_id in ids and getattr(item, "is_readable", False)
        item.effects = [row for row in rows if known and row.matter_id == item.matter_id]  # type: ignore[attr-defined]  # a mark for the page
    return items


def is_closed_to(user: User, meeting: Meeting) -> bool:
    """What strict minutes keep from a person, the page of the meeting does not tell either (F9)."""
    paper = getattr(meeting, "minutes", None)
    if paper is None or paper.confidentiality not in CLOSED_LEVELS or paper.state == MinutesState.DRAFTING:
        return False
    return not Minutes.objects.visible_to(user).filter(pk=paper.pk).exists()


def cut(text: dict[str, Any], seen: Sight) -> dict[str, Any]:
    """The text of minutes without the topics that this person may not read; what is told of the whole meeting is for
    those only who may read each confidential topic."""
    return {
        **text,
        "summary": "" if seen.hidden else text["summary"],
        "items": [
            {**item, "is_readable": True, "is_openable": seen.may_open(item["matter_id"])}
            if seen.may_read(item["matter_id"])
            else {
                "order": item["order"],
                "matter": item["matter"],
                "is_readable": False,
                "is_closed": item["matter_id"] in seen.hidden,
            }
            for item in text["items"]
        ],
    }


def _sits_there(meeting: Meeting, user: User) -> bool:
    return user.pk in (meeting.chair_id, meeting.recorder_id) or any(
        row.person_id == user.pk for row in meeting.invitations.all()
    )
