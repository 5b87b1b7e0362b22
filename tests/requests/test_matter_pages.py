"""The pages of a matter: who sees what, what a refused form keeps, what two people at once meet."""

import re

import pytest
from django.test import Client

from audit.acting import SYSTEM, as_actor
from audit.models import TransitionLog
from requests import flows, panels
from requests.models import ActionItem, Attempt, CoordinationRequest, Gap, Participant
from requests.states import Opinion, Stage
from supervision.models import Obligation
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


# --- who sees what ---


def test_a_matter_of_others_does_not_exist_for_a_stranger(at, cast):
    matter = world.filed(cast)
    stranger = as_(cast.staffing_liaison)

    for address in ("", "form/", "accept/", "attempt/", "attach/", "similar/", "items/new/"):
        assert stranger.get(f"/requests/{matter.pk}/{address}").status_code == 404


def test_the_page_of_a_verb_that_is_somebody_elses_is_refused(at, cast):
    matter = world.filed(cast)

    response = as_(cast.clerk).get(f"/requests/{matter.pk}/accept/")

    assert response.status_code == 403


def test_a_page_whose_time_has_passed_leads_back_to_the_matter(at, cast):
    matter = world.accepted(cast)

    response = as_(cast.officer).get(f"/requests/{matter.pk}/accept/", follow=True)

    assert response.redirect_chain[0][0] == f"/requests/{matter.pk}/"
    assert "现在不能这样办" in text(response)


TABS = ("overview", "opinions", "items", "files", "talks", "story", "nonsense")
STAGES = (world.filed, world.accepted, world.delivered, world.deciding, world.executing, world.in_feedback)


@pytest.mark.parametrize("make", STAGES, ids=lambda make: make.__name__)
def test_every_tab_opens_at_every_stage(at, cast, make):
    matter = make(cast)
    officer = as_(cast.officer)

    assert {officer.get(f"/requests/{matter.pk}/?tab={tab}").status_code for tab in TABS} == {200}


def test_the_one_main_act_is_that_of_the_person(at, cast):
    matter = world.delivered(cast)
    row = matter.participants.get(department=cast.supplies)

    asked = text(as_(cast.supplies_liaison).get(f"/requests/{matter.pk}/"))
    not_asked = text(as_(cast.chair).get(f"/requests/{matter.pk}/"))

    assert f"/requests/{matter.pk}/opinions/{row.pk}/" in asked
    assert asked.count("btn-primary") == 1
    assert "轮到您" in asked
    assert "btn-primary" not in not_asked


# --- the verbs ---


def test_the_office_accepts_on_the_page(at, cast):
    matter = world.filed(cast)

    response = as_(cast.officer).post(f"/requests/{matter.pk}/accept/", accepting(cast))

    assert response.status_code == 302
    assert CoordinationRequest.objects.get(pk=matter.pk).stage == Stage.PREPARATION


def accepting(cast):
    return {
        "lead_department": cast.repair.pk, "co_departments": [cast.supplies.pk, cast.planning.pk],
        "fit": 4, "feasibility": 3, "complexity": 3, "risk": 5, "resource_limits": 2, "assessment": "职责有交叉，检修在即。", **ticked(),
    }  # fmt: skip


def test_the_second_officer_is_told_and_keeps_what_was_typed(at, cast):
    matter = world.filed(cast)
    as_(cast.officer).post(f"/requests/{matter.pk}/accept/", accepting(cast))

    second = as_(cast.office_head).post(f"/requests/{matter.pk}/accept/", accepting(cast))

    assert second.status_code == 422
    assert "职责有交叉，检修在即。" in text(second)
    assert CoordinationRequest.objects.get(pk=matter.pk).keeper == cast.officer
    assert TransitionLog.objects.of_case(matter.pk).filter(verb="accept").count() == 1


def test_an_incomplete_assessment_is_named_beside_its_field(at, cast):
    matter = world.filed(cast)

    response = as_(cast.officer).post(f"/requests/{matter.pk}/accept/", {**accepting(cast), "fit": ""})

    assert response.status_code == 422
    assert 'href="#id_fit_0"' in text(response)
    assert CoordinationRequest.objects.get(pk=matter.pk).stage == Stage.PROPOSAL


def test_several_gaps_are_named_at_once(at, cast):
    matter = world.filed(cast)
    rows = {
        "gaps-TOTAL_FORMS": 2, "gaps-INITIAL_FORMS": 0, "gaps-0-code": "goal", "gaps-0-text": "写明希望达到的状态。",
        "gaps-1-code": "reason", "gaps-1-text": "补记物资部为什么不同意。",
    }  # fmt: skip

    response = as_(cast.officer).post(f"/requests/{matter.pk}/return/", rows)

    assert response.status_code == 302
    assert Gap.objects.filter(matter=matter).count() == 2
    page = text(as_(cast.clerk).get(f"/requests/{matter.pk}/form/"))
    assert "写明希望达到的状态。" in page
    assert 'href="#id_goal"' in page


def test_returning_without_a_gap_is_refused(at, cast):
    matter = world.filed(cast)

    rows = {"gaps-TOTAL_FORMS": 1, "gaps-INITIAL_FORMS": 0, "gaps-0-code": "goal", "gaps-0-text": ""}
    response = as_(cast.officer).post(f"/requests/{matter.pk}/return/", rows)

    assert response.status_code == 422
    assert CoordinationRequest.objects.get(pk=matter.pk).stage == Stage.PROPOSAL


def test_disagreeing_without_a_reason_is_refused_on_the_page(at, cast):
    matter = world.delivered(cast)
    row = matter.participants.get(department=cast.supplies)
    liaison = as_(cast.supplies_liaison)

    response = liaison.post(
        f"/requests/{matter.pk}/opinions/{row.pk}/", {"opinion": "disagree", "reason": ""}
    )

    assert response.status_code == 422
    assert Participant.objects.get(pk=row.pk).opinion == ""


def test_a_department_signs_for_the_material_and_answers(at, cast):
    matter = world.delivered(cast)
    row = matter.participants.get(department=cast.supplies)
    liaison = as_(cast.supplies_liaison)

    liaison.post(f"/requests/{matter.pk}/opinions/{row.pk}/read/")
    liaison.post(f"/requests/{matter.pk}/opinions/{row.pk}/", {"opinion": "agree", "reason": ""})

    row.refresh_from_db()
    assert row.material_read_by == cast.supplies_liaison
    assert row.opinion == Opinion.AGREE
    assert not Obligation.objects.of("participant", row.pk).open().exists()


def test_nobody_opines_for_another_department(at, cast):
    matter = world.delivered(cast)
    row = matter.participants.get(department=cast.supplies)

    response = as_(cast.planning_head).post(f"/requests/{matter.pk}/opinions/{row.pk}/", {"opinion": "agree"})

    assert response.status_code == 403
    assert Participant.objects.get(pk=row.pk).opinion == ""


def test_an_item_is_drafted_and_struck_out(at, cast):
    matter = world.deciding(cast)
    officer = as_(cast.officer)

    given = {
        "text": "采购三套劳保服并发到本人手中", "standard": "三人签领单", "department": cast.supplies.pk,
        "assignee": cast.supplies_liaison.pk, "due_on": "2026-09-30", "urgency": "normal", "go": "next",
    }  # fmt: skip
    response = officer.post(f"/requests/{matter.pk}/items/new/", given)
    item = ActionItem.objects.get(matter=matter)

    assert response.url == f"/requests/{matter.pk}/items/new/"
    assert "三人签领单" in text(officer.get(response.url))

    officer.post(f"/requests/{matter.pk}/items/{item.pk}/discard/")

    assert not ActionItem.objects.filter(matter=matter).exists()


def test_a_rest_day_is_refused_beside_the_date(at, cast):
    matter = world.deciding(cast)

    given = {
        "text": "采购三套劳保服并发到本人手中", "standard": "三人签领单", "department": cast.supplies.pk,
        "assignee": cast.supplies_liaison.pk, "due_on": "2026-10-01", "urgency": "normal",
    }  # fmt: skip
    response = as_(cast.officer).post(f"/requests/{matter.pk}/items/new/", given)

    assert response.status_code == 422
    assert 'href="#id_due_on"' in text(response)
    assert not ActionItem.objects.filter(matter=matter).exists()


def test_a_matter_goes_from_decision_to_the_survey_on_its_pages(at, cast):
    matter = world.deciding(cast)
    flows.draft_item(
        matter_id=matter.pk, by=cast.officer, text="采购三套劳保服并发到本人手中", standard="三人签领单",
        department=cast.supplies, assignee=cast.supplies_liaison, due_on=world.date(2026, 9, 30),
    )  # fmt: skip
    as_(cast.office_head).post(f"/requests/{matter.pk}/decide/", {"resolution": "同意采购三套。"})
    item = ActionItem.objects.get(matter=matter)
    flows.submit_item(
        item_id=item.pk,
        by=cast.supplies_liaison,
        result="三人已签领",
        evidence_note="签领单存库房，可现场核对。",
    )
    flows.close_item(item_id=item.pk, by=cast.officer)
    as_(cast.repair_liaison).post(f"/requests/{matter.pk}/complete/", {"summary": "目标已达到"})
    clerk = as_(cast.clerk)
    clerk.post(f"/requests/{matter.pk}/confirm/", {"feedback": ""})
    marks = dict.fromkeys(["speed", "attitude", "quality", "information", "support", "overall"], 5)
    response = clerk.post(f"/requests/{matter.pk}/survey/", marks)

    assert response.status_code == 302
    matter.refresh_from_db()
    assert matter.is_confirmed is True
    assert matter.surveys.count() == 1


def test_every_verb_page_opens_for_whoever_may(at, cast):
    pages = [
        (world.filed, cast.office_head, ["accept", "return", "reject"]),
        (world.filed, cast.clerk, ["withdraw", "attempt", "attach"]),
        (world.accepted, cast.office_head, ["prepare", "participants", "suspend", "attempt"]),
        (world.delivered, cast.officer, ["deliver", "start-decision"]),
        (world.deciding, cast.office_head, ["send-back", "items/new"]),
        (world.done, cast.repair_liaison, ["complete"]),
        (world.in_feedback, cast.clerk, ["confirm", "object", "survey"]),
    ]
    for make, person, words in pages:
        matter = make(cast)
        for word in words:
            response = as_(person).get(f"/requests/{matter.pk}/{word}/")
            assert response.status_code == 200, (word, response.status_code)


def test_a_talk_is_recorded_and_a_refusal_needs_its_reason(at, cast):
    matter = world.filed(cast)
    talk = {
        "department": cast.supplies.pk, "person_name": "库房值班员", "held_at": "2026-09-11 15:30", "means": "in_person",
        "our_goal": "领取劳保服3套", "answer": "refused", "reason": "",
    }  # fmt: skip
    clerk = as_(cast.clerk)

    refused = clerk.post(f"/requests/{matter.pk}/attempt/", talk)
    taken = clerk.post(f"/requests/{matter.pk}/attempt/", {**talk, "reason": "对方未说明"})

    assert refused.status_code == 422
    assert taken.status_code == 302
    assert Attempt.objects.filter(matter=matter).count() == 1


# --- what the pages cost ---


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_takes_at_most_twelve_queries(at, cast, django_assert_max_num_queries, count):
    for _number in range(count):
        world.accepted(cast)
    officer = as_(cast.officer)
    officer.get("/requests/")

    with django_assert_max_num_queries(12):
        response = officer.get("/requests/")

    assert text(response).count('data-label="编号"') == count


@pytest.mark.parametrize("tab", ["overview", "story"])
def test_the_page_of_a_matter_takes_at_most_twenty_queries(at, cast, django_assert_max_num_queries, tab):
    matter = world.executing(cast)
    officer = as_(cast.officer)
    officer.get(f"/requests/{matter.pk}/")

    with django_assert_max_num_queries(20):
        officer.get(f"/requests/{matter.pk}/?tab={tab}")


# --- the list ---


def test_the_list_holds_filters_in_its_address(at, cast):
    kept = world.accepted(cast, title="检修区域临时用电分工的协作需求")
    world.filed(cast)
    officer = as_(cast.officer)

    by_stage = text(officer.get("/requests/?stage=preparation"))
    by_words = text(officer.get("/requests/?q=临时用电"))
    nothing = text(officer.get("/requests/?q=没有这样的标题"))

    for page in (by_stage, by_words):
        assert f"/requests/{kept.pk}/" in page
        assert page.count('data-label="编号"') == 1
    assert "没有符合条件的记录" in nothing


def test_the_tabs_show_what_is_mine_and_what_waits_for_my_department(at, cast):
    matter = world.delivered(cast)

    mine = text(as_(cast.clerk).get("/requests/?tab=mine"))
    ours = text(as_(cast.supplies_liaison).get("/requests/?tab=ours"))
    not_ours = text(as_(cast.staffing_liaison).get("/requests/?tab=ours"))

    assert f"/requests/{matter.pk}/" in mine
    assert f"/requests/{matter.pk}/" in ours
    assert f"/requests/{matter.pk}/" not in not_ours


def test_a_long_list_is_turned_page_by_page_without_being_counted(at, cast):
    for _number in range(31):
        world.filed(cast)
    officer = as_(cast.officer)

    first, second = text(officer.get("/requests/")), text(officer.get("/requests/?page=2"))

    assert first.count('data-label="编号"') == 30
    assert second.count('data-label="编号"') == 1
    assert officer.get("/requests/?page=999999999999").status_code == 200


def test_the_urgency_of_an_item_starts_as_normal_whatever_the_matters_is(at, cast):
    matter = world.deciding(cast)
    with as_actor(SYSTEM):
        CoordinationRequest.objects.filter(pk=matter.pk).update(urgency="extra")

    html = text(as_(cast.officer).get(f"/requests/{matter.pk}/items/new/"))

    assert re.search(r'value="normal"[^>]*checked|checked[^>]*value="normal"', html)
    assert not re.search(r'value="extra"[^>]*checked', html)


def test_until_its_acceptance_the_matter_shows_whom_the_applicant_wished_for(monday, cast, client):
    matter = world.filed(cast)
    client.force_login(cast.officer)

    page = client.get(f"/requests/{matter.pk}/").content.decode()

    assert "、".join(matter.wished_departments.order_by("order").values_list("name", flat=True)) in page


def test_whoever_confirms_reads_what_was_reported(monday, cast, client):
    matter = world.in_feedback(cast)
    told = panels.report_of(matter)
    client.force_login(cast.clerk)

    assert told
    assert told in client.get(f"/requests/{matter.pk}/confirm/").content.decode()


def test_a_return_without_a_word_is_refused_field_by_field(monday, cast, client):
    matter = world.filed(cast)
    client.force_login(cast.officer)

    page = client.post(
        f"/requests/{matter.pk}/return/", {"gaps-TOTAL_FORMS": "1", "gaps-INITIAL_FORMS": "0"}
    ).content.decode()

    assert page.count('href="#id_gaps-0-') == 2
    assert "请至少提交" not in page
