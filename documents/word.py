"""Word papers in the type of official documents (GB/T 9704): 仿宋 三号, title 小标宋 二号, red head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

BODY, TITLE, LABEL = "仿宋", "方正小标宋简体", "黑体"
SIZE, TITLE_SIZE, HEAD_SIZE, SMALL = 16, 22, 34, 14
RED = RGBColor(0xD7, 0x00, 0x0F)
CENTER, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT


class Paper:
    """One document, written from top to bottom."""

    def __init__(self, *, mark: str = "") -> None:
        """`mark` stands at head and foot of every page: who took the paper, and when."""
        self.document = Document()
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        for margin in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            margin.paragraphs[0].alignment = CENTER
            if mark:
                _run(margin.paragraphs[0], mark, font=LABEL, size=SMALL, red=True)
        # 首页不显示页码: the number begins on the second page.
        _number(section.footer.paragraphs[0] if not mark else section.footer.add_paragraph())
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)

    def line(
        self, text: str, *, font: str = BODY, size: int = SIZE, align: Any = LEFT, red: bool = False, indent: bool = False,
    ) -> None:  # fmt: skip
        """One paragraph. `indent`: two characters, as the first line of a text has it."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(28) if size <= SIZE else None
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(2 * size)
        _run(paragraph, text, font=font, size=size, red=red)

    def head(self, facts: Mapping[str, Any]) -> None:
        """The head of the letter form: red name over a red double line, marks at the left, number at the right, title,
        whom it is addressed to."""
        self.line(facts["department"], font=TITLE, size=HEAD_SIZE, align=CENTER, red=True)
        _underline(self.document.paragraphs[-1])
        for mark in (facts["level"], facts["urgency"]):
            if mark:
                self.line(mark, font=LABEL)
        self.line(facts["number"], align=RIGHT)
        for text in ("", *facts["title_lines"], ""):
            self.line(text, font=TITLE, size=TITLE_SIZE if text else SIZE, align=CENTER)
        if facts["addressees"]:
            self.line(f"{facts['addressees']}：")

    def table(self, rows: Sequence[tuple[str, ...]], *, head: bool = False) -> None:
        """A table with lines; the first row is its head where it has one, else the first cell of each row."""
        table = self.document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for at, row in enumerate(rows):
            cells = table.add_row().cells
            for column, text in enumerate(row):
                is_label = (head and at == 0) or (not head and column == 0)
                _run(cells[column].paragraphs[0], text, font=LABEL if is_label else BODY, size=12)

    def as_bytes(self) -> bytes:
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()


def _run(paragraph: Any, text: str, *, font: str, size: int, red: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    # Word takes the font of Chinese characters from its own attribute.
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    if red:
        run.font.color.rgb = RED


def _underline(paragraph: Any) -> None:
    """上粗下细: the red double line under the name of the issuing body."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "24"), ("space", "4"), ("color", str(RED))):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    # Word wants the properties of a paragraph in their order.
    paragraph._element.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def _number(paragraph: Any) -> None:
    """— 2 —, counted by Word itself."""
    paragraph.alignment = CENTER
    for kind, text in (("", "— "), ("begin", ""), ("instr", "PAGE"), ("end", ""), ("", " —")):
        _run(paragraph, text if not kind else "", font=BODY, size=SMALL)
        run = paragraph.runs[-1]._element
        if kind == "instr":
            told = OxmlElement("w:instrText")
            told.text = text
            run.append(told)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run.append(mark)
