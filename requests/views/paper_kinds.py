"""The kinds of papers with what silence means for each: rules of the office (§3.5)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pages.acts import carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import circulation_policies as policies
from requests import flows
from requests.forms.circulations import PaperKindForm
from requests.models import PaperKind
from supervision.policies import may_read_arrangements


@require_GET
@login_required
def paper_kinds(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All kinds, those out of use last: everybody of the house may know what silence means."""
    if not may_read_arrangements(request.user):
        raise PermissionDenied
    context = {
        "rows": PaperKind.objects.order_by("-is_used", "order", "pk"),
        "may_arrange": policies.may_write_kinds(request.user),
    }
    return render(request, "requests/paper_kinds.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def paper_kind(request: AuthenticatedHttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a kind, or change one."""
    if not policies.may_write_kinds(request.user):
        raise PermissionDenied
    row = get_object_or_404(PaperKind, pk=pk) if pk else None
    names = ("name", "silence", "is_routine", "is_used")
    form = PaperKindForm(posted(request), initial={name: getattr(row, name) for name in names} if row else {})
    return carry_out(
        request, form, flows.write_paper_kind, done=_("The kinds of papers have been changed. They hold from now on."),
        then=reverse("requests:paper_kinds"), template="requests/paper_kind.html", context={"kind": row},
        paper_kind_id=pk,
    )  # fmt: skip
