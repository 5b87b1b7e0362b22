"""等我处理: what waits for a person, by the clock, told as far as they may know."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.acting import SYSTEM, as_actor, at_moment
from coordination import desk
from requests import flows
from requests.models import CoordinationRequest
from supervision.flows import owe, suspend
from supervision.models import Obligation
from tests.conftest import SHANGHAI
from tests.requests import world
from tests.requests.test_main_line import FORM

pytestmark = pytest.mark.django_db


def at(text):
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


FRIDAY = at("09-18 16:20")


def duty(cast, number, due="", **more):
    """A duty of the officer on a thing of its own."""
    given = {
        "kind": "verify", "subject_type": "thing", "subject_id": number, "number": f"督〔2026〕{number}号",
        "url_name": "search", "url_args": [], "holder": cast.officer, "asked_by": cast.clerk,
    }  # fmt: skip
    with at_moment(at("09-16 09:00")), as_actor(SYSTEM):
        return owe(**{**given, "due_at": at(due) if due else None, **more})


def words(client, address="/"):
    with at_moment(FRIDAY):
        page = client.get(address)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


@pytest.fixture
def desk_of_officer(client, officer):
    client.force_login(officer)
    return client


def test_the_desk_is_in_groups_by_the_clock(cast, desk_of_officer):
    for number, due in enumerate(["09-25 17:30", "09-20 17:30", "09-18 17:30", "09-17 17:30"], start=1):
        duty(cast, number, due)

    page = words(desk_of_officer)

    assert "周五。今天须办2件，其中1件已逾期。" in page
    assert '<h2>今天</h2> <span class="x-count">2件</span>' in page
    order = [page.index(mark) for mark in (
        "<h2>今天</h2>", "督〔2026〕4号", "督〔2026〕3号", "<h2>本周</h2>", "督〔2026〕2号", "<h2>以后</h2>", "督〔2026〕1号",
    )]  # fmt: skip
    assert order == sorted(order)
    assert "逾期1个工作日" in page
    assert "剩1小时10分" in page
    assert page.count("btn-primary") == 1


def test_a_suspended_duty_waits_at_the_end_and_asks_for_nothing(cast, desk_of_officer):
    duty(cast, 1, "09-17 17:30")
    with at_moment(at("09-16 10:00")), as_actor(SYSTEM):
        suspend(subject_type="thing", subject_id=1, reason="等鉴定")

    page = words(desk_of_officer)

    assert "<h2>中止</h2>" in page
    assert "中止，剩" in page
    assert "今天没有须办的事了" in page
    assert "btn-soft" not in page
    assert "btn-primary" not in page


def test_what_several_were_asked_for_in_one_matter_is_one_line(cast, desk_of_officer):
    for number, department in enumerate((cast.repair, cast.supplies, cast.staffing), start=1):
        duty(
            cast, number, "09-18 17:30", kind="opinion", case_id=7, holder=None, holder_department=department,
            asked_by=cast.officer,
        )  # fmt: skip

    page = words(desk_of_officer)

    assert "等别人3件" in page
    assert page.count("检修部等3个") == 1


def test_a_thing_that_is_owed_several_times_is_one_row(cast, desk_of_officer):
    duty(cast, 1, "09-25 17:30", kind="execute")
    duty(cast, 1, "09-18 17:30", kind="receipt")

    page = words(desk_of_officer)

    assert page.count('class="x-ob"') == 1
    assert "签收<" in page
    assert desk.things(cast.officer).count() == 1


def test_duties_of_a_closed_matter_do_not_exist_for_who_does_not_read_it(cast, desk_of_officer):
    matter = world.filed(cast)
    with as_actor(SYSTEM):
        CoordinationRequest.objects.filter(pk=matter.pk).update(confidentiality="confidential")
    pool = {"case_id": matter.pk, "holder": None, "holder_department": cast.office}
    duty(cast, 1, "09-17 17:30", **pool)
    duty(cast, 2, "09-17 17:30", **pool, asked_by=cast.officer)

    page = words(desk_of_officer)

    assert "督〔2026〕" not in page
    assert 'class="x-ob"' not in page
    assert desk.things(cast.officer).count() == 0


def test_tabs_part_what_is_mine_from_what_my_office_shares(cast, desk_of_officer):
    duty(cast, 1, "09-18 17:30")
    duty(cast, 2, "09-18 17:30", holder=None, holder_department=cast.office)

    assert words(desk_of_officer).count('class="x-ob"') == 2
    mine, pool = words(desk_of_officer, "/?scope=mine"), words(desk_of_officer, "/?scope=office")

    assert "督〔2026〕1号" in mine
    assert "督〔2026〕2号" not in mine
    assert "督〔2026〕2号" in pool
    assert words(desk_of_officer, "/?scope=nonsense").count('class="x-ob"') == 2


def test_somebody_elses_duty_is_not_on_my_desk(cast, client):
    duty(cast, 1, "09-18 17:30")
    client.force_login(cast.supplies_liaison)

    assert "没有等您处理的事" in words(client)


def test_a_title_is_told_with_its_stage_to_whoever_may_see_the_matter(cast, desk_of_officer):
    with at_moment(at("09-16 14:20")):
        flows.file_at_once(by=cast.clerk, departments=[cast.supplies], fields=FORM)

    page = words(desk_of_officer)

    assert f"受理：{FORM['title']}" in page
    assert "检修部 周立群" in page
    assert "申请已提交，等待受理" in page


def test_no_title_leaks_to_whoever_may_not_see_the_matter(cast, client):
    with at_moment(at("09-16 14:20")):
        matter = flows.file_at_once(by=cast.clerk, departments=[cast.supplies], fields=FORM)
    duty(cast, 1, "09-18 17:30", holder=cast.staffing_liaison, case_id=matter.pk)
    client.force_login(cast.staffing_liaison)

    page = words(client)

    assert FORM["title"] not in page
    assert '核验：<span class="x-no">督〔2026〕1号</span>' in page


def test_what_others_owe_me_and_what_is_late_stand_beside_the_desk(cast, client):
    duty(cast, 1, "09-17 17:30", holder=cast.supplies_liaison, holder_department=cast.supplies)
    client.force_login(cast.clerk)
    assert "等别人1件" in words(client)
    assert "物资部 林佳" in words(client)

    client.force_login(cast.supplies_liaison)
    assert "我经办1件" in words(client)


def test_the_navigation_counts_what_waits(cast, desk_of_officer):
    duty(cast, 1, "09-25 17:30")
    duty(cast, 2, "09-25 17:30")

    assert "</span>2<span" in words(desk_of_officer, "/search/").split("等我处理", 1)[1][:200]


def test_a_long_desk_has_pages(cast, desk_of_officer):
    for number in range(1, 33):
        duty(cast, number, "09-25 17:30")

    assert "第1—30件，共32件" in words(desk_of_officer)
    assert words(desk_of_officer, "/?page=2").count('class="x-ob"') == 2


def test_the_desk_costs_the_same_with_one_row_and_with_twenty(cast, desk_of_officer):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            words(desk_of_officer)
        return len(queries)

    duty(cast, 1, "09-17 17:30", holder=cast.supplies_liaison, asked_by=cast.officer)
    duty(cast, 2, "09-18 17:30")
    words(desk_of_officer)
    one = cost()
    for number in range(3, 23):
        duty(cast, number, "09-18 17:30", asked_by=cast.supplies_head)
    assert Obligation.objects.count() == 22

    assert cost() == one
    assert one <= 12
