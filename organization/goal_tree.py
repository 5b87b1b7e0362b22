"""The goals as a page shows them: each below the one that it serves (R083)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from organization.goals import Goal


@dataclass(frozen=True)
class Twig:
    """One goal with its depth in the tree."""

    goal: Goal
    level: int

    @property
    def indent(self) -> int:
        """A step of the style sheet's padding; deeper than three levels looks like three."""
        return (0, 3, 4, 5)[min(self.level, 3)]


def twigs(goals: Iterable[Goal]) -> list[Twig]:
    """In the order of the tree; what serves a goal that is not among them stands at the top."""
    rows = list(goals)
    known = {goal.pk for goal in rows}
    below: dict[int | None, list[Goal]] = defaultdict(list)
    for goal in rows:
        below[goal.parent_id if goal.parent_id in known else None].append(goal)
    return list(_walk(below, None, 0))


def _walk(below: dict[int | None, list[Goal]], parent: int | None, level: int) -> Iterator[Twig]:
    for goal in below[parent]:
        yield Twig(goal, level)
        yield from _walk(below, goal.pk, level + 1)
