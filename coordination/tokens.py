"""Tokens of the API: one per person, made and ended in that person's name."""

from __future__ import annotations

from rest_framework.authtoken.models import Token

from audit.flow import flow
from organization.models import User


@flow
def issue_token(*, by: User) -> Token:
    """The person's token; an older one stays valid until it is ended."""
    token, _created = Token.objects.get_or_create(user=by)
    return token


@flow
def end_token(*, by: User) -> None:
    """From now on no request passes with it."""
    Token.objects.filter(user=by).delete()
