"""Forms of the digest for the leaders (R067)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.models import User
from pages.forms import OfficeForm, seen_field
from requests.digest_text import LONGEST, made_from
from requests.flows.digests import leaders_of, seen_of
from requests.forms.acts import words
from requests.models import CoordinationRequest, Digest
from requests.models.digests import PARTS


class DigestForm(OfficeForm):
    """Begins with what the office wrote last, or with what the matter says."""

    use_required_attribute = False

    question = words(
        _("Question"), LONGEST["question"], _("What has to be decided, in two or three sentences.")
    )
    positions = words(
        _("Positions"),
        LONGEST["positions"],
        _("One line for each department: what it says, and why."),
        short=False,
    )
    options = words(
        _("Options"), LONGEST["options"], _("What could be decided, with what speaks for and against it.")
    )
    recommendation = words(
        _("Recommendation"), LONGEST["recommendation"], _("What the office proposes, and its ground.")
    )
    seen = seen_field()

    def __init__(
        self, *args: Any, matter: CoordinationRequest, digest: Digest | None, anew: bool, **kwargs: Any
    ) -> None:
        written = {name: getattr(digest, name) for name in PARTS} if digest and not anew else None
        start = {**(written or made_from(matter)), "seen": seen_of(digest)}
        super().__init__(*args, initial=start, **kwargs)


class LeadersChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # the stubs want a model, Django takes none
    """Whoever decides on the matter, as boxes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)


class PresentDigestForm(OfficeForm):
    use_required_attribute = False

    leaders = LeadersChoice(label=_("Leaders"), help_text=_("Each is told, and finds the page in one step."))

    def __init__(self, *args: Any, matter: CoordinationRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [person.pk for person in leaders_of(matter)]
        field: Any = self.fields["leaders"]
        field.queryset = User.objects.active().filter(pk__in=offered)
