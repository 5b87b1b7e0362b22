"""A canary in every text of confidential matters: nobody who may not read them hears it, whatever address they ask.

The world is that of the permission table with the canary in the texts from which it is built, so that flows carry it
into notices, stories, minutes and dossiers; then every matter is made confidential and every text that hangs on one gets
the canary as well. Each address of the table is called by everybody.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.db import connection, models, transaction
from django.test import Client, override_settings
from django.urls import reverse

from archive import freeze
from archive.models import Dossier
from audit.acting import SYSTEM, as_actor
from audit.models import Reading, TransitionLog
from disputes.models import Dispute
from documents.models import File
from notifications.models import Notice
from organization.models import User
from pages import figures
from requests import flows
from requests.models import ActionItem, CoordinationRequest, Letter
from tests.conftest import MONDAY_MORNING
from tests.disputes import world as disputes
from tests.meetings import world as meetings
from tests.permissions import ROLES, given
from tests.permissions.known import known
from tests.requests import letters_world, world
from tests.test_permissions import ROWS, asked, build

pytestmark = pytest.mark.django_db

CANARY = "KANARI7"
KINDS: tuple[Any, ...] = (CoordinationRequest, ActionItem, Letter, Dispute, Dossier)
READERS = ("clerk", "officer", "office_head", "auditor", "planning_liaison")
STRANGERS = [role for role in ROLES if role not in (*READERS, "anonymous")]
# Three of them stand towards the matters as another one does: one walk is enough for both.
WALKERS = [role for role in STRANGERS if role not in ("repair_liaison", "staffing_head", "planning_head")]
# What the flows are given: the canary goes on from here by itself.
TEXTS = (
    (world, ("FORM", "PREPARATION", "ITEM")),
    (meetings, ("FORM",)),
    (letters_world, ("SHEET", "LETTER")),
    (disputes, ("FORM", "DISPUTE", "RULING")),
)
# What may as well belong to no matter: a paper of the register, a process document and their files are for others to read.
OF_A_MATTER = {
    "requests_outsidepaper": "matter_id IS NOT NULL",
    "documents_file": "subject_type NOT IN ('outside_paper', 'procedure_version')",
}
# Words of the house, not of the matter: its numbers, who is who, and the states of things.
NOT_TEXT = (
    "number", "department_name", "source_number", "filed_by_department", "document", "decision_document", "archive_no",
    "why", "phone", "contact_phone", "returned_from", "form", "sha256", "path", "media_type", "subject_type", "kind",
    "url_name", "key", "stage", "state", "post", "place", "link",
)  # fmt: skip


@pytest.fixture(scope="module")
def place(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once; what a request changes is taken back."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")),
        time_machine.travel(MONDAY_MORNING, tick=False),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        for module, names in TEXTS:
            for name in names:
                if hasattr(module, name):
                    patch.setattr(module, name, marked(getattr(module, name)))
        built = build()
        hide(built)
        connection.check_constraints()  # once; else the end of every test would look at the whole world again
        yield built
        transaction.set_rollback(True)


def marked(texts):
    """Longer texts begin with the canary; codes and names of five letters stay what they are."""
    return {
        name: f"{CANARY}{value}"
        if isinstance(value, str) and any(letter > "\u4e00" for letter in value)
        else value
        for name, value in texts.items()
    }


def hide(built):
    """Every matter is confidential, every text that hangs on one bears the canary, and one person is named."""
    with as_actor(SYSTEM), connection.cursor() as cursor:
        for table, columns in texts():
            told = ", ".join(f"{column} = {with_canary(column, longest)}" for column, longest in columns)
            level = ", confidentiality = 'confidential'" if table == "requests_coordinationrequest" else ""
            # Also what is sealed, so its guards rest for a moment; the transaction is taken back at the end.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {table} SET {told}{level} WHERE {OF_A_MATTER.get(table, 'true')}")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    filed = CoordinationRequest.objects.exclude(stage__in=["draft", "archived"])
    for pk in filed.values_list("pk", flat=True):
        if not CoordinationRequest.objects.visible_to(built.planning_liaison).filter(pk=pk).exists():
            given = {"person": built.planning_liaison, "reason": f"{CANARY}核对。"}
            flows.name_reader(matter_id=pk, by=built.office_head, **given)


def with_canary(column, longest):
    """The canary before what stands there; nothing stays nothing."""
    marked = f"'{CANARY}' || \"{column}\""
    cut = f"left({marked}, {longest})" if longest else marked
    return f'CASE WHEN "{column}" = \'\' OR "{column}" LIKE \'{CANARY}%\' THEN "{column}" ELSE {cut} END'


def texts():
    """Each table that hangs on a matter, and the matter's, with its columns of words."""
    tables = {"requests_coordinationrequest", "documents_file", *dict(freeze.frozen())}
    for model in apps.get_models():
        if model._meta.db_table not in tables or hasattr(model, "history_object"):
            continue
        fields = [
            field
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
            and not field.choices
            and field.name not in NOT_TEXT
        ]
        if fields:
            yield model._meta.db_table, [(field.column, field.max_length) for field in fields]


@pytest.fixture(autouse=True)
def _figures_beside_words_are_numbers(monkeypatch):
    monkeypatch.setattr(figures, "COUNT_AGAIN_SECONDS", 3600)


@pytest.fixture(scope="module")
def browsers(place):
    found = {role: Client(raise_request_exception=False) for role in (*STRANGERS, *READERS)}
    people = {role: User.objects.get(pk=getattr(place, role).pk) for role in found}
    for role, browser in found.items():
        browser.force_login(people[role])
    with known(found, people):
        yield found


SEARCHES = [
    f"{page}?q={CANARY}"
    for page in ("/search/", "/requests/", "/items/", "/meetings/", "/archive/", "/outside-papers/", "/api/v1/matters/", "/api/v1/public-matters/")
] + [f"/requests/?tab={tab}" for tab in ("mine", "ours", "active", "ended", "public")]  # fmt: skip


def addresses(place):
    """Every page that may be asked for, of the table and of the search."""
    for row in ROWS:
        if row.method == "GET":
            yield str(row), reverse(row.name, kwargs=given(row.kwargs, place)) + asked(row, place)
    yield from ((address, address) for address in SEARCHES)


def heard(browser, address):
    """Everything that comes back: status line, head, body."""
    with transaction.atomic():
        response = browser.get(address, follow=False)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    head = json.dumps(dict(response.headers), ensure_ascii=False)
    return head + body.decode("utf-8", "replace")


@pytest.mark.parametrize("role", WALKERS)
def test_who_may_not_read_hears_no_canary_anywhere(place, browsers, role):
    # A search tells back the word that was searched for; nothing else may.
    told = {
        name for name, address in addresses(place)
        if CANARY in heard(browsers[role], address).replace(f'value="{CANARY}"', "").replace(f"q={CANARY}", "").replace(f"“{CANARY}”", "")
    }  # fmt: skip

    assert told == set()


@pytest.mark.parametrize("role", STRANGERS)
def test_who_may_not_read_counts_nothing(place, role):
    person = getattr(place, role)

    counts = {model.__name__: model.objects.visible_to(person).count() for model in KINDS}

    assert counts == dict.fromkeys(counts, 0)


@pytest.mark.parametrize("role", STRANGERS)
def test_nothing_waits_for_who_may_not_read(place, browsers, role):
    waiting = browsers[role].get("/api/v1/inbox/").json()

    assert [row for row in waiting if row["case_id"]] == []


@pytest.mark.parametrize("role", READERS)
def test_who_may_read_hears_it(place, browsers, role):
    pages = {
        f"/requests/{place.started.matter_id}/",
        f"/api/v1/matters/{place.started.matter_id}/",
        f"/items/{place.started.pk}/",
        "/api/v1/matters/",
    }

    assert {page for page in pages if CANARY not in heard(browsers[role], page)} == set()


@pytest.mark.parametrize("role", ["officer", "office_head", "auditor"])
def test_its_disputes_and_meetings_tell_it_to_who_reads_them(place, browsers, role):
    pages = {
        f"/disputes/{place.registered.pk}/",
        f"/meetings/{place.held.pk}/",
        f"/letters/{place.letter_sent.pk}/",
        f"/archive/{place.dossier.pk}/",
    }

    assert {page for page in pages if CANARY not in heard(browsers[role], page)} == set()


def test_no_notice_and_no_mail_bears_the_canary(place):
    told = Notice.objects.exclude(params={}).values_list("sentence", "params", "number", "dedupe_key")

    assert [row for row in told if CANARY in json.dumps(row, ensure_ascii=False)] == []
    assert [letter for letter in mail.outbox if CANARY in f"{letter.subject}{letter.body}"] == []


def test_the_canary_is_where_it_should_be(place):
    """The proof would be empty if the texts did not bear it."""
    matters = CoordinationRequest.objects.exclude(title="")

    assert matters.exclude(confidentiality="confidential").count() == 0
    assert matters.exclude(title__contains=CANARY).count() == 0
    assert TransitionLog.objects.filter(reason__contains=CANARY).exists()
    assert File.objects.filter(name__contains=CANARY).exists()
    for model in (ActionItem, Letter, Dossier):
        assert model.objects.count(), model


def test_each_look_is_kept_and_none_of_them_can_be_changed(place, browsers):
    matter = place.started.matter
    before = Reading.objects.of_case(matter.pk).count()

    browsers["clerk"].get(f"/requests/{matter.pk}/?tab=story")
    browsers["repair_head"].get(f"/requests/{matter.pk}/")

    row = Reading.objects.of_case(matter.pk).first()
    assert Reading.objects.of_case(matter.pk).count() == before + 1
    assert (row.reader_name, row.what, row.filters["detail"]) == (place.clerk.name, "matter", "story")
