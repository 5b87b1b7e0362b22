"""Named reads of appeals against a decision."""

from __future__ import annotations

from typing import Self

from django.db.models import Q

from requests.appeal_states import AppealOutcome
from requests.change_states import ChangeState
from requests.querysets import OfMatterQuerySet

CHANGED = (ChangeState.IMPLEMENTED, ChangeState.VERIFIED)


class AppealQuerySet(OfMatterQuerySet):
    def waiting(self) -> Self:
        """Not ruled on yet."""
        return self.filter(outcome="")

    def to_be_changed(self) -> Self:
        """Upheld, and what was decided has not been changed yet."""
        return self.filter(outcome=AppealOutcome.UPHELD).exclude(changes__state__in=CHANGED)

    def unsettled(self) -> Self:
        """What still holds up the end of the execution."""
        changed = Q(changes__state__in=CHANGED)
        return self.filter(Q(outcome="") | Q(outcome=AppealOutcome.UPHELD) & ~changed)

    def for_panel(self) -> Self:
        return self.select_related("asked_by", "ruler", "answered_by", "decided_by")
