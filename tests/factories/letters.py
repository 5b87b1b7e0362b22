from datetime import UTC, datetime

from requests.models import Addressee, Handover, Letter, LetterAsk, MeetingWish
from tests.factories import line
from tests.factories.requests import saved_matter

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


@line(Letter, change=("title", "请提供劳保服", "请提供三套劳保服"))
def letter(cast, n):
    return Letter(
        matter=saved_matter(cast, n), form="sheet", department=cast.repair, department_name="检修部",
        drafted_by=cast.clerk, drafted_at=MONDAY, content="三人参加检修。", contact_name="周立群",
    )  # fmt: skip


def saved_letter(cast, n):
    row = letter(cast, n)
    row.title = "请提供劳保服"
    row.save()
    return row


@line(LetterAsk, change=("text", "发放三套", "借用三套"))
def ask(cast, n):
    return LetterAsk(letter=saved_letter(cast, n))


@line(Addressee, change=("result", "已借出", "已发放"))
def addressee(cast, n):
    return Addressee(letter=saved_letter(cast, n), department=cast.supplies, department_name="物资部")


@line(MeetingWish, change=("chain", "物资部 → 人力资源部", "人力资源部 → 物资部"))
def wish(cast, n):
    return MeetingWish(matter=saved_matter(cast, n), reason="third", wished_at=MONDAY)


@line(Handover, change=("reason", "不归我部", "不在职责范围内"))
def handover(cast, n):
    return Handover(
        matter=saved_matter(cast, n), from_department=cast.supplies, to_department=cast.staffing,
        from_name="物资部", to_name="人力资源部", at=MONDAY, by=cast.supplies_liaison,
    )  # fmt: skip
