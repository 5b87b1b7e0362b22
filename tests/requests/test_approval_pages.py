"""The pages of the approvals: the paper on screen and on paper, the three columns, what each person is asked first."""

import pytest

from audit.acting import at_moment
from requests.models import ApprovalStep, ProjectApplication
from tests.requests import approval_world as approvals
from tests.requests import world

EMPTY = {
    f"{name}-{part}": 0
    for name in ("goals", "departments", "milestones", "resources", "risks")
    for part in ("TOTAL_FORMS", "INITIAL_FORMS")
}


@pytest.fixture
def page(client, monday):
    def opened(person, address, data=None):
        client.force_login(person)
        return (
            client.post(address, data, follow=True) if data is not None else client.get(address, follow=True)
        )

    return opened


def test_the_office_is_led_from_the_inbox_to_the_paper_that_the_request_has_filled(cast, page):
    matter = approvals.major(cast)

    shown = page(cast.officer, f"/requests/{matter.pk}/accept/")

    assert shown.redirect_chain[-1][0] == f"/requests/{matter.pk}/application/"
    assert matter.title in shown.content.decode()
    assert "需检修部承担费用。" in shown.content.decode()


def test_what_the_paper_lacks_is_named_at_once_beside_its_place_and_what_was_typed_stays(cast, page):
    matter = approvals.major(cast)
    given = {"title": "劳保用品统一配置", "content": "统一标准。", "submit": "1", **EMPTY}

    refused = page(cast.officer, f"/requests/{matter.pk}/application/", given)

    text = refused.content.decode()
    assert refused.status_code == 422
    assert all(word in text for word in ("请至少写一个里程碑和日期。", "请选择拟任负责人。", "统一标准。"))
    assert not ProjectApplication.objects.exists()  # a refused act changes nothing


def test_a_negative_tick_without_comment_is_refused_beside_it(cast, page):
    matter = approvals.in_approval(cast)
    ticks = dict.fromkeys(("check_reasonable", "check_feasible", "check_risk", "check_compliant"), "yes")

    refused = page(
        cast.repair_head,
        f"/requests/{matter.pk}/approve/",
        {**ticks, "check_duties": "no", "outcome": "approved"},
    )

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["comment_duties"]
    assert ApprovalStep.objects.get().outcome == ""


def test_the_desk_leads_whoever_approves_to_the_act_and_whoever_waits_for_it_to_the_paper(cast, page):
    matter = approvals.at_the_office(cast)

    of_approver = page(cast.office_head, "/").content.decode()
    of_level_below = page(cast.repair_head, "/").content.decode()

    assert f'href="/requests/{matter.pk}/approve/"' in of_approver
    assert f'href="/requests/{matter.pk}/approve/"' not in of_level_below
    assert f'href="/requests/{matter.pk}/application/"' in of_level_below


def test_the_page_of_the_matter_shows_the_levels_and_costs_little(
    cast, page, client, django_assert_max_num_queries
):
    matter = approvals.at_the_office(cast)
    client.force_login(cast.office_head)
    client.get(f"/requests/{matter.pk}/")

    with at_moment(world.moment(8)), django_assert_max_num_queries(24):
        text = client.get(f"/requests/{matter.pk}/").content.decode()

    assert "立项申请书请您审批。" in text
    assert "待宋雅琴审批" in text
    assert "郑国栋" in text


def test_the_paper_is_printed_with_the_boxes_of_the_levels(cast, page):
    matter = approvals.approved(cast)

    pdf = page(cast.clerk, f"/requests/{matter.pk}/application/pdf/")
    word = page(cast.clerk, f"/requests/{matter.pk}/application/word/")

    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert b"".join(word.streaming_content).startswith(b"PK")


def test_a_stale_paper_is_shown_again_as_typed_beside_what_stands_there_now(cast, page):
    matter = approvals.approved(cast)

    refused = page(
        cast.officer, f"/requests/{matter.pk}/application/", {"title": "别的项目", "seen": "stale", **EMPTY}
    )

    text = refused.content.decode()
    assert refused.status_code == 409
    assert all(word in text for word in ("别的项目", "劳保用品统一配置", "收回郑国栋、宋雅琴、范长青的审批"))
    assert ProjectApplication.objects.get().state == "approved"
