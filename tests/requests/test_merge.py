"""Merging (Q11, R042): announced to both, then done; the absorbed matter only points on, its applicant goes on being told."""

import threading
from contextlib import suppress

import pytest

from audit.models import TransitionLog
from audit.refusals import NotReady, NotYours
from requests import flows
from requests.flows import merging, shared
from requests.flows.conditions import all_met
from requests.models import CoordinationRequest, Merge
from requests.states import Stage
from supervision.models import Obligation
from supervision.states import Kind, Outcome
from tests.requests import world
from tests.requests.merge_world import SAME, announce, filed_by, merge, merged, stage


@pytest.fixture
def other(cast, monday):
    """The same thing, filed by somebody of another department."""
    return filed_by(cast, cast.planning_liaison)


def test_both_applicants_hear_of_it_before_and_nothing_has_ended_yet(cast, other):
    main = world.accepted(cast)

    announce(cast, other, main)

    assert world.told(cast.planning_liaison, "is to be merged into")
    assert world.told(cast.clerk, "is to be merged into")
    assert stage(other) == Stage.PROPOSAL
    assert world.owed(other, Kind.ACCEPT) is not None


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
        conditions=all_met(),
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


def test_a_matter_in_execution_still_takes_one_in(cast, other):
    assert merged(cast, other, world.executing(cast)).stage == Stage.MERGED


def test_called_off_both_go_on_and_both_are_told(cast, other):
    main = world.accepted(cast)
    announce(cast, other, main)

    flows.call_off_merge(matter_id=other.pk, by=cast.officer, reason="一件是采购，一件是借用。")

    assert world.told(cast.planning_liaison, "after all")
    assert world.told(cast.clerk, "after all")
    with pytest.raises(NotReady):
        merge(cast, other)
    assert stage(other) == Stage.PROPOSAL


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


def stopping_after_the_first():
    """A lock after which each waits until the other holds its first one too, or cannot get it (2 seconds)."""
    gate = threading.Barrier(2)

    def lock(pk):
        locked = shared.lock(pk)
        with suppress(threading.BrokenBarrierError):
            gate.wait(2)
        return locked

    return lock
