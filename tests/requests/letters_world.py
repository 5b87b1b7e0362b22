"""Contact sheets and letters on the matter of tests/requests/world.py: repair asks, supplies and staffing answer.

Signed and sent on Tuesday 2026-09-08 at 10:00 unless said otherwise.
"""

from __future__ import annotations

from itertools import pairwise

from audit.acting import at_moment
from requests import flows
from requests.models import Addressee, Letter
from tests.requests import world

SHEET = {
    "form": "sheet",
    "title": "请提供3套劳保服",
    "content": "工艺班3名外包管焊工09-28参加机组检修，需穿与本公司员工同款的劳保服。",
    "asks": [{"text": "发放同款劳保服3套", "wished_on": None}],
    "basis": "2026年机组检修安全目标",
    "contact_phone": "内线5526",
}
LETTER = {
    "form": "letter",
    "title": "关于明确外包人员劳保用品归口的协调函",
    "content": "外包管焊工的劳保服至今无人发放。",
    "facts": "三人由外包单位派遣，合同只写“甲方提供劳保用品”。",
    "difference": "物资部与人力资源部各认为由对方归口。",
    "request_text": "请书面明确归口部门。",
    "basis": "部门职责清单",
    "contact_phone": "内线5526",
}


def draft(cast, matter, *, by=None, to=None, **changes) -> Letter:
    given = {**(LETTER if changes.get("form") == "letter" else SHEET), **changes}
    with at_moment(world.moment(8, 9, 30)):
        return flows.draft_letter(
            matter_id=matter.pk, by=by or cast.repair_liaison, addressees=to or [cast.supplies], **given
        )


def sent(cast, matter, *, by=None, signer=None, at=None, **changes) -> Letter:
    letter = draft(cast, matter, by=by, **changes)
    with at_moment(at or world.moment(8, 10)):
        flows.sign_letter(letter_id=letter.pk, by=signer or cast.repair_head)
        return flows.send_letter(letter_id=letter.pk, by=by or cast.repair_liaison)


def row(letter, department) -> Addressee:
    return letter.addressees.get(department=department)


SPEAKERS = {"物资部": "supplies_liaison", "人力资源部": "staffing_liaison", "计划发展部": "planning_liaison"}


def answer(cast, addressee, reply="agree", reason="", to=None, *, at=None) -> Addressee:
    with at_moment(at or world.moment(8, 15)):
        return flows.answer_letter(
            addressee_id=addressee.pk, by=getattr(cast, SPEAKERS[addressee.department_name]), reply=reply,
            reason=reason, proposed_department=to,
        )  # fmt: skip


def passed_on(cast, matter, *chain) -> None:
    """A sheet to each department of the chain, and its answer: not ours, the next one's."""
    for n, (of, to) in enumerate(pairwise(chain)):
        letter = sent(cast, matter, to=[of])
        answer(cast, row(letter, of), "not_ours", "不在本部门职责范围内。", to, at=world.moment(8, 15, n))
