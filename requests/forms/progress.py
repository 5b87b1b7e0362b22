"""The progress review: a word on the whole, and for each late task its cause and its measure (R088, R098)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.forms import OfficeForm, dress
from requests.forms.acts import if_any, said
from requests.forms.plan import choice
from requests.late_items import Late
from requests.models import PlanRisk
from requests.plan_states import DelayMeasure
from requests.progress_states import DelayCause

PARTS = ("cause", "cause_text", "measure", "measure_text", "risk")


class ProgressReviewForm(OfficeForm):
    """What nobody filled in is refused by the flow, beside its field."""

    use_required_attribute = False

    note = said(
        _("How it goes"), 1000, _("What has been reached since last time, what comes next, what to watch.")
    )

    def __init__(self, *args: Any, late: Sequence[Late], risks: Sequence[PlanRisk], **kwargs: Any) -> None:
        self.late = late
        super().__init__(*args, **kwargs)
        for one in late:
            for part, field in self._fields(risks).items():
                dress(field)
                self.fields[f"{part}_{one.item.pk}"] = field

    def _fields(self, risks: Sequence[PlanRisk]) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {
            "cause": choice(_("Cause of the delay"), DelayCause.choices, needed=False),
            "cause_text": if_any(_("How it came to it"), 300, _("For another cause it has to be written.")),
            "measure": choice(_("Measure against delay"), DelayMeasure.choices, needed=False),
            "measure_text": if_any(_("What is done"), 300, _("Who does what until when.")),
        }
        for name in ("cause", "measure", "measure_text"):
            found[name].needed_at_times = True  # type: ignore[attr-defined]  # read by the page of a form
        if risks:
            found["risk"] = forms.ModelChoiceField(
                PlanRisk.objects.filter(pk__in=[risk.pk for risk in risks]), label=pgettext_lazy("risk", "Risk of the plan"),
                required=False, empty_label=_("None"),
                help_text=_("Where its contingency is used now: it is entered as occurred, and its measure holds if none is chosen."),
            )  # fmt: skip
        return found

    def clean(self) -> dict[str, Any]:
        """What the flow takes."""
        given = super().clean() or {}
        tasks = [
            {"item": one.item, **{part: given.get(f"{part}_{one.item.pk}") for part in PARTS}}
            for one in self.late
        ]
        return {"note": given.get("note", ""), "tasks": tasks}

    @property
    def rows(self) -> list[tuple[Late, list[Any]]]:
        """Each late task with its controls."""
        return [
            (
                one,
                [self[f"{part}_{one.item.pk}"] for part in PARTS if f"{part}_{one.item.pk}" in self.fields],
            )
            for one in self.late
        ]
