"""Settings by environment: each variable is read and checked here, and told in the table of README.md.

A bad or missing value stops the start with one clear sentence; nothing is guessed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def required(name: str, why: str) -> str:
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {why}")
    return value


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no. Write 1 or 0.")


def number(name: str, default: int, *, least: int, most: int) -> int:
    value = text(name, str(default))
    if not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number from {least} to {most}.")
    return int(value)


def one_of(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = text(name, default).upper()
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r}: write one of {', '.join(choices)}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).expanduser().resolve()


def database(name: str, url: str) -> dict[str, Any]:
    """Django's dictionary for a `postgresql://user:password@host:port/name?host=/socket/folder` address.

    Raises ImproperlyConfigured for another scheme or a missing database name.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            f"{name} is not a PostgreSQL address. Write postgresql://USER:PASSWORD@HOST:5432/NAME."
        )
    options = {
        "options": "-c jit=off",
        **dict(parse_qsl(parts.query)),
    }  # short queries: compiling costs more than it saves
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,  # a connection knows the statements of the pages (pages/prepared.py)
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def broker(name: str, url: str) -> str:
    """The address of Redis or Valkey, checked for its scheme."""
    if urlsplit(url).scheme not in {"redis", "rediss", "redis+socket"}:
        raise ImproperlyConfigured(f"{name} is not a Redis address. Write redis://HOST:6379/0.")
    return url
