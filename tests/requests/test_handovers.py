"""R100: passing a matter on is counted; the third time, or back to where it came from, wishes for a special meeting."""

import pytest

from audit.acting import SYSTEM, as_actor
from audit.refusals import Invalid, NotYours
from requests import flows
from requests.models import Handover, MeetingWish
from tests.requests import letters_world as letters
from tests.requests import world


@pytest.fixture
def matter(cast):
    return world.accepted(cast)


def chain(matter):
    return [(row.from_name, row.to_name) for row in matter.handovers.all()]


def test_r100_not_our_duty_counts_as_passed_on_with_its_reason(cast, matter):
    letters.passed_on(cast, matter, cast.supplies, cast.staffing)

    row = matter.handovers.get()
    assert (row.from_department, row.to_department, row.number) == (
        cast.supplies,
        cast.staffing,
        "联〔2026〕1号",
    )
    assert row.reason == "不在本部门职责范围内。"
    assert not MeetingWish.objects.exists()


def test_r100_a_refusal_that_names_another_department_counts_too(cast, matter):
    letter = letters.sent(cast, matter)

    letters.answer(
        cast, letters.row(letter, cast.supplies), "conditions", "需计划发展部出具联系单。", cast.planning
    )

    assert chain(matter) == [("物资部", "计划发展部")]


def test_r100_consent_and_a_plain_refusal_pass_nothing_on(cast, matter):
    letter = letters.sent(cast, matter, to=[cast.supplies, cast.staffing])

    letters.answer(cast, letters.row(letter, cast.supplies), "agree", "", cast.planning)
    letters.answer(cast, letters.row(letter, cast.staffing), "disagree", "没有预算。")

    assert chain(matter) == []


def test_r100_the_same_answer_given_again_counts_once(cast, matter):
    letter = letters.sent(cast, matter)

    for minute in (0, 1):
        letters.answer(
            cast,
            letters.row(letter, cast.supplies),
            "not_ours",
            "不归我部。",
            cast.staffing,
            at=world.moment(8, 15, minute),
        )

    assert matter.handovers.count() == 1


def test_r100_the_third_passing_on_wishes_for_one_meeting_and_tells_the_office(cast, matter):
    letters.passed_on(cast, matter, cast.supplies, cast.staffing, cast.planning)
    assert not MeetingWish.objects.exists()

    letters.passed_on(cast, matter, cast.planning, cast.office)

    wish = MeetingWish.objects.get()
    assert (wish.reason, wish.handovers.count()) == ("third", 3)
    assert wish.chain.splitlines()[0] == "1. 物资部 → 人力资源部：不在本部门职责范围内。（联〔2026〕1号）"
    assert world.told(cast.officer, "passed on")


def test_r100_passing_it_back_wishes_for_a_meeting_at_once(cast, matter):
    letters.passed_on(cast, matter, cast.supplies, cast.staffing, cast.supplies)

    assert MeetingWish.objects.get().reason == "back"


def test_r100_while_a_wish_is_open_no_second_one_is_written(cast, matter):
    letters.passed_on(cast, matter, cast.supplies, cast.staffing, cast.supplies)
    letters.passed_on(cast, matter, cast.supplies, cast.planning)

    assert MeetingWish.objects.count() == 1
    assert not Handover.objects.filter(wish=None).exists()


def test_r100_after_its_meeting_a_new_chain_counts_from_one(cast, matter):
    letters.passed_on(cast, matter, cast.supplies, cast.staffing, cast.supplies)
    with_meeting = MeetingWish.objects.get()
    with as_actor(SYSTEM):
        flows.fulfil_wish(wish_id=with_meeting.pk, meeting_id=7)

    letters.passed_on(cast, matter, cast.supplies, cast.planning)

    assert MeetingWish.objects.count() == 1
    assert Handover.objects.filter(wish=None).count() == 1


def test_s64_what_the_office_routed_wrongly_does_not_count(cast, matter):
    letters.passed_on(cast, matter, cast.supplies, cast.staffing, cast.planning)
    first = matter.handovers.first()

    flows.admit_misrouting(handover_id=first.pk, by=cast.officer, reason="联系单本应发给人力资源部。")
    letters.passed_on(cast, matter, cast.planning, cast.office)

    assert matter.handovers.counted().count() == 2
    assert not MeetingWish.objects.exists()


def test_s64_only_the_office_admits_a_misrouting_and_says_what_it_was(cast, matter):
    letters.passed_on(cast, matter, cast.supplies, cast.staffing)
    row = matter.handovers.get()

    with pytest.raises(NotYours):
        flows.admit_misrouting(handover_id=row.pk, by=cast.supplies_head, reason="发错了。")
    with pytest.raises(Invalid):
        flows.admit_misrouting(handover_id=row.pk, by=cast.officer, reason=" ")

    assert matter.handovers.counted().count() == 1
