"""Asking a transition whether it may run, and hearing a sentence when it may not.

A django-fsm transition carries its permission and its guards; `insist` asks them one by one and turns the first
no into a refusal that says what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cache
from typing import Any, Self, TypeVar

import django_fsm
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from audit.refusals import NotReady, NotYours
from audit.rows import FromRow


class StateField(django_fsm.FSMField):
    """django-fsm's field; to a migration it is the column that it is.

    Each field of django-fsm listens to every class that is made from then on. A migration makes thousands, and with as many
    listeners half of its time went into asking them.
    """

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs


class Stateful(FromRow, django_fsm.ConcurrentTransitionMixin):
    """Stands before `models.Model`: a row whose state has moved on meanwhile is not saved over.

    django-fsm asks every field of the model for it whenever a row is read; a list reads thirty and saves none.
    """

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], *, fetch_mode: Any = None
    ) -> Self:
        new = super().from_db(db, field_names, values)
        new._update_initial_state()
        return new

    def _update_initial_state(self) -> None:
        names, loaded = _state_names(type(self)), self.__dict__
        if all(name in loaded for name in names):
            self._ConcurrentTransitionMixin__initial_states = {name: loaded[name] for name in names}
        else:  # deferred: django-fsm reads it
            super()._update_initial_state()


@cache
def _state_names(model: type[Any]) -> tuple[str, ...]:
    return tuple(
        field.attname for field in model._meta.concrete_fields if isinstance(field, django_fsm.FSMFieldMixin)
    )


Guard = TypeVar("Guard", bound=Callable[..., bool])
Method = TypeVar("Method", bound=Callable[..., Any])


def transition(
    field: Any,
    *,
    source: Any,
    target: Any,
    permission: Callable[..., bool] | None = None,
    conditions: Sequence[Callable[..., bool]] = (),
) -> Callable[[Method], Method]:
    """django-fsm's decorator, typed so that a guard may name the model that it is about."""
    mark: Any = django_fsm.transition(
        field, source=source, target=target, permission=permission, conditions=list(conditions)
    )
    marked: Callable[[Method], Method] = mark
    return marked


def says(sentence: str | Promise) -> Callable[[Guard], Guard]:
    """Give a guard the sentence that a person reads when it does not hold."""

    def mark(guard: Guard) -> Guard:
        guard.sentence = sentence  # type: ignore[attr-defined]  # a function may carry attributes
        return guard

    return mark


def _transition(method: Any) -> tuple[Any, Any]:
    instance, meta = method.__self__, method._django_fsm
    return instance, meta.get_transition(meta.field.get_state(instance))


def why_not(method: Any) -> str | None:
    """The sentence of the first guard that does not hold; None when the transition can run now."""
    instance, transition = _transition(method)
    if transition is None:
        state = instance.state_words()
        return _("This is not possible now: it stands at “%(state)s”.") % {"state": state}
    for guard in transition.conditions or ():
        if not guard(instance):
            return str(getattr(guard, "sentence", guard.__name__))
    return None


def is_allowed(method: Any, user: Any) -> bool:
    """May this person run the transition in the present state, guards left aside?"""
    instance, transition = _transition(method)
    return transition is not None and transition.has_perm(instance, user)


def insist(method: Any, by: Any) -> None:
    """Raise NotYours or NotReady unless the person may and the guards hold.

    An impossible state is told before a missing right, so that the second of two people learns what happened.
    """
    instance, transition = _transition(method)
    if transition is None:
        raise NotReady(why_not(method) or "")
    if not transition.has_perm(instance, by):
        raise NotYours(_("You cannot do this here. Ask the coordination office if you think you should."))
    refusal = why_not(method)
    if refusal:
        raise NotReady(refusal)
