"""The form of how somebody wants to hear of things (R069)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.flows import LARGEST_MOST
from notifications.states import MOST_PER_DAY, Way
from pages.forms import OfficeForm


class SubscriptionForm(OfficeForm):
    use_required_attribute = False

    info = forms.ChoiceField(
        label=_("For your information"), choices=Way.choices, widget=forms.RadioSelect, initial=Way.AT_ONCE,
        help_text=_("That something was accepted, changed, published, and the like."),
    )  # fmt: skip
    result = forms.ChoiceField(
        label=_("Results"), choices=Way.choices, widget=forms.RadioSelect, initial=Way.AT_ONCE,
        help_text=_("What came of something that you asked for."),
    )  # fmt: skip
    most_per_day = forms.IntegerField(
        label=_("At most a day"), min_value=1, max_value=LARGEST_MOST, initial=MOST_PER_DAY,
        help_text=_("What goes beyond is collected too."),
    )  # fmt: skip
