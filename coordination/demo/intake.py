"""A simple matter that one sheet settles, and an emergency that began on a word (R039, Q23)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from coordination.demo.player import Player
from requests import flows
from requests.flows.conditions import all_met
from requests.models import Addressee, Letter

SIMPLE = "关于班组饮水机统一换芯的协作需求"
URGENT = "关于输煤栈桥支护抢修的协作需求"
MARKS: dict[str, Any] = {"fit": 3, "feasibility": 5, "complexity": 1, "risk": 2, "resource_limits": 1}


def play(player: Player, moment: datetime) -> None:
    _simple(player, moment)
    _urgent(player, moment)


def _simple(player: Player, moment: datetime) -> None:
    """Accepted with its sheet; one of two departments has answered."""
    with player.at(moment):
        officer, head = player.person("dingxiaolei"), player.person("songyaqin")
        matter = flows.file_at_once(
            by=player.person("chenqiming"), departments=player.departments("WZ", "RL"),
            fields={
                "title": SIMPLE, "category": "internal", "background": "各班组饮水机滤芯型号不一，换芯周期各班自定，备件常缺。",
                "goal": "12月15日前统一型号和周期，由物资部按季配送。", "expected_result": "一张滤芯型号和换芯周期表，按季配送到班组。",
                "initial_scope": "检修部12个班组的饮水机。", "organization_goal": "班组后勤保障",
                "goal_reason": "日常后勤事项，年度目标里没有单列。",
            },
        )  # fmt: skip
        flows.accept(
            matter_id=matter.pk, by=officer, lead_department=player.department("WZ"),
            co_departments=player.departments("RL"), conditions=all_met(), assessment="做法简单，两个部门书面同意即可。",
            handling="simple", handling_reason="只涉及两个部门，无争议，有供货合同可用。",
            facts="滤芯已在年度框架合同内，不另增费用。", question="同意由物资部按季统一配送滤芯吗？", **MARKS,
        )  # fmt: skip
        sheet = Letter.objects.get(matter=matter)
        flows.sign_letter(letter_id=sheet.pk, by=head)
        row = Addressee.objects.get(letter=sheet, department=player.department("WZ"))
        flows.answer_letter(addressee_id=row.pk, by=player.person("linjia"), reply="agree")
        flows.state_effect(
            matter_id=matter.pk, by=player.person("linjia"), department=player.department("WZ"), direction="loss",
            kind="work", text="每季配送一次，增加仓储人员出车。", amount=Decimal(4), unit="人天",
            goal=player.goal("仓储费用比上年下降5%"),
        )  # fmt: skip


def _urgent(player: Player, moment: datetime) -> None:
    """Ordered by telephone, confirmed by the head; the applicant still owes the papers."""
    with player.at(moment):
        matter = flows.start_on_order(
            by=player.person("dingxiaolei"), applicant=player.person("chenqiming"), lead_department=player.department("WZ"),
            co_departments=player.departments("JH"), ordered_by=player.person("zhengguodong"),
            ordered_at=moment - timedelta(minutes=30), means="phone", order="栈桥立柱开裂，立即调钢支撑，先干后补手续。",
            fields={
                "title": URGENT, "category": "safety", "goal": "当日完成栈桥临时支护，恢复双线供煤。",
                "urgency_reason": "立柱裂缝扩展，随时可能停煤。",
            },
        )  # fmt: skip
        flows.answer_order(matter_id=matter.pk, by=player.person("zhengguodong"), confirm=True)
        flows.record_visit(
            matter_id=matter.pk, by=player.person("dingxiaolei"), visited_on=moment.date(), place="输煤栈桥3号立柱",
            people="检修部 郑国栋、陈启明，物资部 林佳", findings="立柱裂缝长约40厘米，栈桥已停运，现场有钢支撑6根可用。",
            result="先用现有6根支撑加固，物资部当日再调4根。",
        )  # fmt: skip
