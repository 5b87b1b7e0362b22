"""Addresses of things by their ids, written once for each page: a list asks for the same one in every row."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

FIRST = 10**15  # no id is as long as that


def address(page: str, *ids: int) -> str:
    """What `reverse` says for a page and the ids of its things. Raises NoReverseMatch for a page that does not exist."""
    found = _written(page, len(ids), settings.ROOT_URLCONF)
    for place, one in enumerate(ids):
        found = found.replace(str(FIRST + place), str(int(one)))
    return found


@cache
def _written(page: str, ids: int, _root: str) -> str:
    return reverse(page, args=[FIRST + place for place in range(ids)])


def link(page: str, *ids: int) -> str:
    """The address of a page that may live in an app above; empty while there is none."""
    try:
        return address(page, *ids)
    except NoReverseMatch:
        return ""


def way_back(request: HttpRequest, otherwise: str, name: str = "back") -> str:
    """The page of this house from which a form was sent, where the form says so; never an address elsewhere."""
    said = request.POST.get(name, "")
    here = url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure())
    return said if here else otherwise
