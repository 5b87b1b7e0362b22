from datetime import UTC, date, datetime

from requests.models import (
    Digest,
    Effect,
    OralOrder,
    OutsidePaper,
    Procedure,
    ProcedureReading,
    ProcedureVersion,
    SiteVisit,
)
from tests.factories import line
from tests.factories.requests import saved_matter

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


@line(OralOrder, change=("text", "立即调拨支护钢材", "立即调拨支护钢材十吨"))
def oral_order(cast, n):
    return OralOrder(
        matter=saved_matter(cast, n), ordered_by=cast.repair_head, ordered_at=MONDAY, means="phone",
        recorded_by=cast.officer, recorded_at=MONDAY,
    )  # fmt: skip


@line(Effect, change=("text", "每月增加一人天", "每月增加两人天"))
def effect(cast, n):
    return Effect(
        matter=saved_matter(cast, n), department=cast.supplies, department_name="物资部", direction="loss", kind="work",
        stated_by=cast.supplies_liaison, stated_at=MONDAY, is_own=True,
    )  # fmt: skip


@line(SiteVisit, change=("place", "三号库房", "二号库房"))
def site_visit(cast, n):
    return SiteVisit(
        matter=saved_matter(cast, n), visited_on=MONDAY.date(), people="物资部 林佳", findings="同款在库12套。",
        result="先借3套。", recorded_by=cast.officer, recorded_at=MONDAY,
    )  # fmt: skip


@line(Digest, change=("question", "由谁采购？", "由谁采购发放？"))
def digest(cast, n):
    return Digest(
        matter=saved_matter(cast, n), positions="物资部：同意", options="方案1：由物资部采购。", recommendation="按一致意见决定。",
        made_from="0" * 16, written_by=cast.officer, written_at=MONDAY,
    )  # fmt: skip


@line(OutsidePaper, change=("title", "关于征求意见的函", "关于再次征求意见的函"))
def outside_paper(cast, n):
    return OutsidePaper(
        number=f"收文〔2026〕{n}号", direction="in", unit="市应急管理局", passed_on=date(2026, 9, 14), registered_by=cast.officer,
        registered_at=MONDAY,
    )  # fmt: skip


@line(Procedure, change=("withdrawn_why", "", "并入会签办法"))
def procedure(cast, n):
    return Procedure(title=f"会签流程{n}", department=cast.office, owner=cast.officer)


@line(ProcedureVersion, change=("summary", "七个步骤", "八个步骤"))
def procedure_version(cast, n):
    above = Procedure.objects.create(title=f"印发流程{n}", department=cast.office, owner=cast.officer)
    return ProcedureVersion(
        procedure=above,
        version=1,
        effective_on=date(2026, 9, 14),
        published_by=cast.officer,
        published_at=MONDAY,
    )


@line(ProcedureReading, change=("department_name", "物资部", "物资处"))
def procedure_reading(cast, n):
    version = procedure_version(cast, f"{n}-读")
    version.save()
    return ProcedureReading(version=version, department=cast.supplies)
