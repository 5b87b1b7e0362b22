"""What the cells of a filled-in sheet mean: names of departments and people, days, choices. Said beside the cell when it is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from documents.sheets import Line
from organization.models import Department, User
from pages.forms import BAD_DAY, BAD_NUMBER, DAY_FORMATS

BETWEEN_NAMES = re.compile(r"[、,，;；\n]+")


class Wrong(Exception):
    """A cell that cannot be taken; the sentence says what to write."""


def day(text: str) -> date | None:
    """A day in any of the ways that a form takes it."""
    narrow = unicodedata.normalize("NFKC", text)
    for pattern in DAY_FORMATS:
        try:
            return datetime.strptime(narrow, pattern).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    if narrow:
        raise Wrong(BAD_DAY)
    return None


def whole(text: str) -> int | None:
    narrow = unicodedata.normalize("NFKC", text)
    if narrow and not narrow.isdecimal():
        raise Wrong(BAD_NUMBER)
    return int(narrow[:9]) if narrow else None


def amount(text: str) -> Decimal | None:
    narrow = unicodedata.normalize("NFKC", text).replace(",", "")
    try:
        found = Decimal(narrow) if narrow else None
    except InvalidOperation:
        raise Wrong(BAD_NUMBER) from None
    if found is not None and not (found.is_finite() and 0 <= found < 10**12):
        raise Wrong(_("Write 0 or more."))
    return found.quantize(Decimal("0.01")) if found is not None else None


def yes(text: str) -> bool:
    if text in ("", _("no"), "no"):
        return False
    if text in (_("yes"), "yes"):
        return True
    raise Wrong(_("Write %(yes)s or %(no)s.") % {"yes": _("yes"), "no": _("no")})


def choice(text: str, choices: Iterable[tuple[Any, Any]], default: str = "") -> str:
    """One of the words that the blank sheet offers; empty takes the default."""
    offered = {str(label): str(value) for value, label in choices}
    if not text:
        return default
    if text not in offered:
        raise Wrong(_("Not on the list. Write one of: %(choices)s.") % {"choices": " / ".join(offered)})
    return offered[text]


def text(cell: str, most: int, *, needed: bool = False) -> str:
    if needed and not cell:
        raise Wrong(_("Not filled in yet."))
    if len(cell) > most:
        raise Wrong(
            _("Now %(count)s characters, at most %(most)s. Shorten it.") % {"count": len(cell), "most": most}
        )
    return cell


class Names:
    """Who and what the sheet names, looked up once for all its rows."""

    def __init__(self, lines: Sequence[Line], person_fields: Sequence[str] = ()) -> None:
        self.written = {line.cells.get(name, "") for line in lines for name in person_fields} - {""}

    @cached_property
    def departments(self) -> dict[str, Department]:
        rows = Department.objects.active().exclude(kind="top")
        return {row.name: row for row in rows}

    @cached_property
    def people(self) -> list[User]:
        named = Q(name__in=self.written) | Q(username__in=self.written)
        return list(User.objects.active().filter(named))

    def department(self, name: str, *, needed: bool = False) -> Department | None:
        if not name:
            if needed:
                raise Wrong(_("Not filled in yet."))
            return None
        if name not in self.departments:
            raise Wrong(
                _("There is no department “%(name)s”. Choose one from the list.") % {"name": name[:40]}
            )
        return self.departments[name]

    def several(self, names: str) -> tuple[Department, ...]:
        """Departments with 、 between them."""
        found = [self.department(name.strip()) for name in BETWEEN_NAMES.split(names) if name.strip()]
        return tuple(dict.fromkeys(one for one in found if one))

    def person(self, name: str, department: Department | None, *, needed: bool = False) -> User | None:
        """By name, by login name where two have the same; in their department where one is named."""
        if not name:
            if needed:
                raise Wrong(_("Not filled in yet."))
            return None
        found = [one for one in self.people if name in (one.name, one.username)]
        if department is not None and len(found) > 1:
            near = [one for one in found if department.pk in one.authority.departments]
            found = near or found
        if not found:
            raise Wrong(_("Nobody here is called “%(name)s”. Write the full name.") % {"name": name[:40]})
        if len(found) > 1:
            logins = " / ".join(one.username for one in found)
            raise Wrong(
                _("Several people are called that. Write the login name: %(names)s.") % {"names": logins}
            )
        return found[0]
