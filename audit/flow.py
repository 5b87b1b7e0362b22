"""`@flow`: every write of the office is one transaction with a named actor."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import connection

from audit.acting import Actor, NoActor, as_actor, current, same_actor

P = ParamSpec("P")
R = TypeVar("R")


def flow(verb: Callable[P, R]) -> Callable[P, R]:
    """Run a verb of the office as one transaction in the name of its keyword `by`.

    - A verb called with `by=` opens a transaction (a savepoint inside another flow) in that name; its `reason=`,
      when it has one, goes into the audit events.
    - A verb without `by` (a lower app's: `owe`, `announce`) runs in the transaction and name of the flow around
      it, and raises NoActor outside of one.

    Nothing of a refused act remains: the exception leaves the block and the transaction is rolled back.
    """
    name = f"{verb.__module__.split('.')[0]}.{verb.__name__}"

    @functools.wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        by = kwargs.get("by")
        reason = str(kwargs.get("reason") or "")
        if by is None:
            if current() is None or not connection.in_atomic_block:
                raise NoActor(f"{name} needs by=, or a flow around it")
            return verb(*args, **kwargs)
        actor: Actor = by  # type: ignore[assignment]  # ParamSpec cannot say that `by` is an Actor
        outer = current()
        if outer is not None and outer.key == actor.audit_key:
            with same_actor(name, reason):
                return verb(*args, **kwargs)
        with as_actor(actor, reason=reason, flow=name):
            return verb(*args, **kwargs)

    return run
