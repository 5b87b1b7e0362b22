"""Titles of the things that duties and notices hang on, looked up for the person who reads.

Lower apps keep kind, number and page only; a title is told to whoever may see the thing, and to nobody else. Two
queries, however many rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from organization.models import User
from requests.models import ActionItem, CoordinationRequest
from supervision.models import Obligation

ITEM = ActionItem.SUBJECT


@dataclass(frozen=True)
class Subject:
    """What may be told of a thing: its title and the stage of its matter; both empty where nothing may be told."""

    title: str = ""
    stage: str = ""


def subjects_of(duties: Iterable[Obligation], reader: User) -> dict[int, Subject]:
    """By the id of the duty: title and stage, as far as this reader may see them."""
    rows = list(duties)
    matters = {
        pk: (title, stage)
        for pk, title, stage in CoordinationRequest.objects.visible_to(reader)
        .filter(pk__in={duty.case_id for duty in rows if duty.case_id})
        .values_list("pk", "title", "stage")
    }
    ids = {duty.subject_id for duty in rows if duty.subject_type == ITEM}
    items = (
        dict(ActionItem.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", "text"))
        if ids
        else {}
    )
    return {duty.pk: _subject(duty, matters, items) for duty in rows}


def _subject(duty: Obligation, matters: dict[int, tuple[str, str]], items: dict[int, str]) -> Subject:
    title, stage = matters.get(duty.case_id or 0, ("", ""))
    if duty.subject_type == ITEM:
        title = items.get(duty.subject_id, "")
    return Subject(title, stage)
