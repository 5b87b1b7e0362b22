"""Who is acting, for whom, why and at what moment: held for the length of one transaction.

The name reaches PostgreSQL as a transaction-local setting, so that the triggers of `audit/sql/capture.sql`
can write it into the event of every changed row. A context variable carries the same facts to our own code.
"""

from __future__ import annotations

import contextvars
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from django.db import connection, transaction
from django.utils import timezone


class Actor(Protocol):
    """Someone in whose name a change can stand: a person or a named part of the system."""

    @property
    def audit_key(self) -> str:
        """A stable key: `person:7` or `system:beat`."""

    @property
    def audit_name(self) -> str:
        """The name as it was at that moment, kept with the event for ever."""


@dataclass(frozen=True)
class SystemActor:
    """A part of the system that acts by itself. It is always named, never blank (R205; a person's act is a person's)."""

    audit_key: str
    audit_name: str


SYSTEM = SystemActor("system:office", "系统")
MIGRATE = SystemActor("system:migrate", "系统（升级）")
LOGIN = SystemActor("system:login", "系统（登录）")
SHELL = SystemActor("system:shell", "系统（运维）")
DEMO = SystemActor("system:demo", "系统（演示）")
IMPORT = SystemActor("system:import", "系统（导入）")


class NoActor(Exception):
    """A change was tried in nobody's name: a mistake in our code, never the user's."""


@dataclass(frozen=True)
class Acting:
    """What one transaction knows about its origin."""

    key: str
    name: str
    behalf: str = ""
    reason: str = ""
    flow: str = ""


_acting: contextvars.ContextVar[Acting | None] = contextvars.ContextVar("acting", default=None)
_moment: contextvars.ContextVar[datetime | None] = contextvars.ContextVar("moment", default=None)
_request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")

_NOBODY = Acting("", "")


def current() -> Acting | None:
    """The acting of this transaction, or None outside of any flow."""
    return _acting.get()


def now() -> datetime:
    """The business moment, aware: the one handed down by `at_moment`, else the clock.

    Audit events never use it: they carry the database's own time.
    """
    return _moment.get() or timezone.now()  # noqa: TID251 - the one place that reads the clock


def today() -> date:
    """The business date in the office's time zone."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in the office's time zone."""
    return timezone.localtime(moment).date()


@contextmanager
def at_moment(moment: datetime) -> Iterator[None]:
    """Hand a business moment down to every flow inside; used by demo, import and tests."""
    if timezone.is_naive(moment):
        raise ValueError("A business moment needs its time zone.")
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


@contextmanager
def in_request(request_id: str) -> Iterator[None]:
    """Mark every event inside with the id of the HTTP request that caused it."""
    token = _request_id.set(request_id)
    try:
        yield
    finally:
        _request_id.reset(token)


def _tell_database(who: Acting, *, local: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.actor', %s, %s), set_config('app.actor_name', %s, %s),"
            " set_config('app.behalf', %s, %s), set_config('app.reason', %s, %s),"
            " set_config('app.flow', %s, %s), set_config('app.request_id', %s, %s)",
            [
                part
                for value in (who.key, who.name, who.behalf, who.reason, who.flow, _request_id.get())
                for part in (value, local)
            ],
        )


@contextmanager
def as_actor(
    actor: Actor, *, on_behalf_of: Actor | None = None, reason: str = "", flow: str = ""
) -> Iterator[Acting]:
    """Open one atomic block in this name. On the way out the outer name holds again, or none.

    Raises NoActor for an actor without a key.
    """
    if not actor.audit_key:
        raise NoActor("A change needs a named actor.")
    who = Acting(
        actor.audit_key, actor.audit_name, on_behalf_of.audit_name if on_behalf_of else "", reason, flow
    )
    with _acting_as(who):
        yield who


@contextmanager
def _acting_as(who: Acting) -> Iterator[None]:
    outer = _acting.get()
    inside = connection.in_atomic_block
    token = _acting.set(who)
    try:
        with transaction.atomic():
            _tell_database(who, local=True)
            yield
            if inside:
                # Releasing a savepoint keeps the settings; without this line the inner name would leak
                # into the outer transaction. A rollback to the savepoint restores them by itself.
                _tell_database(outer or _NOBODY, local=True)
    finally:
        _acting.reset(token)


@contextmanager
def same_actor(flow: str, reason: str) -> Iterator[None]:
    """A flow called inside another one of the same actor: a savepoint under its own name and reason."""
    outer = _acting.get()
    if outer is None:
        raise NoActor(f"{flow} needs by=")
    with _acting_as(replace(outer, flow=flow, reason=reason or outer.reason)):
        yield


def name_session(actor: Actor) -> None:
    """Name the whole database session: only for migrate and the shell, which are not flows."""
    _tell_database(Acting(actor.audit_key, actor.audit_name), local=False)
