"""Drafts from a workbook: blank sheet, preview, all or none."""

import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from audit.acting import SYSTEM, as_actor
from audit.refusals import Invalid, NotYours
from documents.sheets import Line
from organization.models import User
from requests import flows, item_sheet
from requests.models import ActionItem, CoordinationRequest
from requests.states import ItemState, Stage
from tests.documents.uploads import PDF, upload
from tests.requests import world

GOOD = ["为3名管焊工采购并发放同款劳保服", "三人签领，现场检查合格", "物资部", "孙一凡", date(2026, 9, 22)]
CELLS = {
    "text": "为3名管焊工采购并发放同款劳保服", "standard": "三人签领，现场检查合格", "department": "物资部", "assignee": "孙一凡", "due_on": "2026-09-22",
}  # fmt: skip


@pytest.fixture
def deciding(cast, monday):
    return world.deciding(cast)


def filled(client, address, *rows):
    """The blank sheet of this address with these rows below its headings."""
    book = load_workbook(io.BytesIO(b"".join(client.get(f"{address}blank.xlsx").streaming_content)))
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return upload("填好.xlsx", out.getvalue())


def preview(client, address, *rows, status=200):
    response = client.post(address, {"upload": filled(client, address, *rows)})
    assert response.status_code == status
    return response.content.decode()


def envelope(html):
    return re.search(r'name="rows" value="([^"]+)"', html)[1]


def test_items_are_looked_at_first_and_then_drafted(client, cast, deciding):
    client.force_login(cast.officer)
    address = f"/requests/{deciding.pk}/items/import/"

    html = preview(
        client, address, GOOD, ["整理检修备件的预算口径", "书面说明", "人力资源部", "许静", date(2026, 9, 23)]
    )
    assert not ActionItem.objects.exists()
    assert client.post(address, {"rows": envelope(html)}).status_code == 302

    rows = ActionItem.objects.order_by("pk").values_list("state", "assignee__name", "agreed_due_on")
    assert list(rows) == [
        (ItemState.DRAFTED, "孙一凡", date(2026, 9, 22)),
        (ItemState.DRAFTED, "许静", date(2026, 9, 23)),
    ]


def test_each_fault_stands_at_its_row_and_column_and_nothing_can_be_confirmed(client, cast, deciding):
    client.force_login(cast.officer)
    bad = ["太短", "", "没有的部门", "没有的人", "明天"]

    html = preview(client, f"/requests/{deciding.pk}/items/import/", GOOD, bad)

    assert "有1行需要修改" in html
    for words in ("没有“没有的部门”这个部门", "没有叫“没有的人”的人", "日期", "交付标准：还没有填写"):
        assert words in html, words
    assert 'name="rows"' not in html
    assert not ActionItem.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "短"}, "text"),
        ({"text": "长" * 301}, "text"),
        ({"department": "财务部门"}, "department"),
        ({"assignee": "周立群"}, "assignee"),
        ({"verifier": "孙一凡"}, "verifier"),
        ({"due_on": "2026-09-19"}, "due_on"),
        ({"due_on": "2026-09-01"}, "due_on"),
        ({"urgency": "很急"}, "urgency"),
        ({"report_every": "0"}, "report_every"),
        ({"question": "别的问题"}, "question"),
        ({"co_departments": "物资部、没有的部门"}, "co_departments"),
    ],
)
def test_a_faulty_row_keeps_all_of_them_out(cast, deciding, changes, field):
    lines = [Line(2, CELLS), Line(3, {**CELLS, "text": "整理检修备件的预算口径", **changes})]

    with pytest.raises(Invalid, match="3"):
        flows.import_items(matter_id=deciding.pk, lines=lines, by=cast.officer)

    assert not ActionItem.objects.exists()
    assert field in dict.fromkeys(_faults(deciding, lines[1]))


def _faults(matter, line):
    return item_sheet.checked(matter, [line])[0].faults


def test_everything_that_the_form_takes_comes_through(cast, deciding):
    question = deciding.questions.get()
    more = {
        "urgency": "急件", "report_every": "３", "question": question.text,
        "co_departments": "人力资源部、检修部", "due_on": "2026年9月22日", "verifier": cast.repair_liaison.username,
    }  # fmt: skip

    flows.import_items(matter_id=deciding.pk, lines=[Line(2, {**CELLS, **more})], by=cast.supplies_liaison)

    item = ActionItem.objects.get()
    assert (item.urgency, item.report_every, item.question) == ("urgent", 3, question)
    assert item.verifier == cast.repair_liaison
    assert item.co_departments.count() == 2


def test_a_second_click_drafts_nothing_twice(client, cast, deciding):
    client.force_login(cast.officer)
    address = f"/requests/{deciding.pk}/items/import/"
    closed = envelope(preview(client, address, GOOD))
    client.post(address, {"rows": closed})

    response = client.post(address, {"rows": closed})

    assert response.status_code == 422
    assert "这一项已经拟过" in response.content.decode()
    assert ActionItem.objects.count() == 1


def test_the_preview_of_one_matter_is_no_import_into_another(client, cast, deciding):
    client.force_login(cast.officer)
    closed = envelope(preview(client, f"/requests/{deciding.pk}/items/import/", GOOD))
    other = world.deciding(cast)

    response = client.post(f"/requests/{other.pk}/items/import/", {"rows": closed})

    assert response.status_code == 422
    assert not ActionItem.objects.exists()


def test_two_people_of_one_name_are_told_apart_by_department_or_login(cast, deciding):
    with as_actor(SYSTEM):
        User.objects.filter(pk__in=[cast.clerk.pk, cast.supplies_liaison.pk]).update(name="孙一凡")
    assert _faults(deciding, Line(2, CELLS)).keys() == {"assignee"}
    assert _faults(deciding, Line(2, {**CELLS, "verifier": "孙一凡"})).keys() == {"assignee", "verifier"}

    flows.import_items(
        matter_id=deciding.pk,
        by=cast.officer,
        lines=[Line(2, {**CELLS, "assignee": cast.supplies_clerk.username})],
    )

    assert ActionItem.objects.get().assignee == cast.supplies_clerk


def test_only_those_who_draft_import(client, cast, deciding):
    with pytest.raises(NotYours):
        flows.import_items(matter_id=deciding.pk, lines=[Line(2, CELLS)], by=cast.clerk)

    assert not ActionItem.objects.exists()


def test_something_else_than_a_workbook_is_refused_beside_the_field(client, cast, deciding):
    client.force_login(cast.officer)

    response = client.post(f"/requests/{deciding.pk}/items/import/", {"upload": upload("表.xlsx", PDF)})

    assert response.status_code == 422
    assert 'id="id_upload-e"' in response.content.decode()


DRAFT = {
    "title": "关于检修备件预算口径的协作需求", "category": "内部事务", "departments": "物资部、人力资源部",
    "wished_on": "2026-09-24", "amount": "12,000", "has_personal_data": "是",
}  # fmt: skip


def test_own_drafts_are_opened_and_not_handed_in(cast, monday):
    flows.import_drafts(lines=[Line(2, DRAFT), Line(3, {"title": "另一件"})], by=cast.clerk)

    first, second = CoordinationRequest.objects.order_by("pk")
    assert {first.stage, second.stage} == {Stage.DRAFT}
    assert (first.filed_by, first.amount, first.has_personal_data) == (cast.clerk, 12000, True)
    assert first.wished_departments.count() == 2
    assert second.confidentiality == "internal"


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""}, {"title": "长" * 61}, {"category": "别的"}, {"departments": "检修部"}, {"amount": "-1"},
        {"amount": "NaN"}, {"has_personal_data": "也许"}, {"confidentiality": "机密"}, {"wished_on": "下周"},
    ],
)  # fmt: skip
def test_a_faulty_draft_keeps_all_of_them_out(cast, monday, changes):
    with pytest.raises(Invalid):
        flows.import_drafts(lines=[Line(2, {"title": "一件"}), Line(3, {**DRAFT, **changes})], by=cast.clerk)

    assert not CoordinationRequest.objects.exists()


def test_the_same_drafts_are_not_opened_twice(cast, monday):
    flows.import_drafts(lines=[Line(2, DRAFT)], by=cast.clerk)

    with pytest.raises(Invalid):
        flows.import_drafts(lines=[Line(2, DRAFT)], by=cast.clerk)

    assert CoordinationRequest.objects.count() == 1


def test_drafts_come_through_the_page(client, cast, monday):
    client.force_login(cast.clerk)

    html = preview(client, "/requests/import/", [DRAFT["title"], DRAFT["category"]])
    client.post("/requests/import/", {"rows": envelope(html)})

    assert CoordinationRequest.objects.get().title == DRAFT["title"]
    for name in ("auditor", "system_admin", "outsider"):
        client.force_login(getattr(cast, name))
        assert client.get("/requests/import/").status_code == 403
