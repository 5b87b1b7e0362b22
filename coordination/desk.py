"""等我处理: what waits for one person, by the clock. It prints obligations; it never computes lateness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.core.paginator import Page
from django.db.models import Case, Count, F, IntegerField, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from coordination.duties import Ask, ask_of
from coordination.subjects import Subject, subjects_of
from organization.models import Post, User
from pages.lists import paginate
from requests.models import CoordinationRequest
from supervision import clock
from supervision.clock import Light
from supervision.models import Obligation
from supervision.querysets import ObligationQuerySet
from supervision.states import State

SIDE_ROWS = 3
# Ten departments asked for the same are one line.
SAME = ("case_id", "kind")
GROUPS = (_("Today"), _("This week"), _("Later"), pgettext_lazy("desk", "Suspended"))
TABS = {
    "all": pgettext_lazy("desk", "All"),
    "mine": pgettext_lazy("desk", "In my name"),
    "department": pgettext_lazy("desk", "For my department"),
    "office": pgettext_lazy("desk", "Pool of the office"),
}


@dataclass(frozen=True)
class Row:
    """One duty as the page prints it."""

    duty: Obligation
    ask: Ask
    subject: Subject
    light: Light
    asker: str
    rank: int

    @property
    def heading(self) -> str:
        """受理：检修区域临时用电分工. Without a title that may be told, the number stands for it."""
        return gettext("%(word)s: %(title)s") % {
            "word": self.ask.word,
            "title": self.subject.title or self.duty.number or self.duty.get_kind_display(),
        }

    @property
    def holder(self) -> str:
        """Who holds it: 物资部 林佳, and how many are asked for the same."""
        parts = (self.duty.holder_department, self.duty.holder)
        held = " ".join(str(part) for part in parts if part)
        same = getattr(self.duty, "same", 1)
        return gettext("%(who)s, %(n)d in all") % {"who": held, "n": same} if same > 1 else held

    @property
    def is_mine_to_do(self) -> bool:
        """While the clock stands still somebody else has the ball."""
        return self.duty.state != State.SUSPENDED


@dataclass(frozen=True)
class Group:
    heading: Any
    count: int
    rows: list[Row]
    is_first: bool


@dataclass(frozen=True)
class Side:
    """A short list beside the desk."""

    count: int
    rows: list[Row]


def of(user: User) -> ObligationQuerySet:
    """The desk of a person: of all that is owed on one thing only what comes first, so that a thing is one row.

    (An action item is owed three times at its issue: to sign for it, to reply, to do it.)
    """
    return (
        Obligation.objects.waiting_for(user)
        .annotate(turn=_first(("subject_type", "subject_id")))
        .filter(turn=1)
    )


def _first(of_each: Sequence[str]) -> Window:
    """1 for the duty of each thing whose clock runs out first."""
    by_clock = [F("due_at").asc(nulls_last=True), F("pk").asc()]
    return Window(RowNumber(), partition_by=[F(name) for name in of_each], order_by=by_clock)


def things(user: User) -> ObligationQuerySet:
    """The same things without their order, cheap to count: one row for each."""
    waiting = Obligation.objects.waiting_for(user).order_by()
    return waiting.distinct("subject_type", "subject_id")


def scopes(user: User) -> dict[str, Q]:
    """The tabs: everything, in my own name, for a department that I speak for, from the pool of the office."""
    office = Q(holder=None, holder_department__is_coordination_office=True)
    department = Q(holder=None, holder_department__is_coordination_office=False)
    found = {"all": Q(), "mine": Q(holder=user)}
    if user.authority.speaks_for:
        found["department"] = department
    if user.authority.is_officer:
        found["office"] = office
    return found


def counts(user: User) -> dict[str, int]:
    """How many rows each tab has."""
    tabs = {name: Count("pk", filter=where) if where else Count("pk") for name, where in scopes(user).items()}
    return {name: int(number) for name, number in of(user).order_by().aggregate(**tabs).items()}


def summary(user: User, now: datetime) -> dict[str, int]:
    """How many are due today, and how many of them are late already."""
    late = Q(state=State.OPEN, due_at__lt=now)
    return dict(
        of(user)
        .order_by()
        .aggregate(
            today=Count("pk", filter=Q(state=State.OPEN, due_at__lte=_end_of_day(now))),
            late=Count("pk", filter=late),
        )
    )


def page(request: HttpRequest, user: User, scope: str, now: datetime) -> tuple[Page[Any], list[Group]]:
    """One page of the desk in its dated groups."""
    rank = _rank(now)
    listed = of(user).filter(scopes(user)[scope]).for_lists().annotate(rank=rank)
    ordered = listed.order_by("rank", F("due_at").asc(nulls_last=True), "pk")
    shown = paginate(request, ordered)
    sizes = ordered.order_by().aggregate(
        **{str(rank): Count("pk", filter=Q(rank=rank)) for rank in range(len(GROUPS))}
    )
    rows = rows_of(shown.object_list, user, now)
    return shown, list(_grouped(rows, sizes))


def _grouped(rows: list[Row], sizes: dict[str, int]) -> Iterator[Group]:
    for rank, same in groupby(rows, key=lambda row: row.rank):
        yield Group(GROUPS[rank], sizes[str(rank)], list(same), is_first=rank == rows[0].rank)


def asked_by(user: User, now: datetime) -> Side:
    """What others owe this person: asked for by them, held by somebody else."""
    owed = Obligation.objects.open().filter(asked_by=user).exclude(holder=user)
    asked = owed.annotate(
        same=Window(Count("pk"), partition_by=[F(name) for name in SAME]), turn=_first(SAME)
    )
    shown = list(asked.filter(turn=1).for_lists().by_clock()[:SIDE_ROWS])
    return Side(owed.count() if shown else 0, rows_of(shown, user, now))


def overdue(user: User, now: datetime) -> Side:
    """What is late in the cases that this person keeps and in the departments that they speak for or lead."""
    departments = user.authority.speaks_for | user.authority.in_charge_of
    kept = CoordinationRequest.objects.filter(keeper=user).values("pk")
    late = Obligation.objects.visible_to(user).overdue(now)
    return _side(
        late.filter(Q(case_id__in=kept) | Q(holder=user) | Q(holder_department__in=departments)), user, now
    )


def rows_of(duties: Iterable[Obligation], reader: User, now: datetime) -> list[Row]:
    """Duties with everything that a row prints; the number of queries does not depend on the number of rows."""
    listed = list(duties)
    subjects = subjects_of(listed, reader)
    departments = _departments_of({duty.asked_by_id for duty in listed if duty.asked_by_id})
    return [
        Row(
            duty,
            ask_of(duty),
            subjects[duty.pk],
            clock.light(duty, now),
            _asker(duty, departments),
            getattr(duty, "rank", 0),
        )
        for duty in listed
    ]


def _side(duties: ObligationQuerySet, reader: User, now: datetime) -> Side:
    shown = list(duties.for_lists().by_clock()[:SIDE_ROWS])
    total = len(shown) if len(shown) < SIDE_ROWS else duties.count()
    return Side(total, rows_of(shown, reader, now))


def _departments_of(people: set[int]) -> dict[int, str]:
    """The department of each person's main post."""
    posts = (
        Post.objects.current()
        .filter(user__in=people)
        .order_by("user", "is_main", "-since", "-pk")
        .values_list("user", "department__name")
    )
    return dict(posts) if people else {}


def _asker(duty: Obligation, departments: dict[int, str]) -> str:
    if duty.asked_by is None:
        return gettext("the system")
    return f"{departments.get(duty.asked_by.pk, '')} {duty.asked_by.name}".strip()


def _rank(now: datetime) -> Case:
    """Today and late, this week, later or without a date; last what is suspended, where others have the ball."""
    local = timezone.localtime(now)
    sunday = local.date() + timedelta(days=6 - local.weekday())
    return Case(
        When(state=State.SUSPENDED, then=Value(3)),
        When(due_at__lte=_end_of_day(now), then=Value(0)),
        When(due_at__lte=_end_of(sunday), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _end_of_day(now: datetime) -> datetime:
    return _end_of(timezone.localtime(now).date())


def _end_of(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))
