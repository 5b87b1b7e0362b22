"""Plays acts at their business moments and lets the office's minute tick between them, as beat would have done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from audit.acting import at_moment, now
from coordination import flows
from organization.goals import Goal
from organization.models import Department, User
from supervision.calendar import working_days

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Often enough for every step of the ladder: at nine, at noon, after the office has closed.
TICKS = (time(9, 0), time(11, 0), time(14, 0), time(17, 31))


def moment(text: str) -> datetime:
    """`2026-09-14 14:20` in the office's zone."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


class Player:
    """Knows everybody by login, every department by code, and what time it is in the play."""

    def __init__(self, start: datetime) -> None:
        self.clock = start
        self._people: dict[str, User] = {}

    def person(self, login: str) -> User:
        """Read afresh for each act: a person's authority is kept on the object."""
        person: User = User.objects.get(username=login)
        return person

    def department(self, code: str) -> Department:
        department: Department = Department.objects.get(code=code)
        return department

    def goal(self, name: str) -> Goal:
        goal: Goal = Goal.objects.active().get(name=name)
        return goal

    def departments(self, *codes: str) -> list[Department]:
        return [self.department(code) for code in codes]

    @contextmanager
    def at(self, when: datetime | str) -> Iterator[datetime]:
        """Let the time pass up to this moment, then act at it."""
        target = moment(when) if isinstance(when, str) else when
        self.pass_time(target)
        with at_moment(target):
            yield target

    def now(self) -> datetime:
        """The present moment of the real office."""
        return now()

    def do(self, when: datetime | str, act: Callable[..., Any], **arguments: Any) -> Any:
        with self.at(when):
            return act(**arguments)

    def pass_time(self, until: datetime) -> None:
        """Run the ticks of every working day between the last act and this moment."""
        calendar = working_days()
        day = self.clock.astimezone(SHANGHAI).date()
        while day <= until.astimezone(SHANGHAI).date():
            if calendar.is_working(day):
                for clock in TICKS:
                    tick = datetime.combine(day, clock, SHANGHAI)
                    if self.clock < tick <= until:
                        with at_moment(tick):
                            flows.tick(now=tick)
            day += timedelta(days=1)
        self.clock = max(self.clock, until)
