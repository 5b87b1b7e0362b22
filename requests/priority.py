"""The priority of a matter (R030): five marks, their weights, and the mark that follows. Pure: no queries."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from supervision.states import Urgency

# In per cent. Urgency and breadth are read off the form; the officer gives the other three.
WEIGHTS = {"urgency": 30, "complexity": 15, "breadth": 20, "risk": 25, "resource_limits": 10}
NAMES = {
    "urgency": pgettext_lazy("priority", "urgency"),
    "complexity": pgettext_lazy("priority", "complexity"),
    "breadth": pgettext_lazy("priority", "breadth of effect"),
    "risk": pgettext_lazy("priority", "risk"),
    "resource_limits": pgettext_lazy("priority", "limits of resources"),
}
JUDGED = ("complexity", "risk", "resource_limits")
OF_URGENCY = {Urgency.NORMAL: 1, Urgency.URGENT: 3, Urgency.EXTRA: 5}
# From this number of departments on (the applying one counts), the mark of breadth.
OF_BREADTH = ((7, 5), (5, 4), (4, 3), (3, 2), (0, 1))


def marks_of(*, urgency: str, departments: int, judged: Mapping[str, int]) -> dict[str, int]:
    """All five marks, each 1 (low) to 5 (high), in the order of the formula."""
    breadth = next(mark for least, mark in OF_BREADTH if departments >= least)
    given = {"urgency": OF_URGENCY[Urgency(urgency)], "breadth": breadth, **judged}
    return {name: given[name] for name in WEIGHTS}


def score_of(marks: Mapping[str, int]) -> Decimal:
    """The weighted mean, 1.0 to 5.0 with one decimal."""
    total = sum(WEIGHTS[name] * marks[name] for name in WEIGHTS)
    return (Decimal(total) / 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def mark_of(score: Decimal) -> int:
    """The priority that the score comes to, 1 to 5; halves go up."""
    return int(score.quantize(Decimal(1), ROUND_HALF_UP))


def formula() -> str:
    """The formula as a reader checks it."""
    parts = " + ".join(f"{NAMES[name]} × {weight}%" for name, weight in WEIGHTS.items())
    return _("Priority = %(parts)s. Urgency and breadth are read off the form.") % {"parts": parts}


def told(marks: Mapping[str, int]) -> str:
    """The five marks in one line; empty for a matter that was accepted before they were given."""
    return pgettext("list", ", ").join(f"{NAMES[name]} {marks[name]}" for name in WEIGHTS) if marks else ""
