"""A digest before the chair, the register of papers in and out, a process document to be read (R066, R067, R071)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from coordination.demo.circulation import GOES_ROUND
from coordination.demo.player import Player
from requests import flows
from requests.digest_text import made_from
from requests.models import CoordinationRequest
from supervision.calendar import working_days

STEPS = "1. 拟稿\n2. 送签（3个工作日）\n3. 汇总意见、逐条答复\n4. 定稿签发\n5. 编号印发\n6. 归档\n"


def play(player: Player, moment: datetime) -> None:
    _digest(player, moment)
    _register(player, moment)
    _procedure(player, moment)


def _digest(player: Player, moment: datetime) -> None:
    """Worded by the office from what the matter says, and laid before the chair."""
    matter = CoordinationRequest.objects.get(title=GOES_ROUND)
    officer = player.person("dingxiaolei")
    with player.at(moment):
        words = {
            **made_from(matter),
            "recommendation": "除停用日期外意见一致。建议采纳财务部意见，把停用原账号推迟到月度结账之后，其余按通知稿执行。",
        }
        flows.write_digest(matter_id=matter.pk, by=officer, **words)
        flows.present_digest(matter_id=matter.pk, by=officer, leaders=[player.person("fanchangqing")])


def _register(player: Player, moment: datetime) -> None:
    """An opinion that is sought and waits for its answer; a paper that came and was answered."""
    officer, secretary = player.person("dingxiaolei"), player.person("heting")
    calendar = working_days()
    day, matter = calendar.local(moment).date(), CoordinationRequest.objects.get(title=GOES_ROUND)
    with player.at(moment):
        flows.register_paper(
            by=secretary, direction="in", sort="opinions", unit="市应急管理局", their_number="应急函〔2026〕15号",
            title="关于征求《外包人员劳动防护用品管理办法》意见的函", dated_on=day - timedelta(days=2), passed_on=day,
            department=player.department("WZ"), handler=player.person("linjia"), reply_due_on=calendar.next_day(day, 5),
            note="请物资部会人力资源部提出意见，由办公室汇总函复。",
        )  # fmt: skip
        came = flows.register_paper(
            by=secretary, direction="in", unit="省电力行业协会", their_number="电协〔2026〕32号", title="关于报送会议室信息化经验的通知",
            dated_on=day - timedelta(days=6), passed_on=day - timedelta(days=3), department=player.department("RL"),
            reply_due_on=calendar.next_day(day, 3),
        )  # fmt: skip
        flows.register_paper(
            by=officer, direction="out", unit="省电力行业协会", title="关于会议室统一账号做法的复函", passed_on=day, answers=came,
            matter_id=matter.pk,
        )  # fmt: skip


def _procedure(player: Player, moment: datetime) -> None:
    """One of two departments has confirmed that it has read it."""
    with player.at(moment):
        procedure = flows.publish_procedure(
            by=player.person("songyaqin"), title="跨部门会签流程", owner=player.person("dingxiaolei"),
            summary="会签从拟稿、送签、汇总意见到印发、归档的步骤和时限。", departments=player.departments("WZ", "RL", "JH"),
            papers=[ContentFile(STEPS.encode(), name="跨部门会签流程.txt")],
        )  # fmt: skip
        reading = procedure.versions.get().readings.get(department__code="WZ")
        flows.confirm_procedure(reading_id=reading.pk, by=player.person("linjia"))
