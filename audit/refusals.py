"""Refusals: what a flow raises when it will not do what was asked. Nothing has changed then.

Page and API turn them into the same answer: sentence, code, fields (`views` 422/409/403, API problem details).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise

Sentence = str | Promise


class Refusal(Exception):
    """The act is refused; `str(refusal)` says what to do, in the reader's language."""

    code = "refused"
    status = 422

    def __init__(self, message: Sentence, *, fields: Mapping[str, Sequence[Sentence]] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields: dict[str, list[Sentence]] = {
            name: list(sentences) for name, sentences in (fields or {}).items()
        }

    def __str__(self) -> str:
        return str(self.message)


class NotReady(Refusal):
    """A guard does not hold: something else has to happen first."""

    code = "not_ready"


class Invalid(Refusal):
    """What was given cannot be taken; `fields` says which part and why."""

    code = "invalid"


class Conflict(Refusal):
    """Somebody else was quicker: the thing has changed since it was read."""

    code = "conflict"
    status = 409

    def __init__(
        self, message: Sentence, *, fields: Mapping[str, Sequence[Sentence]] | None = None, seen: str = ""
    ) -> None:
        super().__init__(message, fields=fields)
        # What stands there now, for the form to carry when it is saved again.
        self.seen = seen


class NotYours(Refusal, PermissionDenied):
    """This person may not do this here (a permission or a separation of duties)."""

    code = "not_yours"
    status = 403
