"""One act on many rows, each in a transaction of its own: a row that fails or is refused does not hold up the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from audit.refusals import Refusal

Row = TypeVar("Row")

logger = logging.getLogger(__name__)


def each(rows: Iterable[Row], act: Callable[[Row], object]) -> int:
    """The steps of a tick: call the flow for every row; what failed is logged, and the next minute tries it again.

    Returns how many acted: a flow that answers None found nothing to do.
    """
    acted = 0
    for row in rows:
        try:
            acted += act(row) is not None
        except Exception:
            logger.exception("%s failed for %s", act.__module__, row)
    return acted


@dataclass(frozen=True)
class Outcome(Generic[Row]):
    """What became of one row: what its flow gave back, or why it was refused."""

    row: Row
    result: Any = None
    refusal: str = ""


def attempt(rows: Iterable[Row], act: Callable[[Row], Any]) -> list[Outcome[Row]]:
    """A person's act on several rows: each is done or refused by itself, and all are answered for."""
    return [_attempted(row, act) for row in rows]


def rehearse(rows: Iterable[Row], act: Callable[[Row], Any]) -> list[Outcome[Row]]:
    """What `attempt` would come to, in the flow's own words: it is carried out and taken back, nothing of it stays."""
    return [_attempted(row, lambda one: _taken_back(one, act)) for row in rows]


def _attempted(row: Row, act: Callable[[Row], Any]) -> Outcome[Row]:
    try:
        with transaction.atomic():  # what is refused after its flow is taken back with it
            result = act(row)
        return Outcome(row, result=result)
    except Refusal as refusal:
        return Outcome(row, refusal=_words(refusal))
    except Exception:
        logger.exception("%s failed for %s", act.__module__, row)
        return Outcome(row, refusal=_("This did not work just now. Open it and try again there."))


class _TakenBack(Exception):
    """Ends a rehearsal."""

    def __init__(self, result: Any) -> None:
        super().__init__()
        self.result = result


def _taken_back(row: Row, act: Callable[[Row], Any]) -> Any:
    try:
        with transaction.atomic():
            raise _TakenBack(act(row))
    except _TakenBack as done:
        return done.result


def _words(refusal: Refusal) -> str:
    """The sentences beside the fields say more than the one above them."""
    said = [str(sentence) for sentences in refusal.fields.values() for sentence in sentences]
    return " ".join(dict.fromkeys(said)) or str(refusal)
