"""Named reads of the log. Append-only: there is no write here."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import QuerySet


class EventQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Auditors read every event; nobody else reads one here (domain §5, row Audit log)."""
        return self if getattr(user, "may_read_audit", False) else self.none()

    def of_object(self, table: str, pk: int | str) -> Self:
        """Everything that ever happened to one row, oldest first."""
        return self.filter(object_type=table, object_id=str(pk)).order_by("pk")


class TransitionLogQuerySet(QuerySet[Any]):
    def of_case(self, case_id: int) -> Self:
        """The story of one matter with all that hangs on it, newest first."""
        return self.filter(case_id=case_id).order_by("-at", "-pk")

    def of(self, subject_type: str, subject_id: int) -> Self:
        """The story of one thing, newest first."""
        return self.filter(subject_type=subject_type, subject_id=subject_id).order_by("-at", "-pk")


class ReadingQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Auditors see who looked into the log, themselves included."""
        return self if getattr(user, "may_read_audit", False) else self.none()

    def of_case(self, case_id: int) -> Self:
        """Looks at one matter and what hangs on it, newest first. Who may read them says the app that owns it."""
        return self.filter(filters__matter=str(case_id)).order_by("-at", "-pk")
