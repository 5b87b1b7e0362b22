"""R086: the ladder of §6.2 fires each step once, in office hours, to whoever is responsible then."""

from datetime import datetime, timedelta

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from notifications.models import Notice
from supervision import flows
from supervision.models import Obligation, Reminder
from supervision.states import Kind
from tests.conftest import SHANGHAI


def at(text):
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


def tick(text):
    flows.tick(now=at(text))


def sent():
    return list(
        Reminder.objects.filter(status="sent")
        .order_by("sent_at", "recipient__name")
        .values_list("step", "recipient__name")
    )


def owe(holder, department, *, since, due, **more):
    with as_actor(SYSTEM), at_moment(at(since)):
        return flows.owe(
            kind=Kind.EXECUTE, subject_type="item", subject_id=1, number="督〔2026〕98号", url_name="home", url_args=[],
            holder=holder, holder_department=department, due_at=at(due), ladder=True, **more,
        )  # fmt: skip


@pytest.fixture
def item(cast):
    """Normal urgency, due Thursday 2026-10-15; the National Day holiday lies before it."""
    return owe(cast.supplies_liaison, cast.supplies, since="09-21 15:10", due="10-15 17:30")


def test_each_step_goes_out_once_on_its_day_at_nine(item):
    for day in ("10-09", "10-10", "10-12", "10-13", "10-14", "10-15", "10-16"):
        for clock in ("09:00", "09:01", "14:00"):
            tick(f"{day} {clock}")

    assert sent() == [
        ("L1", "林佳"),  # Monday 12 October: three working days before
        ("L2", "吴海涛"),
        ("L2", "林佳"),
        ("L3", "吴海涛"),
        ("L3", "林佳"),
    ]
    assert Notice.objects.count() == 5


@pytest.mark.parametrize(
    "moment", ["10-12 03:00", "10-12 12:30", "10-12 19:00", "10-17 10:00", "10-18 10:00", "10-05 10:00"]
)
def test_nothing_goes_out_at_night_at_noon_on_rest_days_or_in_the_holiday(item, moment):
    tick(moment)

    assert sent() == []
    assert not Notice.objects.exists()


def test_after_an_outage_only_the_highest_step_goes_out_and_the_record_says_why(item):
    tick("10-20 09:00")

    assert {step for step, _ in sent()} == {"L3"}
    assert set(Reminder.objects.filter(status="superseded").values_list("step", flat=True)) == {"L1", "L2"}
    assert Notice.objects.count() == 2


def test_done_in_time_means_silence(item):
    with as_actor(SYSTEM), at_moment(at("10-09 10:00")):
        flows.discharge(kind=Kind.EXECUTE, subject_type="item", subject_id=1)
    tick("10-12 09:00")
    tick("10-16 09:00")

    assert not Reminder.objects.exists()


def test_a_new_date_brings_a_new_ladder_and_the_planned_old_step_is_obsolete(item):
    with at_moment(at("10-14 09:00")):
        flows.plan(at("10-14 09:00"))
        with as_actor(SYSTEM):
            flows.change_due(obligation_id=item.pk, due_at=at("10-23 17:30"))
        flows.send(at("10-14 09:00"))
    tick("10-20 09:00")

    assert [step for step, _ in sent()] == ["L1"]
    assert "it has a new due date" in Reminder.objects.filter(status="obsolete").values_list("why", flat=True)
    assert Obligation.objects.get(pk=item.pk).original_due_at == at("10-15 17:30")


def test_a_pending_extension_freezes_the_overdue_step_but_not_the_friendly_ones(item):
    with as_actor(SYSTEM), at_moment(at("10-10 10:00")):
        flows.suspend(subject_type="item", subject_id=1, reason="extension", cause="extension", scope="rungs")
    for day in ("10-12", "10-14", "10-16"):
        tick(f"{day} 09:00")
    assert {step for step, _ in sent()} == {"L1", "L2"}

    with as_actor(SYSTEM), at_moment(at("10-16 10:00")):
        flows.resume(subject_type="item", subject_id=1, cause="extension")
    tick("10-19 09:00")

    assert {step for step, _ in sent()} == {"L1", "L2", "L3"}


def test_a_suspended_clock_sends_nothing_and_gives_the_rest_of_the_time_back(item):
    with as_actor(SYSTEM), at_moment(at("10-13 17:30")):
        flows.suspend(subject_type="item", subject_id=1, reason="dispute", cause="dispute:1")
    tick("10-16 09:00")
    assert sent() == []

    with as_actor(SYSTEM), at_moment(at("10-20 17:30")):
        flows.resume(subject_type="item", subject_id=1, cause="dispute:1")

    # Two working days were left on the evening of the 13th.
    assert Obligation.objects.get(pk=item.pk).due_at == at("10-22 17:30")


def test_two_causes_of_a_pause_both_have_to_end(item):
    with as_actor(SYSTEM), at_moment(at("10-13 10:00")):
        flows.suspend(subject_type="item", subject_id=1, reason="a", cause="dispute:1")
        flows.suspend(subject_type="item", subject_id=1, reason="b", cause="suspended")
        flows.resume(subject_type="item", subject_id=1, cause="suspended")

    assert Obligation.objects.get(pk=item.pk).state == "suspended"


def test_somebody_deactivated_between_plan_and_send_is_not_told(item, cast):
    now = at("10-12 09:00")
    flows.plan(now)
    with as_actor(SYSTEM):
        type(cast.supplies_liaison).objects.filter(pk=cast.supplies_liaison.pk).update(is_active=False)
    flows.send(now)

    assert sent() == []
    assert not Notice.objects.exists()


def test_a_limit_without_a_ladder_tells_its_holder_the_next_morning(cast):
    with as_actor(SYSTEM), at_moment(at("09-14 14:20")):
        flows.owe(
            kind=Kind.ACCEPT, subject_type="matter", subject_id=7, number="协〔2026〕41号", url_name="home", url_args=[],
            holder_department=cast.office, urgency="urgent",
        )  # fmt: skip
    tick("09-15 17:29")
    assert sent() == []
    tick("09-16 09:00")
    tick("09-16 09:01")

    assert sent() == [("lapse", "丁晓蕾"), ("lapse", "宋雅琴")]


def test_hour_rungs_of_an_extra_urgent_item_stay_inside_office_hours(cast):
    owe(cast.supplies_liaison, cast.supplies, since="09-14 09:00", due="09-14 15:00", urgency="extra")
    moment = at("09-14 09:00")
    while moment < at("09-15 12:00"):
        flows.tick(now=moment)
        moment += timedelta(minutes=10)

    # T−2h lies before the noon break, T−1h is two o'clock, T+1h is four.
    assert [(step, name) for step, name in sent() if name == "林佳"] == [
        ("L1", "林佳"),
        ("L2", "林佳"),
        ("L3", "林佳"),
    ]


def test_a_receipt_given_by_silence_is_told_the_next_morning(cast):
    with as_actor(SYSTEM), at_moment(at("09-21 15:10")):
        flows.owe(
            kind=Kind.RECEIPT, subject_type="item", subject_id=1, number="督〔2026〕98号", url_name="home", url_args=[],
            holder=cast.supplies_clerk, holder_department=cast.supplies, on_lapse="deemed",
        )  # fmt: skip
    tick("09-22 17:31")
    with as_actor(SYSTEM), at_moment(at("09-22 17:31")):
        lapsed = Obligation.objects.lapsed_unanswered(Kind.RECEIPT).get()
        flows.discharge(kind=Kind.RECEIPT, subject_type="item", subject_id=1, outcome="deemed")
    assert lapsed.lapsed_at == at("09-22 17:30")
    assert sent() == []

    tick("09-23 09:00")
    tick("09-23 09:01")
    assert sent() == [("L0", "林佳")]


def test_what_is_done_after_its_limit_but_before_the_morning_is_not_chased(cast):
    with as_actor(SYSTEM), at_moment(at("09-14 14:20")):
        flows.owe(
            kind=Kind.ACCEPT, subject_type="matter", subject_id=7, number="协〔2026〕41号", url_name="home", url_args=[],
            holder_department=cast.office, urgency="urgent",
        )  # fmt: skip
    tick("09-15 18:00")
    with as_actor(SYSTEM), at_moment(at("09-15 20:00")):
        flows.discharge(kind=Kind.ACCEPT, subject_type="matter", subject_id=7)
    tick("09-16 09:00")

    assert not Reminder.objects.exists()


def test_late_work_that_comes_back_is_chased_again(item):
    tick("10-16 09:00")
    with as_actor(SYSTEM), at_moment(at("10-19 10:00")):
        flows.discharge(kind=Kind.EXECUTE, subject_type="item", subject_id=1)
    owe(item.holder, item.holder_department, since="10-20 10:00", due="10-15 17:30")
    tick("10-20 10:01")

    assert [step for step, _ in sent()] == ["L3"] * 4


def test_what_an_interrupted_sender_left_does_not_come_beside_the_later_step(item):
    flows.plan(at("10-12 17:29"))
    tick("10-14 09:00")

    assert {step for step, _ in sent()} == {"L2"}
    assert Reminder.objects.get(step="L1").status == "superseded"


def test_an_extension_asked_between_plan_and_send_holds_the_overdue_step_back(item):
    flows.plan(at("10-16 09:00"))
    with as_actor(SYSTEM), at_moment(at("10-16 09:00")):
        flows.suspend(subject_type="item", subject_id=1, reason="extension", cause="extension", scope="rungs")
    flows.send(at("10-16 09:01"))
    assert sent() == []

    with as_actor(SYSTEM), at_moment(at("10-16 10:00")):
        flows.resume(subject_type="item", subject_id=1, cause="extension")
    tick("10-16 10:01")
    assert {step for step, _ in sent()} == {"L3"}


def test_two_day_steps_never_go_out_on_one_day(cast):
    """L1 of a new date falls on the day on which L2 of the old one went out: it waits for the next working day."""
    item = owe(cast.supplies_liaison, cast.supplies, since="10-08 15:10", due="10-13 17:30")
    tick("10-12 09:00")
    with as_actor(SYSTEM), at_moment(at("10-12 08:59")):
        flows.change_due(obligation_id=item.pk, due_at=at("10-15 17:30"))
    tick("10-12 11:00")
    assert [step for step, name in sent() if name == "林佳"] == ["L2"]

    tick("10-13 09:00")
    assert [step for step, name in sent() if name == "林佳"] == ["L2", "L1"]


def test_handing_over_does_not_repeat_a_step_that_has_been_told(item, cast):
    tick("10-16 09:00")
    with as_actor(SYSTEM), at_moment(at("10-16 10:00")):
        flows.hand_over(obligation_id=item.pk, holder=cast.supplies_clerk)
    tick("10-19 09:00")

    assert sent() == [("L3", "吴海涛"), ("L3", "林佳")]


def test_what_nobody_is_left_to_answer_reaches_the_office(item, cast):
    with as_actor(SYSTEM):
        type(cast.clerk).objects.filter(pk__in=[cast.supplies_liaison.pk, cast.supplies_head.pk]).update(
            is_active=False
        )
    tick("10-12 09:00")

    assert sent() == [("L1", "丁晓蕾"), ("L1", "宋雅琴")]


def test_a_window_reminds_nobody(cast):
    with as_actor(SYSTEM), at_moment(at("09-14 14:20")):
        flows.owe(
            kind=Kind.APPEAL_WINDOW, subject_type="dispute", subject_id=7, number="争〔2026〕5号", url_name="home", url_args=[]
        )  # fmt: skip
    tick("09-22 09:00")

    assert Obligation.objects.lapsed_unanswered(Kind.APPEAL_WINDOW).exists()
    assert not Reminder.objects.exists()
