"""On which days a team meets: weekly, every two weeks, or on the first such weekday of the month. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from requests.plan_states import Frequency

STEPS = {Frequency.WEEKLY: 7, Frequency.FORTNIGHTLY: 14}


def days(frequency: str, weekday: int, *, first: date, until: date) -> list[date]:
    """The days after `first` and up to `until`; none where the team meets as needed."""
    day = first + timedelta(1 + (weekday - first.weekday() - 1) % 7)
    if frequency in STEPS:
        step = STEPS[Frequency(frequency)]
        return [day + timedelta(n) for n in range(0, (until - day).days + 1, step)]
    if frequency == Frequency.MONTHLY:
        weeks = [day + timedelta(n) for n in range(0, (until - day).days + 1, 7)]
        return [one for one in weeks if one.day <= 7]
    return []
