"""The order of the tasks of a plan: who waits for whom. Pure, so that it can be held against a plain model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter

SEPARATORS = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True)
class Node:
    """A task as the network sees it."""

    wbs: str
    begins_on: date
    ends_on: date
    after: tuple[str, ...] = ()


def numbers(text: str) -> tuple[str, ...]:
    """The WBS numbers of a line like “1.1、1.2”, each once."""
    return tuple(dict.fromkeys(part for part in SEPARATORS.split(text) if part))


def unknown(nodes: Sequence[Node]) -> list[tuple[str, str]]:
    """Task and predecessor where the predecessor is not in the plan."""
    there = {node.wbs for node in nodes}
    return [(node.wbs, wbs) for node in nodes for wbs in node.after if wbs not in there]


def cycle(nodes: Iterable[Node]) -> list[str]:
    """The tasks of one circle, each waiting for the one before it; empty where there is none."""
    try:
        TopologicalSorter({node.wbs: node.after for node in nodes}).prepare()
    except CycleError as found:
        circle: list[str] = found.args[1]
        return circle
    return []


def too_early(nodes: Sequence[Node]) -> list[tuple[str, str]]:
    """Task and predecessor where the task begins before the predecessor ends."""
    ends = {node.wbs: node.ends_on for node in nodes}
    return [
        (node.wbs, wbs)
        for node in nodes
        for wbs in node.after
        if wbs in ends and wbs != node.wbs and node.begins_on < ends[wbs]
    ]


def latest_end(nodes: Sequence[Node], wbs: str, limits: Iterable[date]) -> date:
    """Until when a task may end without touching another one: its float. `limits` are days that nothing may pass."""
    followers = [node.begins_on for node in nodes if wbs in node.after]
    return min([*followers, *limits])
