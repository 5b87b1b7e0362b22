from datetime import UTC, datetime

from requests.models import Circulation, Countersign, PaperKind, PaperText
from tests.factories import line
from tests.factories.requests import saved_matter

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


@line(PaperKind, change=("is_used", True, False))
def kind(cast, n):
    return PaperKind(name=f"文种{n}")


def saved_kind(cast, n):
    return PaperKind.objects.get_or_create(name=f"文种{n}")[0]


@line(Circulation, change=("title", "协调方案", "协调方案（修订）"))
def circulation(cast, n):
    return Circulation(
        matter=saved_matter(cast, n), kind=saved_kind(cast, n), kind_name="协调方案", text="采购三套。",
        department=cast.office, department_name="协调办公室", drafted_by=cast.officer, drafted_at=MONDAY,
    )  # fmt: skip


def saved_circulation(cast, n):
    row = circulation(cast, n)
    row.title = "协调方案"
    row.save()
    return row


@line(PaperText, change=("note", "改数量", "改日期"))
def text(cast, n):
    return PaperText(
        circulation=saved_circulation(cast, n),
        version=2,
        text="采购四套。",
        written_by=cast.officer,
        written_at=MONDAY,
    )


@line(Countersign, change=("reason", "预算未列", "预算已列"))
def countersign(cast, n):
    return Countersign(
        circulation=saved_circulation(cast, n), department=cast.supplies, department_name="物资部", version=1
    )
