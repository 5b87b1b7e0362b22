"""Named reads of notices: everybody reads their own and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

if TYPE_CHECKING:
    from notifications.models import Notice  # noqa: F401 - for the generic below
    from organization.models import User


class NoticeQuerySet(QuerySet[Any]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not user.is_authenticated:
            return self.none()
        return self.filter(recipient=user)

    def unread(self) -> Self:
        """What the bell counts: not read, and not waiting to be told of together."""
        return self.filter(read_at=None, is_collected=False)

    def collected(self) -> Self:
        """Told of together once a day, and not read (R069)."""
        return self.filter(read_at=None, is_collected=True)

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")
