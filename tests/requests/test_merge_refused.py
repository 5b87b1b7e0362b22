"""What is not merged (Q11, domain §9.10): and then nothing has changed."""

import pytest

from audit.refusals import Invalid, NotReady, NotYours
from disputes.flows import register
from requests import flows
from requests.models import CoordinationRequest, Merge
from requests.states import Stage
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import world
from tests.requests.merge_world import SAME, announce, filed_by, merge, merged, stage


@pytest.fixture
def other(cast, monday):
    """The same thing, filed by somebody of another department."""
    return filed_by(cast, cast.planning_liaison)


def test_without_an_announcement_nothing_is_merged(cast, other):
    world.accepted(cast)

    with pytest.raises(NotReady, match="预告"):
        merge(cast, other)

    assert stage(other) == Stage.PROPOSAL


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


def test_a_second_announcement_waits_until_the_first_is_called_off(cast, other):
    main, third = world.accepted(cast), filed_by(cast, cast.staffing_liaison)
    announce(cast, other, main)

    with pytest.raises(NotReady, match="已预告"):
        announce(cast, other, third)

    assert Merge.objects.get().main == main
