"""R073, R078, R082, R087, R093: tasks of the plan in force are action items, answered for by their owners, stage by stage."""

from datetime import date

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Invalid, NotReady, NotYours
from coordination.flows import tick
from requests import flows
from requests.flows.plan_stages import ask_for_stage
from requests.models import ActionItem, Milestone, Plan, PlanTask
from requests.plan_reading import columns, progress, rows_of_plan
from requests.plan_states import Consent, MilestoneState
from requests.states import ItemState
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import plan_world, world


@pytest.fixture
def plan(cast):
    return plan_world.in_force(cast)


@pytest.fixture(autouse=True)
def monday():
    with at_moment(world.moment(14, 11)):
        yield


def task(wbs, version=1):
    return PlanTask.objects.select_related("item", "milestone").get(plan__version=version, wbs=wbs)


def finish(cast, wbs):
    """Its owner reports it done, the office closes it."""
    found = task(wbs)
    flows.start(item_id=found.item_id, by=found.owner, first_step="已开始。")
    flows.submit_item(item_id=found.item_id, by=found.owner, result="已完成。", evidence_note=world.SEEN)
    flows.close_item(item_id=found.item_id, by=cast.office_head)


def states():
    return {
        one.wbs: one.item.state for one in PlanTask.objects.filter(plan__version=1).select_related("item")
    }


# --- items ---


def test_every_task_becomes_an_item_and_only_what_may_begin_is_handed_out(cast, plan):
    assert states() == {"1.1": "issued", "1.2": "drafted", "2.1": "drafted"}
    item = task("1.1").item
    assert (item.assignee, item.department, item.agreed_due_on) == (
        cast.supplies_clerk,
        cast.supplies,
        date(2026, 9, 17),
    )
    assert item.source_number == plan.number
    assert list(task("1.2").item.co_departments.all()) == [cast.planning]


def test_on_its_day_a_task_of_the_open_stage_goes_out_once(cast, plan):
    tick(now=world.moment(16, 9))
    assert states()["1.2"] == "drafted"

    tick(now=world.moment(17, 9))
    tick(now=world.moment(17, 9, 1))

    assert states() == {"1.1": states()["1.1"], "1.2": "issued", "2.1": "drafted"}
    assert task("1.2").item.number


def test_a_task_of_the_plan_is_not_discarded_beside_the_plan(cast, plan):
    with pytest.raises(NotReady, match="计划"):
        flows.discard_item(item_id=task("1.2").item_id, by=cast.officer)

    assert task("1.2").item is not None


def test_the_whole_is_reported_by_weight(cast, plan):
    flows.start(item_id=task("1.1").item_id, by=cast.supplies_clerk, first_step="先列字段。")
    with at_moment(world.moment(15)):
        flows.report(
            item_id=task("1.1").item_id,
            by=cast.supplies_clerk,
            percent=50,
            done="一半",
            **world.OUTLOOK | {"expected_on": date(2026, 9, 17)},
        )

    rows = rows_of_plan(plan, world.moment(15))

    assert progress(rows).percent == 25  # 2 of 4 parts, half done
    assert [(column.key, len(column.rows)) for column in columns(rows) if column.rows] == [
        ("planned", 2),
        ("working", 1),
    ]


# --- consent ---


def test_each_owner_is_asked_once_for_all_tasks_but_not_who_wrote_the_plan(cast, plan):
    asked = Obligation.objects.open().of(Plan.SUBJECT, plan.pk).filter(kind=Kind.CONSENT)

    assert {duty.holder for duty in asked} == {cast.supplies_liaison, cast.staffing_liaison}
    assert task("1.1").consent == Consent.ACCEPTED


def test_accepting_ends_what_is_owed_and_disputing_asks_the_office_to_settle(cast, plan):
    flows.answer_tasks(plan_id=plan.pk, by=cast.supplies_liaison, accepted=[task("1.2").pk])
    flows.answer_tasks(plan_id=plan.pk, by=cast.staffing_head, disputed={task("2.1").pk: "不属本部门职责。"})

    assert (task("1.2").consent, task("2.1").consent) == (Consent.ACCEPTED, Consent.DISPUTED)
    assert world.owed(plan, Kind.CONSENT) is None
    assert world.owed(plan, Kind.SETTLE_TASKS).holder == cast.officer
    assert world.told(cast.supplies_clerk, "disputes")


def test_nobody_answers_for_the_task_of_another_department(cast, plan):
    with pytest.raises(NotYours):
        flows.answer_tasks(plan_id=plan.pk, by=cast.supplies_liaison, accepted=[task("2.1").pk])

    assert task("2.1").consent == Consent.WAITING


def test_a_task_is_not_disputed_without_saying_why(cast, plan):
    with pytest.raises(Invalid):
        flows.answer_tasks(plan_id=plan.pk, by=cast.staffing_liaison, disputed={task("2.1").pk: " "})

    assert task("2.1").consent == Consent.WAITING


def test_silence_is_receipt_and_not_consent(cast, plan):
    tick(now=world.moment(17, 9))

    assert task("2.1").consent == Consent.SILENT
    assert world.owed(plan, Kind.CONSENT) is None
    flows.answer_tasks(plan_id=plan.pk, by=cast.staffing_liaison, disputed={task("2.1").pk: "日期做不到。"})
    assert task("2.1").consent == Consent.DISPUTED


def test_the_office_upholds_a_disputed_task_with_its_reason(cast, plan):
    flows.answer_tasks(plan_id=plan.pk, by=cast.staffing_liaison, disputed={task("2.1").pk: "日期做不到。"})

    flows.uphold_task(task_id=task("2.1").pk, by=cast.officer, reason="日期已由联席会议定下。")

    assert task("2.1").consent == Consent.UPHELD
    assert world.owed(plan, Kind.SETTLE_TASKS) is None
    assert world.told(cast.staffing_liaison, "stays as planned")


# --- stages ---


def test_the_next_stage_begins_when_the_one_before_is_accepted(cast, plan):
    with at_moment(world.moment(22, 15)):
        flows.issue_due_tasks(world.moment(22, 15))
        finish(cast, "1.1")
        assert states()["2.1"] == "drafted"
        finish(cast, "1.2")
        flows.ask_for_stages(world.moment(22, 15))
        stage = Milestone.objects.get(name="方案定稿")
        assert world.owed(stage, Kind.ACCEPT_STAGE).holder == cast.officer

        flows.accept_milestone(milestone_id=stage.pk, by=cast.officer, remark="签认齐全。")

    assert states()["2.1"] == "issued"
    assert world.owed(stage, Kind.ACCEPT_STAGE) is None


def test_a_stage_whose_acceptor_did_a_task_of_it_waits_for_the_office(cast, plan):
    stage = plan.milestones.first()
    with as_actor(SYSTEM):
        Milestone.objects.filter(pk=stage.pk).update(acceptor=task("1.1").owner)

    ask_for_stage(milestone_id=stage.pk, by=SYSTEM)

    duty = world.owed(stage, Kind.ACCEPT_STAGE)
    assert (duty.holder, duty.holder_department) == (None, cast.office)
    assert world.told(cast.officer, "all tasks of a stage are done")
    assert not world.told(task("1.1").owner, "all tasks of a stage are done")


def test_a_stage_is_not_accepted_while_a_task_of_it_is_open(cast, plan):
    stage = Milestone.objects.get(name="方案定稿")

    with pytest.raises(NotReady, match=r"1\.1"):
        flows.accept_milestone(milestone_id=stage.pk, by=cast.officer)

    assert Milestone.objects.get(pk=stage.pk).state == MilestoneState.OPEN


def test_only_the_head_lets_the_next_stage_begin_without_acceptance_and_says_why(cast, plan):
    stage = Milestone.objects.get(name="方案定稿")
    with pytest.raises(NotYours):
        flows.waive_milestone(milestone_id=stage.pk, by=cast.officer, reason="并行推进。")
    assert Milestone.objects.get(pk=stage.pk).state == MilestoneState.OPEN

    with at_moment(world.moment(22, 9)):
        flows.waive_milestone(milestone_id=stage.pk, by=cast.office_head, reason="并行推进。")

    assert states()["2.1"] == "issued"


def test_stages_are_accepted_in_their_order(cast, plan):
    last = Milestone.objects.get(name="上线")

    with pytest.raises(NotReady, match="方案定稿"):
        flows.waive_milestone(milestone_id=last.pk, by=cast.office_head, reason="并行推进。")

    assert Milestone.objects.get(pk=last.pk).state == MilestoneState.OPEN


def test_a_matter_is_not_carried_out_while_a_stage_is_open(cast, plan):
    for item in ActionItem.objects.filter(matter=plan.matter):
        flows.cancel_item(item_id=item.pk, by=cast.office_head, reason="不再需要。")

    with pytest.raises(NotReady, match="阶段"):
        flows.complete_execution(matter_id=plan.matter_id, by=cast.officer, summary="已完成。")

    assert world.owed(plan.matter, Kind.CLOSE_EXECUTION) is None


# --- a new version ---


def test_a_new_version_changes_the_items_that_run_and_keeps_their_original_dates(cast):
    second = plan_world.second_version(cast)
    with at_moment(world.moment(15, 10)):
        plan_world.write_task(
            cast, second, "1.1", "数据字典（含条码）", cast.supplies_head, date(2026, 9, 14), date(2026, 9, 18), task_id=task("1.1", 2).pk,
            milestone=task("1.1", 2).milestone,
        )  # fmt: skip
        plan_world.write_task(
            cast, second, "1.2", "供应商主数据清洗", cast.supplies_liaison, date(2026, 9, 18), date(2026, 9, 23), task_id=task("1.2", 2).pk,
            predecessors="1.1",
        )  # fmt: skip
        plan_world.write_task(
            cast,
            second,
            "2.1",
            "库存日报上线",
            cast.staffing_liaison,
            date(2026, 9, 23),
            date(2026, 9, 30),
            task_id=task("2.1", 2).pk,
        )
        plan_world.approve(cast, second)

    item = task("1.1", 2).item
    assert item == task("1.1").item
    assert (item.assignee, item.text[-9:]) == (cast.supplies_head, "数据字典（含条码）")
    duty = world.owed(item, Kind.EXECUTE)
    assert (duty.holder, duty.due_at, duty.original_due_at) == (
        cast.supplies_head,
        world.moment(18, 17, 30),
        world.moment(17, 17, 30),
    )
    assert task("1.1", 2).consent == Consent.WAITING


def test_a_task_that_another_department_gets_is_a_new_item_and_one_left_out_ends(cast):
    second = plan_world.second_version(cast)
    old = task("1.1").item_id
    with at_moment(world.moment(15, 10)):
        flows.remove_plan_task(task_id=task("2.1", 2).pk, by=cast.supplies_clerk)
        plan_world.write_task(
            cast,
            second,
            "1.1",
            "数据字典",
            cast.planning_liaison,
            date(2026, 9, 14),
            date(2026, 9, 17),
            task_id=task("1.1", 2).pk,
        )
        plan_world.approve(cast, second)

    assert ActionItem.objects.get(pk=old).state == ItemState.CANCELLED
    assert task("1.1", 2).item.department == cast.planning
    assert task("2.1").item.state == ItemState.CANCELLED


def test_what_happened_while_a_version_was_written_goes_along(cast):
    second = plan_world.second_version(cast)
    with at_moment(world.moment(15, 10)):
        flows.answer_tasks(
            plan_id=Plan.objects.get(version=1).pk, by=cast.supplies_liaison, accepted=[task("1.2").pk]
        )
        flows.waive_milestone(
            milestone_id=Milestone.objects.get(plan__version=1, order=0).pk,
            by=cast.office_head,
            reason="并行。",
        )
        plan_world.approve(cast, second)

    assert task("1.2", 2).consent == Consent.ACCEPTED
    assert second.milestones.get(order=0).state == MilestoneState.WAIVED
    assert {duty.holder for duty in Obligation.objects.open().filter(kind=Kind.CONSENT)} == {
        cast.staffing_liaison
    }


# --- risks ---


def test_a_high_risk_is_on_the_desk_of_whoever_keeps_the_case_until_it_is_looked_at(cast, plan):
    risk = plan.risks.get()
    assert world.owed(risk, Kind.WATCH_RISK).holder == cast.officer

    flows.update_risk(
        risk_id=risk.pk, by=cast.supplies_clerk, likelihood=1, effect=5, state="open", remark="已分级授权。"
    )

    assert world.owed(risk, Kind.WATCH_RISK) is None
    assert not plan.risks.high().exists()


def test_whoever_answers_for_a_risk_reads_the_matter(cast):
    second = plan_world.second_version(cast)
    seen = type(second.matter).objects.filter(pk=second.matter_id)
    assert not seen.visible_to(cast.secretary).exists()
    with at_moment(world.moment(15, 10)), as_actor(cast.officer):
        second.risks.update(owner=cast.secretary)

        plan_world.approve(cast, second)

    assert seen.visible_to(cast.secretary).exists()
    assert world.told(cast.secretary, "a high risk of the plan is yours")


def test_a_risk_is_not_changed_without_a_word_nor_by_anybody(cast, plan):
    risk = plan.risks.get()
    given = {"risk_id": risk.pk, "likelihood": 1, "effect": 1, "state": "closed"}

    with pytest.raises(Invalid):
        flows.update_risk(by=cast.officer, remark="", **given)
    with pytest.raises(NotYours):
        flows.update_risk(by=cast.staffing_liaison, remark="没有了。", **given)

    assert plan.risks.get().score == 15


def carried_out(cast, matter):
    """Every stage waived, every item cancelled, the whole reported done."""
    for stage in Milestone.objects.open().in_force().filter(plan__matter=matter):
        flows.waive_milestone(milestone_id=stage.pk, by=cast.office_head, reason="并行。")
    for item in ActionItem.objects.filter(matter=matter):
        flows.cancel_item(item_id=item.pk, by=cast.office_head, reason="不再需要。")
    flows.complete_execution(matter_id=matter.pk, by=cast.officer, summary="已完成。")


def test_when_the_work_is_done_nobody_owes_the_plan_a_word(cast, plan):
    carried_out(cast, plan.matter)

    assert (
        not Obligation.objects.of_case(plan.matter_id)
        .open()
        .filter(subject_type__in=["plan", "plan_risk"])
        .exists()
    )


def test_after_an_objection_what_the_plan_was_owed_is_owed_again(cast, plan):
    flows.answer_tasks(plan_id=plan.pk, by=cast.supplies_liaison, disputed={task("1.2").pk: "时间不够。"})
    carried_out(cast, plan.matter)
    assert world.owed(plan.risks.get(), Kind.WATCH_RISK) is None

    flows.object_to_result(matter_id=plan.matter_id, by=cast.clerk, defects="日报还没有上线。")

    assert world.owed(plan.risks.get(), Kind.WATCH_RISK).holder == cast.officer
    assert world.owed(plan, Kind.SETTLE_TASKS).holder == cast.officer
    assert world.owed(plan, Kind.CONSENT).holder == cast.staffing_liaison


def test_after_an_objection_a_version_that_waits_for_its_approval_is_owed_it_again(cast):
    second = plan_world.second_version(cast)
    with at_moment(world.moment(15, 10)):
        with as_actor(cast.officer):
            second.risks.update(response="分级授权，留痕")
        flows.submit_plan(plan_id=second.pk, by=cast.supplies_clerk)
        carried_out(cast, second.matter)

        flows.object_to_result(matter_id=second.matter_id, by=cast.clerk, defects="日报还没有上线。")

    assert world.owed(second, Kind.APPROVE_OFFICE).holder == cast.officer
