"""The request of a view behind `login_required`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


class AuthenticatedHttpRequest(HttpRequest):
    """A request whose user is a person, never anonymous."""

    if TYPE_CHECKING:
        # The project's own user model, by way of the stubs: this app lies below `organization`.
        user: _User
