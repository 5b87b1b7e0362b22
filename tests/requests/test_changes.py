"""What was changed since a form was handed in, and everything of a matter on one page."""

from datetime import date

import pytest

from audit.acting import at_moment
from audit.models import Reading
from requests import flows
from requests.changes import changes, marked
from requests.models import CoordinationRequest
from tests.documents.uploads import PDF, upload
from tests.requests import world


@pytest.fixture
def matter(cast, monday):
    return world.accepted(cast)


def prepare(matter, by, **changes):
    given = {**world.PREPARATION, **changes}
    return flows.write_preparation(matter_id=matter.pk, by=by, **given)


def lines(matter):
    return [(one.name, [str(line.label) for line in one.lines]) for one in changes(matter)]


def test_each_change_names_its_fields_and_who_made_it(cast, matter):
    prepare(matter, cast.officer)
    with at_moment(world.moment(14, 11)):
        prepare(matter, cast.supplies_liaison, facts="四人属外包。")

    assert lines(matter)[:2] == [("林佳", ["核实的事实"]), ("丁晓蕾", ["核实的事实", "范围", "预期目标"])]


def test_saves_one_after_the_other_are_one_change(cast, matter):
    for text in ("三", "三人", "三人属外包。"):
        prepare(matter, cast.officer, facts=text)

    assert sum("核实的事实" in fields for _name, fields in lines(matter)) == 1


def test_what_stood_in_the_draft_is_nobodys_business(cast, monday):
    draft = world.drafted(cast)
    with at_moment(world.moment(6)):
        flows.save_draft(matter_id=draft.pk, by=cast.clerk, fields={"goal": "草稿里的话，谁也不该看见。"})
    flows.save_draft(matter_id=draft.pk, by=cast.clerk, fields={"goal": world.FORM["goal"]})
    flows.submit(matter_id=draft.pk, by=cast.clerk)

    assert changes(CoordinationRequest.objects.get(pk=draft.pk)) == []


def test_the_differing_words_are_marked_and_escaped():
    before, after = marked("三人<b>周三到货", "四人<b>周四到货")

    assert before == "<del>三</del>人&lt;b&gt;周<del>三</del>到货"
    assert after == "<ins>四</ins>人&lt;b&gt;周<ins>四</ins>到货"


def test_they_stand_below_the_history(client, cast, matter):
    prepare(matter, cast.officer)
    client.force_login(cast.clerk)

    html = client.get(f"/requests/{matter.pk}/?tab=story").content.decode()

    assert "提交以来的修改" in html
    assert world.PREPARATION["facts"] in html


def test_everything_stands_on_one_page_and_who_printed_it_is_kept(client, cast, monday):
    item = world.issued(cast)
    flows.keep_message(
        matter_id=item.matter_id, by=cast.clerk, channel="wecom", said_by="物资部 林佳", said_at=world.moment(14, 8), text="周三到货。",
    )  # fmt: skip
    client.force_login(cast.clerk)

    html = client.get(f"/requests/{item.matter_id}/print/").content.decode()

    for words in (item.number, "周三到货。", world.PREPARATION["facts"], "由物资部采购发放"):
        assert words in html, words
    kept = Reading.objects.get()
    assert (kept.what, kept.reader) == ("print", cast.clerk.audit_key)


def test_what_the_tabs_hold_stands_on_the_printed_page_without_anything_to_press(client, cast, monday):
    matter = world.executing(cast)
    flows.lend(
        matter_id=matter.pk, by=cast.supplies_clerk, thing="劳保服(秋装)", quantity=3, unit="套", way="equal",
        lender=cast.supplies, borrower=cast.repair, lent_on=date(2026, 9, 14), due_on=date(2026, 9, 24),
    )  # fmt: skip
    flows.attach_papers(matter_id=matter.pk, by=cast.clerk, uploads=[upload("领用单.pdf", PDF)])
    client.force_login(cast.officer)

    html = client.get(f"/requests/{matter.pk}/print/").content.decode()

    for words in ("劳保服(秋装)", "领用单.pdf"):
        assert words in html, words
    for page in ("loans/new/", "attach/"):
        assert f"/requests/{matter.pk}/{page}" not in html
    assert "还没有会签文件" not in html


def test_nobody_prints_what_they_do_not_see(client, cast, matter):
    client.force_login(cast.planning_liaison)

    assert client.get(f"/requests/{matter.pk}/print/").status_code == 404
    assert not Reading.objects.exists()
