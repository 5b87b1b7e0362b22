"""What was changed in a matter since it was handed in: field by field, before and after, for people who compare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from organization.models import User
from requests.models import CoordinationRequest
from requests.states import Stage

FIELDS = (
    "title", "category", "urgency", "urgency_reason", "background", "goal", "expected_result", "organization_goal",
    "goal_reason",    "initial_scope", "suggested_lead", "wished_on", "amount", "has_personal_data", "confidentiality", "phone", "keeper",
    "lead_department", "facts", "scope", "expected_goal",
)  # fmt: skip
COLUMNS = {name: CoordinationRequest._meta.get_field(name) for name in FIELDS}
# Saves of one person one after the other are one change: a form saves itself while it is written.
ONE_SITTING = timedelta(minutes=30)
MOST = 40
LONGEST_MARKED = 2_000


@dataclass(frozen=True)
class Line:
    """One field: its label, what stood there and what stands there, with the differing words marked."""

    label: str | Promise
    before: SafeString
    after: SafeString


@dataclass(frozen=True)
class Change:
    at: datetime
    name: str
    lines: list[Line]


def changes(matter: CoordinationRequest) -> list[Change]:
    """The newest first; drafts are nobody's business but their applicant's."""
    kept: Any = CoordinationRequest.history.filter(id=matter.pk).exclude(stage=Stage.DRAFT)
    values = [field.attname for field in COLUMNS.values()]
    rows = list(
        kept.order_by("history_date", "history_id").values("history_date", "history_user_id", *values)
    )
    sittings = list(_sittings(rows))[-MOST:]
    names = _names(after["history_user_id"] for _before, after in sittings)
    found = []
    for before, after in reversed(sittings):
        lines = [_line(field, before, after) for field in COLUMNS.values() if _differs(field, before, after)]
        found.append(Change(after["history_date"], names.get(after["history_user_id"], _("System")), lines))
    return found


def _sittings(rows: list[dict[str, Any]]) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    """What stood there before and after each sitting that changed something."""
    at = 0
    while at + 1 < len(rows):
        before, last = rows[at], at + 1
        while last + 1 < len(rows) and _same_sitting(rows[last], rows[last + 1]):
            last += 1
        if any(_differs(field, before, rows[last]) for field in COLUMNS.values()):
            yield before, rows[last]
        at = last


def _same_sitting(one: dict[str, Any], other: dict[str, Any]) -> bool:
    is_same = one["history_user_id"] == other["history_user_id"]
    return is_same and other["history_date"] - one["history_date"] <= ONE_SITTING


def _differs(field: Any, before: dict[str, Any], after: dict[str, Any]) -> bool:
    old, new = before[field.attname], after[field.attname]
    return old != new and not (old in (None, "") and new in (None, ""))


def _names(keys: Iterable[str]) -> dict[str, str]:
    ids = {key: int(key[7:]) for key in keys if key.startswith("person:") and key[7:].isdecimal()}
    people = User.objects.in_bulk(list(ids.values()))
    return {key: people[pk].name for key, pk in ids.items() if pk in people}


def _line(field: Any, before: dict[str, Any], after: dict[str, Any]) -> Line:
    old, new = _shown(field, before[field.attname]), _shown(field, after[field.attname])
    return Line(field.verbose_name, *marked(old, new))


def _shown(field: Any, value: Any) -> str:
    """A value as a reader knows it."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.ForeignKey):
        return str(field.related_model._base_manager.filter(pk=value).first() or value)
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)


def marked(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts, what was taken out marked in the one and what came in marked in the other."""
    if not before or not after or max(len(before), len(after)) > LONGEST_MARKED:
        return _plain(before), _plain(after)
    old, new = [], []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        out, came = before[a:b], after[c:d]
        old.append(_plain(out) if tag == "equal" else _marked("del", out))
        new.append(_plain(came) if tag == "equal" else _marked("ins", came))
    return mark_safe("".join(old)), mark_safe("".join(new))  # noqa: S308 - each part is escaped


def _plain(text: str) -> SafeString:
    return mark_safe(str(conditional_escape(text)).replace("\n", "<br>"))  # noqa: S308 - escaped


def _marked(tag: str, text: str) -> str:
    return format_html("<{0}>{1}</{0}>", tag, _plain(text)) if text else ""
