from datetime import UTC, date, datetime

from requests.models import AcceptanceSheet, Defect
from tests.factories import line
from tests.factories.requests import saved_item

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


@line(AcceptanceSheet, change=("note", "逐件清点", "逐件清点并试穿"))
def acceptance_sheet(cast, n):
    return AcceptanceSheet(
        number=f"验〔2026〕{900 + n}号", item=saved_item(cast, n), kind="final", standard="三人已签领",
        delivered_by=cast.supplies_clerk, delivered_at=MONDAY, completeness="mostly", quality="met", timeliness="met",
        conclusion="conditional", accepted_by=cast.officer, accepted_at=MONDAY,
    )  # fmt: skip


@line(Defect, change=("text", "缺一份签收单", "缺两份签收单"))
def defect(cast, n):
    sheet = acceptance_sheet(cast, n)
    sheet.save()
    return Defect(sheet=sheet, text="缺一份签收单", person=cast.supplies_clerk, due_on=date(2026, 9, 30))
