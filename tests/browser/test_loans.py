"""The ledger of loans as a browser sees it: wide and narrow, light and dark, accessible."""

from datetime import date

import pytest

from audit.acting import at_moment
from requests import flows
from tests.browser.conftest import enter, visit
from tests.requests import world
from tests.requests.test_loans import lend, reported


@pytest.fixture
def office(monday, cast):
    matter = world.executing(cast)
    back = reported(cast, lend(cast, matter))
    out = lend(cast, matter, thing="焊接防护面罩", unit="副", due_on=date(2026, 9, 18))
    with at_moment(world.moment(17)):
        flows.prolong_loan(
            loan_id=out.pk, by=cast.supplies_liaison, due_on=date(2026, 9, 30), reason="采购未到货。"
        )
    return matter, out, back


def test_pages_of_the_ledger_fit_and_are_accessible(page, cast, office):
    matter, out, back = office
    enter(page, cast.supplies_liaison)
    visit(
        page,
        {
            "loans": "/loans/",
            "loans-tab": f"/requests/{matter.pk}/?tab=loans",
            "loan-new": f"/requests/{matter.pk}/loans/new/",
            "loan-out": f"/loans/{out.pk}/",
            "loan-prolong": f"/loans/{out.pk}/prolong/",
            "loan-to-confirm": f"/loans/{back.pk}/",
            "loan-refuse": f"/loans/{back.pk}/refuse/",
        },
    )
    enter(page, cast.clerk)
    visit(page, {"loan-report": f"/loans/{out.pk}/report/", "loan-desk": "/"})


def test_a_wrong_line_is_refused_beside_its_fields_and_nothing_typed_is_lost(page, cast, office):
    matter, *_rest = office
    enter(page, cast.supplies_liaison)
    page.goto(f"/requests/{matter.pk}/loans/new/")
    page.get_by_label("物品").fill("电焊机")
    page.get_by_label("数量").fill("1")
    page.get_by_label("单位").fill("台")
    page.get_by_label("借用方").select_option(label="物资部")
    page.get_by_label("应归还日期").fill("2026-09-01")

    page.get_by_role("button", name="登记", exact=True).click()

    page.locator(".x-errsum").wait_for()
    assert page.get_by_label("物品").input_value() == "电焊机"
    assert "另选" in page.locator("#id_borrower-e").inner_text()
    assert "早于借出日" in page.locator("#id_due_on-e").inner_text()
    assert matter.loans.count() == 2
