"""The technical administration: superusers look, nobody writes, no business is shown."""

import pytest
from django.urls import URLPattern, URLResolver, reverse

from audit.acting import SYSTEM, as_actor
from coordination.admin import site
from organization.models import User
from tests.cast import PASSWORD, PEOPLE


@pytest.fixture
def superuser(cast):
    with as_actor(SYSTEM):
        return User.objects.create_superuser("root", PASSWORD, name="安装人员")


def addresses():
    """One address of every page, with ids that may or may not exist."""

    def walk(patterns, before):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, before + str(pattern.pattern))
            elif isinstance(pattern, URLPattern) and pattern.name not in ("jsi18n", None):
                yield before + str(pattern.pattern).replace("<path:object_id>", "1")

    yield from (
        one
        for one in walk(site.get_urls(), "/admin/")
        if "<" not in one and "^" not in one and "(" not in one
    )


@pytest.mark.parametrize("who", [*PEOPLE, "outsider"])
def test_everybody_else_is_sent_to_the_login(client, cast, who):
    client.force_login(getattr(cast, who))

    for address in addresses():
        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code in (302, 403, 404), address
            if response.status_code == 302:
                assert response["Location"].startswith(
                    ("/login/", "/admin/login/", "/password/", "/admin/")
                ), address


def test_a_superuser_looks_at_accounts_without_their_hashes(client, superuser):
    client.force_login(superuser)
    response = client.get(reverse("admin:organization_user_change", args=[superuser.pk]))

    assert response.status_code == 200
    assert superuser.password not in response.content.decode()
    assert 'name="username"' not in response.content.decode()


@pytest.mark.parametrize("model", sorted(site._registry, key=str), ids=lambda model: model._meta.label)
def test_nobody_writes_here(client, superuser, model):
    client.force_login(superuser)
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    client.raise_request_exception = False

    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    assert client.post(reverse(f"{name}_add"), {}).status_code == 403
    row = model._base_manager.order_by("pk").first()
    if row is not None:
        assert client.post(reverse(f"{name}_change", args=[row.pk]), {}).status_code == 403
        assert client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
        assert model._base_manager.filter(pk=row.pk).exists()


def test_no_business_is_shown():
    assert {model._meta.app_label for model in site._registry} == {"organization", "supervision"}


def test_there_is_no_second_door_for_logins_and_passwords(client, superuser):
    assert client.get("/admin/login/")["Location"].startswith("/login/")
    client.force_login(superuser)
    assert client.get("/admin/password_change/")["Location"] == "/password/"
