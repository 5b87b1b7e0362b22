"""R106, Q17–Q19, the end of the work: completion, the applicant's word, silence, objection, survey."""

import pytest

from audit.acting import SYSTEM, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import Survey
from requests.states import Stage
from supervision.states import Kind
from tests.requests import world

MARKS = dict.fromkeys(Survey.SCALES, 5)


def test_completion_is_refused_while_an_item_is_open(cast):
    matter = world.executing(cast)

    with pytest.raises(NotReady):
        flows.complete_execution(matter_id=matter.pk, by=cast.supplies_liaison, summary="完成")

    matter.refresh_from_db()
    assert matter.stage == Stage.EXECUTION


def test_completion_needs_a_summary(cast):
    item = world.submitted(cast)
    with at_moment(world.moment(14)):
        flows.close_item(item_id=item.pk, by=cast.officer)

        with pytest.raises(Invalid) as refused:
            flows.complete_execution(matter_id=item.matter_id, by=cast.supplies_liaison, summary=" ")

    assert list(refused.value.fields) == ["summary"]


def test_completion_asks_the_applicant_within_five_working_days(cast):
    matter = world.in_feedback(cast)

    assert matter.stage == Stage.FEEDBACK
    confirm = world.owed(matter, Kind.CONFIRM)
    assert (confirm.holder, confirm.due_at, confirm.on_lapse) == (
        cast.clerk,
        world.moment(20, 17, 30),
        "deemed",
    )
    assert world.owed(matter, Kind.CLOSE_EXECUTION) is None
    assert world.told(cast.clerk, "Please confirm or object")


def test_the_applicant_confirms_and_the_archive_has_the_ball(cast):
    matter = world.in_feedback(cast)

    with at_moment(world.moment(14, 10)):
        matter = flows.confirm(matter_id=matter.pk, by=cast.clerk, feedback="很及时。")

    assert (matter.stage, matter.is_confirmed) == (Stage.FEEDBACK, True)
    assert world.owed(matter, Kind.CONFIRM) is None
    assert world.owed(matter, Kind.ARCHIVE).holder == cast.records_admin


@pytest.mark.parametrize("name", ["repair_head", "supplies_liaison", "officer", "chair", "auditor"])
def test_nobody_else_confirms_or_objects(cast, name):
    matter = world.in_feedback(cast)

    with pytest.raises(NotYours):
        flows.confirm(matter_id=matter.pk, by=getattr(cast, name))
    with pytest.raises(NotYours):
        flows.object_to_result(matter_id=matter.pk, by=getattr(cast, name), defects="不合格")

    matter.refresh_from_db()
    assert (matter.stage, matter.feedback_ended_at) == (Stage.FEEDBACK, None)


def test_it_is_confirmed_once(cast):
    matter = world.in_feedback(cast)
    flows.confirm(matter_id=matter.pk, by=cast.clerk)

    with pytest.raises(NotReady):
        flows.confirm(matter_id=matter.pk, by=cast.clerk)
    with pytest.raises(NotReady):
        flows.object_to_result(matter_id=matter.pk, by=cast.clerk, defects="不合格")


def test_silence_counts_as_confirmation_and_says_so(cast):
    matter = world.in_feedback(cast)
    world.lapse(matter, Kind.CONFIRM)

    with at_moment(world.moment(21)):
        assert flows.act_on_lapses(world.moment(21)) == 1

    matter.refresh_from_db()
    assert (matter.is_confirmed, matter.feedback_ended_at) == (None, world.moment(21))
    line = TransitionLog.objects.of("matter", matter.pk).get(verb="deem_confirmed")
    assert line.actor == SYSTEM.audit_key
    assert world.owed(matter, Kind.ARCHIVE) is not None


def test_an_objection_goes_back_to_execution_once(cast):
    """R106"""
    matter = world.in_feedback(cast)

    with at_moment(world.moment(14, 10)):
        matter = flows.object_to_result(matter_id=matter.pk, by=cast.clerk, defects="一人尺码不符。")

    assert (matter.stage, matter.rework_count, matter.is_confirmed) == (Stage.EXECUTION, 1, False)
    assert world.owed(matter, Kind.CONFIRM) is None
    assert world.owed(matter, Kind.ISSUE_ACTION_ITEMS).holder == cast.officer
    assert world.told(cast.supplies_liaison, "objects")


def rework(cast, matter):
    """The objection is answered by another item, closed and completed."""
    with at_moment(world.moment(14, 11)):
        flows.object_to_result(matter_id=matter.pk, by=cast.clerk, defects="一人尺码不符。")
        item = world.draft_item(cast, matter, text="为一名管焊工更换合适尺码的劳保服")
        assert flows.issue_rework(matter_id=matter.pk, by=cast.officer) == 1
        flows.submit_item(
            item_id=item.pk, by=cast.supplies_clerk, result="已更换。", evidence_note=world.SEEN
        )
        flows.close_item(item_id=item.pk, by=cast.officer)
        return flows.complete_execution(matter_id=matter.pk, by=cast.supplies_liaison, summary="已更换。")


def test_the_answer_to_an_objection_comes_back_to_the_applicant(cast):
    matter = rework(cast, world.in_feedback(cast))

    assert matter.stage == Stage.FEEDBACK
    assert world.owed(matter, Kind.CONFIRM).holder == cast.clerk
    assert world.owed(matter, Kind.ISSUE_ACTION_ITEMS) is None


def test_a_second_objection_is_refused(cast):
    """R106: it reopens the execution once."""
    matter = rework(cast, world.in_feedback(cast))

    with pytest.raises(NotReady):
        flows.object_to_result(matter_id=matter.pk, by=cast.clerk, defects="仍不满意")

    matter.refresh_from_db()
    assert (matter.stage, matter.rework_count) == (Stage.FEEDBACK, 1)


def test_the_head_of_the_office_reopens_it_a_second_time(cast):
    """Q18"""
    matter = rework(cast, world.in_feedback(cast))

    matter = flows.object_to_result(matter_id=matter.pk, by=cast.office_head, defects="仍有一人未领到。")

    assert (matter.stage, matter.rework_count) == (Stage.EXECUTION, 2)
    assert world.owed(matter, Kind.ISSUE_ACTION_ITEMS).holder == cast.officer


def test_the_first_reopening_is_the_applicants_and_not_the_heads(cast):
    """Q18"""
    matter = world.in_feedback(cast)

    with pytest.raises(NotYours):
        flows.object_to_result(matter_id=matter.pk, by=cast.office_head, defects="我看不行。")

    matter.refresh_from_db()
    assert (matter.stage, matter.rework_count) == (Stage.FEEDBACK, 0)


def test_an_objection_names_what_is_missing(cast):
    matter = world.in_feedback(cast)

    with pytest.raises(Invalid) as refused:
        flows.object_to_result(matter_id=matter.pk, by=cast.clerk, defects=" ")

    assert list(refused.value.fields) == ["defects"]
    matter.refresh_from_db()
    assert matter.stage == Stage.FEEDBACK


def test_completion_is_refused_while_the_objection_is_unanswered(cast):
    """The old items are all closed, yet the objection asks for a new one."""
    matter = world.in_feedback(cast)
    with at_moment(world.moment(14, 10)):
        flows.object_to_result(matter_id=matter.pk, by=cast.clerk, defects="一人尺码不符。")

        with pytest.raises(NotReady):
            flows.complete_execution(matter_id=matter.pk, by=cast.supplies_liaison, summary="完成")


def test_the_survey_is_answered_once_per_person(cast):
    matter = world.in_feedback(cast)
    flows.answer_survey(matter_id=matter.pk, by=cast.clerk, marks=MARKS)

    with pytest.raises(NotReady):
        flows.answer_survey(matter_id=matter.pk, by=cast.clerk, marks=MARKS)

    assert Survey.objects.count() == 1


def test_a_low_mark_needs_its_reason(cast):
    matter = world.in_feedback(cast)
    marks = {**MARKS, "speed": 2}

    with pytest.raises(Invalid) as refused:
        flows.answer_survey(matter_id=matter.pk, by=cast.clerk, marks=marks)
    assert list(refused.value.fields) == ["reason"]
    assert not Survey.objects.exists()

    flows.answer_survey(matter_id=matter.pk, by=cast.clerk, marks=marks, reason="等了两周。")
    assert Survey.objects.get().speed == 2


@pytest.mark.parametrize("marks", [{}, {**MARKS, "speed": 0}, {**MARKS, "overall": 6}])
def test_every_scale_has_a_mark_from_one_to_five(cast, marks):
    matter = world.in_feedback(cast)

    with pytest.raises(Invalid):
        flows.answer_survey(matter_id=matter.pk, by=cast.clerk, marks=marks)

    assert not Survey.objects.exists()


def test_the_survey_waits_for_the_result(cast):
    matter = world.executing(cast)

    with pytest.raises(NotReady):
        flows.answer_survey(matter_id=matter.pk, by=cast.clerk, marks=MARKS)


def close(matter, by):
    return flows.close(matter_id=matter.pk, by=by, archive_number="案〔2026〕1号")


def test_the_archive_waits_for_the_applicants_word(cast):
    matter = world.in_feedback(cast)

    with pytest.raises(NotReady):
        close(matter, cast.records_admin)

    flows.confirm(matter_id=matter.pk, by=cast.clerk)
    assert close(matter, cast.records_admin).stage == Stage.ARCHIVED


@pytest.mark.parametrize("name", ["officer", "office_head", "clerk", "system_admin", "auditor"])
def test_only_the_records_administrator_closes(cast, name):
    matter = world.in_feedback(cast)
    flows.confirm(matter_id=matter.pk, by=cast.clerk)

    with pytest.raises(NotYours):
        close(matter, getattr(cast, name))

    matter.refresh_from_db()
    assert matter.stage == Stage.FEEDBACK
