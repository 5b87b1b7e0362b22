"""@flow: a transaction, a named actor, nothing left behind."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit.acting import SYSTEM, NoActor, as_actor
from audit.flow import flow
from audit.models import Event
from organization.external_units import ExternalUnit


@flow
def open_unit(*, name, by, reason=""):
    return ExternalUnit.objects.create(name=name)


@flow
def open_unit_below(*, name):
    return ExternalUnit.objects.create(name=name)


@flow
def open_two(*, by, reason=""):
    open_unit(name="内", by=SYSTEM)
    return ExternalUnit.objects.create(name="外")


def events():
    """What the units' events say, without the one of the cast."""
    return [
        (event.action, event.actor, event.actor_name, event.reason, event.flow)
        for event in Event.objects.filter(object_type="organization_externalunit").order_by("pk")
        if event.after["name"] != "兴达劳务公司"
    ]


def test_a_write_without_an_actor_is_refused_by_the_database(db):
    with pytest.raises(DatabaseError, match="no actor named"), transaction.atomic():
        ExternalUnit.objects.create(name="无名")

    assert not ExternalUnit.objects.exists()
    assert events() == []


def test_a_flow_names_its_actor_reason_and_verb_in_the_event(clerk):
    open_unit(name="甲", by=clerk, reason="新合作单位")

    assert events() == [("insert", clerk.audit_key, "周立群", "新合作单位", "tests.open_unit")]


def test_an_inner_flow_of_another_actor_does_not_lend_its_name_to_the_outer(clerk):
    open_two(by=clerk)

    assert [(actor, name) for _, actor, name, _, _ in events()] == [
        ("system:office", "系统"),
        (clerk.audit_key, "周立群"),
    ]


def test_a_verb_without_by_runs_only_inside_a_flow(clerk):
    with pytest.raises(NoActor):
        open_unit_below(name="乙")
    with as_actor(clerk):
        open_unit_below(name="丙")

    assert not ExternalUnit.objects.filter(name="乙").exists()
    assert ExternalUnit.objects.filter(name="丙").exists()


def test_a_refused_flow_leaves_nothing_and_no_name_on_the_connection(clerk):
    @flow
    def half(*, by):
        ExternalUnit.objects.create(name="半")
        raise LookupError

    with pytest.raises(LookupError):
        half(by=clerk)

    assert not ExternalUnit.objects.filter(name="半").exists()
    assert events() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.actor', true)")
        assert not cursor.fetchone()[0]
