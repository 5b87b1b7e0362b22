"""A meeting through its pages: from the matter to the published minutes, as the people of the story log in."""

import pytest

from meetings.models import Meeting, Minutes
from requests.models import ActionItem, CoordinationRequest
from requests.states import Stage
from tests.meetings import world


@pytest.fixture
def go(client):
    def request(user, url, data=None):
        client.force_login(user)
        return client.get(url) if data is None else client.post(url, data)

    return request


PLAN = {
    "title": "管焊工劳保服配置专题协调会", "kind": "special", "urgency": "normal", "starts_at": "2026-09-18 09:30",
    "ends_at": "2026-09-18 10:20", "place": "协调办301",
}  # fmt: skip


def table(prefix, *rows):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    return data | {f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def agreed(cast):
    action = {
        "text": "采购三套劳保服并发到焊工本人手中", "standard": "本人签领", "department": cast.supplies.pk,
        "assignee": cast.supplies_liaison.pk, "due_on": "2026-09-29", "urgency": "normal",
    }  # fmt: skip
    return {"resolution": "同意采购三套。", **table("actions", action), **table("reservations")}


def test_a_meeting_goes_from_the_matter_to_its_minutes_through_the_pages(cast, go):
    matter = world.ready_matter(cast)
    with world.on("09-14 10:00"):
        page = go(cast.officer, f"/meetings/new/?matter={matter.pk}")
        assert page.status_code == 200
        start = page.context["form"].initial
        assert set(start["attendees"]) == {cast.repair_head.pk, cast.supplies_head.pk}
        assert start["starts_at"] == world.at("09-17 09:30")
        people = {"chair": cast.office_head.pk, "recorder": cast.secretary.pk}
        answer = go(
            cast.officer, f"/meetings/new/?matter={matter.pk}",
            {**PLAN, **people, "attendees": [cast.repair_head.pk, cast.supplies_liaison.pk], "questions": start["questions"]},
        )  # fmt: skip
        meeting = Meeting.objects.get()
        assert (answer.status_code, answer.url) == (302, f"/meetings/{meeting.pk}/")
        assert go(cast.officer, f"/meetings/{meeting.pk}/").context["steps"].main.url.endswith("/call/")
        assert go(cast.officer, f"/meetings/{meeting.pk}/call/").status_code == 200
        assert go(cast.officer, f"/meetings/{meeting.pk}/call/", {}).status_code == 302
        assert go(cast.repair_head, f"/meetings/{meeting.pk}/").status_code == 200
        assert go(cast.repair_head, f"/meetings/{meeting.pk}/answer/", {"reply": "yes"}).status_code == 302
    with world.on("09-18 09:28"):
        for seat in meeting.invitations.filter(capacity="attend"):
            assert (
                go(cast.secretary, f"/meetings/{meeting.pk}/seats/{seat.pk}/arrive/", {}).status_code == 302
            )
        assert go(cast.office_head, f"/meetings/{meeting.pk}/open/").status_code == 200
        assert (
            go(cast.office_head, f"/meetings/{meeting.pk}/open/", {}).url == f"/meetings/{meeting.pk}/live/"
        )
        for item in meeting.items.all():
            assert go(cast.secretary, f"/meetings/{meeting.pk}/live/").context["current"] == item
            url = f"/meetings/{meeting.pk}/items/{item.pk}/result/?result=agreed"
            assert go(cast.secretary, url).status_code == 200
            answer = go(cast.secretary, url, agreed(cast))
            assert answer.status_code == 302, answer.context["form"].errors
        assert go(cast.office_head, f"/meetings/{meeting.pk}/live/").status_code == 200
    with world.on("09-18 10:20"):
        assert go(cast.office_head, f"/meetings/{meeting.pk}/close/").status_code == 200
        assert go(cast.office_head, f"/meetings/{meeting.pk}/close/", {}).status_code == 302
        draft = f"/meetings/{meeting.pk}/minutes/draft/"
        assert go(cast.secretary, draft).context["gaps"] == []
        assert (
            go(
                cast.secretary, draft, {"summary": "会议顺利。", "confidentiality": "internal", "send": "1"}
            ).url
            == f"/meetings/{meeting.pk}/minutes/"
        )
        for person in (cast.repair_head, cast.supplies_liaison):
            assert go(person, f"/meetings/{meeting.pk}/minutes/").context["steps"].main.is_post
            assert go(person, f"/meetings/{meeting.pk}/minutes/confirm/", {}).status_code == 302
        assert go(cast.office_head, f"/meetings/{meeting.pk}/minutes/sign/").status_code == 200
        assert go(cast.office_head, f"/meetings/{meeting.pk}/minutes/sign/", {}).status_code == 302
        assert go(cast.secretary, f"/meetings/{meeting.pk}/minutes/publish/", {}).status_code == 302
        page = go(cast.secretary, f"/meetings/{meeting.pk}/minutes/").content.decode()

    assert (
        Minutes.objects.get().number in page.replace("</span>", "").replace("\u2060", "")
        or "纪〔2026〕" in page
    )
    assert CoordinationRequest.objects.get().stage == Stage.EXECUTION
    assert ActionItem.objects.count() == 2
    assert go(cast.clerk, f"/meetings/panel/{matter.pk}/").status_code == 200
    for tab in ("coming", "session", "minutes", "published", "all"):
        assert go(cast.officer, f"/meetings/?tab={tab}").status_code == 200


def test_a_result_that_lacks_something_keeps_what_was_typed(cast, go):
    meeting = world.in_session(cast)
    item = meeting.items.first()
    rows = table("differences", {"department": cast.repair.pk, "position": "应由物资部统一采购"})

    with world.on("09-18 09:40"):
        answer = go(cast.secretary, f"/meetings/{meeting.pk}/items/{item.pk}/result/?result=not_agreed", rows)

    assert answer.status_code == 422
    assert "应由物资部统一采购" in answer.content.decode()
    assert not meeting.items.exclude(result="").exists()


def test_every_kind_of_page_answers(cast, go):
    meeting = world.in_session(cast)
    base = f"/meetings/{meeting.pk}"
    with world.on("09-18 09:40"):
        item = meeting.items.last()
        for result in ("agreed", "in_principle", "deferred", "not_agreed", "to_dispute"):
            assert go(cast.secretary, f"{base}/items/{item.pk}/result/?result={result}").status_code == 200
        world.disagree(cast, meeting.items.first())
        for user in (cast.secretary, cast.office_head, cast.repair_head, cast.auditor):
            assert go(user, f"{base}/live/").status_code == 200
        assert go(cast.secretary, f"{base}/items/{meeting.items.first().pk}/undo/", {}).status_code == 302
        assert go(cast.office_head, f"{base}/items/new/").status_code == 200
        calendar = go(cast.repair_head, f"{base}/calendar.ics")
    assert calendar["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART:20260918T013000Z" in calendar.content.decode()


def test_pages_of_a_planned_meeting_answer(cast, go):
    meeting = world.planned(cast)
    with world.on("09-14 10:10"):
        for name in ("", "edit/", "invite/", "call/", "items/new/", "cancel/"):
            assert (
                go(
                    cast.officer if name != "cancel/" else cast.office_head, f"/meetings/{meeting.pk}/{name}"
                ).status_code
                == 200
            ), name
        assert go(cast.office_head, f"/meetings/{meeting.pk}/postpone/").status_code == 200
        last = meeting.items.last()
        assert go(cast.officer, f"/meetings/{meeting.pk}/items/{last.pk}/up/", {}).status_code == 302
        assert meeting.items.first() == last
        assert go(cast.officer, f"/meetings/{meeting.pk}/items/{last.pk}/remove/", {}).status_code == 302
    assert meeting.items.count() == 1
