"""Tokens of the API: one per person, made and ended in that person's name."""

from __future__ import annotations

from typing import Any

from rest_framework import authentication
from rest_framework.authtoken.models import Token

from audit.flow import flow
from organization.models import User
from pages.prepared import Prepared


@flow
def issue_token(*, by: User) -> Token:
    """The person's token; an older one stays valid until it is ended."""
    token, _created = Token.objects.get_or_create(user=by)
    return token


@flow
def end_token(*, by: User) -> None:
    """From now on no request passes with it."""
    Token.objects.filter(user=by).delete()


TOKEN = Prepared(lambda key: Token.objects.select_related("user").filter(key=key))


class TokenAuthentication(authentication.TokenAuthentication):
    """Django REST framework's own, with its read written once; it says itself what is wrong with a token."""

    def authenticate_credentials(self, key: str) -> tuple[Any, Any]:
        token = TOKEN.get(key)
        if token is None or not token.user.is_active:
            return super().authenticate_credentials(key)
        return token.user, token
