"""Recomputing every hash of a dossier, and saying in one sentence what was checked and whether anything differs.

A check that found nothing to check has failed (trust.md §3.3).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from archive.canonical import sha256_of
from archive.models import Dossier, DossierItem
from documents import store
from documents.models import File


@dataclass(frozen=True)
class Verdict:
    """What was read and what differed, by entry number; 0 stands for the catalogue as a whole."""

    entries: int
    files: int
    differences: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return self.entries > 0 and not self.differences

    @property
    def sentence(self) -> str:
        counts = {"entries": self.entries, "files": self.files}
        if not self.entries:
            return _("There was nothing to check: the dossier has no entries.")
        if not self.differences:
            return (
                _("%(entries)s entries, %(files)s of them files, were read again: nothing differs.") % counts
            )
        return _("%(entries)s entries, %(files)s of them files, were read again: %(what)s") % {
            **counts,
            "what": " ".join(self.differences),
        }


def verify(dossier: Dossier) -> Verdict:
    """Read every entry and every file again and compare with what was sealed. Changes nothing."""
    rows = list(dossier.entries.order_by("order"))
    files = [row for row in rows if row.snapshot is None]
    differences = [sentence for row in rows if (sentence := _difference(row))]
    if len(rows) != dossier.item_count:
        differences.append(
            _("The catalogue names %(sealed)s entries, %(found)s are there.")
            % {"sealed": dossier.item_count, "found": len(rows)}
        )
    elif manifest_of(dossier) != dossier.manifest_sha256:
        differences.append(_("The catalogue is not the one that was sealed."))
    return Verdict(len(rows), len(files), differences)


def manifest_of(dossier: Dossier) -> str:
    """One hash over the whole catalogue: numbers, hashes and what every line says."""
    lines = [
        [row.order, row.kind, row.responsible, row.number, row.title, row.dated, row.file_name, row.sha256]
        for row in dossier.entries.order_by("order")
    ]
    head = [dossier.archive_no, dossier.title, dossier.retention.code, dossier.category]
    return sha256_of([head, lines])


def _difference(row: DossierItem) -> str:
    if row.snapshot is not None:
        if sha256_of(row.snapshot) == row.sha256:
            return ""
        return _("Entry %(order)s differs from what was sealed.") % {"order": row.order}
    path = File.objects.filter(pk=row.source_id).values_list("path", flat=True).first()
    data = store.open_verified(path, row.sha256) if path else None
    if data is None:
        return _("The file of entry %(order)s is missing or differs.") % {"order": row.order}
    data.close()
    return ""
