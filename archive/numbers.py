"""Archive numbers (档号): fonds–category·year–term–office–item number, without gaps (R188)."""

from __future__ import annotations

from django.conf import settings

from archive.models import ArchiveCounter
from archive.states import SIGNS
from audit.flow import flow


@flow
def take(*, year: int, term: str, category: str) -> str:
    """The next number, like `L001-WS·2026-D30-XTB-0041`; given back when the seal is rolled back."""
    key = {"fonds": settings.ARCHIVE_FONDS, "year": year, "term": term, "office": settings.ARCHIVE_OFFICE}
    if not ArchiveCounter.objects.filter(**key).exists():
        ArchiveCounter.objects.bulk_create([ArchiveCounter(**key)], ignore_conflicts=True)
    row = ArchiveCounter.objects.select_for_update().get(**key)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{row.fonds}-{SIGNS[category]}·{year}-{term}-{row.office}-{row.last:04d}"
