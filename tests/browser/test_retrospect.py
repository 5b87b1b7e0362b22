"""The review and the improvements as a browser sees them: wide and narrow, light and dark, accessible."""

import pytest

from audit.acting import at_moment
from requests import flows
from requests.models import Improvement, Review
from tests.browser.conftest import enter, visit
from tests.requests import world
from tests.requests.test_retrospect import issued, reported, row


@pytest.fixture
def matter(monday, cast):
    return world.in_feedback(cast)


def test_pages_of_the_review_fit_and_are_accessible(page, cast, matter):
    other = world.in_feedback(cast)
    with at_moment(world.moment(14, 9)):
        review = issued(cast, other, rows=[row(cast), row(cast, text="培训班组长")])
        first, second = review.improvements.order_by("pk")
        reported(cast, first)
        flows.write_review(matter_id=matter.pk, by=cast.officer, fields={}, improvements=[row(cast)])
    enter(page, cast.officer)
    visit(
        page,
        {
            "review-form": f"/requests/{matter.pk}/retrospect/",
            "review": f"/requests/{other.pk}/retrospect/",
            "improvements": "/improvements/",
            "improvement-to-check": f"/improvements/{first.pk}/",
            "improvement-back": f"/improvements/{first.pk}/send-back/",
        },
    )
    enter(page, cast.supplies_clerk)
    visit(page, {"improvement-report": f"/improvements/{second.pk}/report/", "improvement-desk": "/"})


def test_the_officer_names_an_improvement_issues_the_review_and_reads_what_is_missing_first(
    page, cast, matter
):
    enter(page, cast.officer)
    page.goto(f"/requests/{matter.pk}/retrospect/")
    page.get_by_label("目标与结果对照").fill("目标与结果一致。")
    page.get_by_role("button", name="印发复盘").click()
    page.locator(".x-errsum").wait_for()
    assert page.get_by_label("目标与结果对照").input_value() == "目标与结果一致。"
    assert not Review.objects.filter(state="issued").exists()

    for name in ("went_well", "fell_short", "root_causes"):
        page.locator(f"[name={name}]").fill("写明了。")
    assert page.locator("[name=chair] option:checked").inner_text() == cast.officer.name
    for grade in page.locator("select[name^=grade_]").all():
        grade.select_option(label="良好")
    page.get_by_role("button", name="增加一项").click()
    page.locator("[name=improvements-0-text]").fill("合同范本写明配置清单")
    page.locator("[name=improvements-0-kind]").select_option(label="合同")
    page.locator("[name=improvements-0-owner]").select_option(label=cast.supplies_clerk.name)
    page.locator("[name=improvements-0-due_on]").fill("2026-10-15")
    page.get_by_label(cast.clerk.name).check()
    page.get_by_role("button", name="印发复盘").click()
    page.get_by_text("复盘报告已印发").wait_for()

    assert Improvement.objects.get().owner == cast.supplies_clerk
