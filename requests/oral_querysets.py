"""Named reads of matters that began on an oral order."""

from __future__ import annotations

from typing import Self

from requests.querysets import OfMatterQuerySet


class OralOrderQuerySet(OfMatterQuerySet):
    def for_list_page(self) -> Self:
        return self.select_related("matter", "matter__filed_by", "ordered_by", "recorded_by")
