"""Matters at each stage, made through the real flows, for the tests of the pages."""

from datetime import date

from requests import flows
from tests.kept import kept
from tests.requests.world import all_met

FORM = {
    "title": "关于解决管焊工劳保服配置问题的协作需求",
    "category": "internal",
    "background": "工艺班现有3名外包管焊工，即将参加机组检修，至今没有领到劳保服。",
    "goal": "检修开工前三名焊工穿上与本公司员工同款的劳保服。",
    "expected_result": "劳保服发到本人，并明确今后由哪个部门归口。",
    "initial_scope": "检修部工艺班",
    "organization_goal": "机组检修安全目标",
    "goal_reason": "年度目标清单未单列。",
}


@kept
def filed(cast, **fields):
    return flows.file_at_once(
        by=cast.clerk, departments=[cast.supplies, cast.planning], fields={**FORM, **fields}
    )


@kept
def accepted(cast, **fields):
    matter = filed(cast, **fields)
    return flows.accept(
        matter_id=matter.pk, by=cast.officer, lead_department=cast.repair, fit=4, feasibility=4, complexity=3, risk=3, resource_limits=2,
        co_departments=[cast.supplies, cast.planning], assessment="职责有交叉。", conditions=all_met(),
    )  # fmt: skip


@kept
def delivered(cast, **fields):
    matter = accepted(cast, **fields)
    flows.write_preparation(
        matter_id=matter.pk, by=cast.officer, facts="已核实三人情况。", scope="三名外包管焊工",
        expected_goal=FORM["goal"], questions=["外包焊工的劳保服由谁发放？"],
    )  # fmt: skip
    return flows.deliver_material(matter_id=matter.pk, by=cast.officer)


SPEAKERS = {"检修部": "repair_head", "物资部": "supplies_liaison", "计划发展部": "planning_head"}


@kept
def answered(cast, opinion="agree", reason="", **fields):
    matter = delivered(cast, **fields)
    for row in matter.participants.all():
        speaker = getattr(cast, SPEAKERS[row.department_name])
        flows.give_opinion(participant_id=row.pk, by=speaker, opinion=opinion, reason=reason)
    return matter


@kept
def deciding(cast, **fields):
    """An urgent matter with a reason goes on at once: no lead time in the tests."""
    matter = answered(cast, urgency="urgent", **fields)
    return flows.start_decision(matter_id=matter.pk, by=cast.officer, override_reason="检修在即")


@kept
def executing(cast, **fields):
    matter = deciding(cast, **fields)
    flows.draft_item(
        matter_id=matter.pk, by=cast.officer, text="采购三套劳保服并发到本人手中", standard="三人签领单",
        department=cast.supplies, assignee=cast.supplies_liaison, due_on=date(2026, 9, 30),
    )  # fmt: skip
    return flows.decide_as_office(matter_id=matter.pk, by=cast.office_head, resolution="同意采购三套。")


@kept
def done(cast, **fields):
    """All items closed."""
    matter = executing(cast, **fields)
    item = matter.items.get()
    flows.submit_item(
        item_id=item.pk,
        by=cast.supplies_liaison,
        result="三人已签领",
        evidence_note="签领单存库房，可现场核对。",
    )
    flows.close_item(item_id=item.pk, by=cast.officer)
    return matter


@kept
def in_feedback(cast, **fields):
    matter = done(cast, **fields)
    return flows.complete_execution(matter_id=matter.pk, by=cast.repair_liaison, summary="目标已达到")
