"""Merging (Q11, R042): announced to both, then done; the absorbed matter only points on, its applicant goes on being told."""

import threading
from contextlib import suppress

import pytest

from audit.acting import at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from disputes.flows import register
from requests import flows
from requests.flows import merging, shared
from requests.models import CoordinationRequest, Merge
from requests.states import Stage
from supervision.models import Obligation
from supervision.states import Kind, Outcome
from tests.requests import world

SAME = "两件都是解决管焊工劳保服的问题。"


@pytest.fixture
def other(cast, monday):
    """The same thing, filed by somebody else of another department."""
    return filed_by(cast, cast.planning_liaison)


def filed_by(cast, person, **fields):
    with at_moment(world.moment(7, 10)):
        return flows.file_at_once(by=person, fields={**world.FORM, **fields}, departments=[cast.supplies])


def announce(cast, matter, main, *, by=None, reason=SAME):
    return flows.announce_merge(matter_id=matter.pk, by=by or cast.officer, main_id=main.pk, reason=reason)


def merge(cast, matter, *, by=None):
    return flows.merge(matter_id=matter.pk, by=by or cast.officer)


def merged(cast, matter, main):
    announce(cast, matter, main)
    return merge(cast, matter)


def stage(matter):
    return CoordinationRequest.objects.get(pk=matter.pk).stage


def test_both_applicants_hear_of_it_before_and_nothing_has_ended_yet(cast, other):
    main = world.accepted(cast)

    announce(cast, other, main)

    assert world.told(cast.planning_liaison, "is to be merged into")
    assert world.told(cast.clerk, "is to be merged into")
    assert stage(other) == Stage.PROPOSAL
    assert world.owed(other, Kind.ACCEPT) is not None


def test_without_an_announcement_nothing_is_merged(cast, other):
    world.accepted(cast)

    with pytest.raises(NotReady, match="预告"):
        merge(cast, other)

    assert stage(other) == Stage.PROPOSAL


def test_the_absorbed_one_ends_and_points_to_the_main_one(cast, other):
    main = world.accepted(cast)

    matter = merged(cast, other, main)

    assert (matter.stage, matter.merged_into, matter.ending_reason) == (Stage.MERGED, main, SAME)
    assert matter.ended_at is not None
    assert not Obligation.objects.of_case(matter.pk).open().exists()
    accepting = Obligation.objects.of(matter.SUBJECT, matter.pk).get(kind=Kind.ACCEPT)
    assert accepting.outcome == Outcome.DONE


def test_what_was_asked_of_departments_falls_away_and_they_are_told(cast, other):
    absorbed = world.prepared(cast)
    assert Obligation.objects.of_case(absorbed.pk).open().filter(kind=Kind.OPINION).exists()

    merged(cast, absorbed, other)

    assert not Obligation.objects.of_case(absorbed.pk).open().exists()
    assert world.told(cast.staffing_liaison, "falls away")


def test_the_applicant_reads_the_main_matter_from_then_on_and_not_before(cast, other):
    main = world.accepted(cast)
    seen = CoordinationRequest.objects.visible_to(cast.planning_liaison)
    announce(cast, other, main)
    assert main not in seen.all()

    merge(cast, other)

    assert main in seen.all()
    assert main in CoordinationRequest.objects.visible_to(cast.planning_head)


def test_the_applicant_goes_on_being_told(cast, other):
    main = world.filed(cast)
    merged(cast, other, main)

    flows.accept(
        matter_id=main.pk,
        by=cast.officer,
        lead_department=cast.supplies,
        co_departments=[],
        **world.ASSESSMENT,
    )
    flows.suspend(
        matter_id=main.pk,
        by=cast.office_head,
        reason="等答复",
        until=world.moment(25).date(),
        interim_measure="借用",
    )

    assert world.told(cast.planning_liaison, "has been accepted")
    assert world.told(cast.planning_liaison, "is suspended")


def test_the_applicant_hears_of_the_decision(cast, other):
    main = world.deciding(cast)
    merged(cast, other, main)
    world.draft_item(cast, main)

    flows.decide_as_office(matter_id=main.pk, by=cast.office_head, resolution="由物资部采购发放。")

    assert world.told(cast.planning_liaison, "has been decided")


def test_whoever_withdraws_the_main_matter_leaves_nobody_in_the_dark(cast, other):
    main = world.filed(cast)
    merged(cast, other, main)

    flows.withdraw(matter_id=main.pk, by=cast.clerk, reason="不再需要。")

    assert world.told(cast.planning_liaison, "File yours again")


def test_what_had_been_merged_before_moves_along(cast, other):
    first, second = filed_by(cast, cast.staffing_liaison), other
    main = world.accepted(cast)
    merged(cast, first, second)

    merged(cast, second, main)

    assert main in CoordinationRequest.objects.visible_to(cast.staffing_liaison)
    flows.withdraw(matter_id=main.pk, by=cast.clerk, reason="不再需要。")
    assert world.told(cast.staffing_liaison, "File yours again")


def test_a_dispute_keeps_a_matter_from_being_merged(cast, other):
    disputed = world.prepared(cast)
    announce(cast, disputed, other)
    register(
        matter_id=disputed.pk, by=cast.officer, kind="duty", parties=[cast.supplies, cast.staffing],
        blocked_what="无法确定由谁采购。", interim_arrangement="物资部先借用三套。", points=["由谁采购"], tried="9月8日沟通无果。",
    )  # fmt: skip

    with pytest.raises(NotReady, match="争议"):
        merge(cast, disputed)

    assert stage(disputed) == Stage.PREPARATION
    assert Merge.objects.standing().filter(matter=disputed).exists()


def test_a_suspended_matter_is_not_merged(cast, other):
    held = world.accepted(cast)
    flows.suspend(
        matter_id=held.pk,
        by=cast.office_head,
        reason="等答复",
        until=world.moment(25).date(),
        interim_measure="借用",
    )

    with pytest.raises(NotReady, match="中止"):
        announce(cast, held, other)

    assert not Merge.objects.exists()


def test_what_was_lent_in_it_comes_back_first(cast, other):
    absorbed = world.accepted(cast)
    flows.lend(
        matter_id=absorbed.pk, by=cast.officer, thing="劳保服", quantity=3, unit="套", way="equal", lender=cast.supplies,
        borrower=cast.repair, lent_on=world.moment(14).date(), due_on=world.moment(24).date(),
    )  # fmt: skip

    with pytest.raises(NotReady, match="借"):
        announce(cast, absorbed, other)

    assert Obligation.objects.of_case(absorbed.pk).open().filter(kind=Kind.RETURN_LOAN).exists()


@pytest.mark.parametrize("make", [world.deciding, world.executing, world.in_feedback])
def test_what_is_beyond_preparation_is_not_merged(cast, other, make):
    matter = make(cast)
    before = stage(matter)

    with pytest.raises(NotReady):
        announce(cast, matter, other)

    assert stage(matter) == before
    assert not Merge.objects.exists()


def test_a_matter_in_execution_still_takes_one_in(cast, other):
    assert merged(cast, other, world.executing(cast)).stage == Stage.MERGED


def test_nothing_is_merged_into_what_has_ended(cast, other):
    ended = world.filed(cast)
    flows.withdraw(matter_id=ended.pk, by=cast.clerk, reason="不再需要。")

    with pytest.raises(Invalid) as refused:
        announce(cast, other, ended)

    assert list(refused.value.fields) == ["main"]
    assert not Merge.objects.exists()


def test_nothing_is_merged_into_itself_or_into_what_is_not_there(cast, other):
    for pk in (other.pk, 0, other.pk + 1000):
        with pytest.raises(Invalid) as refused:
            flows.announce_merge(matter_id=other.pk, by=cast.officer, main_id=pk, reason=SAME)
        assert list(refused.value.fields) == ["main"]

    assert not Merge.objects.exists()


def test_an_absorbed_matter_neither_takes_in_nor_is_merged_again(cast, other):
    main, third = world.accepted(cast), filed_by(cast, cast.staffing_liaison)
    merged(cast, other, main)

    with pytest.raises(Invalid):
        announce(cast, third, other)
    with pytest.raises(NotReady):
        announce(cast, other, third)

    assert (stage(third), stage(other)) == (Stage.PROPOSAL, Stage.MERGED)


def test_the_main_matter_may_have_ended_between_announcing_and_merging(cast, other):
    main = world.filed(cast)
    announce(cast, other, main)
    flows.withdraw(matter_id=main.pk, by=cast.clerk, reason="不再需要。")

    with pytest.raises(Invalid):
        merge(cast, other)

    assert stage(other) == Stage.PROPOSAL


def test_a_higher_level_is_never_opened_by_a_merge(cast, other):
    main = world.accepted(cast, confidentiality="restricted")

    with pytest.raises(Invalid, match="密级"):
        announce(cast, other, main)

    assert not Merge.objects.exists()
    assert main not in CoordinationRequest.objects.visible_to(cast.planning_liaison)


def test_the_other_way_round_the_lower_level_takes_in_the_higher(cast, other):
    restricted = world.accepted(cast, confidentiality="restricted")

    merged(cast, restricted, other)

    assert other in CoordinationRequest.objects.visible_to(cast.clerk)
    assert restricted not in CoordinationRequest.objects.visible_to(cast.planning_liaison)


def test_the_level_of_what_was_merged_before_counts_too(cast, monday):
    first, second = (
        filed_by(cast, one, confidentiality="public")
        for one in (cast.staffing_liaison, cast.planning_liaison)
    )
    main = world.accepted(cast)
    merged(cast, first, second)
    flows.return_for_revision(matter_id=second.pk, by=cast.officer, gaps=[("goal", "写明时间。")])
    flows.resubmit_at_once(
        matter_id=second.pk, by=cast.planning_liaison, fields={"confidentiality": "internal"},
        answers={second.gaps.get().pk: "已写明。"},
    )  # fmt: skip

    with pytest.raises(Invalid, match="密级"):
        announce(cast, second, main)

    assert not Merge.objects.standing().exists()


@pytest.mark.parametrize(
    "name", ["clerk", "supplies_liaison", "chair", "secretary", "auditor", "system_admin"]
)
def test_only_the_office_merges(cast, other, name):
    main, person = world.accepted(cast), getattr(cast, name)

    with pytest.raises(NotYours):
        announce(cast, other, main, by=person)
    announce(cast, other, main)
    with pytest.raises(NotYours):
        merge(cast, other, by=person)
    with pytest.raises(NotYours):
        flows.call_off_merge(matter_id=other.pk, by=person, reason="不是一件事。")

    assert stage(other) == Stage.PROPOSAL
    assert Merge.objects.standing().count() == 1


def test_an_officer_does_not_merge_the_own_matter(cast, monday):
    own, main = filed_by(cast, cast.officer), world.accepted(cast)

    with pytest.raises(NotYours):
        announce(cast, own, main)

    assert announce(cast, own, main, by=cast.office_head).stage == Stage.PROPOSAL


def test_an_announcement_has_its_reason(cast, other):
    main = world.accepted(cast)

    with pytest.raises(Invalid) as refused:
        announce(cast, other, main, reason=" ")

    assert list(refused.value.fields) == ["reason"]
    assert not Merge.objects.exists()


def test_called_off_both_go_on_and_both_are_told(cast, other):
    main = world.accepted(cast)
    announce(cast, other, main)

    flows.call_off_merge(matter_id=other.pk, by=cast.officer, reason="一件是采购，一件是借用。")

    assert world.told(cast.planning_liaison, "after all")
    assert world.told(cast.clerk, "after all")
    with pytest.raises(NotReady):
        merge(cast, other)
    assert stage(other) == Stage.PROPOSAL


def test_a_second_announcement_waits_until_the_first_is_called_off(cast, other):
    main, third = world.accepted(cast), filed_by(cast, cast.staffing_liaison)
    announce(cast, other, main)

    with pytest.raises(NotReady, match="已预告"):
        announce(cast, other, third)

    assert Merge.objects.get().main == main


def test_the_absorbed_matter_can_only_be_read(cast, other):
    merged(cast, other, world.accepted(cast))

    with pytest.raises(NotReady):
        flows.withdraw(matter_id=other.pk, by=cast.planning_liaison, reason="不再需要。")
    with pytest.raises(NotReady):
        flows.record_attempt(matter_id=other.pk, by=cast.planning_liaison)
    with pytest.raises(NotYours):
        flows.attach_papers(matter_id=other.pk, by=cast.planning_liaison, uploads=[])

    assert stage(other) == Stage.MERGED


def test_both_stories_tell_it_without_a_title(cast, other):
    main = world.accepted(cast)

    merged(cast, other, main)

    verbs = TransitionLog.objects.of_case(other.pk).values_list("verb", flat=True)
    assert list(verbs)[:2] == ["merge", "announce_merge"]
    line = TransitionLog.objects.of_case(main.pk).first()
    assert (line.verb, line.params["other"]) == ("take_in", other.number)
    assert other.title not in f"{line.sentence}{line.params}"


@pytest.mark.django_db(transaction=True)
def test_two_merges_that_cross_neither_deadlock_nor_close_a_circle(cast, other, monkeypatch):
    main = world.accepted(cast)
    announce(cast, other, main)
    announce(cast, main, other)
    monkeypatch.setattr(merging, "lock", stopping_after_the_first())

    results = world.both_at_once(lambda: merge(cast, other), lambda: merge(cast, main, by=cast.office_head))

    assert sorted(type(result).__name__ for result in results) == ["CoordinationRequest", "Invalid"]
    assert CoordinationRequest.objects.filter(stage=Stage.MERGED).count() == 1


def stopping_after_the_first():
    """A lock after which each waits until the other holds its first one too, or cannot get it (2 seconds)."""
    gate = threading.Barrier(2)

    def lock(pk):
        locked = shared.lock(pk)
        with suppress(threading.BrokenBarrierError):
            gate.wait(2)
        return locked

    return lock


@pytest.mark.django_db(transaction=True)
def test_two_officers_merge_at_once_and_the_second_is_told(cast, other):
    announce(cast, other, world.accepted(cast))

    results = world.both_at_once(lambda: merge(cast, other), lambda: merge(cast, other, by=cast.office_head))

    assert sorted(type(result).__name__ for result in results) == ["CoordinationRequest", "NotReady"]
    assert TransitionLog.objects.of_case(other.pk).filter(verb="merge").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_announce_at_once_and_one_announcement_stands(cast, other):
    main = world.accepted(cast)

    results = world.both_at_once(
        lambda: announce(cast, other, main), lambda: announce(cast, other, main, by=cast.office_head)
    )

    assert sorted(type(result).__name__ for result in results) == ["CoordinationRequest", "NotReady"]
    assert Merge.objects.standing().count() == 1


@pytest.mark.django_db(transaction=True)
def test_merging_and_calling_off_at_once_leave_one_of_the_two(cast, other):
    announce(cast, other, world.accepted(cast))

    results = world.both_at_once(
        lambda: merge(cast, other),
        lambda: flows.call_off_merge(matter_id=other.pk, by=cast.office_head, reason="不是一件事。"),
    )

    assert sorted(type(result).__name__ for result in results) == ["CoordinationRequest", "NotReady"]
    row = Merge.objects.get()
    assert (row.merged_at is None) != (row.called_off_at is None)
