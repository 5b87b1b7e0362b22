"""Workbooks (Excel): the one place that writes them and reads them.

What goes out is inert: a text stays a text even where it begins like a formula, a day is a real day, an official number a
text. What comes in is looked at before it is opened (`documents.inspection`), read as text only, and never calculated.
"""

from __future__ import annotations

import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.files.base import File as Upload
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from audit.refusals import Invalid, NotReady, Refusal
from documents import inspection, names

Words = str | Promise

MEDIA_TYPE = inspection.KINDS["xlsx"].media_type
LONGEST_TABLE = 20_000  # rows that go out at once
LONGEST_LIST = 500  # rows that are taken in at once
LAST_ROW = 10_000  # of a sheet that comes in, blank rows counted
LARGEST = 5 * 1024 * 1024
MOST_UNPACKED = 30 * 1024 * 1024
PREVIEW_SECONDS = 3600
LONGEST_CELL = 4_000

HEAD_FONT = Font(bold=True, color="1F2A37")
HEAD_FILL = PatternFill("solid", fgColor="E8EDF4")
LINE = Border(bottom=Side(style="thin", color="B8C2CF"))
TOP = Alignment(vertical="top")
WRAPPED = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading, how wide, whether long texts break."""

    heading: Words
    width: int = 14
    wrap: bool = False


@dataclass(frozen=True)
class Field:
    """One column of a sheet that is filled in: what is written there, and what is offered."""

    name: str
    heading: Words
    width: int = 18
    hint: Words = ""
    needed: bool = False


@dataclass(frozen=True)
class Line:
    """One filled-in row, as text: where it stands in the sheet, and its cells by the name of the field."""

    number: int
    cells: dict[str, str]


@dataclass
class Checked:
    """A row with what it means, and what is wrong with it, by the name of the field."""

    line: Line
    values: dict[str, Any]
    faults: dict[str, str]


def insist_on_size(number: int) -> None:
    """A table that nobody can use any more is not begun."""
    if number > LONGEST_TABLE:
        raise NotReady(
            _("These are more than %(most)s rows. Choose filters until fewer remain, then export again.")
            % {"most": LONGEST_TABLE}
        )


def file_name(title: Words, day: date) -> str:
    """协调事项 2026-11-27.xlsx"""
    return f"{title} {day:%Y-%m-%d}.xlsx"


def table(title: Words, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook with one table: headings that stay in sight and filter, texts that are never calculated."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.append([_heading(sheet, column.heading) for column in columns])
    styles = [_style(sheet, WRAPPED if column.wrap else TOP) for column in columns]
    last = 1
    for row in rows:
        sheet.append([_cell(sheet, value, style) for value, style in zip(row, styles, strict=True)])
        last += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    return _bytes(book)


def blank(title: Words, fields: Sequence[Field], offered: dict[str, Sequence[str]]) -> bytes:
    """A sheet to fill in: headings, hints that show on a cell, lists to choose from, and a page that explains it."""
    book = Workbook()
    sheet = book.active
    sheet.title = _sheet_name(title)
    sheet.freeze_panes = "A2"
    lists = book.create_sheet(_sheet_name(_("Lists")))
    lists.sheet_state = "hidden"
    for place, field in enumerate(fields, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = field.width
        _dress_heading(sheet.cell(1, place, str(field.heading)))
        for row, choice in enumerate(offered.get(field.name, ()), start=1):
            _write_text(lists.cell(row, place), choice)
        rule = _rule(field, lists.title, letter, len(offered.get(field.name, ())))
        rule.add(f"{letter}2:{letter}{LONGEST_LIST + 1}")
        sheet.add_data_validation(rule)
    _explain(book.create_sheet(_sheet_name(_("How to fill it in"))), fields)
    return _bytes(book)


def _rule(field: Field, lists: str, letter: str, choices: int) -> DataValidation:
    """The hint on a cell and, where there is one, the list to choose from; what is typed is judged on the preview."""
    prompt = {
        "promptTitle": str(field.heading)[:32],
        "prompt": str(field.hint)[:255],
        "showInputMessage": True,
    }
    if not choices:
        return DataValidation(**prompt)
    range_ = f"'{lists}'!${letter}$1:${letter}${choices}"
    return DataValidation(type="list", formula1=range_, allow_blank=True, showErrorMessage=False, **prompt)


def _explain(sheet: Any, fields: Sequence[Field]) -> None:
    for letter, width in (("A", 18), ("B", 10), ("C", 70)):
        sheet.column_dimensions[letter].width = width
    rows = [(_("Column"), pgettext("column", "Needed"), _("What to write"))]
    rows += [
        (str(field.heading), _("yes") if field.needed else _("optional"), str(field.hint)) for field in fields
    ]
    for at, row in enumerate(rows, start=1):
        for place, words in enumerate(row, start=1):
            cell = sheet.cell(at, place, words)
            cell.alignment = WRAPPED
            if at == 1:
                _dress_heading(cell)


def _sheet_name(title: Words) -> str:
    return "".join(c for c in str(title) if c not in r"[]:*?/\'")[:31]


def _heading(sheet: Any, words: Words) -> Any:
    return _dress_heading(WriteOnlyCell(sheet, str(words)))


def _dress_heading(cell: Any) -> Any:
    cell.font, cell.fill, cell.border, cell.alignment = HEAD_FONT, HEAD_FILL, LINE, WRAPPED
    return cell


def _style(sheet: Any, alignment: Alignment) -> Any:
    """Worked out once for a column: a style of its own for each cell would take longer than the table."""
    cell = WriteOnlyCell(sheet)
    cell.alignment = alignment
    return cell._style


def _cell(sheet: Any, value: Any, style: Any) -> Any:
    cell = WriteOnlyCell(sheet)
    cell._style = copy(style)
    if isinstance(value, datetime):
        cell.value = timezone.localtime(value).replace(tzinfo=None, second=0, microsecond=0)
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, int | float):
        cell.value = value
    else:
        _write_text(cell, str(value or ""))
    return cell


def _write_text(cell: Any, text: str) -> None:
    """A text and nothing else, also when somebody edits the cell later: `=1+1` stays what was typed."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text) or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.quotePrefix = True


def _bytes(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read(upload: Upload[Any], fields: Sequence[Field]) -> list[Line]:
    """The filled-in rows of the first sheet, as text. Raises Invalid beside the field `upload`."""
    data = _inspected(upload)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # what it does not know (colours, charts) it leaves out, and says so
            book = load_workbook(data, read_only=True, data_only=True, keep_links=False)
            lines = list(_lines(book.worksheets[0].iter_rows(values_only=True), fields))
    except Refusal:
        raise
    except Exception as broken:
        raise inspection.refusal(
            _("This workbook cannot be read. Open it in Excel, save it again as .xlsx and choose it anew.")
        ) from broken
    if not lines:
        raise inspection.refusal(_("Nothing is filled in yet: below the headings every row is empty."))
    return lines


def _inspected(upload: Upload[Any]) -> Any:
    """What can be opened without harm: a workbook without macros, of a sensible size also when it is unpacked."""
    if names.extension(names.clean(upload.name or "")) != "xlsx":
        raise inspection.refusal(_("Choose an Excel workbook whose name ends with .xlsx."))
    if not upload.size or upload.file is None:
        raise inspection.refusal(_("This file is empty. Choose the file with its content."))
    if upload.size > LARGEST:
        raise inspection.refusal(
            _("This workbook is larger than %(most)s MB. Divide it or make it smaller.")
            % {"most": LARGEST // 1024 // 1024}
        )
    inspection.inspect(upload.file, "xlsx")
    with zipfile.ZipFile(upload.file) as package:
        parts = package.infolist()
        if sum(part.file_size for part in parts) > MOST_UNPACKED or any(
            b"<!DOCTYPE" in package.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))
        ):
            raise inspection.refusal(
                _(
                    "This workbook holds more than a table. Copy the rows into the blank sheet and choose that."
                )
            )
    upload.file.seek(0)
    return upload.file


def _lines(rows: Iterator[Sequence[Any]], fields: Sequence[Field]) -> Iterator[Line]:
    found, columns = 0, None
    for number, row in enumerate(rows, start=1):
        cells = [_text(value) for value in row]
        if number > LAST_ROW:
            raise inspection.refusal(
                _("The sheet goes on below row %(row)s. Delete the empty rows there.") % {"row": LAST_ROW}
            )
        if not any(cells):
            continue
        if columns is None:
            columns = _columns(cells, fields)
            continue
        found += 1
        if found > LONGEST_LIST:
            raise inspection.refusal(
                _("These are more than %(most)s rows. Divide them among several workbooks.")
                % {"most": LONGEST_LIST}
            )
        yield Line(number, {name: cells[place] for place, name in columns.items() if place < len(cells)})


def _columns(cells: Sequence[str], fields: Sequence[Field]) -> dict[int, str]:
    """Which column holds which field: by its heading, in whatever language the blank sheet was fetched."""
    known = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            known.update({str(field.heading): field.name for field in fields})
    columns = {place: known[words] for place, words in enumerate(cells) if words in known}
    strange = [words for words in cells if words and words not in known]
    missing = [str(field.heading) for field in fields if field.needed and field.name not in columns.values()]
    if strange:
        raise inspection.refusal(
            _("These columns are not known: %(columns)s. Use the headings of the blank sheet.")
            % {"columns": listed(words[:20] for words in strange[:5])}
        )
    if missing:
        raise inspection.refusal(
            _("These columns are missing: %(columns)s. Use the headings of the blank sheet.")
            % {"columns": listed(missing)}
        )
    if len(columns) != len(set(columns.values())):
        raise inspection.refusal(_("A heading stands there twice. Use the headings of the blank sheet."))
    return columns


def _text(value: Any) -> str:
    """A cell as somebody would type it: 2026-11-21, 5, 是."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        is_day = not (value.hour or value.minute or value.second)
        return f"{value:%Y-%m-%d}" if is_day else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFC", str(value))[:LONGEST_CELL]
    return ILLEGAL_CHARACTERS_RE.sub("", text).strip()


def keep(lines: Sequence[Line], what: str) -> str:
    """The rows in an envelope that nobody can open and close again; `what` says for whom and which thing."""
    return signing.dumps([(line.number, line.cells) for line in lines], salt=f"sheet:{what}", compress=True)


def kept(envelope: str, what: str) -> list[Line]:
    """The rows of the preview. Raises Invalid when they are another's, changed, or older than an hour."""
    try:
        rows = signing.loads(envelope, salt=f"sheet:{what}", max_age=PREVIEW_SECONDS)
    except signing.BadSignature:
        raise inspection.refusal(_("This preview is no longer valid. Choose the workbook anew.")) from None
    return [Line(number, cells) for number, cells in rows]


def insist_on_faultless(checked: Sequence[Checked]) -> None:
    """All or none: one faulty row keeps the whole workbook out."""
    wrong = [row for row in checked if row.faults]
    if wrong:
        rows = listed(str(row.line.number) for row in wrong[:10])
        sentence = _("Nothing was imported. Mend these rows first: %(rows)s.") % {"rows": rows}
        raise Invalid(sentence, fields={"upload": [sentence]})


def listed(words: Iterable[str]) -> str:
    return pgettext("between names", ", ").join(words)


UPLOAD_HINT = gettext_lazy("The blank sheet, filled in: an .xlsx file of at most 5 MB and 500 rows.")
