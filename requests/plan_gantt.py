"""The chart of a plan, laid out for an SVG that the server draws (R075).

Drawn here and not by a library: the well-kept one (frappe-gantt, MIT) writes style attributes into its markup, which the
policy of the house forbids, needs script, and prints only what fits into its window. This one is a picture of numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from requests.plan_network import numbers
from requests.plan_reading import Row

WIDTH, LABELS, RIGHT, TOP, LINE, BAR = 1080, 230, 44, 34, 26, 14
FEWEST_DAYS = 14
NAME = 15


@dataclass(frozen=True)
class Bar:
    """One task: where its bar lies, how much of it is done, and how it is marked."""

    row: Any
    name: str
    y: int
    x: float
    width: float
    done: float
    kind: str

    @property
    def middle(self) -> int:
        return self.y + BAR // 2

    @property
    def text_x(self) -> float:
        return self.x + self.width + 9


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    bars: Sequence[Bar]
    weeks: Sequence[tuple[float, str]]
    arrows: Sequence[str]
    stages: Sequence[tuple[float, str]]
    today_x: float | None
    bottom: int
    top: int = TOP
    labels: int = LABELS


def chart(rows: Sequence[Row], stages: Sequence[Any], today: date) -> Chart | None:
    """None for a plan without tasks."""
    tasks = [row for row in rows if row.task is not None]
    if not tasks:
        return None
    first, days = _span(tasks, stages)
    scale = (WIDTH - LABELS - RIGHT) / days

    def x(day: date) -> float:
        return round(LABELS + (day - first).days * scale, 1)

    bars = [_bar(row, at, x, scale) for at, row in enumerate(tasks)]
    bottom = TOP + LINE * len(bars)
    return Chart(
        width=WIDTH, height=bottom + 26, bars=bars, weeks=_weeks(first, days, x), arrows=_arrows(bars), bottom=bottom,
        stages=[(x(stage.due_on + timedelta(days=1)), stage.name) for stage in stages],
        today_x=x(today) if first <= today <= first + timedelta(days=days) else None,
    )  # fmt: skip


def _span(rows: Sequence[Row], stages: Sequence[Any]) -> tuple[date, int]:
    """From the Monday before the first task, at least two weeks."""
    starts = [row.task.begins_on for row in rows if row.task]
    ends = [row.due_on or row.task.ends_on for row in rows if row.task] + [stage.due_on for stage in stages]
    first = min(starts) - timedelta(days=min(starts).weekday())
    return first, max((max(ends) - first).days + 2, FEWEST_DAYS)


def _bar(row: Any, at: int, x: Any, scale: float) -> Bar:
    """As planned, or to its present date where that was moved."""
    task = row.task
    ends = max(row.due_on or task.ends_on, task.begins_on)
    left = x(task.begins_on)
    width = round(((ends - task.begins_on).days + 1) * scale, 1)
    kind = (
        "closed" if row.percent == 100 else "late" if row.is_late else "critical" if task.is_critical else ""
    )
    name = f"{task.wbs} {task.name}"
    return Bar(
        row, name if len(name) <= NAME else f"{name[: NAME - 1]}…", TOP + LINE * at + (LINE - BAR) // 2, left, width,
        round(width * row.percent / 100, 1), kind,
    )  # fmt: skip


def _weeks(first: date, days: int, x: Any) -> list[tuple[float, str]]:
    """A line each Monday; over many weeks only every second or fourth is named."""
    mondays = [first + timedelta(days=n) for n in range(0, days + 1, 7)]
    step = 1 if len(mondays) <= 16 else 2 if len(mondays) <= 32 else 4
    return [(x(day), f"{day:%m-%d}" if at % step == 0 else "") for at, day in enumerate(mondays)]


def _arrows(bars: Sequence[Bar]) -> list[str]:
    """From the end of a task to the start of each that waits for it: points of a line."""
    by_number = {bar.row.task.wbs: bar for bar in bars}
    found = []
    for bar in bars:
        for wbs in numbers(bar.row.task.predecessors):
            before = by_number.get(wbs)
            if before is not None:
                out = before.x + before.width
                turn = out + 5 if bar.x > out + 5 else bar.x - 5
                points = [
                    (out, before.middle),
                    (out + 5, before.middle),
                    (turn, _between(before, bar)),
                    (turn, bar.middle),
                    (bar.x, bar.middle),
                ]
                points.insert(2, (out + 5, _between(before, bar)))
                found.append(" ".join(f"{a:.1f},{b:.1f}" for a, b in _without_doubles(points)))
    return found


def _between(one: Bar, other: Bar) -> float:
    """The lane between two lines, next to the one that is waited for."""
    return one.middle + (LINE / 2 if other.y > one.y else -LINE / 2)


def _without_doubles(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [points[0], *(point for before, point in pairwise(points) if point != before)]
