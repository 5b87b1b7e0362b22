"""Named reads of gains and losses."""

from __future__ import annotations

from typing import Self

from requests.querysets import OfMatterQuerySet


class EffectQuerySet(OfMatterQuerySet):
    def standing(self) -> Self:
        """What has not been taken back."""
        return self.filter(withdrawn_at=None)

    def for_panel(self) -> Self:
        return self.select_related("stated_by", "compensated_by", "department", "goal__parent")
