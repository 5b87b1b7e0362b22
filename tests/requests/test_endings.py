"""Q10, Q11: whatever runs on a matter ends with it, and whoever held something of it is told."""

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import NotReady
from requests import flows
from requests.models import Circulation, CoordinationRequest, Letter, Measure, MeetingWish, PublicNotice
from supervision.models import Obligation
from tests.kept import kept
from tests.requests import circulation_world as papers
from tests.requests import letters_world as letters
from tests.requests import merge_world, world
from tests.requests.test_groups import set_up


@kept
def running(cast) -> CoordinationRequest:
    """In preparation on Thursday 2026-09-10: a group works on it, a result is shown, a paper goes round, a letter is out."""
    matter = world.prepared(cast)
    with at_moment(world.moment(10)):
        set_up(cast, matter, members=[{"department": cast.planning, "person": cast.planning_head}])
    letters.sent(cast, matter, at=world.moment(10))
    paper = papers.draft(cast, matter, to=("staffing",))
    with at_moment(world.moment(10, 11)):
        flows.start_circulation(circulation_id=paper.pk, by=cast.officer)
        notice = flows.publish_notice(
            matter_id=matter.pk,
            by=cast.officer,
            text="由物资部采购发放。",
            departments=[cast.staffing],
            days=3,
        )
        flows.object_to_notice(notice_id=notice.pk, by=cast.staffing_liaison, reason="合同条款没有着落。")
    return CoordinationRequest.objects.get(pk=matter.pk)


@kept
def with_measure(cast) -> Measure:
    """Repair keeps up an interim measure until the 22nd."""
    with at_moment(world.moment(10)):
        return flows.record_measure(
            matter_id=world.prepared(cast).pk, by=cast.officer, definitive="采购三套。", interim="先借三套。",
            department=cast.repair, ends_on=world.DUE, return_duty="到货后归还。",
        )  # fmt: skip


def withdraw(cast, matter):
    with at_moment(world.moment(11)):
        flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="已另行解决。")


def merge(cast, matter):
    with at_moment(world.moment(11)):
        merge_world.merged(cast, matter, merge_world.filed_by(cast, cast.planning_liaison))


ENDS = pytest.mark.parametrize("end", [withdraw, merge])


def sees(person, matter):
    return CoordinationRequest.objects.visible_to(person).filter(pk=matter.pk).exists()


@ENDS
def test_r005_its_group_is_dissolved_and_reads_it_no_longer(cast, end):
    matter = running(cast)
    assert sees(cast.planning_head, matter)

    end(cast, matter)

    assert not matter.groups.get().committee.is_active
    assert not sees(cast.planning_head, matter)


@ENDS
def test_r053_its_public_notice_is_called_off_and_who_objected_hears_it(cast, end):
    matter = running(cast)

    end(cast, matter)

    assert PublicNotice.objects.get(matter=matter).withdrawn_at == world.moment(11)
    assert world.told(cast.staffing_liaison, "no objection is asked for")


@ENDS
def test_papers_and_letters_end_and_their_holders_are_told(cast, end):
    matter = running(cast)

    end(cast, matter)

    assert Circulation.objects.get(matter=matter).state == "pulled_back"
    assert Letter.objects.get(matter=matter).state == "withdrawn"
    assert world.told(cast.staffing_head, "nothing is asked of you on it")
    assert world.told(cast.supplies_liaison, "needs no signature and no answer")
    assert not Obligation.objects.of_case(matter.pk).open().exists()


@ENDS
def test_r054_what_is_kept_up_meanwhile_is_given_back_first(cast, end):
    measure = with_measure(cast)

    with pytest.raises(NotReady, match="临时措施"):
        end(cast, measure.matter)

    assert CoordinationRequest.objects.get(pk=measure.matter_id).stage == "preparation"
    assert Obligation.objects.of(Measure.SUBJECT, measure.pk).open().exists()


def test_no_meeting_is_drafted_for_a_matter_that_has_ended(cast):
    matter = running(cast)
    with as_actor(SYSTEM):
        MeetingWish.objects.create(matter=matter, reason="sign", wished_at=world.moment(10))

    withdraw(cast, matter)

    assert not MeetingWish.objects.open().exists()
