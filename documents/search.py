"""How a word is found in what a thing is called, also where no space parts one Chinese word from the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Concat

Rows = TypeVar("Rows", bound="QuerySet[Any]")
# How long a pair is: a shorter word has none, and is looked for by reading.
PAIR = 2


class Pairs(Func):
    """The overlapping pairs of characters of a text, in capitals: 备件供应 gives 备件, 件供, 供应.

    An index over them finds the few texts that can hold a word; whether one does is read from the text itself.
    """

    function = "character_pairs"
    output_field = ArrayField(TextField())


def called(*fields: str) -> Pairs:
    """The pairs of several fields of a row, as its index keeps them."""
    texts = [Coalesce(F(field), Value(""), output_field=TextField()) for field in fields]
    return Pairs(Concat(*[part for text in texts for part in (text, Value(" "))], output_field=TextField()))


def holding(rows: Rows, text: str, *fields: str) -> Rows:
    """The rows in which every word of the text stands in one of the fields, capital or small."""
    return holding_words(rows, [(word, len(word)) for word in text.split()], *fields)


def holding_words(rows: Rows, words: Iterable[tuple[Any, int]], *fields: str) -> Rows:
    """The same for words with their lengths; the word itself may be given later (pages/prepared.py)."""
    found = rows.alias(pairs_of_name=called(*fields))
    for word, length in words:
        if length >= PAIR:
            found = found.filter(
                pairs_of_name__contains=Pairs(Value(word) if isinstance(word, str) else word)
            )
        if length != PAIR:  # a pair that is there is the word itself; more pairs may stand apart
            found = found.filter(_stands_in(word, fields))
    return found


def _stands_in(word: Any, fields: Sequence[str]) -> Q:
    either = Q()
    for field in fields:
        either |= Q(**{f"{field}__icontains": word})
    return either
