"""The register and the pages of an item as a browser sees them: light and dark, wide and on a phone."""

from datetime import date

import pytest

from audit.acting import at_moment
from requests import flows
from requests.models import ActionItem
from tests.browser.conftest import enter, visit
from tests.documents.uploads import PDF, upload
from tests.requests import world


@pytest.fixture
def items(cast, monday):
    """Four items: one under way with report, help, extension and paper, one overdue, one being checked, one unsigned."""
    first = world.started(cast)
    with at_moment(world.moment(14, 9)):
        flows.report(
            item_id=first.pk,
            by=cast.supplies_clerk,
            percent=40,
            done="已询价三家，周三下单。",
            **{**world.OUTLOOK, "next_step": "签合同"},
        )
        flows.report(
            item_id=first.pk, by=cast.supplies_clerk, percent=40, done="合同待签。",
            **{**world.OUTLOOK, "difficulty": "外包合同未列明细，专项资金不能支出。", "expected_on": date(2026, 9, 24)},
            coordination="请财务部明确费用列支科目。",
        )  # fmt: skip
        flows.attach_evidence(item_id=first.pk, by=cast.supplies_clerk, evidence=[upload("询价单.pdf", PDF)])
        wish = flows.ask_extension(
            item_id=first.pk, by=cast.supplies_clerk, wished_on=date(2026, 9, 24), reason="供应商晚到货两天。",
            progress="已下单，等待到货。",
        )  # fmt: skip
        flows.answer_extension(extension_id=wish.pk, by=cast.supplies_head, approve=True, answer="同意。")
    late = world.issued(cast, text="整理检修备件预算口径并书面说明", due_on=date(2026, 9, 11))
    checked = world.submitted(cast, text="在三个班组张贴统一着装要求")
    fresh = world.issued(cast, text="把劳保用品明细写入外包合同范本", verifier=cast.repair_liaison)
    passed = world.passed_with_condition(cast, text="为三名管焊工补发防护面罩")
    return [ActionItem.objects.get(pk=item.pk) for item in (first, late, checked, fresh, passed)]


def test_every_page_of_an_item_is_accessible_and_fits(page, cast, items):
    first, late, checked, _fresh, passed = items
    walk = [
        (cast.officer, "/items/", "register"),
        (cast.supplies_clerk, f"/items/{first.pk}/", "item-owner"),
        (cast.supplies_clerk, f"/items/{late.pk}/", "item-late"),
        (cast.officer, f"/items/{checked.pk}/", "item-check"),
        (cast.officer, f"/items/{checked.pk}/close/", "item-close"),
        (cast.supplies_clerk, f"/items/{passed.pk}/", "item-passed"),
        (cast.supplies_clerk, f"/items/{first.pk}/report/", "item-report"),
        (cast.supplies_head, f"/items/extensions/{first.extensions.get().pk}/", "item-extension"),
    ]
    for person, address, name in walk:
        enter(page, person)
        visit(page, {name: address})


def test_several_items_are_ticked_and_reminded_of(page, cast, items):
    enter(page, cast.officer)
    page.goto("/items/")
    for number in (items[0].number, items[1].number):
        page.get_by_label(f"选中{number}").check()
    page.get_by_text("已选 2").wait_for()
    page.get_by_role("button", name="催办").click()
    page.get_by_text("现在还没有办理：2项可以办，0项不能办。").wait_for()
    assert not world.told(cast.supplies_clerk, "reminds")
    page.get_by_role("button", name="催办").click()

    page.get_by_text("全部办成。").wait_for()
    assert world.told(cast.supplies_clerk, "reminds")


def test_a_slip_is_answered_in_two_clicks_without_script(window, cast, items):
    page = window(script=False)
    enter(page, cast.supplies_clerk)
    page.goto(f"/items/{items[0].pk}/")

    page.get_by_role("link", name="报进展").click()
    page.get_by_label("完成百分比").fill("60")
    page.get_by_label("已完成").fill("劳保服已到货。")
    page.get_by_role("button", name="报进展").click()

    page.get_by_text("进展已记录").wait_for()
