"""R079: what a plan needs is asked of the department that has it, and its head answers; R081: who wants the same at once."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from rest_framework.test import APIClient

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import Plan, ResourceRequest
from requests.resource_answers import with_answers, without_need
from requests.resource_conflicts import conflicts
from requests.resource_states import AskState
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import plan_world, world

AT = world.moment(14, 10)
PART = {"outcome": "partly", "granted": "1名，每周2天。", "reason": "检修旺季人手不足。"}


def need(cast, **changes):
    return {
        "kind": "people",
        "text": "焊工2名",
        "department": cast.staffing,
        "needed_on": date(2026, 9, 15),
        "task": "1.1",
        **changes,
    }


def write(cast, plan, *needs) -> Plan:
    with at_moment(AT):
        flows.write_plan_part(plan_id=plan.pk, by=cast.officer, part="resources", rows=list(needs))
    return plan


def ask(cast, plan, by=None) -> list[ResourceRequest]:
    with at_moment(AT):
        return flows.ask_resources(plan_id=plan.pk, by=by or cast.supplies_clerk)


@pytest.fixture
def asked(cast):
    [row] = ask(cast, write(cast, plan_world.drafted(cast), need(cast)))
    return row


def test_the_head_of_the_department_that_has_it_owes_an_answer_by_a_limit(cast, asked):
    duty = Obligation.objects.get(subject_type="resource_request", subject_id=asked.pk)

    assert (duty.holder, duty.kind, duty.ladder) == (cast.staffing_head, Kind.APPROVE_DEPARTMENT, True)
    assert duty.due_at == world.moment(16, 17, 30)
    assert world.told(cast.staffing_head, "asked for a resource")


def test_a_need_is_asked_once_and_another_amount_anew(cast, asked):
    plan = Plan.objects.get()
    with pytest.raises(NotReady):
        ask(cast, plan)

    write(cast, plan, need(cast), need(cast, kind="money", text="劳务费", amount=Decimal(3000)))
    [second] = ask(cast, plan)

    assert second.text == "劳务费"
    assert ResourceRequest.objects.count() == 2


@pytest.mark.parametrize("who", ["staffing_liaison", "supplies_head", "officer", "auditor"])
def test_nobody_but_the_head_answers(cast, asked, who):
    with at_moment(AT), pytest.raises(NotYours):
        flows.answer_resource(request_id=asked.pk, by=getattr(cast, who), outcome="agreed")

    assert ResourceRequest.objects.get().state == AskState.ASKED


def test_a_part_says_how_much_and_why_not_all(cast, asked):
    with at_moment(AT), pytest.raises(Invalid) as refused:
        flows.answer_resource(request_id=asked.pk, by=cast.staffing_head, outcome="partly")

    assert set(refused.value.fields) == {"granted", "reason"}
    assert ResourceRequest.objects.get().state == AskState.ASKED


def test_the_answer_ends_the_duty_is_told_and_stands_on_the_plan(cast, asked):
    with at_moment(AT):
        flows.answer_resource(request_id=asked.pk, by=cast.staffing_head, **PART)

    [(_need, answer)] = with_answers(Plan.objects.get())
    assert (answer.state, answer.granted) == (AskState.PARTLY, "1名，每周2天。")
    assert not Obligation.objects.of("resource_request", asked.pk).open().exists()
    assert world.told(cast.supplies_clerk, "has answered the request for a resource")
    with at_moment(AT), pytest.raises(NotReady):
        flows.answer_resource(request_id=asked.pk, by=cast.staffing_head, outcome="agreed")


def test_the_same_need_of_a_later_version_has_its_answer_already(cast, asked):
    plan = Plan.objects.get()
    with at_moment(AT):
        flows.answer_resource(request_id=asked.pk, by=cast.staffing_head, outcome="agreed")
        plan_world.approve(cast, plan)
        later = flows.start_plan(matter_id=plan.matter_id, by=cast.supplies_clerk, reason="供货推迟。")

    [(_need, answer)] = with_answers(later)
    assert answer.state == AskState.AGREED
    with pytest.raises(NotReady):
        ask(cast, later)


def test_a_withdrawn_request_is_owed_no_longer(cast, asked):
    with at_moment(AT):
        flows.withdraw_resource(request_id=asked.pk, by=cast.supplies_clerk, reason="改用外包。")

    assert ResourceRequest.objects.get().state == AskState.WITHDRAWN
    assert not Obligation.objects.of("resource_request", asked.pk).open().exists()
    assert world.told(cast.staffing_liaison, "no longer needed")


def test_withdrawn_after_the_answer_the_words_of_the_head_stay_and_the_head_is_told(cast, asked):
    with at_moment(AT):
        flows.answer_resource(request_id=asked.pk, by=cast.staffing_head, **PART)
    with at_moment(world.moment(15, 9)):
        flows.withdraw_resource(request_id=asked.pk, by=cast.supplies_clerk, reason="改用外包。")

    row = ResourceRequest.objects.get()
    assert (row.reason, row.answered_by, row.answered_at) == (PART["reason"], cast.staffing_head, AT)
    assert (row.withdrawn_why, row.withdrawn_by) == ("改用外包。", cast.supplies_clerk)
    assert world.told(cast.staffing_head, "no longer needed")


@pytest.mark.parametrize("way", ["struck_out", "changed", "discarded"])
def test_what_no_version_names_any_more_is_owed_no_longer(cast, asked, way):
    plan = Plan.objects.get()
    if way == "discarded":
        with at_moment(AT):
            flows.discard_plan(plan_id=plan.pk, by=cast.officer)
    else:
        write(cast, plan, *([need(cast, text="焊工3名")] if way == "changed" else []))

    assert ResourceRequest.objects.get().state == AskState.WITHDRAWN
    assert not Obligation.objects.of("resource_request", asked.pk).open().exists()
    assert world.told(cast.staffing_head, "no longer needed")


def test_what_the_version_in_force_names_is_owed_until_the_next_one_holds(cast, asked):
    with at_moment(AT):
        plan_world.approve(cast, Plan.objects.get())
        later = flows.start_plan(matter_id=asked.matter_id, by=cast.supplies_clerk, reason="供货推迟。")
        write(cast, later, need(cast, text="焊工3名"))
        before = ResourceRequest.objects.get().state
        plan_world.approve(cast, later)

    assert before == AskState.ASKED
    assert ResourceRequest.objects.get().state == AskState.WITHDRAWN


def test_an_answer_without_its_need_stays_and_is_listed_with_its_link(client, cast, asked):
    with at_moment(AT):
        flows.answer_resource(request_id=asked.pk, by=cast.staffing_head, outcome="agreed")
    plan = write(cast, Plan.objects.get(), need(cast, text="焊工3名"))
    client.force_login(cast.supplies_clerk)

    with time_machine.travel(AT, tick=False):
        page = client.get(f"/requests/{plan.matter_id}/plan/").content.decode()

    assert [row.pk for row in without_need(plan)] == [asked.pk]
    assert f'href="/resource-requests/{asked.pk}/"' in page


def test_the_head_sees_the_need_and_answers_on_one_page(client, cast, asked):
    client.force_login(cast.staffing_head)

    with time_machine.travel(AT, tick=False):
        page = client.get(f"/resource-requests/{asked.pk}/").content.decode()
        client.post(f"/resource-requests/{asked.pk}/", PART)
        plan = client.get(f"/requests/{asked.matter_id}/").status_code

    assert "焊工2名" in page
    assert ResourceRequest.objects.get().state == AskState.PARTLY
    assert plan == 200


def wanted_by_two(cast, **changes):
    """Both plans wait for approval; the second one's need is of a critical task."""
    for number in range(2):
        plan = plan_world.written(cast, world.executing(cast))
        with at_moment(AT):
            if number:
                task = plan.tasks.get(wbs="1.1")
                plan_world.write_task(
                    cast, plan, "1.1", task.name, task.owner, task.begins_on, task.ends_on, milestone=task.milestone,
                    task_id=task.pk, is_critical=True,
                )  # fmt: skip
            write(cast, plan, need(cast, **(changes if number else {})))
            flows.submit_plan(plan_id=plan.pk, by=cast.supplies_clerk)
    return plan


def test_what_two_plans_want_at_once_is_a_conflict_and_the_critical_task_stands_first(cast):
    critical = wanted_by_two(cast, needed_on=date(2026, 9, 17))

    [clash] = conflicts(cast.officer)

    assert [want.is_critical for want in clash.wants] == [True, False]
    assert clash.wants[0].matter.pk == critical.matter_id
    assert (clash.since, clash.until) == (date(2026, 9, 15), date(2026, 9, 17))
    assert len(conflicts(cast.staffing_head)) == 1
    assert conflicts(cast.supplies_head) == []


@pytest.mark.parametrize(
    "changes", [{"needed_on": date(2026, 9, 18)}, {"kind": "things"}], ids=["later", "else"]
)
def test_one_after_the_other_or_something_else_is_no_conflict(cast, changes):
    wanted_by_two(cast, **changes)

    assert conflicts(cast.officer) == []


def test_conflicts_and_answers_are_offered_by_the_api(cast):
    plan = wanted_by_two(cast, needed_on=date(2026, 9, 17))
    [asked] = ask(cast, plan)
    client = APIClient()
    client.force_authenticate(cast.staffing_head)

    with time_machine.travel(AT, tick=False):
        answer = client.post(f"/api/v1/resource-requests/{asked.pk}/answer/", PART, format="json")
        [clash] = client.get("/api/v1/resource-conflicts/").data

    assert answer.data["state"] == "partly"
    assert [want["answer"] and want["answer"]["state"] for want in clash["wants"]] == ["partly", None]
