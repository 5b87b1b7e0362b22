"""One matter lives its whole life on the simple track: from the form to the archive, without a meeting."""

from datetime import date, datetime

import pytest

from audit.acting import at_moment
from audit.models import TransitionLog
from requests import flows
from requests.models import ActionItem, CoordinationRequest
from requests.states import Stage
from supervision.models import Obligation
from tests.conftest import SHANGHAI
from tests.requests.world import all_met

FORM = {
    "title": "关于解决管焊工劳保服配置问题的协作需求",
    "category": "internal",
    "background": "工艺班现有3名外包管焊工，即将参加机组检修，至今没有领到劳保服。",
    "goal": "检修开工前三名焊工穿上与本公司员工同款的劳保服。",
    "expected_result": "劳保服发到本人，并明确今后由哪个部门归口。",
    "initial_scope": "检修部工艺班",
    "organization_goal": "机组检修安全目标",
}


def on(text):
    return at_moment(datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI))


@pytest.fixture
def lived(cast):
    with on("09-14 14:20"):
        matter = flows.file_at_once(by=cast.clerk, departments=[cast.supplies, cast.planning], fields=FORM)
    with on("09-14 16:05"):
        flows.return_for_revision(matter_id=matter.pk, by=cast.officer, gaps=[("goal", "写清何时达到。")])
    with on("09-15 09:30"):
        flows.save_draft(
            matter_id=matter.pk, by=cast.clerk, fields={"goal": "9月24日前三人都穿上同款劳保服。"}
        )
        flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers={matter.gaps.get().pk: "已写明时间。"})
    with on("09-15 10:40"):
        flows.accept(
            matter_id=matter.pk, by=cast.officer, lead_department=cast.repair, fit=4, feasibility=4, complexity=3, risk=3, resource_limits=2,
            co_departments=[cast.supplies, cast.planning], assessment="职责有交叉。", conditions=all_met(),
        )  # fmt: skip
        flows.write_preparation(
            matter_id=matter.pk, by=cast.officer, facts="已核实", scope="三人", expected_goal=FORM["goal"],
            questions=["由谁发放？"],
        )  # fmt: skip
        flows.deliver_material(matter_id=matter.pk, by=cast.officer)
    with on("09-16 10:00"):
        for participant in matter.participants.select_related("department"):
            speaker = {
                "检修部": cast.repair_head,
                "物资部": cast.supplies_liaison,
                "计划发展部": cast.planning_head,
            }
            flows.give_opinion(
                participant_id=participant.pk, by=speaker[participant.department_name], opinion="agree"
            )
    with on("09-18 10:40"):
        flows.start_decision(matter_id=matter.pk, by=cast.officer)
        item = flows.draft_item(
            matter_id=matter.pk, by=cast.officer, text="采购三套劳保服并发到本人手中", standard="本人签领",
            department=cast.supplies, assignee=cast.supplies_liaison, due_on=date(2026, 9, 30),
        )  # fmt: skip
        flows.decide_as_office(matter_id=matter.pk, by=cast.office_head, resolution="同意采购三套。")
    with on("09-29 10:00"):
        flows.report(
            item_id=item.pk, by=cast.supplies_liaison, percent=60, done="已到货", next_step="发放到人", difficulty="无",
            next_on=date(2026, 9, 29), expected_on=date(2026, 9, 30),
        )  # fmt: skip
        flows.submit_item(
            item_id=item.pk,
            by=cast.supplies_liaison,
            result="三人已签领",
            evidence_note="签领单存库房，可现场核对。",
        )
        flows.close_item(item_id=item.pk, by=cast.officer)
    with on("09-30 09:00"):
        flows.complete_execution(matter_id=matter.pk, by=cast.repair_liaison, summary="目标已达到")
        flows.confirm(matter_id=matter.pk, by=cast.clerk)
        flows.close(matter_id=matter.pk, by=cast.records_admin, archive_number="L001-WS·2026-D30-XTB-0001")
    return CoordinationRequest.objects.get(pk=matter.pk)


def test_a_matter_reaches_the_archive_and_nobody_owes_anything_then(lived):
    assert lived.stage == Stage.ARCHIVED
    assert not Obligation.objects.of_case(lived.pk).open().exists()


def test_its_story_names_every_step_in_order(lived):
    verbs = list(TransitionLog.objects.of_case(lived.pk).order_by("at", "pk").values_list("verb", flat=True))

    assert [verb for verb in verbs if verb != "give_opinion"] == [
        "submit", "return_for_revision", "resubmit", "accept", "write_preparation", "deliver_material",
        "start_decision", "issue", "decide", "acknowledge", "start", "report", "submit", "close",
        "complete_execution", "confirm", "archive",
    ]  # fmt: skip


def test_the_item_was_closed_by_its_original_date(lived):
    item = ActionItem.objects.get(matter=lived)

    assert item.is_on_time is True
    assert item.number == "督〔2026〕1号"
