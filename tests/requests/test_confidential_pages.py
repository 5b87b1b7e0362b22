"""The page and the papers of a confidential matter: the reader's name on them, and every look kept (domain §5, R191)."""

from io import BytesIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from docx import Document
from pypdf import PdfReader

from audit.acting import at_moment
from audit.models import Reading
from documents.models import File
from requests import flows
from tests.documents.uploads import PDF
from tests.requests import letters_world as letters
from tests.requests import test_outside_papers as outside_papers
from tests.requests import world

BAND = "每次查阅均有记录"
WHY = {"reason": "办理本事项。"}


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(response):
    return response.content.decode()


@pytest.fixture
def monday_noon():
    with time_machine.travel(world.moment(14, 12), tick=False):
        yield


@pytest.fixture
def matter(cast, monday_noon):
    matter = world.accepted(cast)
    return flows.raise_level(matter_id=matter.pk, by=cast.officer, level="confidential", reason="含报价。")


@pytest.fixture
def letter(cast, matter):
    for person in (cast.repair_liaison, cast.repair_head, cast.supplies_liaison):
        flows.name_reader(matter_id=matter.pk, by=cast.officer, person=person, **WHY)
    return letters.sent(cast, matter, at=world.moment(14, 11), confidentiality="confidential")


def looks(matter):
    return [(row.reader_name, row.what) for row in Reading.objects.of_case(matter.pk)]


@pytest.mark.parametrize("address", ["", "raise-level/", "name-reader/", "letters/new/", "attach/"])
def test_each_page_of_it_bears_name_and_time(cast, matter, address):
    page = text(as_(cast.office_head).get(f"/requests/{matter.pk}/{address}", follow=True))

    assert BAND in page
    assert "宋雅琴" in page
    assert 'src="/requests/watermark.svg" alt=""' in page


def test_no_other_page_bears_it_and_no_other_look_is_kept(cast, monday_noon):
    matter = world.accepted(cast)

    page = text(as_(cast.office_head).get(f"/requests/{matter.pk}/"))

    assert BAND not in page
    assert "watermark" not in page
    assert looks(matter) == []


def test_the_watermark_is_drawn_for_whoever_looks(cast, monday_noon):
    answer = as_(cast.clerk).get("/requests/watermark.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "private, no-store"
    assert cast.clerk.name in text(answer)
    assert "2026-09-14 12:00" in text(answer)


def test_a_printed_paper_bears_name_and_time_on_its_pages(cast, letter):
    client = as_(cast.supplies_liaison)

    pdf = b"".join(client.get(f"/letters/{letter.pk}/print.pdf").streaming_content)
    docx = b"".join(client.get(f"/letters/{letter.pk}/print.docx").streaming_content)

    for page in PdfReader(BytesIO(pdf)).pages:
        assert "林佳" in page.extract_text()
    section = Document(BytesIO(docx)).sections[0]
    assert section.header.paragraphs[0].text == "保密　林佳　2026-09-14 12:00"
    assert looks(letter.matter)[:2] == [("林佳", "paper"), ("林佳", "letter")]


def test_a_confidential_letter_on_an_open_matter_is_marked_and_each_look_at_it_kept(cast, monday_noon):
    letter = letters.sent(cast, world.accepted(cast), at=world.moment(14, 11), confidentiality="confidential")
    client = as_(cast.supplies_liaison)

    page = text(client.get(f"/letters/{letter.pk}/"))
    docx = b"".join(client.get(f"/letters/{letter.pk}/print.docx").streaming_content)
    client.get(f"/api/v1/matters/{letter.matter_id}/letters/")

    assert BAND in page
    assert "林佳" in Document(BytesIO(docx)).sections[0].header.paragraphs[0].text
    assert looks(letter.matter) == [("林佳", what) for what in ("api", "paper", "letter", "letter")]


def test_a_confidential_outside_paper_bears_name_and_time(cast, monday_noon):
    paper = outside_papers.register(cast, confidentiality="confidential")

    page = text(as_(cast.office_head).get(f"/outside-papers/{paper.pk}/"))

    assert BAND in page


def test_a_look_at_page_and_file_is_written_with_who_when_and_at_what(cast, matter):
    with at_moment(world.moment(14, 11)):
        flows.attach_papers(matter_id=matter.pk, by=cast.clerk, uploads=[ContentFile(PDF, name="报价.pdf")])
    file = File.objects.of_case(matter.pk).get()

    b"".join(as_(cast.clerk).get(f"/requests/{matter.pk}/files/{file.pk}/").streaming_content)

    row = Reading.objects.of_case(matter.pk).first()
    assert (row.reader_name, row.what, row.filters["detail"]) == (cast.clerk.name, "file", "报价.pdf")
    assert row.at == world.moment(14, 12)


def test_who_finds_nothing_leaves_no_look(cast, matter):
    assert as_(cast.supplies_head).get(f"/requests/{matter.pk}/").status_code == 404
    assert looks(matter) == []


def test_without_its_note_the_page_is_not_shown(cast, matter, monkeypatch):
    def fails(**_given):
        raise RuntimeError

    monkeypatch.setattr(flows, "note_look", fails)
    client = Client(raise_request_exception=False)
    client.force_login(cast.clerk)

    answer = client.get(f"/requests/{matter.pk}/")

    assert answer.status_code == 500
    assert matter.title not in text(answer)


@pytest.mark.parametrize(
    ("role", "sees"), [("officer", True), ("office_head", True), ("auditor", True), ("clerk", False)]
)
def test_the_looks_are_for_whoever_names_the_readers_and_the_auditor(cast, matter, role, sees):
    page = text(as_(getattr(cast, role)).get(f"/requests/{matter.pk}/?tab=readers"))

    assert ("查阅记录" in page) == sees
    assert "知悉范围" in page


def test_the_tab_tells_for_whom_nobody_reads(cast, matter):
    page = text(as_(cast.officer).get(f"/requests/{matter.pk}/?tab=readers"))

    assert "物资部、人力资源部" in page
    flows.name_reader(matter_id=matter.pk, by=cast.officer, person=cast.supplies_liaison, **WHY)
    page = text(as_(cast.officer).get(f"/requests/{matter.pk}/?tab=readers"))
    assert "物资部、人力资源部" not in page
    assert "人力资源部" in page


def test_the_second_person_is_asked_on_the_page_and_answers_there(cast, matter):
    flows.lower_level(matter_id=matter.pk, by=cast.clerk, level="internal", reason="报价已公开。")
    head = as_(cast.office_head)
    assert f"/requests/{matter.pk}/answer-lowering/" in text(head.get(f"/requests/{matter.pk}/"))

    refused = head.post(f"/requests/{matter.pk}/answer-lowering/", {"agree": "no"})
    taken = head.post(f"/requests/{matter.pk}/answer-lowering/", {"agree": "yes"})

    assert (refused.status_code, taken.status_code) == (422, 302)
    matter.refresh_from_db()
    assert matter.confidentiality == "internal"


def test_the_api_names_readers_tells_looks_and_keeps_its_own(cast, matter):
    officer = as_(cast.officer)
    given = {"person": cast.planning_liaison.pk, "until": "2099-12-31", **WHY}

    named = officer.post(f"/api/v1/matters/{matter.pk}/name-reader/", given, content_type="application/json")
    rows = as_(cast.planning_liaison).get(f"/api/v1/matters/{matter.pk}/readers/").json()["results"]
    told = officer.get(f"/api/v1/matters/{matter.pk}/looks/").json()["results"]

    assert named.status_code == 200
    assert [(row["name"], row["named_by"]) for row in rows] == [("顾明", "丁晓蕾")]
    assert ("顾明", "api") in [(row["reader_name"], row["what"]) for row in told]
