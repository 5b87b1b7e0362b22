"""The steps of a tick act on many rows; one row that fails is logged and does not hold up the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

Row = TypeVar("Row")

logger = logging.getLogger(__name__)


def each(rows: Iterable[Row], act: Callable[[Row], object]) -> int:
    """Call the flow for every row, each in a transaction of its own; the next minute tries again what failed.

    Returns how many acted: a flow that answers None found nothing to do.
    """
    acted = 0
    for row in rows:
        try:
            acted += act(row) is not None
        except Exception:
            logger.exception("%s failed for %s", act.__module__, row)
    return acted
