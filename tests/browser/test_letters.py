"""Pages of contact sheets and letters as a browser sees them: wide and narrow, light and dark, accessible."""

import pytest

from audit.acting import at_moment
from requests import flows
from tests.browser.conftest import enter, visit
from tests.requests import letters_world as letters
from tests.requests import world


@pytest.fixture
def office(monday, cast):
    matter = world.accepted(cast)
    letters.passed_on(cast, matter, cast.supplies, cast.staffing, cast.planning, cast.supplies)
    asked = letters.sent(
        cast, matter, to=[cast.supplies, cast.staffing], copies=[cast.planning], form="letter"
    )
    with at_moment(world.moment(8, 11)):
        flows.receive_letter(addressee_id=letters.row(asked, cast.supplies).pk, by=cast.supplies_liaison)
    draft = letters.draft(cast, matter)
    flows.ask_signature(letter_id=draft.pk, by=cast.repair_liaison)
    flows.return_letter(letter_id=draft.pk, by=cast.repair_head, reason="写明规格和数量。")
    flows.ask_signature(letter_id=draft.pk, by=cast.repair_liaison)
    return matter, asked, draft


def test_pages_of_sheets_and_letters_fit_and_are_accessible(page, cast, office):
    matter, asked, draft = office
    enter(page, cast.repair_head)
    visit(
        page,
        {
            "letters-tab": f"/requests/{matter.pk}/?tab=letters",
            "letter-passed-on": f"/requests/{matter.pk}/",
            "letter-new-sheet": f"/requests/{matter.pk}/letters/new/?form=sheet",
            "letter-new-letter": f"/requests/{matter.pk}/letters/new/?form=letter",
            "letter-to-sign": f"/letters/{draft.pk}/",
            "letter-sent": f"/letters/{asked.pk}/",
            "letter-withdraw": f"/letters/{asked.pk}/withdraw/",
        },
    )
    enter(page, cast.supplies_liaison)
    visit(
        page,
        {
            "letter-desk": "/",
            "letter-answer": f"/letters/{asked.pk}/answers/{letters.row(asked, cast.supplies).pk}/",
        },
    )


def test_f4_a_department_that_agrees_answers_in_two_clicks(page, cast, office):
    row = letters.row(office[1], cast.supplies)
    enter(page, cast.supplies_liaison)
    page.goto(f"/letters/{row.letter_id}/answers/{row.pk}/")

    page.get_by_label("同意办理").check()
    page.get_by_role("button", name="提交回复").click()
    page.get_by_text("回复已提交").wait_for()

    row.refresh_from_db()
    assert (row.reply, row.receipt) == ("agree", "real")
