"""Who may take a file back. Who may add or read one is decided by the app that owns its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from documents.models import File
    from organization.models import User


def may_remove(file: File, user: User) -> bool:
    """Only the person who uploaded it."""
    return file.uploaded_by_id == user.pk and not user.authority.changes_nothing
