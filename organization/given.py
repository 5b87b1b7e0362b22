"""Prepared reads that ask what exists for a reader: written once for each kind of reader, never for each person.

`visible_to(user)` asks a person two things. What kind of reader they are (their posts, whether they are from outside) decides
how the query looks; their ids and departments are only values in it. So a read is written with a stand-in of that kind,
and each call fills in who it is this time:

    LETTERS = PreparedFor(lambda reader, word: Letter.objects.visible_to(reader).filter(title__icontains=word)[:9])
    found = LETTERS(user, "备件")

Nothing of a person is kept: posts that change make another kind, or other values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from organization.authority import Authority
from organization.querysets import Someone
from pages.prepared import Given, Prepared

# What a stand-in leaves open: who it is, whence, and the departments of which it is, for which it speaks, that it leads.
PERSON, UNIT, DEPARTMENTS, SPEAKS_FOR, IN_CHARGE_OF, BOTH = range(6)
SOME = frozenset([0])


@dataclass(frozen=True)
class Kind:
    """Everything about a reader that decides how a query looks."""

    posts: frozenset[str]
    is_chair: bool
    is_secretary: bool
    is_external: bool

    @classmethod
    def of(cls, user: Any) -> Kind:
        authority = user.authority
        return cls(
            frozenset(authority.by_kind),
            bool(authority.chairs),
            bool(authority.secretary_of),
            user.is_external,
        )


class GivenDepartments(Given):
    """Departments that are filled in later. Two sets of them together are a third one."""

    def __or__(self, other: Any) -> Any:
        if {self.place, getattr(other, "place", None)} != {SPEAKS_FOR, IN_CHARGE_OF}:
            raise TypeError("Only for whom one speaks and whom one leads are given together.")
        return GivenDepartments(BOTH)


class GivenAuthority(Authority):
    """The posts of a stand-in: which kinds there are is known, in which departments is filled in later."""

    @property
    def speaks_for(self) -> Any:
        return GivenDepartments(SPEAKS_FOR)

    @property
    def headed(self) -> Any:
        raise TypeError("A prepared read does not know which departments its reader heads.")

    liaison_of = headed


class GivenReader(Given):
    """Stands in a prepared read for whoever reads: an active person of a known kind."""

    is_authenticated = is_active = True

    def __init__(self, kind: Kind) -> None:
        super().__init__(PERSON)
        self.is_external = kind.is_external
        self.external_unit_id = Given(UNIT)
        departments: Any = GivenDepartments(DEPARTMENTS)
        in_charge_of: Any = GivenDepartments(IN_CHARGE_OF)
        self.authority = GivenAuthority(
            departments=departments,
            by_kind=dict.fromkeys(kind.posts, frozenset()),
            in_charge_of=in_charge_of,
            chairs=SOME if kind.is_chair else frozenset(),
            secretary_of=SOME if kind.is_secretary else frozenset(),
        )

    @property
    def pk(self) -> Given:
        return Given(PERSON)


class PreparedFor:
    """A read for a reader and further values, written once for each kind of reader."""

    def __init__(self, read: Callable[..., QuerySet[Any]], values: int = 0) -> None:
        self.read, self.values = read, values
        self.written: dict[Kind, Prepared] = {}

    def __call__(self, reader: Someone, *values: Any) -> list[Any]:
        """The rows that exist for this reader."""
        if not reader.is_authenticated or not reader.is_active:
            return []
        kind, authority = Kind.of(reader), reader.authority
        if kind not in self.written:
            self.written[kind] = Prepared(
                lambda *given: self.read(GivenReader(kind), *given[BOTH + 1 :]), BOTH + 1 + self.values
            )
        try:
            return self.written[kind](
                reader.pk,
                reader.external_unit_id or 0,
                authority.departments,
                authority.speaks_for,
                authority.in_charge_of,
                authority.speaks_for | authority.in_charge_of,
                *values,
            )
        except EmptyResultSet:  # for this kind of reader there is nothing, whatever is asked
            return []
