"""The permission table: every address × method × role gives the status that its row says.

Rows stand in tests/permissions/<app>.py. An address without a row fails here; a method without a row must be refused.
"""

from __future__ import annotations

import copy

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import urlencode

from audit.acting import SYSTEM, as_actor
from audit.models import Event
from organization.models import User
from pages import figures
from requests.models import CoordinationRequest, Reader
from requests.states import Stage
from tests import cast as the_cast
from tests.conftest import MONDAY_MORNING
from tests.permissions import ANONYMOUS, ROLES, elsewhere, given, modules, rows
from tests.permissions.buttons import ABOVE, BUTTONS, KEPT, ROWS_SENT
from tests.permissions.known import known
from tests.permissions.writing import unwritten
from tests.requests import world as matters

pytestmark = pytest.mark.django_db

ROWS = rows()
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
REFUSED = {401, 403, 404, 405}
# Addresses that are not ours to list one by one, and what guards them instead.
ELSEWHERE = {"admin:": "tests/coordination/test_admin.py: superusers only, read-only"}


TAKEN = "taken"
# Rows that tell who looked are written by looking.
LOOKS = ("audit_reading",)


def addresses(patterns=None, namespace=""):
    """The qualified name of every address that the resolver knows."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            name = f"{namespace}{pattern.name or pattern.pattern}"
            if not name.startswith(tuple(ELSEWHERE)):
                yield name


def build():
    """The cast, a matter at each stage, an observer from outside; then what each app adds."""
    world = the_cast.build()
    world.draft = matters.drafted(world)
    world.filed = matters.filed(world)
    world.accepted = matters.accepted(world)
    world.prepared = matters.prepared(world)
    world.deciding = matters.deciding(world)
    world.issued = matters.issued(world)
    world.started = matters.started(world)
    world.submitted = matters.submitted(world)
    world.feedback = matters.in_feedback(world)
    for module in modules():
        if hasattr(module, "build"):
            module.build(world)
    with as_actor(SYSTEM):
        world.observer = User.objects.create(username="observer", name="赵观察", external_unit=world.unit)
        Reader.objects.bulk_create(
            Reader(matter=matter, user=world.observer, why="observer")
            for matter in CoordinationRequest.objects.exclude(stage__in=[Stage.DRAFT, Stage.ARCHIVED])
        )
    return world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once: each request of the table is taken back by itself."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")),
        time_machine.travel(MONDAY_MORNING, tick=False),
        transaction.atomic(),
    ):
        built = build()
        connection.check_constraints()  # once; else the end of every test would look at the whole world again
        yield built
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _figures_beside_words_say_nothing_about_rights(monkeypatch):
    monkeypatch.setattr(figures, "COUNT_AGAIN_SECONDS", 3600)


@pytest.fixture(scope="module")
def browsers(world):
    """One logged-in browser for each role, known by its cookie."""
    found = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, browser in found.items():
        if role != ANONYMOUS:
            browser.force_login(getattr(world, role))
    people = {role: User.objects.get(pk=getattr(world, role).pk) for role in ROLES if role != ANONYMOUS}
    with known(found, people):
        yield found


def status(browser, method, address, data=None):
    """The status of one request; what it changed in the database and in the browser is taken back."""
    cookies = copy.deepcopy(browser.cookies)
    as_json = address.startswith("/api/") and method != "GET"
    extra = {"content_type": "application/json"} if as_json else {}
    with transaction.atomic():
        response = getattr(browser, method.lower())(address, data or {}, **extra)
        if response.streaming:
            list(response.streaming_content)  # read to its end, it closes itself without the connection
        transaction.set_rollback(True)
    browser.cookies = cookies
    return response.status_code


@pytest.mark.parametrize("one", ROWS, ids=str)
def test_each_role_gets_the_answer_of_its_row(world, browsers, one):
    address = reverse(one.name, kwargs=given(one.kwargs, world)) + asked(one, world)

    found: dict[str, int] = {}
    for role in ROLES:
        with unwritten(when=one.expected[role] in found.values()):
            found[role] = status(browsers[role], one.method, address, given(one.data, world))

    differ = {
        role: f"{found[role]}, not {one.expected[role]}"
        for role in ROLES
        if found[role] != one.expected[role]
    }
    assert differ == {}


def asked(one, world):
    query = given(one.query, world)
    return f"?{urlencode(query)}" if query else ""


def doer(one):
    """Somebody whose form on this page is taken, and who is led on to the next page."""
    taken = (role for role, status in one.expected.items() if status == 302 and role != ANONYMOUS)
    return next(taken, None)


FORMS = [one for one in ROWS if one.method == "POST" and not one.name.startswith("api:") and doer(one)]


def sent_empty(one, world, browser):
    """What becomes of the page's form when nothing is filled in: that it is taken, or what is wrong with the refusal."""
    address = reverse(one.name, kwargs=given(one.kwargs, world)) + asked(one, world)
    cookies = copy.deepcopy(browser.cookies)
    with transaction.atomic():
        before = Event.objects.order_by("pk").last().pk
        response = browser.post(address, ROWS_SENT)
        browser.cookies = cookies
        written = Event.objects.filter(pk__gt=before).exclude(object_type__in=LOOKS).count()
        transaction.set_rollback(True)
    if response.status_code == 302:
        return TAKEN
    beside = 'class="msg"' in response.content.decode() or str(one) in ABOVE
    is_right = response.status_code == 422 and beside and (not written or str(one) in KEPT)
    return "" if is_right else f"{response.status_code}, beside its field: {beside}, rows written: {written}"


def test_a_form_that_comes_empty_says_what_is_missing_beside_its_field_and_writes_nothing(world, browsers):
    found = {str(one): sent_empty(one, world, browsers[doer(one)]) for one in FORMS}

    assert {one for one, what in found.items() if what == TAKEN} == BUTTONS
    assert {one: what for one, what in found.items() if what not in ("", TAKEN)} == {}


LISTED = {one.name for one in ROWS}


@pytest.mark.parametrize("name", sorted(LISTED))
def test_a_method_without_a_row_is_refused(world, browsers, name):
    mine = [one for one in ROWS if one.name == name]
    address = reverse(name, kwargs=given(mine[0].kwargs, world))

    answers = {
        (method, role): status(browsers[role], method, address)
        for method in METHODS
        if method not in {one.method for one in mine}
        for role in ("officer", "system_admin")
    }

    assert {key: answer for key, answer in answers.items() if answer not in REFUSED} == {}


def test_every_address_has_its_row():
    assert set(addresses()) - LISTED - elsewhere() == set(), "write a row in tests/permissions/<app>.py"
    assert (LISTED | elsewhere()) - set(addresses()) == set(), "rows of addresses that are gone"


def test_no_row_is_written_twice():
    keys = [str(one) for one in ROWS]
    assert sorted(keys) == sorted(set(keys))
