"""The checklist of acceptance as a browser sees it: what is not met asks for its reason, and only that."""

import pytest

from requests.models import AcceptanceCondition
from tests.browser.conftest import enter, looks, visit
from tests.requests import pages_world as world
from tests.requests.test_conditions import findings


@pytest.fixture
def office(monday, cast):
    monday.shift(1)
    matters = {"filed": world.filed(cast), "accepted": world.accepted(cast), "unmet": world.filed(cast)}
    world.flows.check_conditions(
        matter_id=matters["unmet"].pk,
        by=cast.officer,
        conditions=findings(4, 5, reason="请附三人的到岗日期和领用单。"),
    )
    return matters


def test_the_pages_of_the_checklist_fit_and_are_accessible(page, cast, office):
    enter(page, cast.office_head)
    pk = {name: matter.pk for name, matter in office.items()}
    visit(
        page,
        {
            "checklist-accept": f"/requests/{pk['filed']}/accept/",
            "checklist-check": f"/requests/{pk['unmet']}/check/",
            "checklist-return": f"/requests/{pk['unmet']}/return/",
            "checklist-reject": f"/requests/{pk['unmet']}/reject/",
            "checklist-matter": f"/requests/{pk['unmet']}/",
            "conditions": "/requests/conditions/",
            "condition": f"/requests/conditions/{AcceptanceCondition.objects.first().pk}/",
        },
    )


def test_only_what_is_not_met_asks_for_its_reason(page, cast, office):
    row = AcceptanceCondition.objects.in_use().last()
    enter(page, cast.officer)
    page.goto(f"/requests/{office['filed'].pk}/accept/")
    reason = page.locator(f"#id_reason_{row.pk}")
    assert not reason.is_visible()

    page.locator(f"#id_condition_{row.pk}_1").check()

    assert reason.is_visible()
    reason.fill("去年已有结论。")
    looks(page, "checklist-unmet")
