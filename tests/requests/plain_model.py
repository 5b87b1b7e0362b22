"""The life of a matter and of its action items in plain words: what may happen next, and to whom it is open.

Nothing here reads the house: tests/requests/test_machine.py lets the house and this model walk side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

OFFICE = ("officer", "office_head")
LEAD = ("supplies_liaison",)
DOERS = ("supplies_clerk", "supplies_liaison")
SUSPENDABLE = ("preparation", "decision", "execution")
ENDED = ("withdrawn", "rejected", "archived")
WORKED_ON = ("issued", "acknowledged", "in_progress")
OPEN = ("issued", "acknowledged", "in_progress", "submitted")


@dataclass
class Item:
    state: str = "drafted"
    # Whoever reported it done does not check it.
    by: str = ""
    suspended: bool = False


@dataclass
class Matter:
    stage: str = "draft"
    suspended: bool = False
    returned_from: str = ""
    written: bool = False
    delivered: bool = False
    opinions: set[str] = field(default_factory=set)
    sent_back: bool = False
    reworks: int = 0
    rework_owed: bool = False
    heard: bool = False
    items: list[Item] = field(default_factory=list)
    keeper: str = ""

    def runs(self, *stages: str) -> bool:
        return self.stage in stages and not self.suspended


@dataclass(frozen=True)
class Rule:
    """Who may, whether it is possible now, and what it makes of the matter."""

    who: tuple[str, ...]
    now: Callable[[Matter], bool]
    then: Callable[[Matter, str], None]
    keeper_too: bool = False

    def may(self, matter: Matter) -> tuple[str, ...]:
        return (*self.who, matter.keeper) if self.keeper_too and matter.keeper else self.who


def go(**changes: object) -> Callable[[Matter, str], None]:
    def then(matter: Matter, _who: str) -> None:
        for name, value in changes.items():
            setattr(matter, name, value)

    return then


def back_to_applicant(matter: Matter, _who: str) -> None:
    matter.returned_from, matter.stage = matter.stage, "returned"


def from_applicant(matter: Matter, _who: str) -> None:
    matter.stage = matter.returned_from


def accepted(matter: Matter, who: str) -> None:
    matter.stage, matter.keeper = "preparation", who


def issue_all(matter: Matter) -> None:
    for item in matter.items:
        if item.state == "drafted":
            item.state = "issued"


def decided(matter: Matter, _who: str) -> None:
    matter.stage = "execution"
    issue_all(matter)


def reopened(matter: Matter, _who: str) -> None:
    matter.stage, matter.heard, matter.rework_owed = "execution", False, True
    matter.reworks += 1


def reworked(matter: Matter, _who: str) -> None:
    issue_all(matter)
    matter.rework_owed = False


def was_issued(matter: Matter) -> bool:
    return any(item.state in (*OPEN, "closed") for item in matter.items)


RULES = {
    "submit": Rule(("clerk",), lambda m: m.stage == "draft", go(stage="proposal")),
    "return": Rule(OFFICE, lambda m: m.runs("proposal", "preparation"), back_to_applicant),
    "resubmit": Rule(("clerk",), lambda m: m.stage == "returned", from_applicant),
    "accept": Rule(OFFICE, lambda m: m.stage == "proposal", accepted),
    "reject": Rule(("office_head",), lambda m: m.stage == "proposal", go(stage="rejected")),
    "withdraw": Rule(
        ("clerk",),
        lambda m: m.runs("draft", "proposal", "returned", "preparation") and not was_issued(m),
        go(stage="withdrawn"),
    ),
    "prepare": Rule((*OFFICE, *LEAD), lambda m: m.runs("preparation"), go(written=True)),
    "deliver": Rule((*OFFICE, *LEAD), lambda m: m.runs("preparation") and m.written, go(delivered=True)),
    "start_decision": Rule(
        (*OFFICE, *LEAD), lambda m: m.runs("preparation") and m.written and m.delivered, go(stage="decision")
    ),
    "send_back": Rule(
        ("office_head",), lambda m: m.runs("decision") and not m.sent_back, go(stage="preparation", sent_back=True)
    ),
    "draft": Rule(
        (*OFFICE, *LEAD), lambda m: m.stage in ("decision", "execution"), lambda m, _who: m.items.append(Item())
    ),
    "decide": Rule(
        ("office_head",), lambda m: m.runs("decision") and len(m.opinions) == 2 and bool(m.items), decided
    ),
    "suspend": Rule(("office_head",), lambda m: m.runs(*SUSPENDABLE), go(suspended=True)),
    "resume": Rule(("office_head",), lambda m: m.suspended, go(suspended=False), keeper_too=True),
    "rework": Rule(
        (*OFFICE, *LEAD),
        lambda m: m.runs("execution") and any(item.state == "drafted" for item in m.items),
        reworked,
    ),
    "complete": Rule(
        (*OFFICE, *LEAD),
        lambda m: m.runs("execution") and not m.rework_owed and all(item.state == "closed" for item in m.items),
        go(stage="feedback"),
    ),
    "confirm": Rule(("clerk",), lambda m: m.stage == "feedback" and not m.heard, go(heard=True)),
    "object": Rule(
        ("clerk",), lambda m: m.stage == "feedback" and not m.heard and m.reworks == 0, reopened
    ),
}  # fmt: skip


def moved(state: str) -> Callable[[Item, str], None]:
    def then(item: Item, who: str) -> None:
        item.state, item.by, item.suspended = state, who if state == "submitted" else item.by, False

    return then


def set_aside(*, suspended: bool) -> Callable[[Item, str], None]:
    def then(item: Item, _who: str) -> None:
        item.suspended = suspended

    return then


@dataclass(frozen=True)
class ItemRule:
    """The same for an item: who may on it, from which states, and what it becomes."""

    who: Callable[[Item], tuple[str, ...]]
    source: tuple[str, ...]
    then: Callable[[Item, str], None]
    # Whether it is done on an item that runs, on one that is suspended, or on both.
    on: tuple[bool, ...] = (False,)
    keeper_too: bool = False

    def may(self, item: Item, keeper: str) -> tuple[str, ...]:
        return (*self.who(item), keeper) if self.keeper_too and keeper else self.who(item)


def doers(_item: Item) -> tuple[str, ...]:
    return DOERS


def checkers(_item: Item) -> tuple[str, ...]:
    """The office, and the side that asked for the work."""
    return (*OFFICE, "clerk")


ITEM_RULES = {
    "acknowledge": ItemRule(doers, ("issued",), moved("acknowledged")),
    "start": ItemRule(doers, ("issued", "acknowledged"), moved("in_progress")),
    "report": ItemRule(doers, ("issued", "acknowledged", "in_progress"), moved("in_progress")),
    "submit_item": ItemRule(doers, ("issued", "acknowledged", "in_progress"), moved("submitted")),
    "close_item": ItemRule(checkers, ("submitted",), moved("closed")),
    "send_back_item": ItemRule(checkers, ("submitted",), moved("in_progress")),
    "cancel_item": ItemRule(
        lambda _item: ("office_head",), ("drafted", *WORKED_ON), moved("cancelled"), on=(False, True)
    ),
    "suspend_item": ItemRule(
        lambda _item: ("office_head",), WORKED_ON, set_aside(suspended=True), on=(False, True)
    ),
    "resume_item": ItemRule(
        lambda _item: ("office_head",), WORKED_ON, set_aside(suspended=False), on=(True,), keeper_too=True
    ),
}  # fmt: skip
