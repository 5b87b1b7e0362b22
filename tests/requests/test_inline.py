"""Changed where it stands; whoever comes second is told who was first and what they chose, and loses nothing."""

import time_machine
from django.test import Client

from organization.collisions import fingerprint
from requests import flows
from requests.models import ActionItem, CoordinationRequest
from tests.requests import world


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def reassigning(cast, item, **more):
    return {
        "assignee": cast.supplies_liaison.pk, "note": "出差一周，资料在共享盘。", "seen": fingerprint(item.assignee_id), **more
    }  # fmt: skip


def test_an_item_is_passed_on_in_its_row_and_one_stays_in_the_list(cast, monday):
    item = world.started(cast)
    head = as_(cast.supplies_head)
    shown = head.get("/items/?tab=open").content.decode()

    done = head.post(f"/items/{item.pk}/reassign/", reassigning(cast, item, back="/items/?tab=open"))

    assert f'action="/items/{item.pk}/reassign/"' in shown
    assert f'value="{fingerprint(item.assignee_id)}"' in shown
    assert (done.status_code, done.url) == (302, "/items/?tab=open")
    assert ActionItem.objects.get(pk=item.pk).assignee == cast.supplies_liaison


def test_a_row_that_is_not_theirs_to_pass_on_has_no_form(cast, monday):
    item = world.started(cast)

    shown = as_(cast.supplies_clerk).get("/items/").content.decode()

    assert f"/items/{item.pk}/" in shown
    assert "x-here" not in shown


def test_nobody_is_sent_to_an_address_elsewhere(cast, monday):
    item = world.started(cast)

    done = as_(cast.supplies_head).post(
        f"/items/{item.pk}/reassign/", reassigning(cast, item, back="https://example.com/")
    )

    assert done.url == f"/items/{item.pk}/"


def test_whoever_comes_second_reads_who_was_first_and_keeps_the_note(cast, monday):
    item = world.started(cast)
    given = reassigning(cast, item, back="/items/")
    flows.reassign(item_id=item.pk, by=cast.officer, assignee=cast.supplies_head, note="休假。")
    with time_machine.travel(world.moment(14, 9, 3), tick=False):
        second = as_(cast.supplies_head).post(f"/items/{item.pk}/reassign/", given)

    page = second.content.decode()
    assert second.status_code == 409
    assert "丁晓蕾3分钟前改为吴海涛，您选的是林佳。请重新选择。" in page
    assert given["note"] in page
    assert 'name="back" value="/items/"' in page
    assert ActionItem.objects.get(pk=item.pk).assignee == cast.supplies_head


def test_the_case_officer_is_changed_on_the_page_of_the_matter(cast, monday):
    matter = world.accepted(cast)
    head = as_(cast.office_head)
    page = head.get(f"/requests/{matter.pk}/").content.decode()
    given = {"keeper": cast.office_head.pk, "reason": "外派学习。", "seen": fingerprint(matter.keeper_id)}

    head.post(f"/requests/{matter.pk}/keeper/", given)
    again = head.post(f"/requests/{matter.pk}/keeper/", given)

    assert f'name="seen" value="{given["seen"]}"' in page
    assert CoordinationRequest.objects.get(pk=matter.pk).keeper == cast.office_head
    assert again.status_code == 409
    assert "宋雅琴刚刚已改为宋雅琴，不必再办" in again.content.decode()


def test_items_are_passed_on_from_the_page_of_their_matter_too(cast, monday, django_assert_max_num_queries):
    item = world.started(cast)
    officer = as_(cast.officer)
    officer.get(f"/requests/{item.matter_id}/")

    with django_assert_max_num_queries(20):
        page = officer.get(f"/requests/{item.matter_id}/?tab=items").content.decode()

    assert f'action="/items/{item.pk}/reassign/"' in page
    assert f'name="back" value="/requests/{item.matter_id}/?tab=items"' in page
