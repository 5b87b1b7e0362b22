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
from pages.lists import chosen, paginate
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
    """A short list beside the desk: its duties, or these as the page prints them."""

    count: int
    rows: list[Any]


@dataclass(frozen=True)
class Desk:
    """The first page of one person."""

    page: Page[Any]
    groups: list[Group]
    scope: str
    tabs: dict[str, int]
    due_today: int
    late: int
    asked: Side
    overdue: Side


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


def lay_out(request: HttpRequest, user: User, now: datetime) -> Desk:
    """Everything that the first page shows; neither the rows nor the departments change the number of queries."""
    offered = scopes(user)
    scope = chosen(request, "scope", offered, "all")
    ranked = of(user).annotate(rank=_rank(now))
    figures = _figures(ranked, offered, scope, now)
    listed = ranked.filter(offered[scope]).for_lists()
    ordered = listed.order_by("rank", F("due_at").asc(nulls_last=True), "pk")
    page = paginate(request, ordered, count=figures[scope])
    asked, late = asked_by(user), overdue(user, now)
    duties = list(page.object_list)
    rows = rows_of([*duties, *asked.rows, *late.rows], user, now)
    mine, others = rows[: len(duties)], rows[len(duties) :]
    return Desk(
        page=page,
        groups=list(_grouped(mine, figures)),
        scope=scope,
        tabs={name: figures[name] for name in offered},
        due_today=figures["due_today"],
        late=figures["late"],
        asked=Side(asked.count, others[: len(asked.rows)]),
        overdue=Side(late.count, others[len(asked.rows) :]),
    )


def _figures(ranked: ObligationQuerySet, offered: dict[str, Q], scope: str, now: datetime) -> dict[str, int]:
    """How many rows each tab and each dated group has, how many are due today and how many are late: one query."""
    is_open = Q(state=State.OPEN)
    wanted = {
        **offered,
        "due_today": is_open & Q(due_at__lte=_end_of_day(now)),
        "late": is_open & Q(due_at__lt=now),
        **{f"rank_{rank}": offered[scope] & Q(rank=rank) for rank in range(len(GROUPS))},
    }
    counts = {
        f"n_{name}": Count("pk", filter=where) if where else Count("pk") for name, where in wanted.items()
    }
    return {name.removeprefix("n_"): int(n) for name, n in ranked.order_by().aggregate(**counts).items()}


def _grouped(rows: list[Row], figures: dict[str, int]) -> Iterator[Group]:
    for rank, same in groupby(rows, key=lambda row: row.rank):
        yield Group(GROUPS[rank], figures[f"rank_{rank}"], list(same), is_first=rank == rows[0].rank)


def asked_by(user: User) -> Side:
    """What others owe this person: asked for by them, held by somebody else."""
    owed = Obligation.objects.open().filter(asked_by=user).exclude(holder=user)
    asked = owed.annotate(
        same=Window(Count("pk"), partition_by=[F(name) for name in SAME]), turn=_first(SAME)
    )
    shown = list(asked.filter(turn=1).for_lists().by_clock()[:SIDE_ROWS])
    return Side(owed.count() if shown else 0, shown)


def overdue(user: User, now: datetime) -> Side:
    """What is late in the cases that this person keeps and in the departments that they speak for or lead."""
    departments = user.authority.speaks_for | user.authority.in_charge_of
    kept = CoordinationRequest.objects.filter(keeper=user).values("pk")
    late = Obligation.objects.visible_to(user).overdue(now)
    mine = late.filter(Q(case_id__in=kept) | Q(holder=user) | Q(holder_department__in=departments))
    shown = list(mine.for_lists().by_clock()[:SIDE_ROWS])
    return Side(len(shown) if len(shown) < SIDE_ROWS else mine.count(), shown)


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
