"""A word on a matter, a message put on record."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.forms import OfficeForm
from requests.discussion import LONGEST
from requests.flows.discuss import LONGEST_MESSAGE
from requests.forms.acts import words
from requests.forms.choices import NOBODY
from requests.states import Channel


class CommentForm(OfficeForm):
    use_required_attribute = False

    text = words(
        _("Comment"),
        LONGEST,
        _("@ and a name tells that person; # and a number, like #协〔2026〕41号, leads there."),
    )


class MessageForm(OfficeForm):
    use_required_attribute = False

    text = words(
        _("Words of the message"), LONGEST_MESSAGE, _("Copied as it stands, nothing left out."), short=False
    )
    said_by = forms.CharField(label=_("Said by"), help_text=_("Department and name."), max_length=60)
    said_at = forms.DateTimeField(label=_("Said at"))
    channel = forms.ChoiceField(label=pgettext_lazy("message", "Source"), choices=[NOBODY, *Channel.choices])
