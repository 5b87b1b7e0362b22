"""Owing and ending: one row per thing owed, its dates, its pauses."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from audit.acting import SYSTEM, NoActor, as_actor, at_moment
from audit.models import Event
from audit.refusals import NotReady
from supervision import flows
from supervision.calendar import working_days
from supervision.limits import NoLimit
from supervision.models import Obligation, Rung
from supervision.states import Kind, Outcome, State

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 9, 14, 9, 0, tzinfo=ZONE)


def at(day, clock="09:00", month=9):
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def acting(cast):
    with as_actor(SYSTEM), at_moment(MONDAY):
        yield


def owe(**changes):
    return flows.owe(
        **{
            "kind": Kind.ACCEPT, "subject_type": "matter", "subject_id": 7, "case_id": 7, "number": "协〔2026〕7号",
            "url_name": "home", "url_args": [], **changes,
        }
    )  # fmt: skip


def test_a_default_limit_gives_the_due_date(acting, office):
    obligation = owe(holder_department=office)

    assert obligation.since == MONDAY
    assert obligation.due_at == obligation.original_due_at == at(16, "17:30")
    assert owe(kind=Kind.RECEIPT, urgency="urgent").due_at == at(14, "15:00")
    assert owe(kind=Kind.RECEIPT, urgency="extra", subject_id=8).due_at == at(14, "10:00")


def test_what_has_no_limit_needs_a_date(acting, clerk):
    with pytest.raises(NoLimit):
        owe(kind=Kind.EXECUTE, holder=clerk)

    assert not Obligation.objects.exists()


def test_nobody_owes_outside_a_flow(cast):
    with pytest.raises(NoActor):
        owe()

    assert not Obligation.objects.exists()


def test_the_same_thing_is_owed_once_by_the_same_holder(acting, office, supplies):
    first = owe(holder_department=office)

    assert owe(holder_department=office) == first
    assert owe(holder_department=supplies) != first
    assert Obligation.objects.count() == 2


def test_the_database_too_refuses_to_owe_twice_even_without_a_holder(acting):
    window = owe(kind=Kind.APPEAL_WINDOW)
    window.pk = None
    with pytest.raises(IntegrityError, match="owed_once"), transaction.atomic():
        window.save(force_insert=True)

    assert Obligation.objects.count() == 1


def test_discharge_ends_every_match_and_says_how_many(acting, supplies, office):
    owe(holder_department=office)
    owe(holder_department=supplies)

    assert flows.discharge(kind=Kind.DECIDE, subject_type="matter", subject_id=7) == 0
    assert (
        flows.discharge(
            kind=Kind.ACCEPT,
            subject_type="matter",
            subject_id=7,
            holder_department=supplies,
            outcome="deemed",
        )
        == 1
    )
    assert flows.discharge(kind=Kind.ACCEPT, subject_type="matter", subject_id=7) == 1
    assert set(Obligation.objects.values_list("state", "outcome")) == {
        (State.DISCHARGED, Outcome.DONE),
        (State.DISCHARGED, Outcome.DEEMED),
    }
    assert not Obligation.objects.open().exists()


def test_what_has_ended_may_be_owed_again(acting, office):
    owe(holder_department=office)
    flows.discharge(kind=Kind.ACCEPT, subject_type="matter", subject_id=7)

    assert owe(holder_department=office).state == State.OPEN


def test_cancelling_a_matter_ends_all_it_still_owes(acting, office, clerk):
    owe(holder_department=office)
    owe(kind=Kind.EXECUTE, subject_type="item", subject_id=3, holder=clerk, due_at=at(20))
    owe(case_id=8, subject_id=8)

    assert flows.cancel(case_id=7) == 2
    assert Obligation.objects.open().get().case_id == 8


def test_a_cancel_without_a_subject_is_a_mistake(acting):
    with pytest.raises(ValueError, match="subject"):
        flows.cancel()


def test_suspension_keeps_the_rest_of_the_time_and_resume_gives_it_back(acting, office):
    obligation = owe(holder_department=office, due_at=at(15, "17:30"))
    with at_moment(at(14, "10:00")):
        assert flows.suspend(case_id=7, reason="等待鉴定") == 1
    obligation.refresh_from_db()
    assert (obligation.state, obligation.remaining_minutes) == (State.SUSPENDED, 330 + 420)

    with at_moment(at(20, "10:00")):
        assert flows.resume(case_id=7) == 1
    obligation.refresh_from_db()

    assert obligation.state == State.OPEN
    assert obligation.due_at == at(21, "17:30")
    assert obligation.original_due_at == at(15, "17:30")
    assert (obligation.due_version, obligation.remaining_minutes) == (2, None)
    assert obligation.pauses.get().until == at(20, "10:00")


def test_the_clock_stands_until_the_last_cause_ends(acting, office):
    obligation = owe(holder_department=office)
    flows.suspend(case_id=7, reason="中止")
    flows.suspend(subject_type="matter", subject_id=7, reason="争议", cause="dispute")
    flows.suspend(case_id=7, reason="中止")
    assert obligation.pauses.count() == 2

    flows.resume(case_id=7)
    obligation.refresh_from_db()
    assert obligation.state == State.SUSPENDED

    flows.resume(case_id=7, cause="dispute")
    obligation.refresh_from_db()
    assert obligation.state == State.OPEN
    assert obligation.due_at == obligation.original_due_at


def test_lateness_at_a_suspension_stays_as_it_was(acting, office):
    obligation = owe(holder_department=office, due_at=at(10, "17:30"))
    flows.suspend(case_id=7, reason="中止")  # one working day and half an hour late
    with at_moment(at(21, "09:00")):
        flows.resume(case_id=7)
    obligation.refresh_from_db()

    assert working_days().minutes_between(obligation.due_at, at(21, "09:00")) == 420 + 30
    assert obligation.original_due_at == at(10, "17:30")
    assert obligation.due_version == 1  # nobody is reminded of the same lateness twice


def test_pausing_only_the_reminders_leaves_the_clock_running(acting, office):
    obligation = owe(holder_department=office)
    flows.suspend(case_id=7, reason="申请延期", scope="rungs")
    obligation.refresh_from_db()

    assert obligation.state == State.OPEN
    assert obligation.remaining_minutes is None


def test_an_extension_keeps_the_original_date(acting, clerk):
    obligation = owe(kind=Kind.EXECUTE, holder=clerk, due_at=at(16, "17:30"))
    extended = flows.change_due(obligation_id=obligation.pk, due_at=at(21, "17:30"))

    assert (extended.due_at, extended.original_due_at) == (at(21, "17:30"), at(16, "17:30"))
    assert extended.due_version == 2
    assert extended.extended
    with at_moment(at(18)):
        flows.discharge(kind=Kind.EXECUTE, subject_type="matter", subject_id=7)
    extended.refresh_from_db()
    assert not extended.ended_on_time
    with pytest.raises(NotReady):
        flows.change_due(obligation_id=obligation.pk, due_at=at(30))


def test_the_database_refuses_to_change_an_original_date(acting, clerk):
    obligation = owe(kind=Kind.EXECUTE, holder=clerk, due_at=at(16, "17:30"))
    with pytest.raises(DatabaseError, match="original due date"), transaction.atomic():
        Obligation.objects.filter(pk=obligation.pk).update(original_due_at=at(30))

    obligation.refresh_from_db()
    assert obligation.original_due_at == at(16, "17:30")


@pytest.mark.parametrize(
    "change",
    [
        {"state": "discharged"},
        {"outcome": "done"},
        {"state": "cancelled", "outcome": "done", "ended_at": MONDAY},
        {"state": "gone"},
        {"state": "suspended"},
        {"due_at": None},
        {"due_version": 0},
    ],
)
def test_the_database_refuses_a_state_that_contradicts_itself(acting, office, change):
    obligation = owe(holder_department=office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Obligation.objects.filter(pk=obligation.pk).update(**change)


def test_handing_over_ends_one_and_begins_another_by_the_same_date(acting, clerk, supplies_liaison):
    old = owe(kind=Kind.EXECUTE, holder=clerk, due_at=at(16, "17:30"), asked_by=supplies_liaison)
    with at_moment(at(15)):
        new = flows.hand_over(obligation_id=old.pk, holder=supplies_liaison)
    old.refresh_from_db()

    assert (old.state, old.outcome, old.holder) == (State.DISCHARGED, Outcome.HANDED_OVER, clerk)
    assert (new.state, new.holder, new.since) == (State.OPEN, supplies_liaison, at(15))
    assert (new.due_at, new.original_due_at) == (old.due_at, old.original_due_at)
    assert Obligation.objects.open().get() == new


def test_a_held_obligation_is_handed_over_with_its_hold(acting, clerk, supplies_liaison):
    old = owe(kind=Kind.EXECUTE, holder=clerk, due_at=at(16, "17:30"))
    flows.suspend(case_id=7, reason="中止")
    new = flows.hand_over(obligation_id=old.pk, holder=supplies_liaison)
    assert (new.state, new.remaining_minutes) == (State.SUSPENDED, 390 + 2 * 420)

    with at_moment(MONDAY + timedelta(days=1)):
        flows.resume(case_id=7)
    new.refresh_from_db()
    assert (new.state, new.due_at) == (State.OPEN, at(17, "17:30"))


def test_what_has_ended_leaves_no_rung_behind(acting, clerk):
    owe(kind=Kind.EXECUTE, holder=clerk, due_at=at(30, "17:30"), ladder=True)
    assert Rung.objects.count() == 3
    flows.discharge(kind=Kind.EXECUTE, subject_type="matter", subject_id=7)

    assert not Rung.objects.exists()


def test_every_change_of_an_obligation_is_an_event(acting, office):
    owe(holder_department=office)
    flows.discharge(kind=Kind.ACCEPT, subject_type="matter", subject_id=7)

    actions = Event.objects.filter(object_type="supervision_obligation").values_list("action", flat=True)
    assert list(actions.order_by("pk")) == ["insert", "update"]
