"""R019, R060: an appeal waits for somebody who stands above the decision and reads the matter, whoever leaves a post meanwhile."""

from datetime import date

from audit.acting import SYSTEM, as_actor, at_moment
from coordination.flows import tick
from organization.models import Committee, User
from requests import flows
from requests.appeal_states import AppealOutcome
from requests.models import CoordinationRequest, DecisionAppeal
from requests.next_steps import next_steps
from requests.panels import load_case
from supervision.states import Kind
from tests.requests import world
from tests.requests.appeal_world import NOW, appealed, ask, owed, rule

STILL = {"reason": "等待合同谈判。", "until": date(2026, 9, 16), "interim_measure": "借用备用劳保服。"}


def active(*people, yes):
    with as_actor(SYSTEM):
        User.objects.filter(pk__in=[person.pk for person in people]).update(is_active=yes)


def test_when_the_ruler_leaves_the_post_the_next_one_above_the_decision_rules(cast):
    appeal = appealed(cast)
    due_at = owed(appeal, Kind.APPEAL_DECISION).due_at
    with as_actor(SYSTEM):
        Committee.objects.update(chair=cast.planning_head)

    for _again in range(2):
        tick(now=NOW)

    duty = owed(appeal, Kind.APPEAL_DECISION)
    assert (duty.holder, duty.due_at) == (cast.planning_head, due_at)
    assert DecisionAppeal.objects.get().ruler == cast.planning_head
    assert world.told(cast.planning_head, "rules on the appeal")
    successor = User.objects.get(pk=cast.planning_head.pk)
    assert next_steps(load_case(appeal.matter, successor), successor).main.key == f"appeal{appeal.pk}"


def test_while_nobody_stands_above_the_decision_the_head_of_the_office_owes_that_the_post_is_filled(cast):
    appeal = appealed(cast)
    active(cast.chair, cast.arbiter, yes=False)

    flows.replace_rulers(NOW)

    assert owed(appeal, Kind.FILL_POST).holder == cast.office_head
    active(cast.arbiter, yes=True)
    flows.replace_rulers(NOW)
    assert owed(appeal, Kind.FILL_POST) is None
    assert owed(appeal, Kind.APPEAL_DECISION).holder == cast.arbiter


def test_while_the_matter_stands_still_its_appeal_waits_for_whom_it_waited_for(cast):
    appeal = appealed(cast)
    with at_moment(NOW):
        flows.suspend(matter_id=appeal.matter_id, by=cast.office_head, **STILL)
    active(cast.chair, yes=False)

    assert flows.replace_rulers(NOW) == 0
    with at_moment(NOW):
        flows.resume(matter_id=appeal.matter_id, by=cast.officer)
    flows.replace_rulers(NOW)

    assert DecisionAppeal.objects.get().ruler == cast.arbiter


def confidential(cast):
    """The head of supplies reads it as a named person and appeals; whoever rules does not read it yet."""
    matter = world.executing(cast)
    with as_actor(SYSTEM):
        CoordinationRequest.objects.update(confidentiality="confidential")
    name(cast, matter, cast.supplies_head)
    return ask(cast, matter)


def name(cast, matter, person):
    with at_moment(NOW):
        flows.name_reader(matter_id=matter.pk, by=cast.officer, person=person, reason="办理复议。")


def test_on_a_confidential_matter_the_appeal_stands_and_the_office_owes_that_its_ruler_is_named(cast):
    appeal = confidential(cast)

    assert appeal.ruler == cast.chair
    assert owed(appeal, Kind.NAME_READER).holder == cast.officer
    assert world.told(cast.office_head, "name this person as a reader")
    assert owed(appeal, Kind.APPEAL_DECISION) is None
    assert not world.told(cast.chair, "the ruling is yours")


def test_named_as_a_reader_the_ruler_owes_the_ruling_from_then_on(cast):
    appeal = confidential(cast)
    name(cast, appeal.matter, cast.supplies_clerk)
    tick(now=NOW)
    assert owed(appeal, Kind.NAME_READER)

    name(cast, appeal.matter, cast.chair)

    assert owed(appeal, Kind.NAME_READER) is None
    assert owed(appeal, Kind.APPEAL_DECISION).holder == cast.chair
    assert world.told(cast.chair, "the ruling is yours")
    assert rule(cast, appeal, uphold=True).outcome == AppealOutcome.UPHELD


def test_ruled_on_by_somebody_above_who_reads_it_nobody_owes_the_naming(cast):
    appeal = confidential(cast)
    name(cast, appeal.matter, cast.arbiter)
    assert owed(appeal, Kind.NAME_READER)

    rule(cast, appeal, uphold=False, by=cast.arbiter)

    assert owed(appeal, Kind.NAME_READER) is None


def test_the_page_of_the_appeal_says_that_its_ruler_is_to_be_named_first(cast, client):
    appeal = confidential(cast)
    client.force_login(cast.supplies_head)

    page = client.get(f"/appeals/{appeal.pk}/").content.decode()

    assert "待指定为知悉人后办理" in page
    assert "复议期限" not in page
