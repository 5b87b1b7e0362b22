"""What is written about people's own accounts."""

from __future__ import annotations

from audit.acting import Actor, now
from audit.flow import flow
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
