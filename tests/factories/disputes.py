from datetime import UTC, date, datetime

from disputes.models import (
    Dispute,
    DisputeItem,
    DisputeParty,
    DisputePoint,
    NegotiationRecord,
    PointDecision,
    PointPosition,
    Ruling,
)
from requests.models import CoordinationRequest
from tests.factories import line

MOMENT = datetime(2026, 9, 14, tzinfo=UTC)


def a_matter(cast, n):
    return CoordinationRequest.objects.create(
        filed_by=cast.clerk, filed_by_department=cast.repair, department_name="检修部", created_at=MOMENT
    )


def a_dispute(cast, n, kind="dispute"):
    found = dispute(cast, f"{kind}{n}")
    found.save()
    return found


@line(Dispute, change=("claim", "一", "二"))
def dispute(cast, n):
    return Dispute(
        number=f"争{n}", matter=a_matter(cast, n), kind="duty", registered_by=cast.clerk, registered_at=MOMENT,
        tried="已电话联系", blocked_what="不能开工", interim_arrangement="照旧", next_on=date(2026, 9, 14),
        owner=cast.officer,
    )  # fmt: skip


@line(DisputeParty, change=("department_name", "一", "二"))
def party(cast, n):
    return DisputeParty(dispute=a_dispute(cast, n, "party"), department=cast.repair)


@line(DisputePoint, change=("text", "一", "二"))
def point(cast, n):
    return DisputePoint(dispute=a_dispute(cast, n, "point"), order=1)


@line(PointPosition, change=("position", "一", "二"))
def position(cast, n):
    of = a_dispute(cast, n, "position")
    return PointPosition(
        point=DisputePoint.objects.create(dispute=of, order=1, text="点"),
        party=DisputeParty.objects.create(dispute=of, department=cast.repair, department_name="检修部"),
        written_at=MOMENT,
    )


@line(NegotiationRecord, change=("text", "一", "二"))
def talk(cast, n):
    return NegotiationRecord(
        dispute=a_dispute(cast, n, "talk"),
        held_at=MOMENT,
        result="closer",
        recorded_by=cast.clerk,
        recorded_at=MOMENT,
    )


@line(
    NegotiationRecord.people.through, change=("user_id", lambda c, n: c.clerk.pk, lambda c, n: c.officer.pk)
)
def negotiator(cast, n):
    found = talk(cast, f"n{n}")
    found.text = "谈"
    found.save()
    return NegotiationRecord.people.through(negotiationrecord=found, user=cast.clerk)


@line(Ruling, change=("facts", "一", "二"))
def ruling(cast, n):
    return Ruling(
        dispute=a_dispute(cast, n, "ruling"), number=f"裁{n}", ruled_by=cast.office_head, ruled_at=MOMENT, basis="办法",
        changes_duties=False, duty_note="不变", served_at=MOMENT,
    )  # fmt: skip


@line(PointDecision, change=("text", "一", "二"))
def decision(cast, n):
    found = ruling(cast, f"d{n}")
    found.facts = "事实"
    found.save()
    return PointDecision(
        ruling=found, point=DisputePoint.objects.create(dispute=found.dispute, order=1, text="点")
    )


@line(DisputeItem, change=("text", "一", "二"))
def item(cast, n):
    return DisputeItem(
        dispute=a_dispute(cast, n, "item"), source="ruling", standard="签领", department=cast.repair,
        assignee=cast.clerk, due_on=date(2026, 9, 24),
    )  # fmt: skip
