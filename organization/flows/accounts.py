"""Logins and passwords."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from audit.acting import Actor, now
from audit.flow import flow
from audit.refusals import Invalid
from organization import policies
from organization.flows.steps import require, tell
from organization.models import User


@flow
def remember_login(*, user_id: int, by: Actor) -> None:
    """Note the moment of a login, in the name of the login itself (`audit.acting.LOGIN`)."""
    User.objects.filter(pk=user_id).update(last_login=now())


@flow
def change_password(*, password: str, by: User) -> User:
    """A person changes their own password; the form has asked for the old one."""
    user: User = User.objects.select_for_update().get(pk=by.pk)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


@flow
def set_password(*, user_id: int, password: str, by: User) -> User:
    """Give somebody else a new password; every session of theirs ends."""
    person: User = User.objects.select_for_update().get(pk=user_id)
    require(allowed=policies.may_change_account(person, by), sentence=NOT_YOUR_OWN)
    check_password_strength(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    tell(person, "set_password", gettext_noop("%(actor)s set a new password."))
    return person


NOT_YOUR_OWN = _("Only the system administrator may do this, and not with their own account.")


def check_password_strength(password: str, person: User) -> None:
    """Raise Invalid beside the password field when it is too easy to guess."""
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise Invalid(weak.messages[0], fields={"password": weak.messages}) from weak
