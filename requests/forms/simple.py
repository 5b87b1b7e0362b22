"""The forms of the simple track (R039)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests.forms.acts import ActForm, ItemForm, said, why
from requests.models import CoordinationRequest

# What hangs on more than one question has no place in a simple matter.
LEFT_OUT = ("question", "co_departments", "report_every")


class FullTrackForm(ActForm):
    reason = why(pgettext_lazy("form", "Reason"), 200, _("The departments that take part read it."))


class SettleForm(ItemForm):
    """The resolution, and the one item that carries it out."""

    resolution = said(_("Resolution"), 1000, _("What is settled, in sentences that can be carried out."))

    field_order = ("resolution",)

    def prepare(self, matter: CoordinationRequest) -> None:
        super().prepare(matter)
        for name in LEFT_OUT:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        resolution = cleaned.pop("resolution", "")
        cleaned.pop("co_departments", None)
        return {"resolution": resolution, "item": cleaned}
