"""The pages of the organization as a browser sees them, wide and narrow, light and dark."""

from organization import flows
from tests.browser.conftest import enter, looks, visit


def pages(cast):
    pk = cast.clerk.pk
    return {
        "tree": "/organization/",
        "department": f"/organization/departments/{cast.repair.pk}/",
        "department-new": "/organization/departments/new/",
        "people": "/organization/people/",
        "people-none": "/organization/people/?q=zz",
        "person": f"/organization/people/{pk}/",
        "person-new": "/organization/people/new/",
        "appoint": f"/organization/people/{pk}/appoint/",
        "deactivate": f"/organization/people/{pk}/deactivate/",
        "committees": "/organization/committees/",
        "committee": f"/organization/committees/{cast.committee.pk}/",
        "committee-change": f"/organization/committees/{cast.committee.pk}/change/",
        "units": "/organization/units/",
        "phrases": "/organization/phrases/",
    }


def test_every_page_fits_and_is_accessible(page, cast):
    flows.change_person(user_id=cast.clerk.pk, name="周立群", title="工艺班班长", by=cast.system_admin)
    flows.end_post(post_id=cast.supplies_liaison.posts.get().pk, by=cast.system_admin)
    enter(page, cast.system_admin)
    visit(page, {f"organization-{name}": address for name, address in pages(cast).items()})


def test_the_administrator_opens_an_account_and_gives_a_post_without_script(window, cast):
    page = window(script=False)
    enter(page, cast.system_admin)
    page.goto("/organization/people/")
    page.get_by_role("link", name="开通账号").click()
    page.get_by_label("登录名").fill("jiangnan")
    page.get_by_label("姓名").fill("江南")
    page.get_by_role("button", name="开通账号").click()
    page.get_by_role("link", name="任职").click()
    page.get_by_label("部门", exact=True).select_option(label="检修部")
    page.get_by_label("岗位").select_option("staff")
    page.get_by_role("button", name="任职").click()

    page.get_by_role("heading", name="江南").wait_for()
    page.get_by_role("cell", name="检修部", exact=True).wait_for()


def test_a_refused_form_says_what_to_mend(page, cast):
    enter(page, cast.system_admin)
    page.goto("/organization/committees/new/")
    page.get_by_role("button", name="设立").click()

    page.locator(".x-errsum").wait_for()
    looks(page, "organization-committee-errors")
