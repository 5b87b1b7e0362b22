"""Through which of the six channels matters are coordinated (R047): each step has one, and they are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from audit.acting import today
from disputes.models import Dispute, NegotiationRecord, Ruling
from meetings.models import AgendaItem
from meetings.states import COLLECTS_TOPICS
from requests.channel_states import Channel
from requests.channels import OF_MEANS
from requests.models import (
    ApprovalStep,
    Attempt,
    Circulation,
    CoordinationRequest,
    KeptMessage,
    Letter,
    NoticeObjection,
    OralOrder,
    Participant,
    QuestionOpinion,
    RefusalReview,
    Release,
    SiteVisit,
)

DAYS = 90
WHO_READS = gettext_lazy("These figures are for the office, the leaders and the auditor.")


def may_read_channels(user: Any) -> bool:
    return bool(user.authority.reads_all)


def period(since: date | None = None, until: date | None = None) -> tuple[date, date]:
    """From one day to another; without days the last ninety."""
    last = until or today()
    return since or last - timedelta(days=DAYS), last


@dataclass(frozen=True)
class Line:
    """One channel: how many steps went through it, of how many matters."""

    channel: Channel
    steps: int
    matters: int
    share: int


def lines(user: Any, since: date, until: date) -> list[Line]:
    """The steps of the matters that this person sees, between two days, by channel; all six stand there."""
    found: dict[Channel, list[int]] = {channel: [] for channel in Channel}
    moments, days = (_moment(since, time.min), _moment(until, time.max)), (since, until)
    seen = CoordinationRequest.objects.visible_to(user).values("pk")
    for channel, rows, moment, of_matter in _sources():
        period = days if moment.endswith("_on") else moments
        kept = rows.filter(**{f"{moment}__range": period, f"{of_matter}__in": seen})
        found[channel] += kept.values_list(of_matter, flat=True)
    total = sum(len(rows) for rows in found.values())
    return [
        Line(channel, len(rows), len(set(rows)), round(100 * len(rows) / total) if total else 0)
        for channel, rows in found.items()
    ]


def _sources() -> Iterator[tuple[Channel, QuerySet[Any], str, str]]:
    """Each kind of step with its channel, the field of its moment and the way to its matter."""
    topics = AgendaItem.objects.filter(matter__isnull=False).order_by()
    regular = topics.filter(meeting__kind__in=COLLECTS_TOPICS)
    yield Channel.REGULAR, regular, "meeting__opened_at", "matter"
    yield Channel.SPECIAL, topics.exclude(meeting__kind__in=COLLECTS_TOPICS), "meeting__opened_at", "matter"
    yield Channel.DOCUMENTS, Letter.objects.all(), "sent_at", "matter"
    yield Channel.DOCUMENTS, Circulation.objects.all(), "started_at", "matter"
    yield Channel.PLATFORM, Participant.objects.exclude(opinion=""), "opined_at", "matter"
    yield Channel.PLATFORM, QuestionOpinion.objects.all(), "given_at", "question__matter"
    yield Channel.PLATFORM, KeptMessage.objects.all(), "kept_at", "matter"
    yield Channel.PLATFORM, NoticeObjection.objects.all(), "given_at", "notice__matter"
    for means, channel in OF_MEANS.items():
        yield channel, Attempt.objects.filter(means=means), "held_at", "matter"
    yield Channel.ONSITE, SiteVisit.objects.standing().order_by(), "visited_on", "matter"
    yield Channel.ONSITE, NegotiationRecord.objects.all(), "held_at", "dispute__matter"
    yield Channel.HIERARCHY, ApprovalStep.objects.exclude(outcome=""), "answered_at", "application__matter"
    yield Channel.HIERARCHY, OralOrder.objects.all(), "ordered_at", "matter"
    yield Channel.HIERARCHY, RefusalReview.objects.exclude(answered_at=None), "answered_at", "matter"
    yield Channel.HIERARCHY, Release.objects.exclude(ruled_at=None), "ruled_at", "item__matter"
    yield Channel.HIERARCHY, Ruling.objects.all(), "ruled_at", "dispute__matter"
    yield (
        Channel.HIERARCHY,
        Dispute.objects.exclude(negotiation_lapsed_at=None),
        "negotiation_lapsed_at",
        "matter",
    )


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
