"""The pages of the matter as a browser sees them: accessible, no sideways scrolling, wide and narrow, light and dark."""

import pytest

from requests import flows
from tests.browser.conftest import PHONE, WIDE, axe, enter, fits, shot
from tests.requests import pages_world as world

LOOKS = [(size, theme) for size in (WIDE, PHONE) for theme in ("light", "dark")]
ids = [f"{size['width']}-{theme}" for size, theme in LOOKS]


@pytest.fixture
def office(monday, cast):
    """One matter at each stage, made at a Monday morning."""
    monday.shift(1)
    matters = {
        make.__name__: make(cast)
        for make in (world.filed, world.delivered, world.executing, world.in_feedback)
    }
    matters["disputed"] = world.answered(
        cast, opinion="conditions", reason="需计划发展部出具工作联系单。", urgency="urgent"
    )
    matters["returned"] = world.filed(cast)
    flows.return_for_revision(
        matter_id=matters["returned"].pk,
        by=cast.officer,
        gaps=[
            ("goal", "请写明希望达到的状态，不只写请哪个部门做什么。"),
            ("reason", "请补记物资部为什么不同意。"),
        ],
    )
    matters["draft"] = flows.start_draft(by=cast.clerk)
    return matters


@pytest.mark.parametrize(("size", "theme"), LOOKS, ids=ids)
def test_pages_of_the_office_fit_and_are_accessible(window, cast, office, size, theme):
    page = window(size=size, theme=theme)
    look = f"{size['width']}-{theme}"
    enter(page, cast.office_head)
    pk = {name: matter.pk for name, matter in office.items()}
    visit(
        page,
        look,
        {
            "list": "/requests/",
            "matter-filed": f"/requests/{pk['filed']}/",
            "matter-asked": f"/requests/{pk['disputed']}/",
            "matter-executing": f"/requests/{pk['executing']}/",
            "matter-items": f"/requests/{pk['executing']}/?tab=items",
            "matter-story": f"/requests/{pk['executing']}/?tab=story",
            "matter-talks": f"/requests/{pk['executing']}/?tab=talks",
            "matter-files": f"/requests/{pk['executing']}/?tab=files",
            "accept": f"/requests/{pk['filed']}/accept/",
            "return": f"/requests/{pk['filed']}/return/",
            "prepare": f"/requests/{pk['delivered']}/prepare/",
            "deliver": f"/requests/{pk['delivered']}/deliver/",
            "suspend": f"/requests/{pk['executing']}/suspend/",
            "draft-item": f"/requests/{pk['executing']}/items/new/",
        },
    )


@pytest.mark.parametrize(("size", "theme"), LOOKS, ids=ids)
def test_pages_of_applicant_and_department_fit_and_are_accessible(window, cast, office, size, theme):
    page = window(size=size, theme=theme)
    look = f"{size['width']}-{theme}"
    pk = {name: matter.pk for name, matter in office.items()}
    enter(page, cast.supplies_liaison)
    row = office["delivered"].participants.get(department=cast.supplies)
    visit(page, look, {"opinion": f"/requests/{pk['delivered']}/opinions/{row.pk}/"})
    enter(page, cast.clerk)
    visit(
        page,
        look,
        {
            "form-empty": f"/requests/{pk['draft']}/form/",
            "form-returned": f"/requests/{pk['returned']}/form/",
            "confirm": f"/requests/{pk['in_feedback']}/confirm/",
            "survey": f"/requests/{pk['in_feedback']}/survey/",
            "attempt": f"/requests/{pk['filed']}/attempt/",
            "attach": f"/requests/{pk['filed']}/attach/",
            "start": "/requests/new/",
        },
    )
    page.goto(f"/requests/{pk['draft']}/form/")
    page.get_by_label("协调目标").fill("请发衣服")
    page.get_by_role("button", name="提交", exact=True).click()
    page.locator(".x-errsum").wait_for()
    look_at(page, f"form-errors-{look}")


def test_a_row_is_added_and_a_draft_saves_itself(page, cast, office):
    enter(page, cast.clerk)
    page.goto(f"/requests/{office['draft'].pk}/form/")

    page.get_by_role("button", name="再记一次沟通").click()
    page.locator("#id_attempts-0-person_name").fill("库房值班员")
    page.get_by_label("标题").fill("关于解决管焊工劳保服配置问题的协作需求")
    page.get_by_text("草稿已自动保存").wait_for()

    office["draft"].refresh_from_db()
    assert office["draft"].title == "关于解决管焊工劳保服配置问题的协作需求"


def visit(page, look, addresses):
    for name, address in addresses.items():
        answer = page.goto(address)
        assert answer.status == 200, address
        look_at(page, f"{name}-{look}")


def look_at(page, name):
    axe(page)
    fits(page)
    shot(page, f"matters-{name}")
