from datetime import UTC, date, datetime, timedelta

from meetings.models import (
    AgendaItem,
    Confirmation,
    HouseRules,
    Invitation,
    ItemDifference,
    ItemReservation,
    Material,
    Meeting,
    Minutes,
    PriorTalk,
    ResolvedAction,
)
from tests.factories import line
from tests.factories.documents import file

BEGINS = datetime(2026, 9, 18, 1, 30, tzinfo=UTC)


@line(Meeting, change=("place", "协调办301", "协调办302"))
def meeting(cast, n):
    return Meeting(
        title=f"专题协调会{n}",
        starts_at=BEGINS,
        ends_at=BEGINS + timedelta(hours=1),
        chair=cast.office_head,
        recorder=cast.secretary,
        planned_by=cast.officer,
        planned_at=BEGINS - timedelta(days=4),
    )


def saved_meeting(cast, n):
    row = meeting(cast, n)
    row.save()
    return row


def saved_item(cast, n):
    row = agenda_item(cast, n)
    row.save()
    return row


def saved_minutes(cast, n):
    row = minutes(cast, n)
    row.save()
    return row


@line(Invitation, change=("reply_reason", "出差", "住院"))
def invitation(cast, n):
    return Invitation(meeting=saved_meeting(cast, n), person=cast.repair_head, department=cast.repair)


@line(AgendaItem, change=("text", "采购三套", "借用三套"))
def agenda_item(cast, n):
    return AgendaItem(meeting=saved_meeting(cast, n), order=n + 1)


@line(ResolvedAction, change=("text", "采购三套劳保服", "借用三套劳保服"))
def resolved_action(cast, n):
    return ResolvedAction(item=saved_item(cast, n), department=cast.supplies, due_on=date(2026, 9, 30))


@line(ItemReservation, change=("text", "今后不由甲方承担", "费用另议"))
def reservation(cast, n):
    return ItemReservation(item=saved_item(cast, n), department=cast.staffing)


@line(ItemDifference, change=("position", "由物资部采购", "由外包单位提供"))
def difference(cast, n):
    return ItemDifference(item=saved_item(cast, n), department=cast.repair)


@line(Minutes, change=("summary", "会议按时召开", "会议延后召开"))
def minutes(cast, n):
    return Minutes(meeting=saved_meeting(cast, n), drafted_at=BEGINS)


@line(Confirmation, change=("text", "记录有误", "时间有误"))
def confirmation(cast, n):
    return Confirmation(minutes=saved_minutes(cast, n), person=cast.repair_head)


@line(Material, change=("late_reason", "盘点后补", "核对后补"))
def material(cast, n):
    paper = file(cast, n)
    paper.save()
    return Material(meeting=saved_meeting(cast, n), file=paper, due_on=date(2026, 9, 17))


@line(HouseRules, change=("leave_rules", "请假报主持人", "请假报秘书"))
def house_rules(cast, n):
    return HouseRules(written_by=cast.office_head, written_at=BEGINS)


@line(PriorTalk, change=("text", "双方已谈过", "双方已谈妥"))
def prior_talk(cast, n):
    return PriorTalk(item=saved_item(cast, n), written_by=cast.officer, written_at=BEGINS)
