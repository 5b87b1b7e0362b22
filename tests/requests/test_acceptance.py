"""F14, R102, R103, R104: accepted by the requesting side, on a numbered sheet; what is still wrong is owed by a person and a day."""

from datetime import date

import pytest

from archive.contents import entries
from archive.states import EntryKind
from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from documents.models import NumberSeries
from requests import flows
from requests.acceptance_states import Conclusion, DefectState, Judgement
from requests.models import AcceptanceSheet, Defect
from requests.states import ItemState
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import world

HOW = "签收单已补齐，存库房。"
FRIDAY = date(2026, 9, 18)


def the_defect(cast):
    return Defect.objects.select_related("sheet__item").get(sheet__item=world.passed_with_condition(cast))


def mended(cast, defect):
    with at_moment(world.moment(15)):
        return flows.report_mended(defect_id=defect.pk, by=cast.supplies_clerk, how=HOW)


def test_f14_closing_leaves_a_numbered_sheet_with_its_three_judgements(cast):
    item = world.submitted(cast)
    with at_moment(world.moment(15)):
        flows.close_item(item_id=item.pk, by=cast.officer, note="清点三套。")

    sheet = item.acceptances.get()
    assert (sheet.number, sheet.conclusion) == ("验〔2026〕1号", Conclusion.PASSED)
    assert (sheet.completeness, sheet.quality, sheet.timeliness) == (Judgement.MET,) * 3
    assert (sheet.delivered_by, sheet.accepted_by, sheet.standard) == (
        cast.supplies_clerk, cast.officer, item.standard,
    )  # fmt: skip


def test_r103_late_work_that_meets_its_standard_passes_and_the_sheet_says_late(cast):
    item = world.submitted(cast)
    with at_moment(world.moment(23)):
        flows.close_item(item_id=item.pk, by=cast.officer)

    sheet = item.acceptances.get()
    assert (sheet.conclusion, sheet.timeliness) == (Conclusion.PASSED, Judgement.MISSED)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"completeness": "mostly"}, "defects"),
        ({"quality": "missed"}, "completeness"),
        ({"defects": [{"text": "缺一份签收单", "due_on": FRIDAY}]}, "defects"),
        ({"quality": "mostly", "defects": [{"text": "缺一份签收单", "due_on": None}]}, "mend_by"),
        ({"quality": "mostly", "defects": [{"text": "缺签收单", "due_on": date(2026, 9, 19)}]}, "mend_by"),
        ({"quality": "mostly", "defects": [{"text": "缺" * 301, "due_on": FRIDAY}]}, "defects"),
    ],
)
def test_a_sheet_that_contradicts_itself_or_lacks_a_day_changes_nothing(cast, given, field):
    item = world.submitted(cast)

    with pytest.raises(Invalid) as refused, at_moment(world.moment(15)):
        flows.close_item(item_id=item.pk, by=cast.officer, **given)

    assert field in refused.value.fields
    item.refresh_from_db()
    assert item.state == ItemState.SUBMITTED
    assert not AcceptanceSheet.objects.exists()
    assert not NumberSeries.objects.filter(code="验").exists()


def test_r103_passed_with_a_condition_the_defect_is_owed_on_the_ladder(cast):
    defect = the_defect(cast)

    duty = world.owed(defect, Kind.MEND)
    assert (duty.holder, duty.due_at, duty.ladder) == (cast.supplies_clerk, world.moment(18, 17, 30), True)
    assert defect.sheet.conclusion == Conclusion.CONDITIONAL
    assert world.told(cast.supplies_clerk, "passed with a condition")


def test_the_matter_is_not_complete_while_a_defect_is_owed(cast):
    defect = the_defect(cast)
    matter = defect.sheet.item.matter

    with pytest.raises(NotReady) as refused, at_moment(world.moment(15)):
        flows.complete_execution(matter_id=matter.pk, by=cast.supplies_liaison, summary="三人已穿上。")

    assert "缺陷" in str(refused.value)
    assert world.owed(matter, Kind.CLOSE_EXECUTION) is None


def test_with_the_last_defect_mended_the_lead_owes_the_completion(cast):
    defect = mended(cast, the_defect(cast))
    with at_moment(world.moment(16)):
        flows.confirm_mended(defect_id=defect.pk, by=cast.officer)

    defect.refresh_from_db()
    assert (defect.state, defect.checked_by) == (DefectState.MENDED, cast.officer)
    assert not Obligation.objects.open().of("defect", defect.pk).exists()
    assert world.owed(defect.sheet.item.matter, Kind.CLOSE_EXECUTION).holder_department == cast.supplies


def test_a_defect_that_is_not_mended_is_owed_again_by_the_same_day(cast):
    defect = mended(cast, the_defect(cast))
    with at_moment(world.moment(16)):
        flows.refuse_mended(defect_id=defect.pk, by=cast.officer, reason="签收单没有签名。")

    assert world.owed(defect, Kind.VERIFY) is None
    assert world.owed(defect, Kind.MEND).due_at == world.moment(18, 17, 30)


@pytest.mark.parametrize("name", ["clerk", "staffing_head", "officer", "auditor"])
def test_only_who_did_the_work_reports_it_mended(cast, name):
    defect = the_defect(cast)

    with pytest.raises(NotYours):
        flows.report_mended(defect_id=defect.pk, by=getattr(cast, name), how=HOW)

    defect.refresh_from_db()
    assert defect.state == DefectState.OPEN


def test_who_mended_it_does_not_find_it_mended(cast):
    defect = mended(cast, the_defect(cast))

    with pytest.raises(NotYours):
        flows.confirm_mended(defect_id=defect.pk, by=cast.supplies_clerk)

    defect.refresh_from_db()
    assert (defect.state, defect.checked_by) == (DefectState.REPORTED, None)


def test_r104_what_does_not_pass_goes_back_with_its_defects_and_is_counted(cast):
    item = world.submitted(cast)
    with at_moment(world.moment(15)):
        flows.send_back(
            item_id=item.pk,
            by=cast.officer,
            defects="- 缺一套\n- 尺码不符",
            due_on=date(2026, 9, 24),
            quality="missed",
        )

    sheet = item.acceptances.get()
    assert [(row.text, row.state) for row in sheet.defects.all()] == [
        ("缺一套", "listed"),
        ("尺码不符", "listed"),
    ]
    assert (sheet.conclusion, sheet.quality) == (Conclusion.FAILED, Judgement.MISSED)
    item.refresh_from_db()
    assert (item.state, item.rework_count) == (ItemState.IN_PROGRESS, 1)


def test_what_meets_its_standard_is_not_sent_back(cast):
    item = world.submitted(cast)

    with pytest.raises(Invalid) as refused, at_moment(world.moment(15)):
        flows.send_back(
            item_id=item.pk, by=cast.officer, defects="缺一套", due_on=date(2026, 9, 24), completeness="met"
        )

    assert "completeness" in refused.value.fields
    item.refresh_from_db()
    assert (item.state, item.rework_count) == (ItemState.SUBMITTED, 0)


def test_r102_a_stage_is_looked_at_on_the_way_and_the_work_goes_on(cast):
    item = world.started(cast)
    with at_moment(world.moment(14)):
        sheet = flows.accept_stage(
            item_id=item.pk,
            by=cast.officer,
            completeness="met",
            quality="mostly",
            note="首批一套已到。",
            defects="缺标签",
        )

    item.refresh_from_db()
    assert (item.state, sheet.kind, sheet.defects.get().state) == (ItemState.IN_PROGRESS, "stage", "listed")
    assert world.told(cast.supplies_clerk, "stage")


def test_r102_the_doer_accepts_no_stage_of_the_own_work(cast):
    item = world.started(cast)

    with pytest.raises(NotYours):
        flows.accept_stage(
            item_id=item.pk, by=cast.supplies_clerk, completeness="met", quality="met", note="好。"
        )

    assert not AcceptanceSheet.objects.exists()


def test_the_sheets_lie_in_the_dossier_with_their_item(cast):
    item = world.passed_with_condition(cast)

    (entry,) = [row for row in entries(item.matter) if row.kind == EntryKind.ITEM]

    (sheet,) = entry.snapshot["acceptances"]
    assert sheet["number"] == "验〔2026〕1号"
    assert [row["text"] for row in sheet["defects"]] == ["缺一份签收单"]
