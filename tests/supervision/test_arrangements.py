"""Limits, calendar and office hours: who may change them, and what a change does."""

from datetime import date, datetime

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import Event, TransitionLog
from audit.refusals import NotYours
from organization.models import User
from supervision import flows
from supervision.calendar import working_days
from supervision.models import CalendarDay, OfficeHours, TimeLimit
from supervision.states import Kind
from tests.conftest import SHANGHAI

ARRANGERS = ("office_head", "system_admin")
OTHERS = ("clerk", "officer", "chair", "auditor", "records_admin")
HOURS = {
    "morning_opens": "09:00", "morning_closes": "12:00", "afternoon_opens": "13:00", "afternoon_closes": "18:00",
}  # fmt: skip


@pytest.fixture
def limit(cast):
    return TimeLimit.objects.get(kind=Kind.ACCEPT, urgency="normal")


def as_person(client, cast, who):
    client.force_login(getattr(cast, who))
    return client


@pytest.mark.parametrize("who", ARRANGERS)
def test_a_changed_limit_holds_for_what_is_owed_from_now_on(client, cast, limit, who):
    moment = datetime(2026, 9, 14, 9, 0, tzinfo=SHANGHAI)
    owed = {"kind": Kind.ACCEPT, "subject_type": "matter", "number": "", "url_name": "", "url_args": []}
    with as_actor(SYSTEM), at_moment(moment):
        before = flows.owe(subject_id=1, **owed)

    response = as_person(client, cast, who).post(
        f"/supervision/limits/{limit.pk}/", {"amount": "4", "unit": "days"}
    )

    assert response.status_code == 302
    with as_actor(SYSTEM), at_moment(moment):
        assert flows.owe(subject_id=2, **owed).due_at == datetime(2026, 9, 18, 17, 30, tzinfo=SHANGHAI)
    before.refresh_from_db()
    assert before.due_at == datetime(2026, 9, 16, 17, 30, tzinfo=SHANGHAI)
    assert list(limit.history.values_list("amount", flat=True))[:1] == [4]
    assert TransitionLog.objects.get(verb="set_limit").actor_name == getattr(cast, who).name


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_changes_limits_days_or_hours(client, cast, limit, who):
    client = as_person(client, cast, who)
    for address, data in (
        (f"/supervision/limits/{limit.pk}/", {"amount": "4", "unit": "days"}),
        ("/supervision/calendar/day/2026-12-24/", {"is_working": "0", "note": "x"}),
        ("/supervision/hours/", HOURS),
    ):
        assert client.post(address, data).status_code == 403

    limit.refresh_from_db()
    assert limit.amount == 2
    assert not CalendarDay.objects.filter(day=date(2026, 12, 24)).exists()
    assert OfficeHours.objects.count() == 2


@pytest.mark.parametrize("who", [*ARRANGERS, *OTHERS])
def test_everybody_of_the_house_reads_them(client, cast, who):
    client = as_person(client, cast, who)

    for address in ("/supervision/limits/", "/supervision/calendar/", "/supervision/calendar/2026/"):
        assert client.get(address).status_code == 200


def test_a_guest_reads_nothing(client, cast):
    assert as_person(client, cast, "outsider").get("/supervision/limits/").status_code == 403


@pytest.mark.parametrize("amount", ["0", "", "251", "-1", "zwei"])
def test_a_limit_is_a_sensible_number(client, cast, limit, amount):
    response = as_person(client, cast, "office_head").post(
        f"/supervision/limits/{limit.pk}/", {"amount": amount, "unit": "days"}
    )

    assert response.status_code == 422
    limit.refresh_from_db()
    assert limit.amount == 2


def test_a_day_off_moves_what_is_counted_and_can_be_taken_back(client, cast):
    monday, eve = datetime(2026, 9, 14, 9, 0, tzinfo=SHANGHAI), date(2026, 9, 15)
    client = as_person(client, cast, "office_head")

    client.post("/supervision/calendar/day/2026-09-15/", {"is_working": "0", "note": "厂庆"})
    assert working_days().add_days(monday, 1).date() == date(2026, 9, 16)

    client.post("/supervision/calendar/day/2026-09-15/", {"is_working": "1", "note": ""})
    assert working_days().add_days(monday, 1).date() == eve
    assert not CalendarDay.objects.filter(day=eve).exists()
    events = Event.objects.filter(object_type="supervision_calendarday", actor=cast.office_head.audit_key)
    assert set(events.values_list("action", flat=True)) == {"insert", "delete"}


@pytest.mark.parametrize(
    "address",
    ["/supervision/calendar/1999/", "/supervision/calendar/day/2026-02-30/", "/supervision/calendar/day/x/"],
)
def test_a_day_that_does_not_exist_is_not_found(client, cast, address):
    assert as_person(client, cast, "office_head").get(address).status_code == 404


def test_a_year_that_is_not_published_is_warned_of_until_it_is(client, cast, monday):
    client = as_person(client, cast, "office_head")
    warning = "2027年放假安排尚未录入"
    assert warning in client.get("/supervision/calendar/2027/").content.decode()
    assert warning not in client.get("/supervision/limits/").content.decode()

    with at_moment(
        datetime(2026, 11, 21, 9, 0, tzinfo=SHANGHAI)
    ):  # limits of these days may run into January
        assert warning in client.get("/supervision/limits/").content.decode()
        flows.set_day(day=date(2027, 1, 1), is_working=False, note="元旦", by=cast.office_head)
        assert warning in client.get("/supervision/limits/").content.decode()
        for day in range(8, 13):
            flows.set_day(day=date(2027, 2, day), is_working=False, note="春节", by=cast.office_head)
        assert warning not in client.get("/supervision/limits/").content.decode()


def test_changed_hours_end_the_day_at_the_new_time(client, cast):
    response = as_person(client, cast, "system_admin").post("/supervision/hours/", HOURS)

    assert response.status_code == 302
    morning = datetime(2026, 9, 14, 9, 0, tzinfo=SHANGHAI)
    assert working_days().add_days(morning, 1) == datetime(2026, 9, 15, 18, 0, tzinfo=SHANGHAI)
    assert working_days().add_hours(morning, 4) == datetime(2026, 9, 14, 14, 0, tzinfo=SHANGHAI)


def test_an_office_without_a_noon_break(client, cast):
    as_person(client, cast, "office_head").post(
        "/supervision/hours/", {"morning_opens": "08:00", "morning_closes": "16:00"}
    )

    assert working_days().minutes_per_day == 480


@pytest.mark.parametrize(
    "change",
    [
        {"morning_closes": "08:00"},
        {"afternoon_opens": "11:30"},
        {"afternoon_closes": "13:00"},
        {"afternoon_closes": ""},
        {"morning_opens": ""},
        {"morning_opens": "25:00"},
    ],
)
def test_hours_out_of_order_are_refused_and_change_nothing(client, cast, change):
    response = as_person(client, cast, "office_head").post("/supervision/hours/", HOURS | change)

    assert response.status_code == 422
    assert working_days().minutes_per_day == 420


def test_pages_cost_few_queries(client, cast, django_assert_max_num_queries):
    client = as_person(client, cast, "office_head")
    for address in ("/supervision/limits/", "/supervision/calendar/2026/"):
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)


def test_who_may_no_longer_work_changes_nothing(cast, limit):
    with as_actor(SYSTEM):
        User.objects.filter(pk=cast.office_head.pk).update(is_active=False)
    head = User.objects.get(pk=cast.office_head.pk)

    with pytest.raises(NotYours):
        flows.set_limit(limit_id=limit.pk, amount=4, unit="days", by=head)
    limit.refresh_from_db()
    assert limit.amount == 2
