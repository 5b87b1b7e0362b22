"""System checks: the name `requests`, and who the application is in the database."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


@register("names")
def requests_is_our_app(**_: Any) -> list[CheckMessage]:
    """E001 and E002: the module `requests` is ours and the HTTP library of that name is not installed."""
    found: list[CheckMessage] = []
    spec = importlib.util.find_spec("requests")
    if spec is None or spec.origin != str(settings.BASE_DIR / "requests" / "__init__.py"):
        found.append(
            Error(
                f"`import requests` finds {spec.origin if spec else 'nothing'}, not this project's app.",
                hint="Uninstall the HTTP library of that name; use httpx (docs/the-name-requests.md).",
                id="coordination.E001",
            )
        )
    try:
        importlib.metadata.distribution("requests")
    except importlib.metadata.PackageNotFoundError:
        return found
    found.append(
        Error(
            "The HTTP library `requests` is installed beside our app of that name.",
            hint="Uninstall it and compile the lock again with requirements/constraints.txt.",
            id="coordination.E002",
        )
    )
    return found


@register(Tags.security, deploy=True)
def works_without_owning_tables(**_: Any) -> list[CheckMessage]:
    """W001: with one role for both, whoever takes over the web process could switch the audit triggers off."""
    if settings.DATABASE_OWNER_URL == settings.DATABASE_APP_URL and not settings.EMBEDDED:
        return [
            Warning(
                "The application connects as the owner of its tables.",
                hint="Create a second role and set DATABASE_URL (works) and DATABASE_OWNER_URL (migrates).",
                id="coordination.W001",
            )
        ]
    return []
