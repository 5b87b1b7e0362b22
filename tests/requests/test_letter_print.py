"""R065, R207: a signed sheet or letter is printed like the office's paper, as PDF and as Word, for whoever may read it."""

import time
from io import BytesIO

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from audit.acting import at_moment
from documents.titles import title_lines
from requests import flows, letter_print
from requests.models import Letter
from tests.documents.uploads import PDF, upload
from tests.requests import letters_world as letters
from tests.requests import world

ON_EVERY_PAPER = ("检修部", "物资部", "2026年9月8日", "郑国栋", "计划发展部", "内线5526")


@pytest.fixture(params=["sheet", "letter"])
def letter(cast, request):
    return letters.sent(cast, world.accepted(cast), form=request.param, copies=[cast.planning])


def text_of_pdf(data):
    return "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).replace("\n", "")


def text_of_word(data):
    document = Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize(
    ("make", "read"), [(letter_print.as_pdf, text_of_pdf), (letter_print.as_word, text_of_word)]
)
def test_r207_the_paper_names_number_addressee_date_signer_and_copies(letter, make, read):
    text = read(make(Letter.objects.with_people().get(pk=letter.pk)))

    for words in (letter.number, letter.title, *ON_EVERY_PAPER):
        assert words in text, words


def test_s8_the_goal_of_the_matter_stands_on_the_paper(letter):
    text = text_of_pdf(letter_print.as_pdf(letter))

    assert letter.matter.goal in text


def test_f4_receipt_and_answer_stand_in_their_boxes(cast):
    letter = letters.sent(cast, world.accepted(cast))
    letters.answer(
        cast, letters.row(letter, cast.supplies), "not_ours", "专项资金仅用于公司员工。", cast.staffing
    )

    text = text_of_pdf(letter_print.as_pdf(letter))

    assert "专项资金仅用于公司员工。" in text
    assert "林佳" in text


def test_what_a_person_wrote_is_text_and_never_markup(cast):
    letter = letters.sent(cast, world.accepted(cast), content="#panic() *x* _y_ $z$ @w #import")

    assert "#panic() *x* _y_ $z$ @w #import" in text_of_pdf(letter_print.as_pdf(letter))


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_s5_the_paper_is_handed_out_to_its_readers_only(cast, letter, ending):
    found, nothing = Client(), Client()
    found.force_login(cast.supplies_liaison)
    nothing.force_login(cast.outsider)

    response = found.get(f"/letters/{letter.pk}/print.{ending}")

    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert nothing.get(f"/letters/{letter.pk}/print.{ending}").status_code == 404


def test_r207_a_draft_has_no_paper(cast):
    letter = letters.draft(cast, world.accepted(cast))
    reader = Client()
    reader.force_login(cast.repair_head)

    assert reader.get(f"/letters/{letter.pk}/print.pdf").status_code == 404


def test_r207_a_paper_takes_less_than_a_second(cast, letter):
    with at_moment(world.moment(8, 16)):
        flows.receive_letter(addressee_id=letters.row(letter, cast.supplies).pk, by=cast.supplies_head)
    begun = time.perf_counter()
    letter_print.as_pdf(letter)
    set_at = time.perf_counter()
    letter_print.as_word(letter)

    assert set_at - begun < 1
    assert time.perf_counter() - set_at < 1


def test_r065_a_letter_in_answer_names_what_it_answers_and_lists_what_is_attached(cast):
    asked = letters.sent(cast, world.accepted(cast), form="letter")
    papers = [upload("合同第8页.pdf", PDF), upload("库存清单.pdf", PDF)]
    letter = letters.draft(
        cast,
        asked.matter,
        by=cast.supplies_liaison,
        to=[cast.repair],
        form="letter",
        reply_to=asked,
        papers=papers,
    )
    for text in (text_of_pdf(letter_print.as_pdf(letter)), text_of_word(letter_print.as_word(letter))):
        assert "来函（协函〔2026〕1号）收悉，现函复如下：" in text
        assert "1. 合同第8页" in text
        assert "2. 库存清单" in text


def test_gb9704_the_letter_form_has_its_red_line_and_counts_pages_from_the_second(cast):
    letter = letters.sent(
        cast, world.accepted(cast), form="letter", content="外包管焊工的劳保服至今无人发放。\n" * 40
    )

    pages = PdfReader(BytesIO(letter_print.as_pdf(letter))).pages
    body = Document(BytesIO(letter_print.as_word(letter)))

    assert "— 2 —" in pages[1].extract_text()
    assert "— 1 —" not in pages[0].extract_text()
    assert body.sections[0].different_first_page_header_footer
    assert "thickThinSmallGap" in body.paragraphs[0]._element.xml


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于征求劳动防护用品管理办法意见的函", ["关于征求劳动防护用品管理办法意见的函"]),
        (
            "关于协调解决检修期间物资供应、人员调配与现场安全管理有关问题的协调函",
            ["关于协调解决检修期间物资供应、", "人员调配与现场安全管理有关问题的协调函"],
        ),
        (
            "关于明确外包人员劳保用品归口管理部门的协调函",
            ["关于明确外包人员劳保用品归口管理部门的", "协调函"],
        ),
    ],
)
def test_gb9704_a_long_title_is_broken_where_a_reader_pauses(title, lines):
    assert title_lines(title) == lines
