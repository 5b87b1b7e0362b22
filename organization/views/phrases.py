"""Stock phrases (常用语): the own ones and those of the departments, on one page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.refusals import NotYours
from organization import flows, policies
from organization.forms import PhraseForm, PhraseTextForm
from organization.phrases import Phrase
from organization.views.doors import inside
from pages.acts import carry_out, hand_in
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest


@inside("GET", "POST")
def phrases(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Read them, and keep one more."""
    if not policies.may_keep_phrases(request.user):
        raise NotYours(_("Stock phrases are for those of the house who write."))
    form = PhraseForm(posted(request), person=request.user)
    if hand_in(form, lambda: flows.keep_phrase(by=request.user, **form.cleaned_data)):
        messages.success(request, _("The phrase has been kept."))
        return redirect("organization:phrases")
    rows = Phrase.objects.visible_to(request.user).select_related("department")
    context = {
        "own": [row for row in rows if row.owner_id],
        "shared": [(row, policies.may_change_phrase(row, request.user)) for row in rows if row.department_id],
    }
    return answer(request, "organization/phrases.html", context, form)


@inside("GET", "POST")
def change(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Mend one."""
    phrase = _mine(request, pk)
    return carry_out(
        request,
        PhraseTextForm(posted(request), initial={"text": phrase.text}),
        flows.change_phrase,
        done=_("The phrase has been changed."),
        template="organization/phrase.html",
        context={"phrase": phrase},
        then=reverse("organization:phrases"),
        phrase_id=pk,
    )


@inside("POST")
def drop(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    flows.drop_phrase(phrase_id=_mine(request, pk).pk, by=request.user)
    messages.success(request, _("The phrase has been dropped."))
    return redirect("organization:phrases")


def _mine(request: AuthenticatedHttpRequest, pk: int) -> Phrase:
    phrase: Phrase = get_object_or_404(Phrase.objects.visible_to(request.user), pk=pk)
    if not policies.may_change_phrase(phrase, request.user):
        raise NotYours(_("Phrases of a department are kept by its head and its liaisons."))
    return phrase
