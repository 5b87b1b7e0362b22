"""Lists as workbooks: what the reader sees there, by the filters of the address, and on record."""

import io

import pytest
from openpyxl import load_workbook

from audit.acting import SYSTEM, as_actor
from audit.models import Reading
from documents import sheets
from requests.models import CoordinationRequest
from tests.requests import world


def table(client, person, address):
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    data = b"".join(response.streaming_content)
    return [list(row) for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)]


def column(rows, heading):
    place = rows[0].index(heading)
    return [row[place] for row in rows[1:]]


def test_the_list_of_matters_leaves_with_what_an_office_needs(client, cast, monday):
    matter = world.deciding(cast)

    rows = table(client, cast.officer, "/requests/export.xlsx")

    assert column(rows, "编号") == [matter.number]
    assert column(rows, "牵头部门") == [cast.supplies.name]
    assert f"{column(rows, '受理日期')[0]:%Y-%m-%d}" == "2026-09-07"
    assert column(rows, "协调目标") == [matter.expected_goal]
    assert column(rows, "关联组织目标") == [matter.organization_goal]


@pytest.mark.parametrize(
    ("query", "number"), [("", 2), ("?stage=decision", 1), ("?q=没有这个", 0), ("?tab=mine", 0)]
)
def test_the_filters_of_the_address_count(client, cast, monday, query, number):
    world.deciding(cast)
    world.filed(cast)

    assert len(table(client, cast.officer, f"/requests/export.xlsx{query}")) == number + 1


def test_nobody_takes_away_what_they_do_not_see(client, cast, monday):
    world.filed(cast, confidentiality="restricted")
    world.drafted(cast)

    assert len(table(client, cast.planning_liaison, "/requests/export.xlsx")) == 1
    assert len(table(client, cast.records_admin, "/requests/export.xlsx")) == 1
    assert len(table(client, cast.clerk, "/requests/export.xlsx")) == 3


def test_a_confidential_matter_and_its_items_stay_in_the_house(client, cast, monday):
    item = world.issued(cast)
    with as_actor(SYSTEM):
        CoordinationRequest.objects.update(confidentiality="confidential")

    assert item.number in page(client, cast.officer, "/items/")
    assert len(table(client, cast.officer, "/items/export.xlsx")) == 1
    assert len(table(client, cast.officer, "/requests/export.xlsx")) == 1


def page(client, person, address):
    client.force_login(person)
    return client.get(address).content.decode()


def test_of_a_public_matter_a_stranger_takes_away_the_summary_only(client, cast, monday):
    matter = world.accepted(cast, confidentiality="public")

    rows = table(client, cast.planning_liaison, "/requests/export.xlsx?tab=public")

    assert rows[0] == ["编号", "事项", "阶段", "申请部门", "提交日期", "决策日期"]
    assert column(rows, "编号") == [matter.number]


def test_the_file_bears_its_name_and_the_day(client, cast, monday):
    client.force_login(cast.officer)

    response = client.get("/requests/export.xlsx")

    assert "%E5%8D%8F%E8%B0%83%E9%9C%80%E6%B1%82%202026-09-14.xlsx" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"


def test_who_took_what_away_is_kept(client, cast, monday):
    world.filed(cast)

    table(client, cast.clerk, "/requests/export.xlsx?stage=proposal")

    kept = Reading.objects.get()
    assert (kept.reader, kept.what) == (cast.clerk.audit_key, "export")
    assert kept.filters == {"list": "matters", "rows": "1", "query": "stage=proposal"}


@pytest.mark.parametrize("name", ["outsider", "system_admin"])
def test_those_from_outside_and_the_technician_take_no_list_away(client, cast, name):
    client.force_login(getattr(cast, name))

    assert client.get("/requests/export.xlsx").status_code == 403
    assert not Reading.objects.exists()


def test_too_many_rows_are_refused_before_anything_leaves(client, cast, monday, monkeypatch):
    monkeypatch.setattr(sheets, "LONGEST_TABLE", 1)
    monkeypatch.setattr("requests.exports.LONGEST_TABLE", 1)
    world.filed(cast)
    world.filed(cast)
    client.force_login(cast.officer)

    response = client.get("/requests/export.xlsx")

    assert response.status_code == 422
    assert "超过1行" in response.content.decode()
    assert not Reading.objects.exists()


def test_the_register_leaves_as_a_workbook_for_office_chair_and_auditor(client, cast, monday):
    item = world.issued(cast, text="=1+1的说明也只是文字说明")

    for person in (cast.officer, cast.chair, cast.auditor):
        rows = table(client, person, "/items/export.xlsx?tab=open")
        assert column(rows, "编号") == [item.number]
        assert column(rows, "工作内容") == [item.text]
        assert f"{column(rows, '期限')[0]:%Y-%m-%d}" == "2026-09-22"
    client.force_login(cast.supplies_head)
    assert client.get("/items/export.xlsx").status_code == 403


@pytest.mark.parametrize("number", [1, 12])
@pytest.mark.parametrize("address", ["/requests/export.xlsx", "/items/export.xlsx"])
def test_a_table_asks_as_many_questions_for_one_row_as_for_many(
    client, cast, monday, address, number, django_assert_max_num_queries
):
    for _ in range(number):
        world.issued(cast)
    client.force_login(cast.officer)

    with django_assert_max_num_queries(18):
        b"".join(client.get(address).streaming_content)
