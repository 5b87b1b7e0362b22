"""What stands in an event, and what never does."""

import json
import threading
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, close_old_connections, connection, transaction
from rest_framework.authtoken.models import Token

from audit.acting import SYSTEM, as_actor, at_moment, in_request
from audit.models import Event
from organization.external_units import ExternalUnit
from organization.models import User


def rename(unit, name):
    with as_actor(SYSTEM):
        ExternalUnit.objects.filter(pk=unit.pk).update(name=name)


def test_an_update_that_changes_nothing_is_no_event(unit):
    mark = Event.objects.count()

    rename(unit, unit.name)

    assert Event.objects.count() == mark


def test_a_password_is_changed_without_its_hash_in_the_log(clerk):
    with as_actor(SYSTEM):
        clerk.set_password("a-new-long-secret-1")
        clerk.phone = "2201"
        clerk.save()

    clerk.refresh_from_db()
    event = Event.objects.of_object("organization_user", clerk.pk).last()
    assert event.after["phone"] == "2201"
    assert "password" not in event.after
    assert everything_told().count(clerk.password) == 0


def test_a_change_of_the_password_alone_is_still_an_event(clerk):
    mark = Event.objects.count()

    with as_actor(SYSTEM):
        User.objects.filter(pk=clerk.pk).update(password="md5$x$y")

    assert Event.objects.count() == mark + 1


def test_a_token_is_named_by_its_owner_never_by_itself(clerk):
    with as_actor(SYSTEM):
        key = Token.objects.create(user=clerk).key
    with as_actor(SYSTEM):
        Token.objects.filter(user=clerk).delete()

    events = Event.objects.filter(object_type="authtoken_token")
    assert [(event.action, event.object_id) for event in events] == [
        ("insert", str(clerk.pk)),
        ("delete", str(clerk.pk)),
    ]
    assert key not in everything_told()


def everything_told():
    with connection.cursor() as cursor:
        cursor.execute("SELECT json_agg(e)::text FROM audit_event e")
        return cursor.fetchone()[0]


def test_an_event_carries_the_databases_time_not_the_business_moment(unit):
    with at_moment(datetime(2020, 1, 1, tzinfo=UTC)):
        rename(unit, "乙")

    assert Event.objects.last().at.year > 2020


def test_an_event_carries_the_id_of_its_request(unit):
    with in_request("abc"):
        rename(unit, "乙")

    assert Event.objects.last().request_id == "abc"


def test_acting_for_somebody_stands_in_the_event(unit, clerk, repair_head):
    with as_actor(clerk, on_behalf_of=repair_head):
        ExternalUnit.objects.filter(pk=unit.pk).update(name="乙")

    event = Event.objects.last()
    assert (event.actor_name, event.on_behalf_of) == ("周立群", "郑国栋")


def test_before_and_after_survive_renaming_and_leaving(unit, clerk):
    with as_actor(clerk):
        unit.contact = "赵"
        unit.save()
    with as_actor(SYSTEM):
        User.objects.filter(pk=clerk.pk).update(name="周立")

    event = Event.objects.of_object("organization_externalunit", unit.pk).last()
    assert (event.before["contact"], event.after["contact"], event.actor_name) == ("", "赵", "周立群")
    assert json.dumps(event.after, ensure_ascii=False)


def test_a_rolled_back_change_leaves_no_event(unit):
    mark = Event.objects.count()

    with pytest.raises(LookupError):
        _rename_and_fail(unit)

    assert Event.objects.count() == mark


def _rename_and_fail(unit):
    with transaction.atomic():
        rename(unit, "乙")
        raise LookupError


@pytest.mark.django_db(transaction=True)
def test_each_thread_names_its_own_actor(cast):
    """A name is not handed to a new thread by accident; two at once keep theirs apart."""
    start, seen = threading.Barrier(3), {}

    def named(person, name):
        close_old_connections()
        with as_actor(person):
            start.wait()
            ExternalUnit.objects.create(name=name)
        connection.close()

    def nameless():
        close_old_connections()
        start.wait()
        try:
            ExternalUnit.objects.create(name="无名")
        except DatabaseError as refusal:
            seen["refusal"] = str(refusal)
        connection.close()

    threads = [
        threading.Thread(target=named, args=(cast.clerk, "甲")),
        threading.Thread(target=named, args=(cast.officer, "乙")),
        threading.Thread(target=nameless),
    ]
    with as_actor(SYSTEM):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)

    made = Event.objects.filter(object_type="organization_externalunit", after__name__in=["甲", "乙", "无名"])
    assert {(e.after["name"], e.actor_name) for e in made} == {("甲", "周立群"), ("乙", "丁晓蕾")}
    assert "no actor named" in seen["refusal"]
