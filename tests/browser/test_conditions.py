"""The checklist of acceptance as a browser sees it: what is not met asks for its reason, and only that."""

import pytest

from requests import flows
from requests.models import AcceptanceCondition
from tests.browser.conftest import enter, looks, visit
from tests.requests import oral_world, simple_world
from tests.requests import pages_world as world
from tests.requests import world as matters
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


def test_pages_of_the_intake_fit_and_are_accessible(page, cast, monday):
    """Oral starts, the simple track, gains and losses, what recurs, the channels."""
    oral = oral_world.begun(cast)
    agreed = simple_world.agreed(cast)
    flows.state_effect(
        matter_id=agreed.pk, by=cast.supplies_liaison, department=cast.supplies, direction="loss", kind="work",
        text="每季配送一次，增加出车。", amount=4, unit="人天",
    )  # fmt: skip
    for _n in range(3):
        matters.accepted(cast)
    enter(page, cast.office_head)
    visit(
        page,
        {
            "oral-orders": "/requests/oral/",
            "oral-start": "/requests/oral/new/",
            "oral-matter": f"/requests/{oral.pk}/",
            "simple-settle": f"/requests/{agreed.pk}/settle/",
            "effects": f"/requests/{agreed.pk}/?tab=effects",
            "effect-state": f"/requests/{agreed.pk}/effects/new/",
            "recurring": "/requests/recurring/",
            "channels": "/archive/channels/",
        },
    )
