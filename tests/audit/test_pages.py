"""The event log as pages: for auditors only, and looking is recorded."""

import re

import pytest
from django.utils.translation import override

from audit import told
from audit.acting import SYSTEM, as_actor
from audit.models import Event, Reading
from audit.triggers import tracked
from organization import flows
from organization.external_units import ExternalUnit
from organization.models import Department
from tests.organization.test_departments import change

HAN = re.compile(r"[\u4e00-\u9fff]")


def page(client, person, address, status=200):
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.fixture
def renamed(cast):
    """One event to look at."""
    change(cast.repair, cast.system_admin, name="检修中心")
    return Event.objects.filter(object_type="organization_department").latest("pk")


ADDRESSES = ["/audit/events/", "/audit/readings/", "/audit/events/{}/"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "who",
    ["clerk", "officer", "office_head", "chair", "arbiter", "records_admin", "system_admin", "outsider"],
)
def test_for_nobody_else_the_log_exists_and_nothing_is_recorded(client, cast, renamed, who, address):
    page(client, getattr(cast, who), address.format(renamed.pk), 404)

    assert not Reading.objects.exists()


def test_a_look_is_recorded_with_what_was_looked_for(client, auditor, renamed):
    page(client, auditor, "/audit/events/?person=唐宇")
    page(client, auditor, f"/audit/events/{renamed.pk}/")

    assert list(Reading.objects.order_by("pk").values_list("reader_name", "what", "filters")) == [
        ("彭越", "events", {"person": "唐宇"}),
        ("彭越", "event", {"id": str(renamed.pk)}),
    ]


def test_the_record_of_looks_shows_the_looks(client, auditor, renamed):
    page(client, auditor, f"/audit/events/{renamed.pk}/")

    text = page(client, auditor, "/audit/readings/")

    assert "彭越" in text
    assert f"/audit/events/{renamed.pk}/" in text


def test_an_event_shows_what_stood_before_and_after_in_the_language_of_the_page(client, auditor, renamed):
    text = page(client, auditor, f"/audit/events/{renamed.pk}/")

    for word in ("检修部", "检修中心", "名称", "部门", "唐宇", "organization.change_department"):
        assert word in text
    assert "排序" not in text, "only what has changed is shown"


def test_an_event_is_read_in_english_too(renamed):
    with override("en"):
        [one] = [d for d in told.differences(renamed) if d.before == "检修部"]
        assert (str(one.label), told.thing("organization_department")) == ("name", "department")


def test_values_are_told_by_their_names(cast):
    flows.appoint(user_id=cast.clerk.pk, department_id=cast.planning.pk, kind="staff", by=cast.system_admin)
    event = Event.objects.filter(object_type="organization_post", action="insert").latest("pk")

    shown = {str(one.label): one.after for one in told.differences(event)}

    assert shown["部门"] == f"计划发展部（{cast.planning.pk}）"
    assert shown["人员"] == f"周立群（{cast.clerk.pk}）"
    assert "经办人" in shown.values()


def test_what_points_at_something_gone_keeps_its_id(cast):
    with as_actor(SYSTEM):
        gone = Department.objects.create(code="X", name="X")
        child = Department.objects.create(code="Y", name="Y", parent=gone)
        event = Event.objects.of_object("organization_department", child.pk).last()
        child.delete()
        gone.delete()

    assert any(
        str(gone_id) in one.after for one in told.differences(event) for gone_id in [event.after["parent_id"]]
    )


def test_a_changed_password_shows_that_something_protected_changed(client, cast):
    flows.set_password(user_id=cast.clerk.pk, password="a-long-sentence-9", by=cast.system_admin)
    event = Event.objects.of_object("organization_user", cast.clerk.pk).last()

    assert "不写入日志" in page(client, cast.auditor, f"/audit/events/{event.pk}/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("person=唐宇", True),
        ("person=丁晓蕾", False),
        ("thing=organization_department", True),
        ("thing=organization_post", False),
        ("number=0", False),
        ("flow=change_department", True),
        ("flow=close_department", False),
        ("since=2020-01-01", True),
        ("since=2099-01-01", False),
        ("until=2020-01-01", False),
    ],
)
def test_events_are_found_by_person_thing_act_and_period(client, auditor, renamed, query, found):
    text = page(client, auditor, f"/audit/events/?{query}")

    assert (f"/audit/events/{renamed.pk}/" in text) is found


def test_a_filter_that_cannot_be_read_finds_nothing_and_says_so(client, auditor, renamed):
    text = page(client, auditor, "/audit/events/?since=neulich", 422)

    assert f"/audit/events/{renamed.pk}/" not in text
    assert "日期请写成" in text


def test_the_next_page_goes_on_below_the_last_one_at_the_same_cost(
    client, auditor, django_assert_max_num_queries
):
    with as_actor(SYSTEM):
        ExternalUnit.objects.bulk_create(ExternalUnit(name=f"单位{n}") for n in range(120))
    client.force_login(auditor)
    seen, address = [], "/audit/events/?thing=organization_externalunit"
    while address:
        with django_assert_max_num_queries(25):
            response = client.get(address)
        seen += [event.pk for event, _action, _thing in response.context["lines"]]
        following = response.context["next"]
        address = f"/audit/events/?thing=organization_externalunit&before={following}" if following else ""

    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 121


def test_every_kind_of_thing_has_its_chinese_name():
    with override("zh-hans"):
        nameless = [model._meta.label for model in tracked() if not HAN.search(told.name_of(model))]

    assert nameless == [], "name it in coordination/things.py"


def test_the_log_stays_closed_when_the_look_cannot_be_recorded(client, auditor, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError

    monkeypatch.setattr(Reading.objects, "create", full)
    client.force_login(auditor)
    client.raise_request_exception = False

    assert client.get("/audit/events/").status_code == 500
