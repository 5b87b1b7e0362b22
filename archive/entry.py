"""One line of a dossier's catalogue, and how a source makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from archive.canonical import picture, sha256_of
from archive.states import EntryKind
from documents.models import File
from requests.models import CoordinationRequest


@dataclass(frozen=True)
class Entry:
    """One line of the catalogue before it is sealed."""

    kind: EntryKind
    responsible: str
    title: str
    at: datetime
    source_type: str
    source_id: int
    number: str = ""
    snapshot: Any = None
    file: File | None = None

    @property
    def dated(self) -> str:
        return f"{timezone.localtime(self.at):%Y%m%d}"

    @property
    def sha256(self) -> str:
        return self.file.sha256 if self.file else sha256_of(self.snapshot)


Source = Callable[[CoordinationRequest], Iterator[Entry]]


def of_matter(matter: CoordinationRequest, kind: EntryKind, at: datetime | None, snapshot: Any) -> Entry:
    return Entry(
        kind=kind, responsible=matter.department_name, title=str(kind.label), at=at or matter.created_at,
        source_type=matter.SUBJECT, source_id=matter.pk, number=matter.number or "", snapshot=snapshot,
    )  # fmt: skip


def pictures(rows: Iterable[Model]) -> list[dict[str, Any]]:
    return [picture(row) for row in rows]
