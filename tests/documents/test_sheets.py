"""Workbooks: what goes out is inert, what comes in is looked at first."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from audit.refusals import Invalid, NotReady
from documents import sheets
from documents.sheets import Column, Field
from tests.documents.uploads import EXCEL, PDF, TAINTED, package, upload, workbook
from tests.requests.world import moment

COLUMNS = (Column("编号", 18), Column("内容", 40, wrap=True), Column("期限", 12))
FIELDS = (Field("text", "事项", needed=True), Field("due_on", "期限", needed=True), Field("note", "备注"))
FORMULAS = ["=1+1", "=HYPERLINK('http://x')", "+1", "-1", "@SUM(A1)", "#N/A", "\t=1", "=", "'=1"]


def sheet_of(data):
    return load_workbook(io.BytesIO(data)).worksheets[0]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_is_never_a_formula(text):
    cell = sheet_of(sheets.table("台账", COLUMNS, [("督〔2026〕1号", text, None)]))["B2"]

    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_a_title_full_of_formulas_leaves_no_formula_in_the_package():
    data = sheets.table("台账", COLUMNS, [(text, text, text) for text in FORMULAS])

    with io.BytesIO(data) as raw:
        names = load_workbook(raw).sheetnames
    assert names == ["台账"]
    assert b"<f>" not in _part(data, "xl/worksheets/sheet1.xml")


def _part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def test_days_are_days_moments_are_local_and_numbers_of_the_office_are_texts():
    row = sheet_of(sheets.table("台账", COLUMNS, [("协〔2026〕1号", moment(14, 17), date(2026, 9, 22))]))[2]

    assert [(cell.data_type, cell.number_format) for cell in row[1:]] == [
        ("d", "yyyy-mm-dd hh:mm"),
        ("d", "yyyy-mm-dd"),
    ]
    assert f"{row[1].value:%Y-%m-%d %H:%M}" == "2026-09-14 17:00"
    assert row[0].data_type == "s"


def test_the_headings_stay_in_sight_and_filter():
    sheet = sheet_of(sheets.table("台账", COLUMNS, [("1", "甲", None), ("2", "乙", None)]))

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["B"].width == 40


def test_control_characters_are_left_out():
    assert sheet_of(sheets.table("台账", COLUMNS, [("1", "甲\x00\x0b乙", None)]))["B2"].value == "甲乙"


def test_too_long_a_table_is_refused_with_what_to_do():
    sheets.insist_on_size(sheets.LONGEST_TABLE)
    with pytest.raises(NotReady, match="20000"):
        sheets.insist_on_size(sheets.LONGEST_TABLE + 1)


def test_a_blank_sheet_offers_its_lists_and_comes_back_as_it_was_filled_in():
    data = sheets.blank("行动项", FIELDS, {"note": ["甲", "乙"]})
    book = load_workbook(io.BytesIO(data))
    book.worksheets[0].append(["采购三套", date(2026, 9, 22), "甲"])
    out = io.BytesIO()
    book.save(out)

    lines = sheets.read(upload("填好.xlsx", out.getvalue()), FIELDS)

    assert [(line.number, line.cells) for line in lines] == [
        (2, {"text": "采购三套", "due_on": "2026-09-22", "note": "甲"})
    ]
    assert any(rule.type == "list" for rule in book.worksheets[0].data_validations.dataValidation)
    assert book.worksheets[1].sheet_state == "hidden"


def test_empty_rows_are_passed_over_and_cells_are_read_as_typed():
    lines = sheets.read(
        workbook(["期限", "事项"], [], [None, None], [5, True], ["2026年9月22日", 2.5]), FIELDS
    )

    assert [(line.number, line.cells["text"], line.cells["due_on"]) for line in lines] == [
        (4, "是", "5"),
        (5, "2.5", "2026年9月22日"),
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["事项", "期限", "谁"], ["甲", "乙", "丙"]], "谁"),
        ([["事项"], ["甲"]], "期限"),
        ([["事项", "期限", "期限"], ["甲", "乙", "丙"]], "两次"),
        ([["事项", "期限"]], "空行"),
        ([], "空行"),
        ([["事项", "期限"], *([["甲", "乙"]] * 501)], "500"),
        ([["事项", "期限"], *([[]] * 10_000), ["甲", "乙"]], "10000"),
    ],
)
def test_a_sheet_that_does_not_fit_is_refused_with_what_to_do(rows, words):
    with pytest.raises(Invalid) as refusal:
        sheets.read(workbook(*rows), FIELDS)

    assert words in str(refusal.value)
    assert list(refusal.value.fields) == ["upload"]


BOMB = {**EXCEL, "xl/worksheets/sheet1.xml": b"<a>" + b"0" * (8 * 1024 * 1024)}
ENTITIES = {**EXCEL, "xl/sharedStrings.xml": '<!DOCTYPE a [<!ENTITY x "xxxx">]><a>&x;</a>'}
HOSTILE = {
    **{f"tainted: {what}": ("表.xlsx", package(parts)) for what, parts in TAINTED.items()},
    "bomb": ("表.xlsx", package(BOMB)),
    "entities": ("表.xlsx", package(ENTITIES)),
    "no workbook inside": ("表.xlsx", package(EXCEL)),
    "a pdf": ("表.xlsx", PDF),
    "macros by name": ("表.xlsm", package(EXCEL)),
    "old excel": ("表.xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 512),
    "csv": ("表.csv", "事项,期限\n甲,乙\n".encode()),
    "empty": ("表.xlsx", b""),
    "direction trick": ("表\u202exslx.exe", package(EXCEL)),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_workbook_is_refused(what):
    name, data = HOSTILE[what]

    with pytest.raises(Invalid):
        sheets.read(upload(name, data), FIELDS)


def test_much_that_unpacks_small_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 10_000)

    with pytest.raises(Invalid, match="不只有表格"):
        sheets.read(workbook(["事项", "期限"], *([["甲" * 9, "乙"]] * 400)), FIELDS)


def test_too_large_a_workbook_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST", 100)

    with pytest.raises(Invalid, match="MB"):
        sheets.read(workbook(["事项", "期限"], ["甲", "乙"]), FIELDS)


def test_an_envelope_opens_only_for_what_it_was_closed_for_and_within_the_hour(monday):
    lines = [sheets.Line(2, {"text": "甲"})]
    envelope = sheets.keep(lines, "items:1:7")

    assert sheets.kept(envelope, "items:1:7") == lines
    for stranger in ("items:2:7", "items:1:8"):
        with pytest.raises(Invalid):
            sheets.kept(envelope, stranger)
    with pytest.raises(Invalid):
        sheets.kept(envelope[:-2] + "xx", "items:1:7")
    monday.shift(3601)
    with pytest.raises(Invalid):
        sheets.kept(envelope, "items:1:7")
