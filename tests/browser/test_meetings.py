"""The meeting in a browser: accessible and in place, wide and narrow, light and dark; results by one key."""

from datetime import date

import pytest

from meetings import flows
from meetings.models import Meeting
from organization import flows as staff
from tests.browser.conftest import enter, visit
from tests.meetings import world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    from tests import cast as the_cast

    return the_cast.build()


def looked_at(page, user, pages, name):
    enter(page, user)
    visit(page, {f"{name}-{key}": address for key, address in pages.items()})


def test_the_session_and_its_form_are_in_place(cast, page):
    meeting = world.in_session(cast)
    with world.on("09-18 09:40"):
        world.agree(cast, meeting.items.first())
    item = meeting.items.last()
    base = f"/meetings/{meeting.pk}"
    pages = {
        "live": f"{base}/live/", "agreed": f"{base}/items/{item.pk}/result/?result=agreed",
        "not-agreed": f"{base}/items/{item.pk}/result/?result=not_agreed",
    }  # fmt: skip
    looked_at(page, cast.secretary, pages, "meeting")
    looked_at(page, cast.office_head, {"detail": f"{base}/"}, "meeting")
    seat = meeting.invitations.get(person=cast.repair_head)
    looked_at(page, cast.secretary, {"sheet": f"{base}/sheet/", "seat": f"{base}/seats/{seat.pk}/"}, "sheet")
    looked_at(page, cast.repair_head, {"live": f"{base}/live/"}, "seat")

    enter(page, cast.secretary)
    page.goto(f"{page.home}{base}/live/")
    page.keyboard.press("4")
    page.wait_for_url("**/result/?result=not_agreed")


def test_planning_and_minutes_are_in_place(cast, page):
    matter = world.ready_matter(cast)
    meeting = world.planned(cast, matter=matter)
    base = f"/meetings/{meeting.pk}"
    plan = {
        "list": "/meetings/", "new": f"/meetings/new/?matter={matter.pk}", "detail": f"{base}/", "call": f"{base}/call/",
        "invite": f"{base}/invite/", "item": f"{base}/items/new/", "panel": f"/meetings/panel/{matter.pk}/",
    }  # fmt: skip
    looked_at(page, cast.officer, plan, "plan")


def test_a_meeting_whose_chair_has_left_leads_to_the_form_for_another(cast, page):
    meeting = world.called(cast)
    with world.on("09-15 09:00"):
        staff.deactivate_person(user_id=cast.office_head.pk, by=cast.system_admin)
    base = f"/meetings/{meeting.pk}"

    looked_at(page, cast.officer, {"detail": f"{base}/", "form": f"{base}/officers/"}, "officers")


def test_the_notice_and_what_it_is_made_of_are_in_place(cast, page):
    meeting = world.called(cast, preparation="各部门带职责依据和库存数据。")
    first, second = meeting.items.all()
    world.material(cast, meeting)
    with world.on("09-14 11:00"):
        flows.change_item(
            item_id=first.pk, by=cast.officer, text=first.text, kind="decision", department=cast.repair,
            presenter=cast.repair_head, suggestion="由物资部采购三套，费用列检修部。", prior_talks="两部门已就费用谈妥。",
            prior_is_private=True, interested=[cast.supplies_liaison],
        )  # fmt: skip
        flows.add_material(
            meeting_id=meeting.pk, by=cast.officer, uploads=[world.paper("三家供应商询价对比表.txt", "三家")],
            item=second, due_on=date(2026, 9, 18), late_reason="询价17日才到齐",
        )  # fmt: skip
    base = f"/meetings/{meeting.pk}"
    pages = {
        "notice": f"{base}/notice/", "detail": f"{base}/", "change-item": f"{base}/items/{first.pk}/change/",
        "material": f"{base}/material/new/", "rules": "/meetings/rules/",
    }  # fmt: skip
    looked_at(page, cast.office_head, pages, "notice")
    looked_at(page, cast.repair_head, {"answer": f"{base}/answer/"}, "notice")


def test_the_minutes_are_in_place(cast, page):
    minutes = world.sent(cast, second=world.disagree)
    base = f"/meetings/{minutes.meeting_id}/minutes/"
    with world.on("09-18 15:00"):
        flows.object_to_minutes(minutes_id=minutes.pk, by=cast.repair_head, text="第一项金额应为三套。")
    looked_at(page, cast.supplies_liaison, {"read": base, "object": f"{base}object/"}, "minutes")
    with world.on("09-18 15:30"):
        flows.take_back(minutes_id=minutes.pk, by=cast.secretary, reason="改正金额")
    looked_at(page, cast.secretary, {"draft": f"{base}draft/"}, "minutes")
    assert Meeting.objects.get().state == "closed"
