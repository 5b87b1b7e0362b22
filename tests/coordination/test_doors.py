"""Who gets in, for how long, and what is said at the door."""

from datetime import timedelta

import pytest
from django.test import Client

from audit.acting import SYSTEM, as_actor
from audit.models import Event
from organization.models import User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def log_in(client, username="officer", password=PASSWORD, **more):
    return client.post("/login/", {"username": username, "password": password, **more})


def test_a_login_is_remembered_in_the_name_of_the_login(client, officer, monday):
    response = log_in(client)

    assert response.status_code == 302
    assert response["Location"] == "/"
    officer.refresh_from_db()
    assert officer.last_login is not None
    event = Event.objects.filter(object_type="organization_user").order_by("pk").last()
    assert event.actor == "system:login"


def test_a_login_renews_a_weaker_hash(client, officer, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]

    assert log_in(client).status_code == 302

    officer.refresh_from_db()
    assert officer.password.startswith("pbkdf2_sha256$")


def test_a_wrong_password_says_what_to_do_and_keeps_the_name(client, officer):
    response = log_in(client, password="wrong")

    assert response.status_code == 422
    page = response.content.decode()
    assert "账号与密码不符" in page
    assert 'value="officer"' in page
    assert "_auth_user_id" not in client.session


def test_after_the_login_one_goes_on_to_the_page_one_wanted(client, officer):
    assert client.get("/search/?q=x")["Location"] == "/login/?next=/search/%3Fq%3Dx"
    assert log_in(client, next="/search/?q=x")["Location"] == "/search/?q=x"
    assert log_in(Client(), next="https://elsewhere.example/")["Location"] == "/"


def test_five_wrong_tries_lock_the_account_and_the_page_says_until_when(client, officer, monday):
    for _try in range(4):
        assert log_in(client, password="wrong").status_code == 422

    fifth = log_in(client, password="wrong")
    right = log_in(client)

    assert fifth.status_code == right.status_code == 429
    assert "2026-09-14</time> <time" in right.content.decode().replace("\n", "")
    assert ">09:30</time>" in right.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_lock_ends_when_the_page_said(client, officer, monday):
    for _try in range(5):
        log_in(client, password="wrong")
    monday.shift(timedelta(minutes=29))
    assert log_in(client).status_code == 429

    monday.shift(timedelta(minutes=2))

    assert log_in(client).status_code == 302


def test_a_deactivated_person_is_out_at_once(client, officer):
    log_in(client)
    assert client.get("/").status_code == 200
    with as_actor(SYSTEM):
        User.objects.filter(pk=officer.pk).update(is_active=False)

    response = client.get("/")

    assert response.status_code == 302
    assert response["Location"].startswith("/login/")
    assert log_in(Client()).status_code == 422


def test_logging_out_takes_a_button_never_a_link(client, officer):
    log_in(client)
    assert client.get("/logout/").status_code == 405
    assert client.get("/").status_code == 200

    client.post("/logout/")

    assert client.get("/").status_code == 302


def change(client, old=PASSWORD, new="brand-new-horse-8", again=None):
    return client.post(
        "/password/", {"old_password": old, "new_password1": new, "new_password2": again or new}, follow=True
    )


def test_a_person_changes_the_own_password_in_the_own_name(client, officer):
    log_in(client)

    response = change(client)

    assert "密码已修改" in response.content.decode()
    assert (
        Event.objects.filter(object_type="organization_user").order_by("pk").last().actor == officer.audit_key
    )
    assert client.get("/").status_code == 200
    assert log_in(Client(), password="brand-new-horse-8").status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"old": "wrong"}, "与现用密码不符"),
        ({"again": "another-horse-9"}, "两次输入的新密码不一样"),
        ({"new": "short"}, "10"),
    ],
)
def test_a_bad_new_password_changes_nothing(client, officer, typed, sentence):
    log_in(client)

    response = change(client, **typed)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_a_form_without_its_token_changes_nothing_and_says_why(officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)

    response = client.post("/theme/", {"theme": "dark"})

    assert response.status_code == 403
    assert "页面打开得太久了" in response.content.decode()
    assert "office_theme" not in response.cookies


def test_the_theme_is_kept_by_a_plain_form(client, officer):
    client.force_login(officer)

    response = client.post("/theme/", {"theme": "dark", "next": "/search/"})

    assert response["Location"] == "/search/"
    assert 'data-bs-theme="dark"' in client.get("/").content.decode()


def test_the_theme_form_leads_nowhere_else_and_takes_nothing_else(client):
    response = client.post("/theme/", {"theme": "<x>", "next": "https://elsewhere.example/"})

    assert response["Location"] == "/"
    assert "office_theme" not in response.cookies


def test_pages_speak_chinese_until_one_chooses_english(client, officer):
    client.force_login(officer)
    assert "等我处理" in client.get("/", headers={"accept-language": "en-US"}).content.decode()

    client.post("/language/", {"language": "en", "next": "/"})

    page = client.get("/").content.decode()
    assert "Waiting for me" in page
    assert 'lang="en"' in page


def test_the_api_has_its_door(client, officer):
    assert client.get("/api/v1/me/").status_code in (401, 403)
    client.force_login(officer)
    assert client.get("/api/v1/me/").status_code == 200
