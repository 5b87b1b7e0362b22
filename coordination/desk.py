"""等我处理: what waits for one person, by the clock. It prints obligations; it never computes lateness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from django.core.paginator import Page
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from coordination.duties import Ask, ask_of
from coordination.subjects import Subject, subjects_of
from organization.models import Post, User
from pages.lists import Rows, chosen, paginate
from pages.prepared import Prepared
from pages.sentences import run_on
from requests.awaited import awaited
from requests.models import CoordinationRequest
from requests.querysets import sight
from requests.states import Confidentiality
from supervision import clock
from supervision.calendar import working_days
from supervision.clock import Light
from supervision.models import Obligation
from supervision.querysets import ObligationQuerySet, sees_all
from supervision.states import Kind, State

SIDE_ROWS = 3
WAIT_FOR_OPINIONS = (Kind.PREPARE, Kind.DECIDE)
# Ten departments asked for the same are one line.
SAME = ("case_id", "kind")
THING = ("subject_type", "subject_id")
BY_CLOCK = (F("due_at").asc(nulls_last=True), F("pk").asc())
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
    moment: datetime

    @property
    def heading(self) -> str:
        """受理：检修区域临时用电分工. Without a title that may be told, the number stands for it."""
        return gettext("%(word)s: %(title)s") % {
            "word": self.ask.word,
            "title": self.subject.title or self.duty.number or self.duty.get_kind_display(),
        }

    @property
    def why(self) -> str:
        """What is asked, and whose opinion it still waits for."""
        said = str(self.ask.why)
        waits = self.duty.kind in WAIT_FOR_OPINIONS and self.duty.subject_type == CoordinationRequest.SUBJECT
        if not (waits and self.subject.silent and self.subject.silent_since):
            return said
        return run_on(
            [said, awaited(self.subject.silent, self.subject.silent_since, self.moment, working_days())]
        )

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


def hidden_from(user: User) -> list[int]:
    """The confidential matters that do not exist for this person, whose duties stay away from the desk (domain §5): few,
    whatever the size of the house, and asked once for the whole page."""
    person, _departments, levels = sight(user)
    return [] if Confidentiality.CONFIDENTIAL in levels else _hidden(levels)(person)


@cache
def _hidden(levels: tuple[str, ...]) -> Prepared:
    return Prepared(
        lambda person: (
            CoordinationRequest.objects.closed_to(person, levels).order_by().values_list("pk", flat=True)
        )
    )


def known(duties: ObligationQuerySet, person: Any, levels: tuple[str, ...]) -> ObligationQuerySet:
    """Without what is owed in confidential matters that do not exist for this person (domain §5)."""
    if Confidentiality.CONFIDENTIAL in levels:
        return duties
    hidden = CoordinationRequest.objects.closed_to(person, levels).order_by().values("pk")
    return duties.filter(Q(case_id=None) | ~Q(case_id__in=hidden))


def _on_desk(person: Any, departments: Any, hidden: Any, *, is_officer: bool) -> ObligationQuerySet:
    """The desk of a person: of all that is owed on one thing only what comes first, so that a thing is one row.

    (An action item is owed three times at its issue: to sign for it, to reply, to do it.)
    """
    on_desk = Obligation.objects.on_desk(person, departments, is_officer=is_officer)
    waiting = on_desk.exclude(case_id__in=hidden)
    first = waiting.order_by(*THING, *BY_CLOCK).distinct(*THING)
    return Obligation.objects.filter(pk__in=first.values("pk"))


def things(user: User) -> ObligationQuerySet:
    """The same things without their order, cheap to count: one row for each."""
    return waiting_for(user).order_by().distinct(*THING)


def waiting_for(user: User) -> ObligationQuerySet:
    """Everything that waits for this person, as far as it exists for them."""
    return known(Obligation.objects.waiting_for(user), user.pk, sight(user)[2])


def scopes(user: User) -> list[str]:
    """The tabs: everything, in my own name, for a department that I speak for, from the pool of the office."""
    found = ["all", "mine"]
    if user.authority.speaks_for:
        found.append("department")
    if user.authority.is_officer:
        found.append("office")
    return found


def _scope(name: str, person: Any) -> Q:
    office = {"holder": None, "holder_department__is_coordination_office": name == "office"}
    return {"all": Q(), "mine": Q(holder=person)}.get(name, Q(**office))


def lay_out(request: HttpRequest, user: User, now: datetime) -> Desk:
    """Everything that the first page shows; neither the rows nor the departments change the number of queries."""
    offered, is_officer, hidden = scopes(user), user.authority.is_officer, hidden_from(user)
    scope = chosen(request, "scope", offered, "all")
    given = (user.pk, user.authority.speaks_for, hidden, *_ends(now))
    figures = _figures(scope, is_officer).get(*given, now)
    duties_of = Rows(lambda start, stop: _page(scope, start, stop, is_officer)(*given), figures[scope])
    page = paginate(request, duties_of)
    asked, late = asked_by(user, hidden), overdue(user, now, hidden)
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


@lru_cache(256)  # a reading for each page that somebody turned to
def _page(scope: str, start: int, stop: int, is_officer: bool) -> Prepared:  # noqa: FBT001 - a part of the key
    """The rows of one page of the desk, today's and late ones first."""

    def read(
        person: Any, departments: Any, hidden: Any, today_ends: Any, week_ends: Any
    ) -> ObligationQuerySet:
        mine = _on_desk(person, departments, hidden, is_officer=is_officer).filter(_scope(scope, person))
        return (
            mine.annotate(rank=_rank(today_ends, week_ends))
            .for_lists()
            .order_by("rank", *BY_CLOCK)[start:stop]
        )

    return Prepared(read)


@cache
def _figures(scope: str, is_officer: bool) -> Prepared:  # noqa: FBT001 - a part of the key
    """How many rows each tab and each dated group has, how many are due today and how many are late: one query."""

    def read(
        person: Any, departments: Any, hidden: Any, today_ends: Any, week_ends: Any, now: Any
    ) -> QuerySet[Any]:
        is_open = Q(state=State.OPEN)
        wanted = {
            **{name: _scope(name, person) for name in TABS},
            "due_today": is_open & Q(due_at__lte=today_ends),
            "late": is_open & Q(due_at__lt=now),
            **{f"rank_{rank}": _scope(scope, person) & Q(rank=rank) for rank in range(len(GROUPS))},
        }
        counts = {name: Count("pk", filter=where) if where else Count("pk") for name, where in wanted.items()}
        desk = _on_desk(person, departments, hidden, is_officer=is_officer)
        ranked = desk.annotate(rank=_rank(today_ends, week_ends))
        return ranked.order_by().values(one=Value(1)).annotate(**counts)

    return Prepared(read)


def _grouped(rows: list[Row], figures: dict[str, int]) -> Iterator[Group]:
    for rank, same in groupby(rows, key=lambda row: row.rank):
        yield Group(GROUPS[rank], figures[f"rank_{rank}"], list(same), is_first=rank == rows[0].rank)


def asked_by(user: User, hidden: list[int]) -> Side:
    """What others owe this person: asked for by them, held by somebody else."""
    shown = ASKED(user.pk, hidden)
    return Side(shown[0].total if shown else 0, shown)


def _asked(person: Any, hidden: Any) -> QuerySet[Any]:
    """One row for each thing that was asked for, with the number of the same and of all."""
    owed = Obligation.objects.open().exclude(case_id__in=hidden)
    owed = owed.filter(asked_by=person).exclude(holder=person)
    same = [F(name) for name in SAME]
    counted = owed.annotate(
        total=Window(Count("pk")),
        same=Window(Count("pk"), partition_by=same),
        turn=Window(RowNumber(), partition_by=same, order_by=BY_CLOCK),
    )
    return counted.filter(turn=1).for_lists().by_clock()[:SIDE_ROWS]


ASKED = Prepared(_asked)


def overdue(user: User, now: datetime, hidden: list[int]) -> Side:
    """What is late in the cases that this person keeps and in the departments that they speak for or lead."""
    given = (user.pk, user.authority.speaks_for | user.authority.in_charge_of, now, hidden)
    reads_all = sees_all(user)
    shown = _late(reads_all)(*given)
    if len(shown) < SIDE_ROWS:
        return Side(len(shown), shown)
    return Side(_count_of_late(reads_all).get(*given)["count"], shown)


def _all_late(person: Any, departments: Any, now: Any, hidden: Any, *, reads_all: bool) -> ObligationQuerySet:
    late = Obligation.objects.overdue(now).exclude(case_id__in=hidden)
    if not reads_all:
        late = late.seen_by(person, departments)
    kept = CoordinationRequest.objects.filter(keeper=person).values("pk")
    return late.filter(Q(case_id__in=kept) | Q(holder=person) | Q(holder_department__in=departments))


@cache
def _late(reads_all: bool) -> Prepared:  # noqa: FBT001 - a part of the key
    return Prepared(
        lambda person, departments, now, hidden: (
            _all_late(person, departments, now, hidden, reads_all=reads_all)
            .for_lists()
            .by_clock()[:SIDE_ROWS]
        )
    )


@cache
def _count_of_late(reads_all: bool) -> Prepared:  # noqa: FBT001 - a part of the key
    return Prepared(
        lambda person, departments, now, hidden: (
            _all_late(person, departments, now, hidden, reads_all=reads_all)
            .order_by()
            .values(one=Value(1))
            .annotate(count=Count("pk"))
        )
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
            now,
        )
        for duty in listed
    ]


def _departments_of(people: set[int]) -> dict[int, str]:
    """The department of each person's main post."""
    return dict(MAIN_DEPARTMENTS(people)) if people else {}


MAIN_DEPARTMENTS = Prepared(
    lambda people: (
        Post.objects.current()
        .filter(user__in=people)
        .order_by("user", "is_main", "-since", "-pk")
        .values_list("user", "department__name")
    )
)


def _asker(duty: Obligation, departments: dict[int, str]) -> str:
    if duty.asked_by is None:
        return gettext("the system")
    return f"{departments.get(duty.asked_by.pk, '')} {duty.asked_by.name}".strip()


def _rank(today_ends: Any, week_ends: Any) -> Case:
    """Today and late, this week, later or without a date; last what is suspended, where others have the ball."""
    return Case(
        When(state=State.SUSPENDED, then=Value(3)),
        When(due_at__lte=today_ends, then=Value(0)),
        When(due_at__lte=week_ends, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _ends(now: datetime) -> tuple[datetime, datetime]:
    """When this day and this week end."""
    this_day = timezone.localtime(now).date()
    return _end_of(this_day), _end_of(this_day + timedelta(days=6 - this_day.weekday()))


def _end_of(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))
