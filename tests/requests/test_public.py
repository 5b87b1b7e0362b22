"""The level `public` opens summary and decision to all staff, and nothing else to nobody else (domain §5)."""

import pytest
from django.test import Client
from rest_framework.test import APIClient

from audit.acting import SYSTEM, as_actor, at_moment
from requests import flows
from requests.models import CoordinationRequest
from tests.requests import world

PUBLIC = {"confidentiality": "public"}
# Written into every place of the matter that the summary leaves out.
CANARY = "金丝雀"
CANARIES = {
    "background": f"{CANARY}背景：检修班组有3名外包管焊工没有统一的劳保服。",
    "expected_result": f"{CANARY}成果：三人按本公司标准领到劳保服。",
    "initial_scope": f"{CANARY}范围", "organization_goal": f"{CANARY}目标", "phone": f"{CANARY}电话",
    "goal": f"{CANARY}目标：9月24日前三人穿上同款劳保服。",
}  # fmt: skip


@pytest.fixture(autouse=True)
def monday_noon():
    with at_moment(world.moment(14, 12)):
        yield


def executing(cast):
    """A public matter in execution with canaries in fields, talks, opinions, preparation, items and history."""
    with at_moment(world.moment(7)):
        matter = flows.file_at_once(
            by=cast.clerk, departments=[cast.supplies], fields={**world.FORM, **CANARIES, **PUBLIC},
            attempts=[{"department": cast.supplies, "person_name": CANARY, "held_at": world.moment(4), "means": "phone",
                       "our_goal": CANARY, "answer": "refused", "reason": CANARY, "next_step": CANARY}],
        )  # fmt: skip
        flows.accept(
            matter_id=matter.pk, by=cast.officer, lead_department=cast.supplies, co_departments=[cast.staffing],
            conditions=world.all_met(), **{**world.ASSESSMENT, "assessment": CANARY},
        )  # fmt: skip
        flows.write_preparation(
            matter_id=matter.pk, by=cast.officer, facts=CANARY, scope=CANARY, expected_goal=CANARY,
            questions=["三人的劳保服由谁采购发放？"],
        )  # fmt: skip
        flows.deliver_material(matter_id=matter.pk, by=cast.officer)
    with at_moment(world.moment(9)):
        for row in matter.participants.all():
            speaker = cast.supplies_liaison if row.department == cast.supplies else cast.staffing_liaison
            flows.give_opinion(participant_id=row.pk, by=speaker, opinion="agree", reason=CANARY)
    with at_moment(world.moment(10)):
        flows.start_decision(matter_id=matter.pk, by=cast.officer)
        world.draft_item(cast, matter, text=f"{CANARY}采购并发放劳保服", standard=CANARY)
    with at_moment(world.moment(11)):
        return flows.decide_as_office(
            matter_id=matter.pk, by=cast.office_head, resolution="由物资部采购发放。"
        )


def seen(person, address):
    client = Client()
    client.force_login(person)
    return client.get(address)


def asked(person, address):
    client = APIClient()
    client.force_authenticate(person)
    return client.get(f"/api/v1/{address}")


def test_all_staff_read_title_departments_questions_and_decision(cast):
    matter = executing(cast)

    page = seen(cast.planning_liaison, f"/requests/{matter.pk}/").content.decode()

    for told in (matter.title, matter.number[-4:], "执行", "检修部", "物资部", "人力资源部"):
        assert told in page
    assert "三人的劳保服由谁采购发放？" in page
    assert "由物资部采购发放。" in page


@pytest.mark.parametrize(
    "query", ["", "?tab=opinions", "?tab=items", "?tab=files", "?tab=talks", "?tab=story"]
)
def test_nothing_of_the_inside_is_on_the_summary(cast, query):
    matter = executing(cast)

    page = seen(cast.planning_liaison, f"/requests/{matter.pk}/{query}")

    assert page.status_code == 200
    for secret in (
        CANARY,
        cast.clerk.name,
        cast.officer.name,
        cast.office_head.name,
        matter.items.get().number,
    ):
        assert secret not in page.content.decode()


@pytest.mark.parametrize("page", ["form", "similar", "accept", "prepare", "attach", "attempt", "items/new"])
def test_the_other_pages_of_a_public_matter_stay_closed(cast, page):
    matter = executing(cast)

    assert seen(cast.planning_liaison, f"/requests/{matter.pk}/{page}/").status_code == 404


def test_its_items_and_panels_stay_closed(cast):
    matter = executing(cast)
    item = matter.items.get()

    assert seen(cast.planning_liaison, f"/items/{item.pk}/").status_code == 404
    assert asked(cast.planning_liaison, f"items/{item.pk}/").status_code == 404
    assert asked(cast.planning_liaison, f"matters/{matter.pk}/").status_code == 404
    assert CANARY not in seen(cast.planning_liaison, "/items/").content.decode()


@pytest.mark.parametrize("name", ["system_admin", "outsider"])
def test_neither_the_system_administrator_nor_somebody_from_outside_reads_it(cast, name):
    """§5: SA has no business read; EX sees what was shared."""
    matter, person = executing(cast), getattr(cast, name)

    assert seen(person, f"/requests/{matter.pk}/").status_code == 404
    assert asked(person, f"public-matters/{matter.pk}/").status_code == 404
    assert asked(person, "public-matters/").json()["results"] == []
    for address in ("/requests/?tab=public", "/search/?q=劳保服"):
        assert matter.title not in seen(person, address).content.decode()


@pytest.mark.parametrize("make", [world.drafted, world.filed], ids=["draft", "proposal"])
def test_before_its_acceptance_nothing_is_public(cast, make):
    matter = make(cast, **PUBLIC)

    assert seen(cast.planning_liaison, f"/requests/{matter.pk}/").status_code == 404
    assert not CoordinationRequest.objects.public_to(cast.planning_liaison).exists()


@pytest.mark.parametrize("level", ["internal", "restricted", "confidential"])
def test_no_other_level_opens_anything(cast, level):
    matter = executing(cast)
    with as_actor(SYSTEM):
        CoordinationRequest.objects.filter(pk=matter.pk).update(confidentiality=level)

    assert seen(cast.planning_liaison, f"/requests/{matter.pk}/").status_code == 404
    assert not CoordinationRequest.objects.public_to(cast.planning_liaison).exists()


def test_the_tab_of_the_public_ones_tells_no_more_than_the_summary(cast):
    matter = executing(cast)

    page = seen(cast.planning_liaison, "/requests/?tab=public").content.decode()

    assert f'href="/requests/{matter.pk}/"' in page
    for secret in (CANARY, cast.clerk.name, cast.supplies_clerk.name, 'name="light"', 'name="urgency"'):
        assert secret not in page
    assert matter.title not in seen(cast.planning_liaison, "/requests/").content.decode()


@pytest.mark.parametrize("query", ["light=ok", "light=bad", "category=policy", "urgency=extra"])
def test_the_tab_answers_no_question_about_what_it_does_not_tell(cast, query):
    matter = executing(cast)

    page = seen(cast.planning_liaison, f"/requests/?tab=public&{query}").content.decode()

    assert matter.title in page


def test_the_search_finds_it_by_title_and_number_and_not_by_its_inside(cast):
    matter = executing(cast)

    assert matter.title in seen(cast.planning_liaison, "/search/?q=劳保服").content.decode()
    assert seen(cast.planning_liaison, f"/search/?q={matter.number}")["Location"] == f"/requests/{matter.pk}/"
    found = seen(cast.planning_liaison, f"/search/?q={CANARY}").content.decode()
    assert matter.title not in found


def test_the_api_tells_the_summary_and_not_a_field_more(cast):
    matter = executing(cast)

    answer = asked(cast.planning_liaison, f"public-matters/{matter.pk}/")

    assert answer.status_code == 200
    assert set(answer.json()) == {
        "id", "number", "title", "stage", "department_name", "departments", "questions", "decided_at",
    }  # fmt: skip
    assert set(answer.json()["questions"][0]) == {"order", "text", "outcome", "resolution"}
    assert CANARY not in answer.content.decode()
    assert [row["id"] for row in asked(cast.planning_liaison, "public-matters/").json()["results"]] == [
        matter.pk
    ]


def test_whoever_takes_part_reads_the_whole_matter_as_before(cast):
    matter = executing(cast)

    page = seen(cast.staffing_liaison, f"/requests/{matter.pk}/").content.decode()

    assert f"{CANARY}背景" in page
