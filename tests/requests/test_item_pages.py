"""The register and the pages of an item: who sees what, what is offered, what a refusal keeps."""

import pytest

from audit.acting import at_moment
from documents.models import File
from requests import flows
from requests.models import ActionItem, ProgressReport
from requests.states import ItemState
from tests.documents.uploads import PDF, upload
from tests.permissions.verbs import MET
from tests.requests import world

# The rest of a report, as the page sends it.
REPORT = {"next_step": "签合同", "next_on": "2026-09-16", "difficulty": "无", "expected_on": "2026-09-22"}


@pytest.fixture
def item(cast, monday):
    return world.started(cast, verifier=cast.repair_liaison)


def page(client, person, address, status=200):
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def post(client, person, address, given, status):
    client.force_login(person)
    response = client.post(address, given)
    assert response.status_code == status
    return response.content.decode()


def test_the_register_lists_the_item_with_its_light(client, cast, item):
    html = page(client, cast.officer, "/items/")

    assert item.number in html
    assert "剩7个工作日" in html
    assert cast.supplies_clerk.name in html


@pytest.mark.parametrize("name", ["planning_liaison", "outsider", "system_admin"])
def test_whoever_has_nothing_to_do_with_it_does_not_find_the_item(client, cast, item, name):
    person = getattr(cast, name)

    assert item.number not in page(client, person, "/items/")
    page(client, person, f"/items/{item.pk}/", 404)
    page(client, person, f"/items/{item.pk}/report/", 404)


def test_drafted_items_stand_in_no_register(client, cast, monday):
    matter = world.deciding(cast)
    with at_moment(world.moment(10, 10)):
        drafted = world.draft_item(cast, matter)

    page(client, cast.officer, f"/items/{drafted.pk}/", 404)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tab=open", True), ("tab=unsigned", False), ("tab=verify", False), ("tab=ended", False),
        ("light=ok", True), ("light=bad", False), ("q=管焊工", True), ("q=孙一凡", True), ("q=没有这个", False),
        ("source=other", True), ("source=纪", False), ("light=nonsense", True),
    ],
)  # fmt: skip
def test_tabs_and_filters_narrow_the_register(client, cast, item, query, found):
    assert (item.number in page(client, cast.officer, f"/items/?{query}")) is found


def test_an_overdue_item_is_found_under_its_light(client, cast, item, monday):
    monday.move_to(world.moment(23))

    html = page(client, cast.officer, "/items/?light=bad")

    assert item.number in html
    assert "逾期1个工作日" in html


def test_the_owner_finds_the_four_answers(client, cast, item):
    html = page(client, cast.supplies_clerk, f"/items/{item.pk}/")

    for word in ("report", "extend", "help", "submit"):
        assert f"/items/{item.pk}/{word}/" in html
    assert html.count("btn-primary") == 1


@pytest.mark.parametrize("name", ["officer", "clerk", "auditor", "chair"])
def test_nobody_else_is_offered_them(client, cast, item, name):
    html = page(client, getattr(cast, name), f"/items/{item.pk}/")

    assert f"/items/{item.pk}/report/" not in html


def test_an_auditor_is_offered_nothing_at_all(client, cast, item):
    html = page(client, cast.auditor, f"/items/{item.pk}/")

    assert f'action="/items/{item.pk}' not in html
    post(client, cast.auditor, f"/items/{item.pk}/remind/", {}, 403)


def test_an_extended_date_stands_beside_the_original(client, cast, item):
    extension = flows.ask_extension(
        item_id=item.pk,
        by=cast.supplies_clerk,
        wished_on=world.moment(24).date(),
        reason="晚到货",
        progress="已下单",
    )
    flows.answer_extension(extension_id=extension.pk, by=cast.supplies_head, approve=True)

    html = page(client, cast.officer, f"/items/{item.pk}/")

    assert "2026-09-24 17:30" in html
    assert "2026-09-22 17:30" in html


def test_a_report_is_taken_in_two_steps(client, cast, item):
    page(client, cast.supplies_clerk, f"/items/{item.pk}/report/")
    post(
        client,
        cast.supplies_clerk,
        f"/items/{item.pk}/report/",
        {**REPORT, "percent": "40", "done": "已下单。"},
        302,
    )

    assert ProgressReport.objects.get().percent == 40


def test_a_report_starts_from_the_last_one(client, cast, item):
    """F12: two clicks and two fields."""
    outlook = {**world.OUTLOOK, "next_on": world.moment(17).date(), "expected_on": world.moment(21).date()}
    flows.report(item_id=item.pk, by=cast.supplies_clerk, percent=60, done="已下单。", **outlook)

    html = page(client, cast.supplies_clerk, f"/items/{item.pk}/report/")

    for value in ("60", "周三下单。", "2026-09-17", "2026-09-21", "无"):
        assert f'value="{value}"' in html or f">\n{value}</textarea>" in html, value


def test_who_expects_to_be_late_is_offered_the_way_to_a_later_date(client, cast, item):
    """R089, F12"""
    late = {**world.OUTLOOK, "expected_on": world.moment(24).date()}
    flows.report(item_id=item.pk, by=cast.supplies_clerk, percent=60, done="已下单。", **late)

    html = page(client, cast.supplies_clerk, f"/items/{item.pk}/")

    assert "完成，晚于期限" in html
    assert html.count(f"/items/{item.pk}/extend/") > 1


def test_a_refused_report_keeps_what_was_typed(client, cast, item):
    flows.report(item_id=item.pk, by=cast.supplies_clerk, percent=60, done="已下单。", **world.OUTLOOK)

    html = post(
        client,
        cast.supplies_clerk,
        f"/items/{item.pk}/report/",
        {**REPORT, "percent": "50", "done": "供应商退货。"},
        422,
    )

    assert "供应商退货。" in html
    assert 'id="id_lower_reason-e"' in html
    assert ProgressReport.objects.count() == 1


def test_done_is_reported_with_evidence(client, cast, item):
    post(
        client, cast.supplies_clerk, f"/items/{item.pk}/submit/",
        {"result": "三人已签领。", "evidence": [upload("签领表.pdf", PDF), upload("检查.pdf", PDF)]}, 302,
    )  # fmt: skip

    item.refresh_from_db()
    assert item.state == ItemState.SUBMITTED
    assert set(File.objects.of("item", item.pk).values_list("name", flat=True)) == {"签领表.pdf", "检查.pdf"}


def test_a_report_without_evidence_is_refused_beside_the_field_and_keeps_what_was_typed(client, cast, item):
    """A8"""
    html = post(client, cast.supplies_clerk, f"/items/{item.pk}/submit/", {"result": "三人已签领。"}, 422)

    assert 'id="id_evidence-e"' in html
    assert "三人已签领。" in html
    item.refresh_from_db()
    assert item.state == ItemState.IN_PROGRESS


def test_the_note_on_the_evidence_stands_on_the_page_of_the_verifier(client, cast, item):
    """A8"""
    given = {"result": "三人已签领。", "evidence_note": "库房三号架，可现场核对。"}
    post(client, cast.supplies_clerk, f"/items/{item.pk}/submit/", given, 302)

    assert "库房三号架，可现场核对。" in page(client, cast.repair_liaison, f"/items/{item.pk}/close/")


def test_a_bad_paper_leaves_the_item_unreported(client, cast, item):
    html = post(
        client, cast.supplies_clerk, f"/items/{item.pk}/submit/",
        {"result": "三人已签领。", "evidence": [upload("表.pdf", PDF), upload("坏.pdf", b"MZ not a pdf")]}, 422,
    )  # fmt: skip

    assert "坏.pdf" in html
    item.refresh_from_db()
    assert item.state == ItemState.IN_PROGRESS
    assert not File.objects.of("item", item.pk).exists()


def test_evidence_is_handed_to_those_who_see_the_item(client, cast, item):
    flows.attach_evidence(item_id=item.pk, by=cast.supplies_clerk, evidence=[upload("表.pdf", PDF)])
    paper = File.objects.of("item", item.pk).get()

    page_of_file = f"/items/{item.pk}/files/{paper.pk}/"
    client.force_login(cast.clerk)
    response = client.get(page_of_file)
    assert b"".join(response.streaming_content) == PDF
    page(client, cast.planning_liaison, page_of_file, 404)


def test_the_verifier_closes_on_the_page_and_the_doer_cannot(client, cast, item):
    flows.submit_item(
        item_id=item.pk, by=cast.supplies_clerk, result="三人已签领。", evidence_note=world.SEEN
    )

    post(client, cast.supplies_clerk, f"/items/{item.pk}/close/", {"note": ""}, 403)
    assert ActionItem.objects.get(pk=item.pk).state == ItemState.SUBMITTED

    post(client, cast.repair_liaison, f"/items/{item.pk}/close/", {"note": "已核对。", **MET}, 302)
    assert ActionItem.objects.get(pk=item.pk).state == ItemState.CLOSED


def test_an_extension_is_asked_and_answered_on_pages(client, cast, item):
    post(
        client, cast.supplies_clerk, f"/items/{item.pk}/extend/",
        {"wished_on": "2026年9月24日", "reason": "晚到货", "progress": "已下单"}, 302,
    )  # fmt: skip
    wish = item.extensions.get()
    address = f"/items/extensions/{wish.pk}/"
    assert address in page(client, cast.supplies_head, f"/items/{item.pk}/")

    post(client, cast.officer, address, {"approve": "yes"}, 403)
    post(client, cast.supplies_head, address, {"approve": "no"}, 422)
    post(client, cast.supplies_head, address, {"approve": "no", "answer": "检修在即"}, 302)

    wish.refresh_from_db()
    assert wish.state == "denied"


def test_only_colleagues_are_offered_for_the_handing_over(client, cast, item):
    html = page(client, cast.supplies_head, f"/items/{item.pk}/reassign/")

    assert cast.supplies_liaison.name in html
    assert f'<option value="{cast.clerk.pk}"' not in html
    post(
        client,
        cast.supplies_head,
        f"/items/{item.pk}/reassign/",
        {"assignee": cast.clerk.pk, "note": "移交"},
        422,
    )


def test_the_register_leaves_as_a_table_for_office_chair_and_auditor(client, cast, item):
    for person in (cast.officer, cast.chair, cast.auditor):
        client.force_login(person)
        table = b"".join(client.get("/items/export.csv?tab=open").streaming_content).decode("utf-8-sig")
        assert item.number in table
        assert "2026-09-22" in table
    page(client, cast.supplies_head, "/items/export.csv", 403)


def test_a_cell_is_never_a_formula(client, cast, monday):
    item = world.issued(cast, text='=HYPERLINK("http://example.com")的说明')

    client.force_login(cast.officer)
    table = b"".join(client.get("/items/export.csv").streaming_content).decode("utf-8-sig")

    assert "'=HYPERLINK" in table
    assert str(item.number) in table


@pytest.mark.parametrize("number", [1, 12])
def test_the_register_asks_as_many_questions_for_one_row_as_for_many(
    client, cast, monday, number, django_assert_max_num_queries
):
    for _ in range(number):
        world.issued(cast)
    client.force_login(cast.officer)

    with django_assert_max_num_queries(16):
        assert client.get("/items/").status_code == 200


def test_the_page_of_an_item_asks_few_questions(client, cast, item, django_assert_max_num_queries):
    for percent in (10, 20, 30):
        flows.report(item_id=item.pk, by=cast.supplies_clerk, percent=percent, done="进展。", **world.OUTLOOK)
    client.force_login(cast.supplies_clerk)

    with django_assert_max_num_queries(24):
        assert client.get(f"/items/{item.pk}/").status_code == 200
