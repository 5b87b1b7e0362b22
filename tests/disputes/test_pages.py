"""The pages of the dispute: who sees them, what they lead to, how many queries they take."""

import pytest

from audit.acting import at_moment
from disputes.models import Dispute
from disputes.states import DisputeState
from requests.next_steps import next_steps
from requests.panels import load_case
from tests.disputes import world


@pytest.fixture
def dispute(cast):
    return world.negotiated(cast)


@pytest.fixture(autouse=True)
def monday_of_story(monday):
    return monday


# Who sees the dispute of supplies and staffing: 200, or it does not exist.
READERS = {
    "supplies_liaison": 200, "staffing_head": 200, "officer": 200, "office_head": 200, "arbiter": 200, "chair": 200,
    "auditor": 200, "records_admin": 200, "clerk": 404, "planning_head": 404, "system_admin": 404, "outsider": 404,
    "supplies_clerk": 404,
}  # fmt: skip


@pytest.mark.parametrize(("person", "status"), READERS.items())
def test_who_sees_a_dispute(client, cast, dispute, person, status):
    client.force_login(getattr(cast, person))

    assert client.get(f"/disputes/{dispute.pk}/").status_code == status


ACTS = ("talk", "settle", "sign", "to-ruling", "rule", "withdraw", "end-stay")


@pytest.mark.parametrize("act", ACTS)
def test_an_auditor_changes_nothing(client, cast, dispute, act):
    client.force_login(cast.auditor)

    assert client.post(f"/disputes/{dispute.pk}/{act}/", {"items-TOTAL_FORMS": 0, "items-INITIAL_FORMS": 0}).status_code in {
        200, 302, 403, 422,
    }  # fmt: skip
    assert Dispute.objects.get().state == DisputeState.NEGOTIATION


@pytest.mark.parametrize("path", ["", "new/?question=1", "1/", *(f"1/{act}/" for act in ACTS), "panel/1/"])
def test_who_has_not_logged_in_is_asked_to(client, cast, path):
    assert client.get(f"/disputes/{path}")["Location"].startswith("/login/")


def test_a_side_registers_from_its_question_with_the_positions_shown(client, cast):
    question = world.not_agreed(cast)
    client.force_login(cast.supplies_liaison)

    page = client.get(f"/disputes/new/?question={question.pk}")
    answer = client.post(
        f"/disputes/new/?question={question.pk}",
        {**world.DISPUTE, "parties": [cast.supplies.pk, cast.staffing.pk]},
    )

    assert "专项资金不能用于外包人员" in page.content.decode()
    assert answer["Location"] == f"/disputes/{Dispute.objects.get().pk}/"


def test_a_form_that_is_refused_keeps_what_was_typed(client, cast):
    question = world.not_agreed(cast)
    client.force_login(cast.supplies_liaison)

    answer = client.post(f"/disputes/new/?question={question.pk}", {**world.DISPUTE, "tried": ""})

    assert answer.status_code == 422
    assert "裁定前由物资部先借出三套" in answer.content.decode()
    assert not Dispute.objects.exists()


def test_the_head_of_the_office_rules_on_the_page(client, cast):
    dispute = world.to_be_ruled(cast)
    client.force_login(cast.office_head)
    point = dispute.points.get()

    page = client.get(f"/disputes/{dispute.pk}/")
    answer = client.post(
        f"/disputes/{dispute.pk}/rule/",
        {
            "facts": "已查明", "basis": "劳保办法", "duty_note": "不变", f"point_{point.pk}": "由人力资源部列支",
            "items-TOTAL_FORMS": 1, "items-INITIAL_FORMS": 0, "items-0-text": "为三名管焊工采购劳保服",
            "items-0-standard": "签领", "items-0-department": cast.supplies.pk,
            "items-0-assignee": cast.supplies_clerk.pk, "items-0-due_on": "2026-09-24",
        },
    )  # fmt: skip

    assert page.content.decode().count("btn-primary") == 1
    assert answer.status_code == 302
    assert Dispute.objects.get().state == DisputeState.RULED


def test_the_panel_offers_a_dispute_about_what_was_not_agreed(client, cast):
    question = world.not_agreed(cast)
    client.force_login(cast.officer)

    page = client.get(f"/disputes/panel/{question.matter_id}/").content.decode()

    assert f"/disputes/new/?question={question.pk}" in page


@pytest.mark.parametrize("tab", ["open", "negotiation", "ruling", "ended"])
def test_each_tab_answers(client, cast, dispute, tab):
    client.force_login(cast.officer)

    assert client.get(f"/disputes/?tab={tab}").status_code == 200


def test_the_list_takes_the_same_queries_for_one_and_for_many(
    client, cast, dispute, django_assert_max_num_queries
):
    client.force_login(cast.officer)
    with django_assert_max_num_queries(20):
        client.get("/disputes/")
    for _more in range(4):
        with at_moment(world.moment(11, 10)):
            world.register(cast, world.not_agreed(cast))
    with django_assert_max_num_queries(20):
        assert client.get("/disputes/").content.decode().count("争〔2026〕") == 5


def test_the_dispute_takes_few_queries(client, cast, dispute, django_assert_max_num_queries):
    client.force_login(cast.officer)
    with django_assert_max_num_queries(40):
        client.get(f"/disputes/{dispute.pk}/")


@pytest.mark.parametrize(
    ("person", "offered"), [("officer", 1), ("supplies_liaison", 1), ("clerk", 0), ("auditor", 0)]
)
def test_the_panel_leads_whoever_may_register_to_the_form(client, cast, person, offered):
    matter = world.deciding(cast)
    client.force_login(getattr(cast, person))

    page = client.get(f"/disputes/panel/{matter.pk}/").content.decode()

    assert page.count(f"/disputes/new/?matter={matter.pk}") == offered


def test_a_ruling_names_each_point_and_lists_people_under_their_department(client, cast):
    dispute = world.to_be_ruled(cast)
    client.force_login(cast.office_head)

    page = client.get(f"/disputes/{dispute.pk}/rule/").content.decode()

    assert all(f">{point.text}" in page for point in dispute.points.all())
    assert f'<optgroup label="{cast.supplies.name}">' in page
    assert "---------" not in page


def test_what_was_not_agreed_is_the_turn_of_its_sides_and_of_the_office(cast):
    """Q15: the page of the matter leads to the dispute, and no longer to the meeting that could not settle it."""
    matter = world.not_agreed(cast).matter
    register = f"/disputes/new/?question={matter.questions.get().pk}"

    for person in (cast.supplies_liaison, cast.staffing_head, cast.officer):
        assert next_steps(load_case(matter, person), person).main.url == register
    assert next_steps(load_case(matter, cast.clerk), cast.clerk).main is None
