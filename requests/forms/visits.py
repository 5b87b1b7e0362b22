"""Forms of site visits (R046), short enough for a phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.acting import today
from pages.forms import OfficeForm
from requests.flows.visits import LONGEST
from requests.forms.acts import why, words
from requests.forms.file import FilesField, Uploads


def photos(*, needed: bool) -> FilesField:
    """The phone offers its camera and its album."""
    return FilesField(
        label=_("Photos"), required=needed, widget=Uploads({"accept": "image/*"}),
        help_text=_("jpg or png, several at once, each at most 20 MB."),
    )  # fmt: skip


class VisitForm(OfficeForm):
    use_required_attribute = False

    place = forms.CharField(label=_("Place"), max_length=LONGEST["place"])
    visited_on = forms.DateField(
        label=_("Day of the visit"), help_text=_("A day that has passed is marked as entered later.")
    )
    people = words(
        pgettext_lazy("visit", "Who was there"),
        LONGEST["people"],
        _("Departments and names, like 物资部 林佳."),
    )
    findings = words(
        _("What was found"), LONGEST["findings"], _("What one sees there, in figures where there are any.")
    )
    result = words(
        pgettext_lazy("visit", "Result"),
        LONGEST["result"],
        _("What was agreed on the spot, or what still has to be settled."),
    )
    photos = photos(needed=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"visited_on": today()}, **kwargs})


class PhotosForm(OfficeForm):
    use_required_attribute = False

    photos = photos(needed=True)


class WithdrawVisitForm(OfficeForm):
    use_required_attribute = False

    reason = why(pgettext_lazy("form", "Reason"), 300)
