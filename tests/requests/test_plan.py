"""R072–R074, R080, form F3: the plan in six parts, its versions, its approval."""

from datetime import date

import pytest

from archive.contents import entries
from archive.states import EntryKind
from audit.acting import at_moment
from audit.models import TransitionLog
from audit.refusals import Conflict, Invalid, NotReady, NotYours
from requests import flows, plan_diff
from requests.flows.plan import seen_of_part
from requests.models import ActionItem, Plan, PlanTask
from requests.plan_states import PlanState
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import plan_world, world

DAY = date(2026, 9, 22)


@pytest.fixture(autouse=True)
def monday():
    with at_moment(world.moment(14, 11)):
        yield


# --- writing ---


def test_the_first_version_begins_with_the_goal_and_the_escalation_path_of_the_office(cast):
    matter = world.executing(cast)

    plan = flows.start_plan(matter_id=matter.pk, by=cast.supplies_head)

    assert (plan.version, plan.state, plan.goal) == (1, PlanState.DRAFT, matter.expected_goal)
    path = list(plan.escalation.values_list("person__name", "days"))
    assert path == [(cast.supplies_head.name, 5), (cast.office_head.name, 10), (cast.chair.name, 5)]


def test_whoever_neither_leads_nor_works_in_the_office_writes_no_plan(cast):
    matter = world.executing(cast)

    with pytest.raises(NotYours):
        flows.start_plan(matter_id=matter.pk, by=cast.staffing_head)

    assert not Plan.objects.exists()


def test_two_versions_are_never_written_at_once(cast):
    plan = plan_world.drafted(cast)

    with pytest.raises(NotReady, match="已有一版"):
        flows.start_plan(matter_id=plan.matter_id, by=cast.officer)

    assert Plan.objects.count() == 1


def test_the_project_lead_writes_although_heading_nothing(cast):
    plan = plan_world.drafted(cast)

    flows.write_plan_goal(plan_id=plan.pk, by=cast.supplies_clerk, goal="可用率≥98%。")

    assert Plan.objects.get().goal == "可用率≥98%。"


def test_rows_of_a_part_are_changed_by_their_id_and_those_not_given_are_struck_out(cast):
    plan = plan_world.drafted(cast)
    first, _second = plan.milestones.all()

    flows.write_plan_part(
        plan_id=plan.pk, by=cast.officer, part="milestones",
        rows=[{"id": first.pk, "name": "方案印发", "standard": "签认", "due_on": DAY, "acceptor": cast.officer}],
    )  # fmt: skip

    assert list(plan.milestones.values_list("pk", "name")) == [(first.pk, "方案印发")]
    assert PlanTask.objects.get(wbs="1.1").milestone == first
    assert PlanTask.objects.get(wbs="2.1").milestone is None


def test_whoever_saves_a_part_second_is_told_and_overwrites_nothing(cast):
    plan = plan_world.drafted(cast)
    seen = seen_of_part(plan, "escalation")
    row = {"level": "小组", "person": cast.supplies_head, "days": 3}
    flows.write_plan_part(plan_id=plan.pk, by=cast.officer, part="escalation", rows=[row], seen=seen)

    with pytest.raises(Conflict):
        flows.write_plan_part(plan_id=plan.pk, by=cast.supplies_head, part="escalation", rows=[], seen=seen)

    assert [one.level for one in plan.escalation.all()] == ["小组"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends": date(2026, 9, 10)}, "ends_on"),
        ({"ends": date(2026, 9, 26)}, "ends_on"),  # a Saturday
        ({"predecessors": "9.9"}, "predecessors"),
        ({"predecessors": "1.2"}, "predecessors"),  # begins before that one ends
        ({"wbs": "1.1"}, "wbs"),
        ({"measures": []}, "measures"),
        ({"resources": " "}, "resources"),
    ],
)
def test_a_task_that_does_not_hold_together_is_refused_beside_its_field(cast, changes, field):
    plan = plan_world.drafted(cast)
    wbs, ends = changes.pop("wbs", "1.3"), changes.pop("ends", DAY)

    with pytest.raises(Invalid) as refusal:
        plan_world.write_task(
            cast, plan, wbs, "接口联调", cast.supplies_clerk, date(2026, 9, 15), ends, **changes
        )

    assert field in refusal.value.fields
    assert plan.tasks.count() == 3


def test_all_six_parts_of_a_task_are_needed_and_all_gaps_named_at_once(cast):
    """R072: responsible person, content, standard, from, to, resources."""
    plan = plan_world.drafted(cast)

    with pytest.raises(Invalid) as refusal:
        plan_world.write_task(cast, plan, "1.3", "", None, None, None, standard="", resources="")

    six = {"owner", "name", "standard", "begins_on", "ends_on", "resources"}
    assert set(refusal.value.fields) == six
    assert plan.tasks.count() == 3


def test_tasks_that_wait_for_each_other_are_refused_by_name(cast):
    plan = plan_world.drafted(cast)
    first = plan.tasks.get(wbs="1.1")

    with pytest.raises(Invalid, match=r"1\.1 → 1\.2 → 1\.1|1\.2 → 1\.1 → 1\.2"):
        plan_world.write_task(
            cast, plan, "1.1", "数据字典", cast.supplies_clerk, DAY, DAY, task_id=first.pk, predecessors="1.2"
        )

    assert plan.tasks.get(wbs="1.1").predecessors == ""


# --- approval ---


def test_an_empty_plan_names_all_gaps_at_once_each_beside_its_part(cast):
    matter = world.executing(cast)
    plan = flows.start_plan(matter_id=matter.pk, by=cast.supplies_head)
    flows.write_plan_goal(plan_id=plan.pk, by=cast.supplies_head, goal="")
    flows.write_plan_part(plan_id=plan.pk, by=cast.supplies_head, part="escalation", rows=[])

    with pytest.raises(Invalid) as refusal:
        flows.submit_plan(plan_id=plan.pk, by=cast.supplies_head)

    assert set(refusal.value.fields) == {"goal", "team", "tasks", "deliverables", "channels", "risks"}
    assert len(refusal.value.fields["team"]) == len(refusal.value.fields["channels"]) == 2
    assert Plan.objects.get().state == PlanState.DRAFT


def test_two_leads_are_one_too_many(cast):
    plan = plan_world.drafted(cast)
    rows = plan_world.parts(cast)["team"]
    rows.append({**rows[0], "person": cast.supplies_head})
    flows.write_plan_part(plan_id=plan.pk, by=cast.officer, part="team", rows=rows)

    with pytest.raises(Invalid) as refusal:
        flows.submit_plan(plan_id=plan.pk, by=cast.officer)

    assert set(refusal.value.fields) == {"team"}


def test_what_is_handed_in_waits_for_the_keeper_and_cannot_be_changed_meanwhile(cast):
    plan = plan_world.submitted(cast)

    with pytest.raises(NotReady, match="收回"):
        flows.write_plan_goal(plan_id=plan.pk, by=cast.supplies_clerk, goal="别的。")

    assert world.owed(plan, Kind.APPROVE_OFFICE).holder == cast.officer
    flows.take_back_plan(plan_id=plan.pk, by=cast.supplies_clerk)
    assert world.owed(plan, Kind.APPROVE_OFFICE) is None


def test_nobody_approves_what_they_handed_in(cast):
    plan = plan_world.drafted(cast)
    flows.submit_plan(plan_id=plan.pk, by=cast.officer)

    with pytest.raises(NotYours):
        flows.approve_plan(plan_id=plan.pk, by=cast.officer)

    assert world.owed(plan, Kind.APPROVE_OFFICE).holder == cast.office_head
    assert not ActionItem.objects.filter(plan_tasks__plan=plan).exists()


def test_a_plan_is_returned_with_what_is_to_be_changed(cast):
    plan = plan_world.submitted(cast)

    flows.return_plan(plan_id=plan.pk, by=cast.officer, reason="缺少验收任务。")

    plan = Plan.objects.get()
    assert (plan.state, plan.return_reason) == (PlanState.DRAFT, "缺少验收任务。")
    assert world.told(cast.supplies_clerk, "returned")
    assert world.owed(plan, Kind.APPROVE_OFFICE) is None


def test_an_approved_plan_has_number_and_day_and_is_known_to_the_team(cast):
    plan = plan_world.in_force(cast)

    assert (plan.number, plan.effective_on, plan.approved_by) == (
        "计〔2026〕1号",
        date(2026, 9, 14),
        cast.officer,
    )
    assert flows.plan_in_force(plan.matter) == plan
    assert world.told(cast.staffing_liaison, "in force")
    assert TransitionLog.objects.of_case(plan.matter_id).filter(verb="approve_plan").count() == 1


def test_an_approved_version_never_changes(cast):
    plan = plan_world.in_force(cast)

    with pytest.raises(NotReady, match="新版"):
        flows.write_plan_part(plan_id=plan.pk, by=cast.officer, part="team", rows=[])

    assert plan.team.count() == 2


# --- versions ---


def test_a_new_version_needs_its_reason(cast):
    plan = plan_world.in_force(cast)

    with pytest.raises(Invalid):
        flows.start_plan(matter_id=plan.matter_id, by=cast.supplies_clerk)

    assert Plan.objects.count() == 1


def test_a_new_version_begins_as_a_copy_that_is_whole(cast):
    second = plan_world.second_version(cast)
    plan = Plan.objects.get(version=1)

    assert (second.version, second.number) == (2, plan.number)
    assert [str(task) for task in second.tasks.all()] == [str(task) for task in plan.tasks.all()]
    assert second.tasks.get(wbs="1.2").helpers.get() == cast.planning_liaison
    assert second.tasks.get(wbs="2.1").milestone.plan == second
    assert plan_diff.changes(plan, second) == []


def test_what_differs_between_two_versions_is_told_row_by_row(cast):
    second = plan_world.second_version(cast)
    gone = second.tasks.get(wbs="2.1")
    flows.remove_plan_task(task_id=gone.pk, by=cast.supplies_clerk)
    plan_world.write_task(cast, second, "3.1", "验收", cast.supplies_clerk, DAY, DAY)
    flows.write_plan_goal(plan_id=second.pk, by=cast.supplies_clerk, goal="可用率≥99%。")

    found = plan_diff.changes(Plan.objects.get(version=1), Plan.objects.get(version=2))

    assert [(one.kind, one.name) for one in found if one.name != str(one.part)] == [
        ("new", "3.1 验收"),
        ("gone", str(gone)),
    ]
    assert len(found) == 3


def test_the_old_version_stays_in_force_until_the_new_one_is_approved_and_readable_after(cast):
    second = plan_world.second_version(cast)
    assert flows.plan_in_force(second.matter).version == 1

    with at_moment(world.moment(15, 10)):
        plan_world.approve(cast, second)

    first = Plan.objects.get(version=1)
    assert (first.state, first.superseded_on) == (PlanState.SUPERSEDED, date(2026, 9, 15))
    assert first.tasks.count() == 3
    assert flows.plan_in_force(second.matter).version == 2


def test_a_version_that_is_thrown_away_leaves_the_one_in_force(cast):
    second = plan_world.second_version(cast)

    flows.discard_plan(plan_id=second.pk, by=cast.supplies_clerk)

    assert list(Plan.objects.values_list("version", "state")) == [(1, PlanState.IN_FORCE)]
    assert Obligation.objects.open().filter(kind=Kind.CONSENT).exists()


def test_every_version_that_was_in_force_goes_into_the_dossier_whole(cast):
    second = plan_world.second_version(cast)
    with at_moment(world.moment(15, 10)):
        plan_world.approve(cast, second)

    kept = [entry for entry in entries(second.matter) if entry.kind == EntryKind.PLAN]

    assert [entry.title for entry in kept] == ["计〔2026〕1号 V1", "计〔2026〕1号 V2"]
    assert [len(entry.snapshot["tasks"]) for entry in kept] == [3, 3]
    assert kept[0].snapshot["tasks"][0]["measures"][0]["name"] == "字段覆盖率"
