"""Pages and API of circulating papers: two clicks to sign, the same refusals, one price for 2 and 40 departments."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from pypdf import PdfReader

from audit.acting import SYSTEM, as_actor
from organization.models import Department
from requests import circulation_print
from requests.models import Circulation, Countersign
from tests.requests import circulation_world as papers
from tests.requests import world


def shown(client, address):
    return " ".join(client.get(address).content.decode().split())


def test_r062_a_head_agrees_in_two_clicks_from_the_first_page(cast, client, monday):
    paper = papers.routing(cast)
    row = papers.row(paper, cast.supplies)
    client.force_login(cast.supplies_head)
    address = f"/circulations/{paper.pk}/signatures/{row.pk}/"
    assert address in shown(client, "/")

    client.post(address, {"agree": "1", "version": "1", "opinion": "disagree", "reason": ""})

    row.refresh_from_db()
    assert (row.opinion, row.signed_by) == ("agree", cast.supplies_head)


def test_r062_page_and_api_refuse_a_stale_text_in_the_same_words(cast, client):
    paper = papers.routing(cast)
    row = papers.row(paper, cast.supplies)
    with as_actor(SYSTEM):
        Circulation.objects.filter(pk=paper.pk).update(version=2)
    client.force_login(cast.supplies_head)
    given = {"opinion": "agree", "version": 1}

    page = client.post(f"/circulations/{paper.pk}/signatures/{row.pk}/", given)
    api = client.post(f"/api/v1/countersigns/{row.pk}/sign/", given, content_type="application/json")

    assert (page.status_code, api.status_code) == (409, 409)
    assert api.json()["detail"] in page.content.decode()
    assert not papers.row(paper, cast.supplies).is_signed


def test_peers_5_the_page_shows_a_deemed_signature_as_the_systems(cast, client):
    paper = papers.routine(cast)
    with as_actor(SYSTEM):
        Countersign.objects.filter(pk=papers.row(paper, cast.staffing).pk).update(
            state="opined", opinion="no_comment", is_deemed=True, signed_at=paper.started_at
        )
    client.force_login(cast.officer)

    assert "系统：逾期视为无意见" in shown(client, f"/circulations/{paper.pk}/")


def test_edge_23_forty_departments_cost_the_page_no_query_more(cast, client):
    paper = papers.routing(cast)
    client.force_login(cast.officer)
    pages = (f"/circulations/{paper.pk}/", f"/requests/{paper.matter_id}/?tab=circulations")

    def cost():
        counts = []
        for page in pages:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(page).status_code == 200
            counts.append(len(asked))
        return counts

    cost()
    few = cost()
    with as_actor(SYSTEM):
        many = Department.objects.bulk_create(
            Department(code=f"D{n}", name=f"第{n}科", parent=cast.company, order=100 + n) for n in range(38)
        )
        Countersign.objects.bulk_create(
            Countersign(circulation=paper, department=one, department_name=one.name, version=1)
            for one in many
        )

    assert cost() == few
    assert max(few) <= 20


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_r207_an_issued_paper_is_printed_with_number_and_signatures(cast, client, ending):
    paper = papers.issued(cast)
    client.force_login(cast.supplies_liaison)

    response = client.get(f"/circulations/{paper.pk}/print.{ending}")

    data = BytesIO(b"".join(response.streaming_content))
    if ending == "pdf":
        text = "".join(page.extract_text() for page in PdfReader(data).pages).replace("\n", "")
    else:
        document = Document(data)
        cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
        text = "".join([*(line.text for line in document.paragraphs), *cells])
    for words in (paper.number, paper.title, "物资部采购三套同款劳保服。", "宋雅琴", "吴海涛", "同意"):
        assert words in text, words


def test_r207_before_its_number_a_paper_is_not_printed(cast, client):
    paper = papers.signed_off(cast)
    client.force_login(cast.officer)

    assert client.get(f"/circulations/{paper.pk}/print.pdf").status_code == 404
    assert circulation_print.facts_of(paper)["number"] == ""


def test_r062_the_drafter_numbers_the_departments_and_they_sign_in_that_order(cast, client):
    matter = world.deciding(cast)
    client.force_login(cast.officer)
    given = {
        **papers.PAPER, "kind": papers.kind().pk, "departments": [cast.supplies.pk, cast.staffing.pk, cast.planning.pk],
        "in_series": "on", "urgency": "normal", "silence": "escalate", f"place_{cast.planning.pk}": "1",
        f"place_{cast.staffing.pk}": "2",
    }  # fmt: skip

    assert client.post(f"/requests/{matter.pk}/circulations/new/", given).status_code == 302

    rows = Countersign.objects.filter(circulation__matter=matter).order_by("place")
    assert [row.department for row in rows] == [cast.planning, cast.staffing, cast.supplies]
    assert 'value="2"' in shown(client, f"/circulations/{rows[0].circulation_id}/edit/")
