"""What the pages of the matter begin with: find it, for whom it exists."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.urls import reverse

from pages.typing import AuthenticatedHttpRequest
from requests.models import CoordinationRequest


def the_matter(request: AuthenticatedHttpRequest, pk: int) -> CoordinationRequest:
    """The matter, for whom it exists: what may not be seen is a 404, not a 403."""
    found: CoordinationRequest = get_object_or_404(
        CoordinationRequest.objects.visible_to(request.user).with_people(), pk=pk
    )
    return found


def the_public_one(request: AuthenticatedHttpRequest, pk: int) -> CoordinationRequest | None:
    """The matter as its summary, for somebody to whom only the level `public` opens it (§5)."""
    if CoordinationRequest.objects.visible_to(request.user).filter(pk=pk).exists():
        return None
    found: CoordinationRequest | None = (
        CoordinationRequest.objects.public_to(request.user).for_public_page().filter(pk=pk).first()
    )
    return found


def page_of_matter(pk: int, tab: str = "") -> str:
    """Its address, on one of its tabs."""
    address = reverse("requests:detail", args=[pk])
    return f"{address}?tab={tab}" if tab else address
