"""What several verbs of this app share: refusing, saving what must be unique, telling the story."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.flows import record
from audit.refusals import Invalid, NotYours

NOT_ADMINISTRATOR = _("Only the system administrator may do this.")


def require(*, allowed: bool, sentence: str | Promise = NOT_ADMINISTRATOR) -> None:
    """Raise NotYours unless a policy has said yes."""
    if not allowed:
        raise NotYours(sentence)


@contextmanager
def unique(field: str, sentence: str | Promise) -> Iterator[None]:
    """Turn the database's word that a name is taken into a sentence beside its field; two at once included."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as taken:
        raise Invalid(sentence, fields={field: [sentence]}) from taken


def changed(thing: models.Model, values: dict[str, Any]) -> list[str]:
    """Set the values and return the names of the fields that became different."""
    names = [name for name, value in values.items() if getattr(thing, name) != value]
    for name in names:
        setattr(thing, name, values[name])
    return names


def tell(thing: models.Model, verb: str, sentence: str, **params: Any) -> None:
    """One sentence in the story of a department, person, post, committee or external unit."""
    record(
        subject_type=str(thing._meta.model_name),
        subject_id=int(thing.pk),
        verb=verb,
        sentence=sentence,
        params=params,
    )
