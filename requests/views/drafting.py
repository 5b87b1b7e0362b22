"""Action items before they are issued (form F10): write one down, strike one out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pages.acts import carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, policies, powers
from requests.approval_states import Power
from requests.flows.issue import WHO_DRAFTS
from requests.forms.acts import ItemForm
from requests.models import ActionItem
from requests.states import ItemState, Stage
from requests.views.shared import page_of_matter, the_matter


@require_http_methods(["GET", "POST"])
@login_required
def draft_item(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One more item; “and the next” comes back to an empty form."""
    matter = the_matter(request, pk)
    if not policies.may_draft_items(matter, request.user):
        powers.insist(matter, request.user, Power.ITEMS, otherwise=WHO_DRAFTS)
    if request.method == "GET" and matter.stage not in (Stage.DECISION, Stage.EXECUTION):
        messages.warning(request, _("Action items are drafted while the matter is decided or carried out."))
        return redirect("requests:detail", pk)
    drafted = matter.items.filter(state=ItemState.DRAFTED).select_related("assignee")
    here = reverse("requests:draft_item", args=[pk])
    return carry_out(
        request,
        ItemForm(posted(request), matter=matter),
        flows.draft_item,
        done=_("The action item has been drafted."),
        template="requests/draft_item.html",
        context={"matter": matter, "drafted": drafted},
        then=here if request.POST.get("go") == "next" else page_of_matter(pk),
        matter_id=pk,
    )


@require_POST
@login_required
def discard_item(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Strike out a drafted item."""
    matter = the_matter(request, pk)
    item = get_object_or_404(ActionItem, matter=matter, pk=item_pk)
    flows.discard_item(item_id=item.pk, by=request.user)
    messages.success(request, _("The draft has been struck out."))
    return redirect("requests:draft_item", pk)
