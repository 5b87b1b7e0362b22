"""What the shell of every page shows. Nothing is counted until the shell is drawn, so fragments pay nothing."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from coordination import navigation
from organization.models import User
from organization.phrases import PHRASES_OF

THEMES = ("light", "dark", "auto")
THEME_COOKIE = "office_theme"


class Shell:
    """Navigation, bell, theme and the person of this page."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def person(self) -> User | None:
        user = getattr(self._request, "user", None)
        return user if isinstance(user, User) else None

    @cached_property
    def _lines(self) -> tuple[list[navigation.Lines], int]:
        if self.person is None:
            return [], 0
        return navigation.lines(self.person, self._request)

    @property
    def nav(self) -> list[navigation.Lines]:
        return self._lines[0]

    @cached_property
    def menu(self) -> SafeString:
        """The navigation, which stands beside the page and behind the button of a narrow one: written once."""
        return mark_safe(render_to_string("includes/nav.html", {"groups": self.nav}))  # noqa: S308 - our template

    @property
    def unread(self) -> int:
        return self._lines[1]

    @cached_property
    def phrases(self) -> list[str]:
        """Offered beside texts; asked only where a form has one that takes them."""
        person = self.person
        return PHRASES_OF(person.pk, person.authority.departments) if person else []

    @cached_property
    def theme(self) -> str:
        theme = self._request.COOKIES.get(THEME_COOKIE, "auto")
        return theme if theme in THEMES else "auto"

    @cached_property
    def notices_url(self) -> str:
        return navigation.address("notifications:list")

    @property
    def asked(self) -> str:
        """What was searched for, kept in the box of the search page."""
        return self._request.GET.get("q", "") if self._request.path == navigation.address("search") else ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"shell": Shell(request)}
