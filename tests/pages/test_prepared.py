"""What is written once says the same as what is written anew: reads, templates, rows, addresses, labels."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.template import engines
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from audit.acting import SYSTEM, as_actor
from audit.models import TransitionLog
from disputes.models import Dispute
from meetings.models import Meeting
from organization.given import PreparedFor
from organization.models import Department, Post, User
from pages.addresses import address, link
from pages.nodes import FixedPart
from pages.prepared import Prepared
from pages.printed import NotPlain, Printed
from requests.models import ActionItem, CoordinationRequest, Letter, OutsidePaper
from requests.reads import matter_for
from supervision.models import Obligation
from tests.requests import world


@pytest.fixture
def filed(cast):
    return world.filed(cast)


def posts(user):
    return Post.objects.current().filter(user=user).select_related("department").order_by("pk")


def test_a_prepared_read_finds_what_the_query_set_finds_for_each_value(cast):
    prepared = Prepared(posts)

    for person in (cast.officer, cast.clerk, cast.supplies_head):
        assert prepared(person.pk) == list(posts(person.pk)) != []


def test_a_prepared_read_asks_again_at_every_call_and_brings_what_it_joins(cast):
    prepared = Prepared(posts)
    prepared(cast.clerk.pk)

    with CaptureQueriesContext(connection) as asked:
        names = {row.department.name for row in prepared(cast.clerk.pk) + prepared(cast.clerk.pk)}

    assert names == {cast.repair.name}
    assert len(asked) == 2


def test_a_prepared_read_takes_several_ids_and_none_find_nothing(cast):
    prepared = Prepared(
        lambda ids: User.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)
    )
    ids = {cast.officer.pk, cast.clerk.pk}

    assert set(prepared(ids)) == ids
    assert prepared([]) == []
    assert prepared.get(frozenset([cast.clerk.pk])) == cast.clerk.pk


def test_the_database_reads_a_prepared_read_once(cast):
    prepared = Prepared(posts)
    prepared(cast.clerk.pk)
    prepared(cast.officer.pk)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE name = %s", [prepared.name]
        )
        assert cursor.fetchall() == [(2,)]


def test_a_value_that_the_rows_do_not_ask_for_does_no_harm(cast):
    prepared = Prepared(lambda _moment, ids: User.objects.filter(pk__in=ids).values_list("pk", flat=True))

    assert prepared("never", {cast.clerk.pk}) == [cast.clerk.pk]


def in_a_connection_of_its_own(act):
    """Outside of the transaction of the test."""

    def run():
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def test_a_prepared_read_is_told_anew_when_a_column_has_changed(cast):
    prepared = Prepared(lambda: Department.objects.filter(code="").values_list("name", flat=True))

    def act():
        before = prepared()
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE organization_department (LIKE public.organization_department)")
            cursor.execute("ALTER TABLE pg_temp.organization_department ALTER name TYPE text")
        return before, prepared()

    assert in_a_connection_of_its_own(act) == ([], [])


def test_a_value_is_never_read_as_sql(cast):
    prepared = Prepared(lambda name: Department.objects.filter(name=name))

    assert prepared("x' OR 'a'='a") == []
    with pytest.raises(ValueError, match="invalid literal"):
        Prepared(lambda ids: Department.objects.filter(pk__in=ids))(["1) OR (1=1"])


@pytest.mark.parametrize(
    "who", ["clerk", "supplies_liaison", "planning_head", "officer", "auditor", "outsider", "chair"]
)
def test_the_prepared_matter_exists_for_whom_it_is_visible(cast, filed, who):
    person = User.objects.get(pk=getattr(cast, who).pk)
    visible = type(filed).objects.visible_to(person).filter(pk=filed.pk).exists()

    assert (matter_for(person, filed.pk) is not None) == visible


READ: tuple[Any, ...] = (CoordinationRequest, ActionItem, Letter, OutsidePaper, Meeting, Dispute, User)


def test_a_read_written_for_a_kind_of_reader_finds_what_each_of_them_sees(cast, filed):
    seen: dict[Any, PreparedFor] = {
        model: PreparedFor(lambda reader, model=model: model.objects.visible_to(reader), values=0)
        for model in READ
    }
    for name in ("clerk", "supplies_liaison", "planning_head", "officer", "auditor", "outsider", "chair"):
        person = User.objects.get(pk=getattr(cast, name).pk)
        for model, prepared in seen.items():
            assert {row.pk for row in prepared(person)} == set(
                model.objects.visible_to(person).values_list("pk", flat=True)
            ), (name, model)


def test_who_loses_a_post_sees_no_more_by_a_read_written_before(cast, filed):
    prepared = PreparedFor(lambda reader: CoordinationRequest.objects.visible_to(reader))
    assert filed in prepared(User.objects.get(pk=cast.officer.pk))

    with as_actor(SYSTEM):
        Post.objects.filter(user=cast.officer).delete()

    assert prepared(User.objects.get(pk=cast.officer.pk)) == []


def test_who_holds_no_post_keeps_what_they_are_in_charge_of(cast):
    with as_actor(SYSTEM):
        Post.objects.filter(user=cast.clerk).delete()
        Department.objects.filter(pk=cast.supplies.pk).update(leader_in_charge=cast.clerk)

    assert User.objects.get(pk=cast.clerk.pk).authority.in_charge_of == {cast.supplies.pk}


def test_a_page_knows_its_reader_and_no_stand_in(client, cast):
    client.force_login(cast.clerk)

    assert type(client.get("/").wsgi_request.user) is User


def test_a_closed_account_finds_no_matter(cast, filed):
    cast.clerk.is_active = False

    assert matter_for(cast.clerk, filed.pk) is None


def test_an_address_is_what_django_says():
    for page, ids in (("requests:detail", (7,)), ("requests:opinion", (7, 8)), ("home", ())):
        assert address(page, *ids) == reverse(page, args=ids)


def test_a_page_that_does_not_exist_has_no_address():
    assert link("requests:nowhere", 7) == ""
    with pytest.raises(NoReverseMatch):
        address("requests:nowhere", 7)


def test_the_word_of_a_choice_follows_the_language():
    duty = Obligation(urgency="urgent", state="no such state")
    with translation.override("zh-hans"):
        chinese = duty.get_urgency_display()
    with translation.override("en"):
        assert duty.get_urgency_display() != chinese
    assert duty.get_state_display() == "no such state"


def sample(model):
    return [f"{at}" if field.is_relation else at for at, field in enumerate(model._meta.concrete_fields)]


@pytest.mark.parametrize("deferred", [0, 3])
@pytest.mark.parametrize("model", [User, Post, Obligation, CoordinationRequest, TransitionLog])
def test_a_row_becomes_the_instance_that_django_makes_of_it(model, deferred):
    names = [field.attname for field in model._meta.concrete_fields][: -deferred or None]
    values = sample(model)[: len(names)]

    ours, djangos = (
        model.from_db("default", names, values),
        Model.from_db.__func__(model, "default", names, values),
    )

    assert {**vars(ours), "_state": None} == {**vars(djangos), "_state": None}
    assert (ours._state.adding, ours._state.db, ours._state.fields_cache) == (False, "default", {})


def ready(source):
    """A template as the loader makes it ready."""
    template = engines["django"].from_string("{% load words static %}" + source)
    template.template.engine.template_loaders[0].make_ready(template.template.nodelist)
    return template


def test_fixed_neighbours_are_one_part_that_follows_the_language():
    template = ready('<b>{% translate "Matters" %}</b>{% icon "plus" %}{% url "home" %}|{{ word }}')

    assert [type(node) for node in template.template.nodelist[:1]] == [FixedPart]
    for language in ("zh-hans", "en", "zh-hans"):
        with translation.override(language):
            plain = engines["django"].from_string('{% load words %}<b>{% translate "Matters" %}</b>').render()
            assert template.render({"word": language}).startswith(plain)
            assert template.render({"word": "<i>"}).endswith("/|&lt;i&gt;")


def test_what_depends_on_the_page_is_never_kept():
    template = ready('a{% if is_on %}b{% translate "Matters" as word %}{{ word }}{% endif %}{% url page %}')

    with translation.override("en"):
        assert template.render({"is_on": True, "page": "home"}) == "abMatters/"
        assert template.render({"is_on": False, "page": "login"}) == f"a{reverse('login')}"


def test_an_address_in_a_template_follows_its_ids():
    template = ready('{% url "requests:detail" pk %}')

    assert [template.render({"pk": pk}) for pk in (3, 41)] == ["/requests/3/", "/requests/41/"]
    with pytest.raises(NoReverseMatch):
        template.render({"pk": "three"})


def test_a_name_is_looked_up_as_django_does_it():
    class Thing:
        name, word = "<n>", staticmethod(lambda: "called")

        def __str__(self):
            return "<t>"

    source = "{{ a.name }}|{{ a.word }}|{{ a.none.of }}|{{ d.items.0.1 }}|{{ d.name }}|{{ l.1 }}|{{ n }}|{{ a }}|{{ x|default:a.name }}"
    source += "{% if a.word == 'called' and not gone %}!{% endif %}{% for one in d.values %}{{ one|upper }}{% endfor %}{% autoescape off %}{{ a }}{% endautoescape %}"
    names = {"a": Thing(), "d": {"name": "x&y"}, "l": [1, 2.5], "n": 1234, "x": ""}

    with translation.override("zh-hans"):
        assert ready(source).render(names) == engines["django"].from_string(source).render(names) != ""


def test_names_of_an_include_end_with_it():
    template = ready('{% include "pages/note.html" with words="A" tone="error" %}{{ words }}')

    assert template.render({"words": "outside"}).rstrip().endswith("outside")


def test_a_printed_row_fills_in_its_names_and_escapes_them():
    row = Printed("includes/duty.html")
    names = ["light", "due", "heading", "urgency", "why", "asker", "since", "number", "stage", "button"]

    with translation.override("zh-hans"):
        first = row(**dict.fromkeys(names, "<1>"))
        second = row(**dict.fromkeys(names, "2"))

    assert first.count("&lt;1&gt;") == second.count("2") == len(names)
    assert "<1>" not in first


def test_a_printed_row_that_decides_something_is_refused():
    with pytest.raises(NotPlain, match="duty_short"):
        Printed("includes/duty_short.html")(row=None)
