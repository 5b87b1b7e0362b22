"""An event in words: which thing, which fields, what stood there before and after. For people who read the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import formats, timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext

from audit.models import Event
from audit.triggers import tracked

ACTIONS = {
    "insert": gettext_lazy("created"),
    "update": gettext_lazy("changed"),
    "delete": gettext_lazy("deleted"),
}


@dataclass(frozen=True)
class Difference:
    """One field of one event."""

    label: str | Promise
    before: str
    after: str


@cache
def models_by_table() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def thing(table: str) -> str:
    """What the rows of a table are called (coordination/things.py); the table's own name once its model is gone."""
    model = models_by_table().get(table)
    return name_of(model) if model else table


def name_of(model: type[models.Model]) -> str:
    """In the reader's language. A table of ties is named after its two ends."""
    if model._meta.auto_created:
        ends = [field.related_model for field in model._meta.fields if isinstance(field, models.ForeignKey)]
        return " – ".join(name_of(end) for end in ends if not isinstance(end, str))
    source = getattr(model, "history_object", None)
    if source is not None:
        original: type[models.Model] = model.instance_type  # type: ignore[attr-defined]  # set by simple-history
        return _("history: %(thing)s") % {"thing": name_of(original)}
    with override("en"):  # the language of the sources
        word = str(model._meta.verbose_name)
    return pgettext("thing", word)


def things() -> list[tuple[str, str]]:
    """Every table that has events, with its name for people, in the order of those names."""
    return sorted(((model._meta.db_table, name_of(model)) for model in tracked()), key=lambda pair: pair[1])


def differences(event: Event) -> list[Difference]:
    """The fields that an update changed; of a new or a deleted row all that were filled in."""
    before, after = event.before or {}, event.after or {}
    columns = _columns(event.object_type)
    return [
        Difference(
            columns[name].verbose_name if name in columns else name,
            _value(columns.get(name), before.get(name)),
            _value(columns.get(name), after.get(name)),
        )
        for name in _changed(before, after)
    ]


def _changed(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if old != new and not (old in (None, "") and new in (None, "")):
            yield name


def _columns(table: str) -> dict[str, Any]:
    model = models_by_table().get(table)
    return {str(field.column): field for field in model._meta.concrete_fields} if model else {}


def _value(field: Any, value: Any) -> str:
    """A value as a reader knows it: the label of a choice, the name of a person, a moment in local time."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return pgettext("value of a field", "yes") if value else pgettext("value of a field", "no")
    if getattr(field, "choices", None):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.ForeignKey):
        return _related(field, value)
    if isinstance(field, models.DateTimeField) and (moment := parse_datetime(str(value))):
        return formats.date_format(timezone.localtime(moment), "Y-m-d H:i:s")
    if isinstance(field, models.DateField) and (day := parse_date(str(value))):
        return formats.date_format(day, "Y-m-d")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _related(field: Any, value: Any) -> str:
    """The present name of the thing pointed at, with its id: the id is what the event holds."""
    found = field.related_model._base_manager.filter(pk=value).first()
    return f"{found}（{value}）" if found else _("%(id)s, no longer there") % {"id": value}
