"""Named reads of files. Who may see a file is decided by the app that owns its subject, never here."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import QuerySet


class FileQuerySet(QuerySet[Any]):
    def of(self, subject_type: str, subject_id: int) -> Self:
        """Every file of one thing, all versions, also removed ones."""
        return self.filter(subject_type=subject_type, subject_id=subject_id)

    def of_case(self, case_id: int) -> Self:
        """Every file of one matter and of all that hangs on it."""
        return self.filter(case_id=case_id)

    def kept(self) -> Self:
        """Files that nobody has taken back."""
        return self.filter(removed_at=None)

    def newest_versions(self) -> Self:
        """The last version of each file that was kept: what a page lists."""
        return (
            self.kept()
            .order_by("subject_type", "subject_id", "kind", "name", "-version")
            .distinct("subject_type", "subject_id", "kind", "name")
        )
