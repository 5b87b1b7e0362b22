"""R094, R095, F13: a version of the plan that moves what was decided goes with a change request, like every other change."""

from datetime import date

import pytest

from audit.acting import as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.change_states import IMPACTS, ChangeState
from requests.models import ChangeRequest, Plan
from requests.plan_states import PlanState
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import plan_world, world

LATER = "年底前穿上。"


@pytest.fixture
def version(cast):
    """A draft of version 2 with another goal, on Tuesday 2026-09-15; the head of the office decided the matter."""
    plan = plan_world.second_version(cast)
    with at_moment(world.moment(15)):
        flows.write_plan_goal(plan_id=plan.pk, by=cast.supplies_clerk, goal=LATER)
        yield Plan.objects.get(pk=plan.pk)


def kept(plan):
    return Plan.objects.get(pk=plan.pk)


def in_force(plan):
    return Plan.objects.in_force().get(matter=plan.matter_id).version


def test_a_writer_walks_from_the_draft_to_its_change_request(cast, version, client):
    """The project lead heads nothing: the page of the plan leads to the form, and the form knows the version."""
    client.force_login(cast.supplies_clerk)
    address = f"/requests/{version.matter_id}/changes/new/?object=plan&value=2"
    page = client.get(f"/requests/{version.matter_id}/plan/?version=2").content.decode()
    assert address.replace("&", "&amp;") in page
    assert f"/plans/{version.pk}/submit/" not in page
    form = client.get(address).context["form"]

    typed = {"cause": "external", "cause_text": "供货推迟。", **dict.fromkeys(IMPACTS, "无影响")}
    response = client.post(
        address, {"object": form["object"].value(), "value": form["value"].value(), **typed}
    )

    assert response.status_code == 302
    page = client.get(f"/requests/{version.matter_id}/plan/?version=2").content.decode()
    assert f"/changes/{kept(version).change_id}/" in page


def test_the_approved_change_puts_exactly_its_version_in_force(cast, version):
    change = plan_world.approved_change(cast, version)
    assert (in_force(version), kept(version).state) == (1, PlanState.SUBMITTED)

    flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)

    assert in_force(version) == 2
    assert kept(version).approved_by == cast.office_head
    line = TransitionLog.objects.of_case(version.matter_id).get(verb="apply_change")
    assert (LATER in line.params["before"], LATER in line.params["after"]) == (False, True)
    assert not TransitionLog.objects.of_case(version.matter_id).filter(verb="approve_plan", params__version=2)


def test_nobody_is_asked_to_approve_a_version_beside_its_change(cast, version, client):
    change = plan_world.assessed_change(cast, version)
    client.force_login(cast.officer)

    assert "有一版计划待批准" not in client.get(f"/requests/{version.matter_id}/").content.decode()
    assert (
        f"/plans/{version.pk}/approve/"
        not in client.get(f"/requests/{version.matter_id}/plan/?version=2").content.decode()
    )

    owed = Obligation.objects.of_case(version.matter_id).open().get(kind=Kind.CHANGE_APPROVE)
    assert (owed.subject_type, owed.subject_id) == (ChangeRequest.SUBJECT, change.pk)


def test_all_five_impacts_of_a_version_are_written(cast, version):
    with pytest.raises(Invalid) as refused:
        plan_world.ask_change(cast, version, impacts={})

    assert set(refused.value.fields) == set(IMPACTS)
    assert kept(version).state == PlanState.DRAFT


def test_team_and_owners_sign_for_the_version_and_the_office_checks_it_afterwards(cast, version):
    change = plan_world.approved_change(cast, version)
    flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)
    readers = [row.person for row in ChangeRequest.objects.get(pk=change.pk).readings.all()]
    assert {cast.supplies_clerk, cast.supplies_liaison, cast.staffing_liaison} <= set(readers)

    with pytest.raises(NotReady, match=cast.supplies_clerk.name):
        flows.verify_change(change_id=change.pk, by=cast.officer)
    for person in readers:
        flows.read_change(change_id=change.pk, by=person)

    assert flows.verify_change(change_id=change.pk, by=cast.officer).state == ChangeState.VERIFIED


def test_what_is_asked_for_is_not_written_taken_back_or_decided_on_beside_its_change(cast, version):
    change = plan_world.assessed_change(cast, version)

    with pytest.raises(NotReady):
        flows.write_plan_goal(plan_id=version.pk, by=cast.supplies_clerk, goal="再改。")
    with pytest.raises(NotReady, match=change.number):
        flows.take_back_plan(plan_id=version.pk, by=cast.supplies_clerk)
    for person in (cast.officer, cast.office_head):
        with pytest.raises(NotReady, match=change.number):
            flows.approve_plan(plan_id=version.pk, by=person)
        with pytest.raises(NotReady, match=change.number):
            flows.return_plan(plan_id=version.pk, by=person, reason="再商量。")

    assert (kept(version).goal, kept(version).state, in_force(version)) == (LATER, PlanState.SUBMITTED, 1)


def test_a_version_that_is_not_approved_is_a_draft_again_with_the_reason(cast, version):
    change = plan_world.assessed_change(cast, version)

    flows.answer_change(change_id=change.pk, by=cast.office_head, approve=False, answer="目标不能后移。")

    draft = kept(version)
    assert (draft.state, draft.return_reason, draft.change) == (PlanState.DRAFT, "目标不能后移。", None)
    assert in_force(version) == 1
    flows.write_plan_goal(plan_id=version.pk, by=cast.supplies_clerk, goal="十一月底前穿上。")
    assert plan_world.ask_change(cast, version).pk != change.pk


def test_a_version_whose_change_is_taken_back_is_a_draft_again(cast, version):
    change = plan_world.ask_change(cast, version)

    flows.withdraw_change(change_id=change.pk, by=cast.supplies_clerk, reason="不需要了。")

    assert (kept(version).state, in_force(version)) == (PlanState.DRAFT, 1)


def test_a_version_whose_dates_pass_before_it_is_in_force_is_taken_back_and_mended(cast, version):
    """Approved, but one of its tasks should have ended yesterday: no dead end for whoever asked."""
    given = {"by": cast.supplies_clerk, "owner": cast.staffing_liaison}
    plan_world.write_task(
        cast, version, "3.1", "补充培训", begins=date(2026, 9, 15), ends=date(2026, 9, 16), **given
    )  # fmt: skip
    change = plan_world.approved_change(cast, version)
    with at_moment(world.moment(17)):
        with pytest.raises(NotReady, match=cast.supplies_clerk.name):
            flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)
        assert in_force(version) == 1
        flows.withdraw_change(change_id=change.pk, by=cast.supplies_clerk, reason="日期已过。")

    assert kept(version).state == PlanState.DRAFT
    assert not Obligation.objects.of(ChangeRequest.SUBJECT, change.pk).open().exists()


@pytest.mark.parametrize(("value", "told"), [("1", "与现行内容相同"), ("7", "草稿"), ("下一版", "版本号")])
def test_a_change_names_the_draft_of_a_version(cast, version, value, told):
    with pytest.raises(Invalid, match=told) as refused:
        plan_world.ask_change(cast, version, value=value)

    assert set(refused.value.fields) == {"value"}
    assert not ChangeRequest.objects.exists()


def test_a_version_that_moves_nothing_decided_stays_as_simple_as_it_was(cast):
    plan = plan_world.second_version(cast)
    with at_moment(world.moment(15)):
        with as_actor(cast.officer):
            plan.risks.update(response="分级授权，留痕")
        with pytest.raises(Invalid, match="计划页"):
            plan_world.ask_change(cast, plan)

        flows.submit_plan(plan_id=plan.pk, by=cast.supplies_clerk)

    assert Obligation.objects.of(Plan.SUBJECT, plan.pk).open().get().kind == Kind.APPROVE_OFFICE


def test_no_version_holds_on_an_oral_order(cast, version):
    with pytest.raises(Invalid) as refused:
        plan_world.ask_change(cast, version, ordered_by=cast.office_head)

    assert set(refused.value.fields) == {"ordered_by"}
    assert in_force(version) == 1


def test_only_whoever_writes_the_plan_asks_for_a_version_of_it(cast, version):
    with pytest.raises(NotYours):
        plan_world.ask_change(cast, version, by=cast.clerk)

    assert kept(version).state == PlanState.DRAFT
