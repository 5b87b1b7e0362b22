"""Working time: pure arithmetic on a loaded calendar, without a query and without the clock.

Reading limits (domain 6): a limit of n working days ends at the close of office on the n-th working day after
delivery; delivery outside office hours counts as the next working moment, after closing time thus as the next working day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import accumulate

Hours = Sequence[tuple[time, time]]

# A single day entered by hand does not make a year published; every published year moves more days than this.
PUBLISHED_FROM = 5
ORDINALS = range(1, date.max.toordinal())
DEFAULT_HOURS: Hours = ((time(8, 30), time(12, 0)), (time(14, 0), time(17, 30)))


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _weekdays_through(ordinal: int) -> int:
    """How many Mondays to Fridays lie in 1…ordinal; ordinal 1 is a Monday."""
    weeks, rest = divmod(ordinal, 7)
    return weeks * 5 + min(rest, 5)


class WorkTime:
    """The days and hours of the office. `exceptions` are the published holidays and make-up days.

    A year that has not been published falls back to Monday to Friday; it never raises. `is_known` tells the pages
    to warn.
    """

    def __init__(self, exceptions: Mapping[date, bool], hours: Hours, zone: tzinfo) -> None:
        self.zone = zone
        self.hours = tuple(sorted(hours)) or tuple(DEFAULT_HOURS)
        self._spans = [(_minutes(opens), _minutes(closes)) for opens, closes in self.hours]
        self.minutes_per_day = sum(closes - opens for opens, closes in self._spans)
        self._exceptions = dict(exceptions)
        entered = Counter(day.year for day in self._exceptions)
        self.known_years = frozenset(year for year, days in entered.items() if days >= PUBLISHED_FROM)
        odd = sorted(
            (day.toordinal(), 1 if working else -1)
            for day, working in self._exceptions.items()
            if working != (day.weekday() < 5)
        )
        self._odd_days = [ordinal for ordinal, _ in odd]
        self._odd_sums = [0, *accumulate(change for _, change in odd)]
        self._numbered: dict[int, date] = {}

    # --- days ---

    def is_known(self, year: int) -> bool:
        """Whether the holidays of this year have been published."""
        return year in self.known_years

    def is_working(self, day: date) -> bool:
        return self._exceptions.get(day, day.weekday() < 5)

    def _count(self, ordinal: int) -> int:
        """Working days from the beginning of the calendar through this day."""
        return _weekdays_through(ordinal) + self._odd_sums[bisect_right(self._odd_days, ordinal)]

    def _day_number(self, n: int) -> date:
        """The n-th working day of the calendar: the first day whose count reaches n."""
        found = self._numbered.get(n)
        if found is None:
            found = self._numbered[n] = date.fromordinal(bisect_left(ORDINALS, n, key=self._count) + 1)
        return found

    def next_day(self, day: date, n: int = 1) -> date:
        """The n-th working day after this day; before it when n is negative."""
        if n > 0:
            return self._day_number(self._count(day.toordinal()) + n)
        return self._day_number(self._count(day.toordinal() - 1) + n + 1)

    def day_of(self, moment: datetime) -> date:
        """The working day to which a moment counts: its own, or the next one after closing time or on a rest day."""
        return self.local(self.next_working_moment(moment)).date()

    # --- moments ---

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone)

    def opening(self, day: date) -> datetime:
        return self.at(day, self.hours[0][0])

    def close(self, day: date) -> datetime:
        return self.at(day, self.hours[-1][1])

    def is_open(self, moment: datetime) -> bool:
        """Whether the office works at this moment (a closing time itself is outside)."""
        local = self.local(moment)
        return self.is_working(local.date()) and any(
            opens <= local.time() < closes for opens, closes in self.hours
        )

    def next_working_moment(self, moment: datetime) -> datetime:
        """The moment itself inside office hours, else the next opening."""
        local = self.local(moment)
        day = local.date()
        if self.is_working(day):
            for opens, closes in self.hours:
                if local.time() < opens:
                    return self.at(day, opens)
                if local.time() < closes:
                    return local
        return self.opening(self.next_day(day))

    # --- limits ---

    def add_days(self, moment: datetime, n: int) -> datetime:
        """Close of office on the n-th working day after delivery at `moment`."""
        day = self.day_of(moment)
        return self.close(self.next_day(day, n) if n else day)

    def add_hours(self, moment: datetime, n: float) -> datetime:
        """n working hours after (before, when negative) a moment, across lunch, nights and rest days."""
        return self.add_minutes(moment, round(n * 60))

    def add_minutes(self, moment: datetime, n: int) -> datetime:
        """n working minutes later. What ends exactly at a closing time ends there, not at the next opening."""
        start = self.local(moment).replace(second=0, microsecond=0)
        rest = self._position(start) + n
        days, minutes = divmod(rest, self.minutes_per_day)
        if minutes == 0 and n > 0:
            days, minutes = days - 1, self.minutes_per_day
        working_day = self._day_number(days + 1)
        for opens, closes in self._spans:
            span = closes - opens
            if minutes < span or (minutes == span and n > 0):
                return self.at(working_day, time()) + timedelta(minutes=opens + minutes)
            minutes -= span
        return self.close(working_day)  # pragma: no cover - minutes never exceed the day

    def minutes_between(self, a: datetime, b: datetime) -> int:
        """Working minutes from a to b; negative when b comes first."""
        return self._position(self.local(b)) - self._position(self.local(a))

    def days_between(self, a: datetime, b: datetime) -> int:
        """Working days after the day of a, through the day of b; negative when b comes first. Rest days add nothing."""
        return self._count(self.local(b).toordinal()) - self._count(self.local(a).toordinal())

    def _position(self, local: datetime) -> int:
        """Working minutes from the beginning of the calendar to this moment."""
        day = local.date()
        before = self._count(day.toordinal() - 1) * self.minutes_per_day
        if not self.is_working(day):
            return before
        now = local.hour * 60 + local.minute
        return before + sum(max(0, min(now, closes) - opens) for opens, closes in self._spans)
