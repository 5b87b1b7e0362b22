"""Who asks is known by the cookie of the browser: session, account and posts are read once, not once for each of the requests.

What a person may is a function of the posts in the world of the table, which each request leaves as it found it; a request
itself reads them once too (`User.authority`). That the cookie finds the right account is the business of tests/organization.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import middleware
from django.contrib.auth.models import AnonymousUser


@contextmanager
def known(browsers: dict[str, Any], people: dict[str, Any]) -> Iterator[None]:
    """Inside, each browser is the person of its role; a request gets a copy, so that nothing it loads outlives it."""
    by_cookie = {}
    for role, browser in browsers.items():
        if role in people:
            _ = people[role].authority
            by_cookie[browser.cookies[settings.SESSION_COOKIE_NAME].value] = people[role]

    def who(request: Any) -> Any:
        person = by_cookie.get(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))
        return _copy(person) if person is not None else AnonymousUser()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "get_user", who)
        yield


def _copy(person: Any) -> Any:
    own = copy.copy(person)
    own._state = copy.copy(person._state)
    own._state.fields_cache = {}
    return own
