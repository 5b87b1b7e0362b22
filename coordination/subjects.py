"""Titles of the things that duties hang on, looked up for the person who reads.

Lower apps keep kind, number and page only; a title is told to whoever may see the thing, and to nobody else. One
query for the matters and one for each kind of thing on the page, however many rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Min, OuterRef, Subquery

from meetings.models import Confirmation, Meeting, Minutes
from organization.models import User
from pages.prepared import Prepared
from requests.awaited import STAGES
from requests.models import (
    ActionItem,
    Addressee,
    Circulation,
    CoordinationRequest,
    Countersign,
    Defect,
    Improvement,
    Letter,
    Loan,
    OutsidePaper,
    Participant,
    ProcedureReading,
)
from requests.querysets import sight
from supervision.models import Obligation

Titles = dict[int, str]


@dataclass(frozen=True)
class Subject:
    """What may be told of a thing: its title and the stage of its matter; both empty where nothing may be told.

    Of a matter that waits for opinions, which departments have not spoken, and since when.
    """

    title: str = ""
    stage: str = ""
    silent: str = ""
    silent_since: datetime | None = None


def _items(ids: set[int], reader: User) -> Titles:
    return dict(ActionItem.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", "text"))


def _letters(ids: set[int], reader: User) -> Titles:
    return dict(Letter.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", "title"))


def _addressees(ids: set[int], reader: User) -> Titles:
    seen = Letter.objects.visible_to(reader).values("pk")
    rows = Addressee.objects.filter(pk__in=ids, letter__in=seen)
    return dict(rows.values_list("pk", "letter__title"))


def _circulations(ids: set[int], reader: User) -> Titles:
    return dict(Circulation.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", "title"))


def _countersigns(ids: set[int], reader: User) -> Titles:
    seen = Circulation.objects.visible_to(reader).values("pk")
    rows = Countersign.objects.filter(pk__in=ids, circulation__in=seen)
    return dict(rows.values_list("pk", "circulation__title"))


def _loans(ids: set[int], reader: User) -> Titles:
    rows = Loan.objects.visible_to(reader).filter(pk__in=ids)
    return {row.pk: str(row) for row in rows}


def _outside_papers(ids: set[int], reader: User) -> Titles:
    return dict(OutsidePaper.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", "title"))


def _procedures(ids: set[int], reader: User) -> Titles:
    rows = ProcedureReading.objects.visible_to(reader).filter(pk__in=ids)
    return dict(rows.values_list("pk", "version__procedure__title"))


def _defects(ids: set[int], reader: User) -> Titles:
    return dict(Defect.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", "text"))


def _improvements(ids: set[int], reader: User) -> Titles:
    return dict(Improvement.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", "text"))


def _meetings(ids: set[int], reader: User) -> Titles:
    return dict(Meeting.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", "title"))


def _minutes(ids: set[int], reader: User) -> Titles:
    return dict(Minutes.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", "meeting__title"))


def _confirmations(ids: set[int], reader: User) -> Titles:
    seen = Minutes.objects.visible_to(reader).values("pk")
    rows = Confirmation.objects.filter(pk__in=ids, minutes__in=seen)
    return dict(rows.values_list("pk", "minutes__meeting__title"))


# Things with a title of their own; all others (an opinion, an extension, a dispute) bear that of their matter.
OWN_TITLES: dict[str, Callable[[set[int], User], Titles]] = {
    ActionItem.SUBJECT: _items,
    Letter.SUBJECT: _letters,
    Addressee.SUBJECT: _addressees,
    Circulation.SUBJECT: _circulations,
    Countersign.SUBJECT: _countersigns,
    Loan.SUBJECT: _loans,
    OutsidePaper.SUBJECT: _outside_papers,
    ProcedureReading.SUBJECT: _procedures,
    Defect.SUBJECT: _defects,
    Improvement.SUBJECT: _improvements,
    Meeting.SUBJECT: _meetings,
    Minutes.SUBJECT: _minutes,
    Confirmation.SUBJECT: _confirmations,
}


def subjects_of(duties: Iterable[Obligation], reader: User) -> dict[int, Subject]:
    """By the id of the duty: title and stage, as far as this reader may see them."""
    rows = list(duties)
    matters = {
        pk: Subject(*told) for pk, *told in _matters({duty.case_id for duty in rows if duty.case_id}, reader)
    }
    own = {
        kind: titles({duty.subject_id for duty in rows if duty.subject_type == kind}, reader)
        for kind, titles in OWN_TITLES.items()
        if any(duty.subject_type == kind for duty in rows)
    }
    return {duty.pk: _subject(duty, matters.get(duty.case_id or 0, Subject()), own) for duty in rows}


def _matters(ids: set[int], reader: User) -> list[tuple[Any, ...]]:
    if not (ids and reader.is_authenticated and reader.is_active):
        return []
    person, departments, levels = sight(reader)
    return _seen_by(levels)(ids, person, departments)


# Departments that were asked for their opinion and have not given it.
_WAITING = Participant.objects.awaiting_opinion().filter(
    matter=OuterRef("pk"), matter__stage__in=STAGES, notified_at__isnull=False
)
_BY_MATTER = _WAITING.order_by().values("matter")
SILENT = (
    Subquery(_BY_MATTER.annotate(said=StringAgg("department_name", "、", order_by="pk")).values("said")),
    Subquery(_BY_MATTER.annotate(said=Min("notified_at")).values("said")),
)


@cache
def _seen_by(levels: tuple[str, ...]) -> Prepared:
    return Prepared(
        lambda ids, person, departments: (
            CoordinationRequest.objects.seen_among(person, departments, levels)
            .filter(pk__in=ids)
            .values_list("pk", "title", "stage", *SILENT)
            .order_by()
        )
    )


def _subject(duty: Obligation, matter: Subject, own: dict[str, Titles]) -> Subject:
    if duty.subject_type in OWN_TITLES:
        return Subject(own[duty.subject_type].get(duty.subject_id, ""), matter.stage)
    return matter
