"""Accounts: opened, corrected, closed; a closed one ends at once everywhere."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import authenticate, get_user
from django.test import RequestFactory
from rest_framework.authtoken.models import Token

from audit.acting import SYSTEM, as_actor
from audit.models import Event, TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from organization import flows, policies
from organization.models import Department, PostChange, User
from tests.cast import PASSWORD


def create(by, **more):
    return flows.create_person(**{"username": "new", "name": "新人", "by": by, **more})


def logged_in(client, person):
    """Does the browser's session still stand for this person?"""
    return get_user(SimpleNamespace(session=client.session)) == person


def test_the_administrator_opens_an_account(system_admin):
    person = create(system_admin, password="a-long-sentence-9", title="工程师")

    assert person.check_password("a-long-sentence-9")
    assert not person.is_staff
    assert not person.is_superuser
    assert TransitionLog.objects.of("user", person.pk).get().verb == "create_person"


def test_without_a_password_nobody_logs_in(system_admin):
    person = create(system_admin)

    assert not person.has_usable_password()
    assert not authenticate(RequestFactory().post("/login/"), username="new", password="")


def test_a_weak_password_is_refused_beside_its_field(system_admin):
    with pytest.raises(Invalid) as refusal:
        create(system_admin, password="12345")

    assert list(refusal.value.fields) == ["password"]
    assert not User.objects.filter(username="new").exists()


def test_a_login_name_is_given_once(system_admin, clerk):
    with pytest.raises(Invalid) as refusal:
        create(system_admin, username=clerk.username)

    assert list(refusal.value.fields) == ["username"]


@pytest.mark.parametrize(
    "who", ["clerk", "repair_head", "officer", "office_head", "chair", "auditor", "records_admin"]
)
def test_nobody_else_touches_accounts(cast, who):
    person, other = getattr(cast, who), cast.supplies_clerk

    for attempt in (
        lambda: create(person),
        lambda: flows.change_person(user_id=other.pk, name="X", by=person),
        lambda: flows.deactivate_person(user_id=other.pk, by=person),
        lambda: flows.reactivate_person(user_id=other.pk, by=person),
        lambda: flows.set_password(user_id=other.pk, password="a-long-sentence-9", by=person),
    ):
        with pytest.raises(NotYours):
            attempt()

    other.refresh_from_db()
    assert (other.name, other.is_active, other.check_password(PASSWORD)) == ("孙一凡", True, True)
    assert not User.objects.filter(username="new").exists()


def test_nobody_closes_their_own_account_or_sets_their_own_password_here(system_admin):
    with pytest.raises(NotYours):
        flows.deactivate_person(user_id=system_admin.pk, by=system_admin)
    with pytest.raises(NotYours):
        flows.set_password(user_id=system_admin.pk, password="a-long-sentence-9", by=system_admin)

    system_admin.refresh_from_db()
    assert system_admin.is_active


def test_a_closed_account_ends_sessions_posts_and_tokens_at_once(system_admin, supplies_liaison, client):
    client.force_login(supplies_liaison)
    with as_actor(SYSTEM):
        Token.objects.create(user=supplies_liaison)
    assert logged_in(client, supplies_liaison)

    ended = flows.deactivate_person(user_id=supplies_liaison.pk, by=system_admin, reason="调离")

    assert not logged_in(client, supplies_liaison)
    assert [post.kind for post in ended] == ["liaison"]
    assert not supplies_liaison.posts.current().exists()
    assert PostChange.objects.untaken().get().post.user == supplies_liaison
    assert not Token.objects.filter(user=supplies_liaison).exists()
    assert Event.objects.of_object("organization_user", supplies_liaison.pk).last().reason == "调离"


def test_an_old_session_does_not_wake_up_with_the_account(system_admin, supplies_liaison, client):
    client.force_login(supplies_liaison)
    flows.deactivate_person(user_id=supplies_liaison.pk, by=system_admin)
    flows.reactivate_person(user_id=supplies_liaison.pk, by=system_admin)

    supplies_liaison.refresh_from_db()
    assert supplies_liaison.is_active
    assert not logged_in(client, supplies_liaison)


def test_a_new_password_ends_every_session(system_admin, clerk, client):
    client.force_login(clerk)

    flows.set_password(user_id=clerk.pk, password="a-long-sentence-9", by=system_admin)

    assert not logged_in(client, clerk)
    clerk.refresh_from_db()
    assert clerk.check_password("a-long-sentence-9")


def test_an_account_is_closed_and_opened_once(system_admin, clerk):
    with pytest.raises(NotReady):
        flows.reactivate_person(user_id=clerk.pk, by=system_admin)
    flows.deactivate_person(user_id=clerk.pk, by=system_admin)

    with pytest.raises(NotReady):
        flows.deactivate_person(user_id=clerk.pk, by=system_admin)


def test_a_corrected_name_leaves_the_old_one_in_old_events(system_admin, clerk):
    flows.change_person(user_id=clerk.pk, name="周力群", by=system_admin)

    event = Event.objects.of_object("organization_user", clerk.pk).last()
    assert (event.before["name"], event.after["name"]) == ("周立群", "周力群")


def test_people_of_a_closed_unit_get_no_account(system_admin, unit):
    with as_actor(SYSTEM):
        type(unit).objects.update(is_active=False)

    with pytest.raises(Invalid) as refusal:
        create(system_admin, external_unit_id=unit.pk)

    assert list(refusal.value.fields) == ["external_unit"]


def test_a_fresh_house_is_arranged_by_its_superuser(db):
    with as_actor(SYSTEM):
        first = User.objects.create_superuser("root", PASSWORD, name="安装人员")

    department = flows.create_department(code="GS", name="公司", kind="top", by=first)
    person = create(first)
    flows.appoint(user_id=person.pk, department_id=department.pk, kind="system_admin", by=first)

    assert policies.may_administer(User.objects.get(pk=person.pk))
    assert Department.objects.get().name == "公司"


def test_an_external_person_sees_their_own_unit_only(cast):
    assert set(User.objects.visible_to(cast.outsider)) == {cast.outsider}
    assert not Department.objects.visible_to(cast.outsider).exists()
    assert not policies.may_read(cast.outsider)
    assert policies.may_read(cast.clerk)


def test_among_the_people_of_a_unit_nobody_else_is_found(outsider, clerk):
    people = outsider.external_unit.people

    assert people.get(pk=outsider.pk) == outsider
    with pytest.raises(User.DoesNotExist):
        people.get(pk=clerk.pk)
