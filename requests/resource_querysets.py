"""Named reads of requests for resources."""

from __future__ import annotations

from typing import Self

from requests.querysets import OfMatterQuerySet
from requests.resource_states import AskState


class ResourceRequestQuerySet(OfMatterQuerySet):
    def open(self) -> Self:
        return self.filter(state=AskState.ASKED)

    def standing(self) -> Self:
        """What was asked and not withdrawn."""
        return self.exclude(state=AskState.WITHDRAWN)

    def for_list_page(self) -> Self:
        return self.select_related("matter", "department", "asked_by", "answered_by", "withdrawn_by")
