"""What the pages of the matter begin with: find it, for whom it exists."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from audit.transitions import is_allowed, why_not
from organization.models import User
from pages.typing import AuthenticatedHttpRequest
from requests.looking import keep_look
from requests.models import CoordinationRequest
from requests.reads import matter_for


def the_matter(request: AuthenticatedHttpRequest, pk: int) -> CoordinationRequest:
    """The matter with all that is inside it, for whom it exists: what may not be seen is a 404, not a 403. Whoever is from
    outside reads its one page and nothing behind it (R018)."""
    found = matter_for(request.user, pk)
    if found is None or request.user.is_external:
        raise Http404
    keep_look(request.user, found, "matter")
    return found


def the_public_one(request: AuthenticatedHttpRequest, pk: int) -> CoordinationRequest:
    """The matter as its summary, for somebody to whom only the level `public` opens it (§5); else a 404."""
    public = CoordinationRequest.objects.public_to(request.user).for_public_page()
    found: CoordinationRequest = get_object_or_404(public, pk=pk)
    return found


def page_of_matter(pk: int, tab: str = "") -> str:
    """Its address, on one of its tabs."""
    address = reverse("requests:detail", args=[pk])
    return f"{address}?tab={tab}" if tab else address


def may_reject_now(matter: CoordinationRequest, user: User) -> bool:
    """Whether this person could refuse it at this moment."""
    return is_allowed(matter.reject, user) and why_not(matter.reject) is None
