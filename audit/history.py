"""Readable field history (django-simple-history) for the models that people compare.

The evidence is the event table; these tables serve the page "what changed between two versions".
"""

from __future__ import annotations

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

from audit.acting import current, now


def _acting_key(historical: Any) -> str:
    return str(historical.history_user_id or "")


def _set_acting_key(historical: Any, _user: Any) -> None:
    who = current()
    historical.history_user_id = who.key if who else ""
    historical.history_date = now()


def history(*, excluded: tuple[str, ...] = ()) -> HistoricalRecords:
    """History of a model, signed with the acting key and dated with the business moment.

    Sort it by (history_date, history_id), never by the date alone (trust.md §5).
    """
    return HistoricalRecords(
        excluded_fields=list(excluded),
        history_user_id_field=models.CharField(max_length=80, blank=True),
        history_user_getter=_acting_key,
        history_user_setter=_set_acting_key,
        history_change_reason_field=models.TextField(null=True),
    )
