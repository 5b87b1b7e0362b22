"""What of a catalogue is shown to whom: a confidential outside paper of an open matter is no word to whoever may not read it
(R066)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from archive.entry import Entry
from archive.models import Dossier
from archive.states import EntryKind
from requests.models import OutsidePaper
from requests.states import Confidentiality

CLOSED = Confidentiality.CONFIDENTIAL


def hidden_papers(user: Any, matter_ids: Iterable[int]) -> dict[int, set[int]]:
    """By matter, the confidential papers that this person does not read."""
    closed = OutsidePaper.objects.standing().filter(matter__in=list(matter_ids), confidentiality=CLOSED)
    found: dict[int, set[int]] = defaultdict(set)
    rows = closed.exclude(pk__in=OutsidePaper.objects.visible_to(user).values("pk")).order_by()
    for matter_id, pk in rows.values_list("matter_id", "pk"):
        found[matter_id].add(pk)
    return found


def is_closed_paper(entry: Entry) -> bool:
    return bool(entry.kind == EntryKind.OUTSIDE and entry.snapshot["confidentiality"] == CLOSED)


def shown_entries(contents: list[Entry], user: Any, matter_id: int) -> list[Entry]:
    """What is about to be sealed, as far as it exists for this person."""
    hidden = hidden_papers(user, [matter_id])[matter_id] if any(map(is_closed_paper, contents)) else set()
    return [entry for entry in contents if not (is_closed_paper(entry) and entry.snapshot["id"] in hidden)]


def catalogue(dossier: Dossier, user: Any) -> Any:
    """The sealed entries in their order, as far as they exist for this person."""
    hidden = hidden_papers(user, [dossier.matter_id])[dossier.matter_id]
    rows = dossier.entries.order_by("order")
    return rows.exclude(kind=EntryKind.OUTSIDE, snapshot__id__in=list(hidden)) if hidden else rows


def count_for(dossiers: Iterable[Any], user: Any) -> None:
    """Each knows how many entries there are for this person (`shown_count`)."""
    dossiers = list(dossiers)
    hidden = hidden_papers(user, [dossier.matter_id for dossier in dossiers])
    for dossier in dossiers:
        dossier.shown_count = dossier.item_count - len(hidden[dossier.matter_id])
