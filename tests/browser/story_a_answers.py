"""Story A, the week of the answers: opinions and contact sheets 联〔2026〕112号 to 115号, as people play them in the browser."""

from __future__ import annotations

from typing import Any

from coordination.demo import letters
from requests.models import Addressee, CoordinationRequest
from tests.browser.story import FOUND_WRONG, Office

OPINIONS = (
    ("2026-09-15 14:20", "zhengguodong", "同意", "09-28机组检修开工前必须到位，愿意承担费用。"),
    (
        "2026-09-16 10:15",
        "linjia",
        "不同意",
        "劳保服专项资金仅用于公司员工，物资部只负责采购。建议由人力资源部归口。",
    ),
    ("2026-09-16 15:30", "xujing", "有条件同意", "需计划发展部出具工作联系单，明确外包人员范围。"),
    ("2026-09-16 16:40", "guming", "不同意", "外包合同只写“甲方提供劳保用品”，未列明细，不能据此出函。"),
    ("2026-09-16 17:10", "luomin", "无意见", "费用列支由检修部预算内解决即可。"),
)


def answered(office: Office, matter: CoordinationRequest) -> None:
    """Five departments give their opinions, and four answer the contact sheets of 检修部, each at its moment."""
    acts = [(when, _opinion(office, matter, *rest)) for when, *rest in OPINIONS]
    acts.append(("2026-09-17 09:00", _decision_begins(office, matter)))
    acts.append(("2026-09-16 10:15", _not_ours(office, matter)))
    acts += [step for step in letters.steps(office.player, matter.pk) if step[0] != "2026-09-16 10:15"]
    for when, act in sorted(acts, key=lambda one: one[0]):
        office.at(when)
        act()
    assert matter.participants.exclude(opinion="").count() == len(OPINIONS)


def _opinion(office: Office, matter: CoordinationRequest, login: str, opinion: str, reason: str) -> Any:
    def act() -> None:
        row = matter.participants.get(department__in=office.person(login).authority.speaks_for)
        office.seat(login, f"/requests/{matter.pk}/opinions/{row.pk}/")
        office.fill({"opinion": opinion})
        if opinion == "不同意":
            office.send(status=FOUND_WRONG)
            assert "理由" in office.error_beside("reason")
        office.fill({"reason": reason})
        office.send()

    return act


def _not_ours(office: Office, matter: CoordinationRequest) -> Any:
    """联〔2026〕112号: refused without its reason and without whose duty it is; then hand-over 1."""

    def act() -> None:
        row = Addressee.objects.get(letter__matter=matter, department__code="WZ")
        assert row.letter.number == "联〔2026〕112号"
        office.seat("linjia", f"/letters/{row.letter_id}/answers/{row.pk}/")
        office.fill({"reply": "不属本部门职责"})
        office.send(status=FOUND_WRONG)
        assert "理由" in office.error_beside("reason")
        assert "部门" in office.error_beside("proposed_department")
        office.fill(
            {
                "reason": "劳保服专项资金仅用于公司员工，物资部只负责采购。",
                "proposed_department": "人力资源部",
            }
        )
        office.send()
        assert matter.handovers.count() == 1

    return act


def _decision_begins(office: Office, matter: CoordinationRequest) -> Any:
    def act() -> None:
        office.seat("dingxiaolei", f"/requests/{matter.pk}/")
        office.take_turn("进入决策")
        office.send()

    return act
