"""The way into filing: the six categories with their templates, an empty form, an own earlier matter (R041)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from pages.answers import answer
from pages.typing import AuthenticatedHttpRequest
from requests import flows, policies
from requests.models import CoordinationRequest, RequestTemplate
from requests.states import BELONGS, Category, Stage

MOST_EARLIER, MOST_DRAFTS = 6, 3


@dataclass(frozen=True)
class Card:
    """One category: its word, what belongs there, what one can start from."""

    category: Category
    belongs: Any
    templates: list[RequestTemplate]


@require_http_methods(["GET", "POST"])
@login_required
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Choose what the form starts with. Looking at the address opens nothing yet."""
    if request.method == "POST":
        return _start(request)
    own = CoordinationRequest.objects.visible_to(request.user).filter(filed_by=request.user)
    earlier = own.exclude(number=None).exclude(stage=Stage.DRAFT)
    context = {
        "cards": _cards(request),
        "drafts": own.filter(stage=Stage.DRAFT).exclude(title="").order_by("-pk")[:MOST_DRAFTS],
        "earlier": _earlier(request, earlier),
        "has_earlier": earlier.exists(),
        "may_file": policies.may_file(request.user),
        "may_edit": policies.may_edit_templates(request.user),
    }
    return answer(request, "requests/start.html", context)


def _earlier(request: AuthenticatedHttpRequest, own: Any) -> list[CoordinationRequest]:
    """The newest own matters, or those that were looked for; the one whose page the person came from stands alone."""
    if wanted := _id(request.GET.get("copy", "")):
        return list(own.filter(pk=wanted))
    return list(own.search(request.GET.get("q", "")[:60])[:MOST_EARLIER])


def _start(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What is asked for exists for this person, else it is a 404; the flow refuses the rest."""
    given: dict[str, Any] = {"category": request.POST.get("category", "")}
    if "template" in request.POST:
        offered = RequestTemplate.objects.visible_to(request.user)
        given["template_id"] = get_object_or_404(offered, pk=_id(request.POST["template"])).pk
    if "copy" in request.POST:
        seen = CoordinationRequest.objects.inside(request.user)
        given["matter_id"] = get_object_or_404(seen, pk=_id(request.POST["copy"])).pk
    matter = flows.start_from(by=request.user, **given)
    return redirect("requests:form", matter.pk)


def _id(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < len(str(2**63)) else 0


def _cards(request: AuthenticatedHttpRequest) -> list[Card]:
    offered = list(RequestTemplate.objects.visible_to(request.user).active())
    return [
        Card(category, BELONGS[category], [row for row in offered if row.category == category])
        for category in Category
    ]
