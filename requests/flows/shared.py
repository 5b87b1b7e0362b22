"""What every flow of this app begins and ends with: the lock, the reader, the line of history, the notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from audit.flows import record
from audit.refusals import NotReady
from notifications.flows import announce
from notifications.states import NoticeKind
from organization import people
from organization.models import Department, User
from pages.prepared import Prepared
from requests.form_reads import WISHED
from requests.models import CoordinationRequest, Participant, Reader
from requests.states import NAMED
from supervision import flows as supervision

MATTER = CoordinationRequest.SUBJECT
DETAIL = "requests:detail"

LOCKED = Prepared(lambda pk: CoordinationRequest.objects.select_for_update().filter(pk=pk))


def lock(matter_id: int) -> CoordinationRequest:
    """The matter under its row lock: two people at once, one after the other."""
    matter: CoordinationRequest | None = LOCKED.get(matter_id)
    if matter is None:
        raise CoordinationRequest.DoesNotExist(matter_id)
    return matter


def let_read(
    matter: CoordinationRequest, *, users: Iterable[int] = (), departments: Iterable[int] = (), why: str
) -> None:
    """Write the relation that lets these people, or whoever speaks for these departments, see the matter.

    A confidential matter is read by persons that the office names: it waits until they are (domain §5).
    """
    users, departments = list(users), list(departments)
    if matter.is_closed and why != "applicant":
        _insist_on_readers(matter, users, departments)
    rows = [Reader(matter=matter, user_id=pk, why=why) for pk in users]
    rows += [Reader(matter=matter, department_id=pk, why=why) for pk in departments]
    Reader.objects.bulk_create(rows, ignore_conflicts=True)


def readers_among(matter: CoordinationRequest, people: Iterable[User]) -> list[User]:
    """Those of these people for whom the matter exists."""
    alone = CoordinationRequest.objects.filter(pk=matter.pk)
    return [person for person in people if alone.visible_to(person).exists()]


def _insist_on_readers(matter: CoordinationRequest, users: Sequence[int], departments: Sequence[int]) -> None:
    persons = list(User.objects.filter(pk__in=users))
    reading = readers_among(matter, persons)
    missing = [person.name for person in persons if person not in reading]
    spoken_for = {matter.filed_by_department_id}
    for row in matter.readers.standing().filter(why=NAMED).select_related("user"):
        spoken_for |= row.user.authority.speaks_for
    unheard = Department.objects.filter(pk__in=set(departments) - spoken_for)
    missing += unheard.order_by("order").values_list("name", flat=True)
    if missing:
        raise NotReady(
            _(
                "This matter is confidential. First name as readers: %(names)s (of a department its head or liaison)."
            )
            % {"names": "、".join(missing)}
        )


def tell_story(
    matter: CoordinationRequest,
    verb: str,
    sentence: str,
    *,
    by: User | None = None,
    came_from: str = "",
    subject: Model | None = None,
    params: dict[str, Any] | None = None,
    reason: str = "",
    tone: str = "",
) -> None:
    """One line in the story of the matter, told of the matter itself or of something that hangs on it."""
    subject_type = getattr(subject, "SUBJECT", MATTER) if subject is not None else MATTER
    record(
        subject_type=subject_type,
        subject_id=(subject or matter).pk,
        case_id=matter.pk,
        verb=verb,
        from_state=came_from,
        to_state=matter.stage if came_from else "",
        sentence=sentence,
        params=params,
        reason_text=reason,
        department_name=by.department_name if by else "",
        tone=tone,
    )


def tell_people(
    matter: CoordinationRequest,
    recipients: Iterable[User],
    sentence: str,
    *,
    key: str,
    params: dict[str, Any] | None = None,
    url_name: str = DETAIL,
    url_args: list[Any] | None = None,
    number: str | None = None,
    whoever: bool = False,
    to_do: bool = False,
) -> None:
    """One notice each, told once: the key says of what. Of a confidential matter only its readers hear, unless it is
    about their own reading (`whoever`). What they have to do (`to_do`) comes at once, whatever they chose (R069)."""
    is_narrow = matter.is_closed and not whoever
    announce(
        recipients=readers_among(matter, recipients) if is_narrow else list(recipients),
        sentence=sentence,
        params={"number": number or matter.number or "", **(params or {})},
        number=number or matter.number or "",
        url_name=url_name,
        url_args=url_args if url_args is not None else [matter.pk],
        dedupe_key=f"matter:{matter.pk}:{key}",
        kind=NoticeKind.TASK if to_do else NoticeKind.INFO,
    )


def speakers(department_ids: Iterable[int]) -> list[User]:
    """The liaisons (or heads) of these departments, each once."""
    found: dict[int, User] = {}
    for department_id in department_ids:
        for person in people.liaisons(department_id):
            found.setdefault(person.pk, person)
    return list(found.values())


def what_it_owes(matter: CoordinationRequest) -> dict[str, Any]:
    """The part of an obligation that is the same for everything owed on the matter itself."""
    return {
        "subject_type": MATTER,
        "subject_id": matter.pk,
        "case_id": matter.pk,
        "number": matter.number or "",
        "url_name": DETAIL,
        "url_args": [matter.pk],
        "urgency": matter.urgency,
    }


def wait_while_blocked(matter: CoordinationRequest) -> None:
    """What has come to be owed on the matter meanwhile stands still like the rest of it, until the dispute ends (R134)."""
    for row in matter.blocks.filter(until=None):
        supervision.suspend(subject_type=MATTER, subject_id=matter.pk, reason=row.number, cause=row.cause)


def opinion_owes(matter: CoordinationRequest, participant: Participant, by: User | None) -> dict[str, Any]:
    """The part of an obligation that is the same for what a department owes on the material (R045, R055)."""
    return {
        **what_it_owes(matter),
        "subject_type": Participant.SUBJECT,
        "subject_id": participant.pk,
        "url_name": "requests:opinion",
        "url_args": [matter.pk, participant.pk],
        "holder_department": participant.department,
        "asked_by": by,
    }


def wish(matter: CoordinationRequest, departments: Sequence[Any]) -> bool:
    """These are the departments to take part; True when they were others before."""
    before, wanted = set(WISHED(matter.pk)), {row.pk for row in departments}
    if before - wanted:
        matter.wished_departments.remove(*before - wanted)
    matter.wished_departments.add(*wanted - before)
    return before != wanted
