"""The office's answer to a filed matter: accept, return for completion, refuse."""

import pytest

from audit.acting import at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import CoordinationRequest
from requests.states import Role, Stage
from supervision.states import Kind, State
from tests.requests import world

AFTERNOON = world.moment(7, 14, 30)


def accept(cast, matter, *, by=None, **changes):
    given = {
        "lead_department": cast.supplies, "co_departments": [cast.staffing], "conditions": world.all_met(), **world.ASSESSMENT,
        **changes,
    }  # fmt: skip
    with at_moment(AFTERNOON):
        return flows.accept(matter_id=matter.pk, by=by or cast.officer, **given)


def send_back(cast, matter, gaps=(("goal", "写明谁在何时达到什么状态。"),), *, by=None):
    with at_moment(AFTERNOON):
        return flows.return_for_revision(matter_id=matter.pk, by=by or cast.officer, gaps=list(gaps))


def test_accepting_gives_the_matter_its_keeper_and_departments(cast):
    matter = accept(cast, world.filed(cast))

    assert (matter.stage, matter.keeper, matter.lead_department) == (
        Stage.PREPARATION, cast.officer, cast.supplies,
    )  # fmt: skip
    assert list(matter.participants.values_list("department__code", "role")) == [
        ("WZ", Role.LEAD),
        ("RL", Role.CO),
    ]
    assert world.owed(matter, Kind.ACCEPT) is None
    assert world.owed(matter, Kind.PREPARE).holder == cast.officer
    assert world.told(cast.clerk, "has been accepted")
    assert world.told(cast.supplies_liaison, "takes part")


def test_participants_see_the_matter_only_from_then_on(cast):
    matter = world.filed(cast)
    assert not CoordinationRequest.objects.visible_to(cast.supplies_liaison).exists()

    accept(cast, matter)

    assert CoordinationRequest.objects.visible_to(cast.supplies_liaison).get() == matter
    assert not CoordinationRequest.objects.visible_to(cast.planning_liaison).exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [({"fit": 0}, "fit"), ({"risk": 6}, "risk"), ({"assessment": " "}, "assessment")],
)
def test_the_assessment_has_three_marks_and_a_comment(cast, change, field):
    """R029: scored with a comment before it is accepted."""
    matter = world.filed(cast)

    with pytest.raises(Invalid) as refused:
        accept(cast, matter, **change)

    assert list(refused.value.fields) == [field]
    matter.refresh_from_db()
    assert (matter.stage, matter.keeper) == (Stage.PROPOSAL, None)


@pytest.mark.parametrize("name", ["clerk", "supplies_liaison", "chair", "auditor", "system_admin"])
def test_only_the_office_answers(cast, name):
    matter, person = world.filed(cast), getattr(cast, name)

    with pytest.raises(NotYours):
        accept(cast, matter, by=person)
    with pytest.raises(NotYours):
        send_back(cast, matter, by=person)

    matter.refresh_from_db()
    assert matter.stage == Stage.PROPOSAL


def test_an_officer_does_not_accept_the_own_matter(cast):
    cast.clerk = cast.officer
    matter = world.filed(cast)

    with pytest.raises(NotYours):
        accept(cast, matter)

    assert accept(cast, matter, by=cast.office_head).keeper == cast.office_head


@pytest.mark.django_db(transaction=True)
def test_two_officers_accept_at_once_and_one_keeps_the_case(cast):
    matter = world.filed(cast)

    results = world.both_at_once(
        lambda: accept(cast, matter), lambda: accept(cast, matter, by=cast.office_head)
    )

    assert sorted(type(result).__name__ for result in results) == ["CoordinationRequest", "NotReady"]


def answers(matter, text="已按要求补充。"):
    return {gap.pk: text for gap in matter.gaps.open()}


def test_returned_with_all_gaps_named_the_offices_clock_stands_still(cast):
    gaps = [("goal", "写明谁在何时达到什么状态。"), ("reason", "物资部拒绝的理由。")]

    matter = send_back(cast, world.filed(cast), gaps)

    assert matter.stage == Stage.RETURNED
    assert list(matter.gaps.values_list("code", flat=True)) == ["goal", "reason"]
    assert world.owed(matter, Kind.ACCEPT).state == State.SUSPENDED
    assert world.owed(matter, Kind.COMPLETE).holder == cast.clerk
    assert world.owed(matter, Kind.COMPLETE).state == State.OPEN


@pytest.mark.parametrize("gaps", [[], [("goal", " ")], [("nonsense", "补充")]])
def test_a_return_names_what_is_missing(cast, gaps):
    matter = world.filed(cast)

    with pytest.raises(Invalid):
        send_back(cast, matter, gaps)

    matter.refresh_from_db()
    assert matter.stage == Stage.PROPOSAL
    assert not matter.gaps.exists()


def test_completed_and_handed_in_again_the_clock_goes_on_with_the_rest(cast):
    matter = send_back(cast, world.filed(cast))

    with at_moment(world.moment(9, 14)):
        flows.save_draft(
            matter_id=matter.pk, by=cast.clerk, fields={"goal": "9月24日前三人都穿上同款劳保服。"}
        )
        matter = flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers=answers(matter))

    assert matter.stage == Stage.PROPOSAL
    accept_duty = world.owed(matter, Kind.ACCEPT)
    assert accept_duty.state == State.OPEN
    assert accept_duty.due_at is not None
    assert accept_duty.due_at > world.moment(9, 17, 30)
    assert accept_duty.original_due_at == world.moment(9, 17, 30)
    assert world.owed(matter, Kind.COMPLETE) is None
    assert matter.gaps.filter(answered_at=None).count() == 0


def test_returned_from_preparation_it_comes_back_to_preparation(cast):
    matter = send_back(cast, world.accepted(cast))

    with at_moment(world.moment(9)):
        flows.save_draft(
            matter_id=matter.pk, by=cast.clerk, fields={"goal": "9月24日前三人都穿上同款劳保服。"}
        )
        matter = flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers=answers(matter))

    assert matter.stage == Stage.PREPARATION


def test_handing_in_again_is_refused_while_the_form_has_gaps(cast):
    matter = send_back(cast, world.filed(cast))
    flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields={"goal": ""})

    with pytest.raises(Invalid), at_moment(world.moment(9)):
        flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers=answers(matter))

    matter.refresh_from_db()
    assert matter.stage == Stage.RETURNED


def test_refusing_needs_the_head_of_the_office_ground_and_reason(cast):
    """R048: never without its reason, and the applicant reads it."""
    matter = world.filed(cast)
    act = {"matter_id": matter.pk, "ground": "settled", "reason": "去年已有结论。", "instead": "按结论办理。"}

    with pytest.raises(NotYours):
        flows.reject(by=cast.officer, **act)
    with pytest.raises(Invalid):
        flows.reject(by=cast.office_head, **{**act, "reason": " "})
    with pytest.raises(Invalid):
        flows.reject(by=cast.office_head, **{**act, "ground": "because"})
    with pytest.raises(Invalid):
        flows.reject(by=cast.office_head, **{**act, "instead": " "})
    matter.refresh_from_db()
    assert matter.stage == Stage.PROPOSAL

    matter = flows.reject(by=cast.office_head, **act)
    assert (matter.stage, matter.ending_reason) == (Stage.REJECTED, "去年已有结论。\n按结论办理。")
    assert world.owed(matter, Kind.ACCEPT) is None


def test_what_has_ended_is_not_accepted(cast):
    matter = world.filed(cast)
    flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="已自行解决。")

    with pytest.raises(NotReady):
        accept(cast, matter)


def test_what_is_handed_in_again_unchanged_answers_nothing(cast):
    matter = send_back(cast, world.filed(cast))

    with at_moment(world.moment(9)):
        flows.save_draft(
            matter_id=matter.pk, by=cast.clerk, fields={"goal": matter.goal}, departments=[cast.supplies]
        )
        with pytest.raises(NotReady):
            flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers=answers(matter))

    matter.refresh_from_db()
    assert matter.stage == Stage.RETURNED
    assert matter.gaps.filter(answered_at__isnull=False).count() == 0


TWO_GAPS = [("goal", "写明谁在何时达到什么状态。"), ("material", "附上领用单。")]


def mended(cast):
    """Returned with two gaps; the form has been changed, nothing answered."""
    matter = send_back(cast, world.filed(cast), TWO_GAPS)
    with at_moment(world.moment(9)):
        flows.save_draft(
            matter_id=matter.pk, by=cast.clerk, fields={"goal": "9月24日前三人都穿上同款劳保服。"}
        )
    return matter


def test_every_named_gap_needs_its_answer_and_those_without_are_told_at_once(cast):
    """Q3: named gaps answered."""
    matter = mended(cast)

    with pytest.raises(Invalid) as none, at_moment(world.moment(9)):
        flows.resubmit(matter_id=matter.pk, by=cast.clerk)
    first, second = matter.gaps.all()
    with pytest.raises(Invalid) as one, at_moment(world.moment(9)):
        flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers={first.pk: "已写明。", second.pk: " "})

    assert list(none.value.fields) == [f"answer_{first.pk}", f"answer_{second.pk}"]
    assert list(one.value.fields) == [f"answer_{second.pk}"]
    matter.refresh_from_db()
    assert matter.stage == Stage.RETURNED
    assert not matter.gaps.exclude(answer="").exists()


def test_gaps_of_the_form_and_gaps_without_answer_are_told_together(cast):
    matter = mended(cast)
    flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields={"goal": ""})

    with pytest.raises(Invalid) as refused, at_moment(world.moment(9)):
        flows.resubmit(matter_id=matter.pk, by=cast.clerk)

    assert [name.split("_")[0] for name in refused.value.fields] == ["answer", "answer", "goal"]


def test_answers_alone_do_not_change_a_returned_form(cast):
    matter = send_back(cast, world.filed(cast), TWO_GAPS)

    with pytest.raises(NotReady), at_moment(world.moment(9)):
        flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers=answers(matter))

    matter.refresh_from_db()
    assert matter.stage == Stage.RETURNED
    assert not matter.gaps.exclude(answer="").exists()


def test_the_history_keeps_each_gap_with_its_answer(cast):
    """R049: every change of state has its actor, time and reason."""
    matter = mended(cast)

    with at_moment(world.moment(9)):
        flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers=answers(matter, "已补。"))

    line = TransitionLog.objects.of_case(matter.pk).filter(verb="resubmit").get()
    assert line.reason == "写明谁在何时达到什么状态。 → 已补。\n附上领用单。 → 已补。"


def test_what_was_answered_in_an_earlier_round_is_not_asked_nor_changed_again(cast):
    matter = mended(cast)
    with at_moment(world.moment(9)):
        flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers=answers(matter, "第一次"))
    earlier = matter.gaps.first()
    send_back(cast, matter, [("scope", "写明班组。")])

    with pytest.raises(Invalid), at_moment(world.moment(9)):
        flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields={}, answers={earlier.pk: "改口"})

    earlier.refresh_from_db()
    assert earlier.answer == "第一次"
    assert matter.gaps.open().get().code == "scope"
