"""Something waits for whoever holds a level: when that person has left the post, the next one decides (R019, R094)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from organization import people
from organization.models import User
from requests.flows.shared import let_read, readers_among, tell_people
from requests.models import CoordinationRequest
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import Kind

NAME_READER = "requests:name_reader"
# What somebody of the office owes before the next one can decide.
HELD_UP = (Kind.FILL_POST, Kind.NAME_READER)
PORTION = 200


def every(rows: QuerySet[Any], person: str) -> Iterator[Any]:
    """All of them by their key, a portion at a time: none is overlooked behind the others. Whom several wait for is one
    object, whose posts are read once."""
    persons: dict[int, User] = {}
    last = 0
    while portion := list(rows.filter(pk__gt=last).order_by("pk")[:PORTION]):
        for row in portion:
            setattr(row, person, persons.setdefault(getattr(row, f"{person}_id"), getattr(row, person)))
            yield row
        last = portion[-1].pk


def pass_decision_on(
    matter: CoordinationRequest,
    *,
    kind: str,
    has_left: bool,
    find: Callable[[], User | None],
    owes: dict[str, Any],
    why: str,
    tell_vacant: Callable[[list[User]], None] | None = None,
) -> User | None:
    """Who decides from now on, by the same date; None while nobody else does.

    Back in the post, nobody owes any more that it is filled; where nobody is left the head of the office owes that.
    A confidential matter names its readers: until the next one is among them, it waits. Only one of the two is owed.
    """
    subject_type, subject_id = owes["subject_type"], owes["subject_id"]
    found = find() if has_left else None
    if has_left and found is None:
        supervision.discharge(kind=Kind.NAME_READER, subject_type=subject_type, subject_id=subject_id)
        _ask_to_fill(owes, tell_vacant)
        return None
    if found is not None and matter.is_closed and not readers_among(matter, [found]):
        supervision.discharge(kind=Kind.FILL_POST, subject_type=subject_type, subject_id=subject_id)
        ask_to_name(matter, found, owes)
        return None
    for moot in HELD_UP:
        supervision.discharge(kind=moot, subject_type=subject_type, subject_id=subject_id)
    if found is None:
        return None
    let_read(matter, users=[found.pk], why=why)
    owed = Obligation.objects.of(subject_type, subject_id).open().filter(kind=kind)
    for pk in list(owed.values_list("pk", flat=True)):
        supervision.hand_over(obligation_id=pk, holder=found)
    return found


def has_left_the_level(left: User, found: User | None) -> str:
    """The sentence for whoever would still answer, in the minute before it is passed on."""
    if found is None:
        return _("%(name)s has left the post and nobody holds it. Ask the coordination office to have it filled.") % {
            "name": left.name
        }  # fmt: skip
    return _("%(name)s has left the post: %(person)s decides on it now.") % {
        "name": left.name,
        "person": found.name,
    }


def held_up(subject_type: str) -> set[int]:
    """Which of these wait for a post to be filled, or for a reader to be named."""
    return set(_owed(subject_type, *HELD_UP).values_list("subject_id", flat=True))


def _owed(subject_type: str, *kinds: str) -> QuerySet[Any]:
    return Obligation.objects.open().filter(subject_type=subject_type, kind__in=kinds)


def _ask_to_fill(owes: dict[str, Any], tell: Callable[[list[User]], None] | None) -> None:
    """Owed once: it stays with the head of the office, or with the officers while that post itself is vacant."""
    if _owed(owes["subject_type"], Kind.FILL_POST).filter(subject_id=owes["subject_id"]).exists():
        return
    head = people.office_head()
    supervision.owe(kind=Kind.FILL_POST, holder=head, holder_department=people.office(), **owes)
    if tell is not None:
        tell([head] if head is not None else people.officers())


def ask_to_name(matter: CoordinationRequest, found: User, owes: dict[str, Any]) -> None:
    """Whoever keeps the case owes, once, that the next decider becomes a reader, for nobody answers what they may not read;
    the head of the office, who may name too, hears of it."""
    head = people.office_head()
    if not _owed(owes["subject_type"], Kind.NAME_READER).filter(subject_id=owes["subject_id"]).exists():
        supervision.owe(
            kind=Kind.NAME_READER, holder=matter.keeper or head, holder_department=people.office(),
            **{**owes, "url_name": NAME_READER, "url_args": [matter.pk]},
        )  # fmt: skip
    naming = {person.pk: person for person in (matter.keeper, head) if person is not None}
    tell_people(
        matter, naming.values(), _n("%(name)s decides on %(number)s now; name this person as a reader."),
        key=f"{owes['subject_type']}:{owes['subject_id']}:reader:{found.pk}", url_name=NAME_READER,
        params={"name": found.name}, to_do=True,
    )  # fmt: skip
