"""People come, change and leave. An account is never deleted: the log and every record point at it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from rest_framework.authtoken.models import Token

from audit.acting import today
from audit.flow import flow
from audit.refusals import Invalid, NotReady
from organization import policies
from organization.external_units import ExternalUnit
from organization.flows.accounts import NOT_YOUR_OWN, check_password_strength
from organization.flows.posts import close_post
from organization.flows.steps import changed, require, tell, unique
from organization.models import Post, User

USERNAME_TAKEN = _("This login name is taken. Choose another one.")
UNIT_CLOSED = _("This external unit is closed. Choose another one.")


@flow
def create_person(
    *,
    username: str,
    name: str,
    by: User,
    password: str = "",
    phone: str = "",
    email: str = "",
    title: str = "",
    external_unit_id: int | None = None,
) -> User:
    """Open an account. Without a password nobody can log in with it yet."""
    require(allowed=policies.may_administer(by))
    if external_unit_id and not ExternalUnit.objects.filter(pk=external_unit_id, is_active=True).exists():
        raise Invalid(UNIT_CLOSED, fields={"external_unit": [UNIT_CLOSED]})
    person = User(
        username=username.strip(),
        name=name.strip(),
        phone=phone,
        email=email,
        title=title,
        external_unit_id=external_unit_id,
    )
    if password:
        check_password_strength(password, person)
    person.set_password(password or None)
    with unique("username", USERNAME_TAKEN):
        person.save(force_insert=True)
    tell(person, "create_person", gettext_noop("%(actor)s opened the account."))
    return person


@flow
def change_person(
    *, user_id: int, name: str, by: User, phone: str = "", email: str = "", title: str = ""
) -> User:
    """Correct what stands about a person. Old records keep the name of their time."""
    person: User = User.objects.select_for_update().get(pk=user_id)
    require(allowed=policies.may_administer(by))
    names = changed(person, {"name": name.strip(), "phone": phone, "email": email, "title": title})
    if names:
        person.save(update_fields=names)
        tell(person, "change_person", gettext_noop("%(actor)s changed the particulars."), fields=names)
    return person


@flow
def deactivate_person(*, user_id: int, by: User, reason: str = "") -> list[Post]:
    """Close an account: no login, every session and API token ends at once, the posts end today.

    Returns the posts that became vacant. What the person still owes is handed over by the rows that ending a post
    writes (`PostChange`); committees whose chair left show in the warnings.
    """
    person: User = User.objects.select_for_update().get(pk=user_id)
    require(allowed=policies.may_change_account(person, by), sentence=NOT_YOUR_OWN)
    if not person.is_active:
        raise NotReady(_("This account is closed already."))
    posts = list(person.posts.current().select_for_update().order_by("pk"))
    for post in posts:
        close_post(post, max(today(), post.since))
    person.is_active = False
    person.session_epoch += 1
    person.save(update_fields=["is_active", "session_epoch"])
    Token.objects.filter(user=person).delete()
    tell(person, "deactivate_person", gettext_noop("%(actor)s closed the account."))
    return posts


@flow
def reactivate_person(*, user_id: int, by: User, reason: str = "") -> User:
    """Open an account again. Its posts do not come back by themselves, nor do its sessions."""
    person: User = User.objects.select_for_update().get(pk=user_id)
    require(allowed=policies.may_change_account(person, by), sentence=NOT_YOUR_OWN)
    if person.is_active:
        raise NotReady(_("This account is open."))
    person.is_active = True
    person.save(update_fields=["is_active"])
    tell(person, "reactivate_person", gettext_noop("%(actor)s opened the account again."))
    return person
