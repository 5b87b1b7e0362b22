"""Named reads of progress reviews."""

from __future__ import annotations

from typing import Self

from requests.querysets import OfMatterQuerySet


class ProgressReviewQuerySet(OfMatterQuerySet):
    def for_panel(self) -> Self:
        """With the late tasks of each, their items and the risks of the plan."""
        return self.select_related("reviewed_by").prefetch_related("late_tasks__item", "late_tasks__risk")
