"""What an auditor looks for."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.querysets import EventQuerySet


class EventFilter(forms.Form):
    """Every field may stay empty; a field that cannot be read finds nothing rather than everything."""

    person = forms.CharField(label=_("Person"), required=False, max_length=120)
    thing = forms.CharField(label=_("Kind of thing"), required=False, max_length=80)
    number = forms.CharField(label=_("Its id"), required=False, max_length=80)
    flow = forms.CharField(label=_("Act"), required=False, max_length=120)
    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("To"), required=False)
    before = forms.IntegerField(required=False, min_value=1)

    def found(self, events: EventQuerySet) -> EventQuerySet:
        """The events asked for, newest first."""
        if not self.is_valid():
            return events.none()
        asked: dict[str, Any] = self.cleaned_data
        conditions = {
            "actor_name__icontains": asked["person"],
            "object_type": asked["thing"],
            "object_id": asked["number"],
            "flow__icontains": asked["flow"],
            "at__gte": _start(asked["since"]),
            "at__lte": _end(asked["until"]),
            "pk__lt": asked["before"],
        }
        return events.filter(**{name: value for name, value in conditions.items() if value}).order_by("-pk")

    @property
    def asked(self) -> dict[str, str]:
        """What was looked for, as it is kept in the record of readings."""
        return {name: str(self.data[name])[:120] for name in self.fields if self.data.get(name)}


def _start(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _end(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None
