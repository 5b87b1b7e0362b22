"""A notice goes round, one department after the other: one let its limit pass, one has conditions, one has it on the table."""

from __future__ import annotations

from datetime import datetime

from coordination.demo.player import Player
from requests import flows
from requests.models import Countersign, PaperKind

GOES_ROUND = "关于会议室预约系统接入统一身份认证的协作需求"
TEXT = (
    "自下月一日起，会议室预约改用统一账号登录，原账号停用。\n"
    "各部门请于本月25日前核对本部门人员名单，离职人员由人力资源部统一停用。\n"
    "使用中的问题由信息中心受理，联系电话内线5601。"
)


def send_round(player: Player, matter_id: int) -> None:
    """With the material of the matter: a routine notice, on which silence counts as no objection."""
    paper = flows.draft_circulation(
        matter_id=matter_id, by=player.person("dingxiaolei"), kind=PaperKind.objects.get(name="日常通知"),
        title="关于会议室预约改用统一账号的通知", text=TEXT, departments=player.departments("RL", "CW", "WZ"),
        in_series=True, silence="deemed",
    )  # fmt: skip
    flows.start_circulation(circulation_id=paper.pk, by=player.person("dingxiaolei"))


def countersign(player: Player, moment: datetime) -> None:
    """The first limit has passed by now, so the finance department has it: it agrees with a condition."""
    with player.at(moment):
        row = (
            Countersign.objects.filter(department__code="CW", asked_at__isnull=False)
            .current()
            .unsigned()
            .first()
        )
        if row is not None:
            flows.countersign(
                countersign_id=row.pk, by=player.person("fangming"), opinion="conditions",
                reason="请把停用原账号的日期推迟到月度结账之后。",
            )  # fmt: skip
