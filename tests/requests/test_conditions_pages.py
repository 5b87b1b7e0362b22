"""The checklist on the pages: with the acceptance, on its own, in the return and the refusal, and read by all."""

import pytest
from django.test import Client

from audit.models import TransitionLog
from requests.models import CoordinationRequest
from requests.states import Stage
from tests.requests import pages_world as world
from tests.requests.world import ticked


@pytest.fixture
def at(monday):
    return monday


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def text(response):
    return response.content.decode()


def test_the_acceptance_page_begins_with_the_checklist(at, cast):
    matter = world.filed(cast)

    page = text(as_(cast.officer).get(f"/requests/{matter.pk}/accept/"))

    assert page.index("属于跨部门协调范围") < page.index('name="lead_department"')
    assert page.count("btn-primary") == 1
    assert f'formaction="/requests/{matter.pk}/check/"' in page


def test_accepting_with_an_unmet_condition_keeps_what_was_typed(at, cast):
    matter = world.filed(cast)
    marks = {
        "fit": 4,
        "feasibility": 3,
        "complexity": 3,
        "risk": 5,
        "resource_limits": 2,
        "assessment": "检修在即。",
    }
    departments = {"lead_department": cast.repair.pk, "co_departments": [cast.supplies.pk]}

    answer = as_(cast.officer).post(
        f"/requests/{matter.pk}/accept/", {**departments, **marks, **ticked(4, reason="缺领用单。")}
    )

    assert answer.status_code == 422
    assert "检修在即。" in text(answer)
    assert "缺领用单。" in text(answer)
    assert CoordinationRequest.objects.get(pk=matter.pk).stage == Stage.PROPOSAL


def test_saved_unmet_conditions_stand_in_the_return_and_go_along(at, cast):
    matter, officer = world.filed(cast), as_(cast.officer)

    saved = officer.post(f"/requests/{matter.pk}/check/", {**ticked(4, reason="缺领用单。"), "go": "return"})
    page = text(officer.get(saved.url))
    returned = officer.post(saved.url, {"gaps-TOTAL_FORMS": 0, "gaps-INITIAL_FORMS": 0})

    assert saved.url == f"/requests/{matter.pk}/return/"
    assert "缺领用单。" in page
    assert returned.status_code == 302
    assert matter.gaps.get().text == "缺领用单。"


def test_what_speaks_against_it_stands_in_the_form_of_the_refusal(at, cast):
    matter, head = world.filed(cast), as_(cast.office_head)

    saved = head.post(f"/requests/{matter.pk}/check/", {**ticked(5, reason="去年已有结论。"), "go": "reject"})
    page = text(head.get(saved.url))

    assert saved.url == f"/requests/{matter.pk}/reject/"
    assert "去年已有结论。" in page
    assert 'value="settled" class="form-check-input"' in page
    assert "checked" in page[page.index('value="settled"') :][:120]


def test_more_than_a_reason_holds_is_taken_over_whole_into_the_refusal(at, cast):
    matter, head = world.filed(cast), as_(cast.office_head)
    saved = head.post(f"/requests/{matter.pk}/check/", {**ticked(0, 5, reason="依" * 290), "go": "reject"})

    page = text(head.get(saved.url))
    refused = head.post(saved.url, {"ground": "settled", "reason": "", "instead": "按去年结论办理。"})

    reason = CoordinationRequest.objects.get(pk=matter.pk).ending_reason
    assert "此处不填写的" in page
    assert (refused.status_code, reason.count("依" * 290)) == (302, 2)
    assert reason.endswith("按去年结论办理。")


def test_an_unmet_condition_asks_the_office_to_return_it(at, cast):
    matter, officer = world.filed(cast), as_(cast.officer)
    officer.post(f"/requests/{matter.pk}/check/", ticked(4))

    page = text(officer.get(f"/requests/{matter.pk}/"))

    assert "有受理条件不符合" in page
    assert page.count("btn-primary") == 1


def test_everybody_who_sees_the_matter_reads_the_checklist(at, cast):
    matter = world.accepted(cast)

    page = text(as_(cast.supplies_liaison).get(f"/requests/{matter.pk}/"))

    assert page.count("属于跨部门协调范围") == 1
    assert "符合" in page


def test_the_conditions_are_read_by_all_and_changed_by_the_head(at, cast):
    read = text(as_(cast.clerk).get("/requests/conditions/"))
    saved = as_(cast.office_head).post(
        "/requests/conditions/new/", {"text": "材料齐全", "hint": "", "code": "material", "is_used": "on"}
    )

    assert "属于跨部门协调范围" in read
    assert "/requests/conditions/new/" not in read
    assert saved.url == "/requests/conditions/"
    assert "材料齐全" in text(as_(cast.clerk).get("/requests/conditions/"))


def test_with_nothing_ticked_the_way_to_another_answer_keeps_nothing(at, cast):
    matter, officer = world.filed(cast), as_(cast.officer)

    away = officer.post(f"/requests/{matter.pk}/check/", {"go": "return"})
    saved = officer.post(f"/requests/{matter.pk}/check/", {})

    assert away.url == f"/requests/{matter.pk}/return/"
    assert saved.status_code == 422
    assert not matter.checks.exists()
    assert not TransitionLog.objects.of_case(matter.pk).filter(verb="check_conditions").exists()
