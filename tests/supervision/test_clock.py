"""The light of a duty: shape and words, from its row, the calendar and this moment."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from audit.acting import SYSTEM, as_actor
from supervision.clock import light, warn_until
from supervision.models import Obligation
from supervision.states import Outcome, State

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")


def at(text):
    """`09-18 16:20` of 2026."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


FRIDAY = at("09-18 16:20")


def duty(due="", *, ladder=False, urgency="normal", state=State.OPEN, **more):
    due_at = at(due) if due else None
    return Obligation(
        kind="execute",
        due_at=due_at,
        original_due_at=due_at,
        ladder=ladder,
        urgency=urgency,
        state=state,
        **more,
    )


@pytest.mark.parametrize(
    ("due", "shape", "words"),
    [
        ("09-17 17:30", "bad", "逾期1个工作日"),
        ("09-18 15:00", "bad", "逾期1小时20分"),
        ("09-18 16:10", "bad", "逾期10分钟"),
        ("09-18 17:30", "warn", "剩1小时10分"),
        ("09-20 17:30", "ok", "剩1个工作日"),  # the Sunday is worked
        ("09-21 17:30", "ok", "剩2个工作日"),
        ("", "ok", "未定期限"),
    ],
)
def test_the_light_of_a_duty(due, shape, words):
    shown = light(duty(due), FRIDAY)

    assert (shown.shape, shown.words) == (shape, words)


@pytest.mark.parametrize(
    ("urgency", "due", "shape"),
    [
        ("normal", "09-22 17:30", "warn"),  # Sunday, Monday, Tuesday: the third working day
        ("normal", "09-23 17:30", "ok"),
        ("urgent", "09-20 17:30", "warn"),
        ("urgent", "09-21 17:30", "ok"),
        ("extra", "09-18 17:30", "warn"),
        ("extra", "09-20 17:30", "ok"),
    ],
)
def test_an_action_item_turns_yellow_when_its_first_reminder_goes_out(urgency, due, shape):
    assert light(duty(due, ladder=True, urgency=urgency), FRIDAY).shape == shape


def test_a_rest_day_adds_no_delay():
    assert light(duty("09-18 17:30"), at("09-19 10:00")).words == "逾期"
    assert light(duty("09-18 17:30"), at("09-20 10:00")).words == "逾期1个工作日"


def test_a_suspended_duty_keeps_its_rest():
    assert (
        light(duty("09-17 17:30", state=State.SUSPENDED, remaining_minutes=5 * 420), FRIDAY).words
        == "中止，剩5个工作日"
    )
    assert (
        light(duty("09-17 17:30", state=State.SUSPENDED, remaining_minutes=130), FRIDAY).words
        == "中止，剩2小时10分"
    )
    assert light(duty(state=State.SUSPENDED), FRIDAY).shape == "hold"


@pytest.mark.parametrize(
    ("outcome", "ended", "words"),
    [
        (Outcome.DONE, "09-17 10:00", "已办理"),
        (Outcome.DONE, "09-18 10:00", "逾期办理"),
        (Outcome.DEEMED, "09-18 10:00", "视为已办"),
    ],
)
def test_an_ended_duty_says_how_it_ended(outcome, ended, words):
    shown = light(duty("09-17 17:30", state=State.DISCHARGED, outcome=outcome, ended_at=at(ended)), FRIDAY)

    assert (shown.shape, shown.words) == ("ok", words)


def test_an_extension_does_not_make_late_work_punctual():
    late = duty("09-25 17:30", state=State.DISCHARGED, outcome=Outcome.DONE, ended_at=at("09-20 10:00"))
    late.original_due_at = at("09-17 17:30")

    assert light(late, FRIDAY).words == "逾期办理"


def test_the_words_follow_the_reader():
    with override("en"):
        assert light(duty("09-17 17:30"), FRIDAY).words == "1 working day overdue"
        assert light(duty("09-21 17:30"), FRIDAY).words == "2 working days left"


def test_a_list_filtered_by_light_and_the_light_beside_each_row_agree(cast):
    due_dates = [FRIDAY + timedelta(hours=hours) for hours in range(-48, 240, 5)] + [None]
    rows = [
        Obligation(
            kind="execute", subject_type="item", subject_id=number, holder=cast.officer, since=at("09-01 09:00"),
            due_at=due_at, original_due_at=due_at, ladder=ladder, urgency=urgency,
            state=state, remaining_minutes=60 if state == State.SUSPENDED else None,
        )
        for number, (due_at, ladder, urgency, state) in enumerate(
            (due_at, ladder, urgency, state)
            for due_at in due_dates
            for ladder in (True, False)
            for urgency in ("normal", "urgent", "extra")
            for state in (State.OPEN, State.SUSPENDED)
        )
    ]  # fmt: skip
    with as_actor(SYSTEM):
        Obligation.objects.bulk_create(rows)

    for row in Obligation.objects.with_light(FRIDAY, warn_until(FRIDAY)):
        assert row.shape == light(row, FRIDAY).shape, row.due_at
