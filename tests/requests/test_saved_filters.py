"""Filters that are saved as tabs of the lists: own, shared with a department, counted for whoever looks."""

import re

import pytest
from django.http import QueryDict

from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import SavedFilter
from tests.requests import world


def save(by, query="tab=all&stage=decision", name="待决策", page="matters", **more):
    return flows.save_filter(page=page, params=QueryDict(query), name=name, by=by, **more)


def tabs(client, person, address="/requests/"):
    """The name of each tab with its count."""
    client.force_login(person)
    html = client.get(address).content.decode()
    bar = html[html.index('class="x-tabs"') : html.index("</nav>", html.index('class="x-tabs"'))]
    found = re.findall(r'<a href="([^"]+)"([^>]*)>(.*?)<span class="x-count">(\d+\+?)</span>', bar, re.DOTALL)
    return {
        re.sub(r"<.*?>|\s", "", words): (int(count), "aria-current" in mark)
        for _url, mark, words, count in found
    }


def test_a_saved_filter_is_a_tab_with_its_count(client, cast, monday):
    world.deciding(cast)
    world.filed(cast)
    save(cast.officer)

    assert tabs(client, cast.officer)["待决策"] == (1, False)
    here = tabs(client, cast.officer, "/requests/?stage=decision&page=1&x=1")
    assert here["待决策"] == (1, True)
    assert here["全部"][1] is False


def test_a_shared_one_shows_each_reader_only_what_they_may_see(client, cast, monday):
    world.accepted(cast)
    world.filed(cast)
    save(cast.supplies_liaison, "tab=active&q=劳保服", "劳保服", is_shared=True)

    assert tabs(client, cast.supplies_liaison)["劳保服"][0] == 1
    assert tabs(client, cast.supplies_clerk)["劳保服本部门共享"][0] == 0
    assert "劳保服本部门共享" not in tabs(client, cast.staffing_liaison)


def test_the_register_has_its_own_tabs(client, cast, monday):
    item = world.issued(cast)
    save(cast.officer, f"light=ok&department={item.department_id}", "物资部在办", page="items")

    assert tabs(client, cast.officer, "/items/")["物资部在办"] == (1, False)
    assert "物资部在办" not in tabs(client, cast.officer)


def test_only_filters_of_the_list_are_kept(cast):
    saved = save(cast.officer, "stage=decision&light=nonsense&page=7&next=//evil&q=劳保")

    assert set(saved.params) == {"tab", "stage", "q"}


@pytest.mark.parametrize("query", ["", "tab=all", "tab=open", "stage=nonsense", "page=3"])
def test_a_list_without_a_filter_is_not_saved(cast, query):
    with pytest.raises(NotReady):
        save(cast.officer, query)

    assert not SavedFilter.objects.exists()


def test_a_name_is_given_once_for_each_list_and_fits(cast):
    save(cast.officer)
    save(cast.officer, "light=bad", page="items")

    for name in ("待决策", "", " ", "一二三四五六七八九十一二三"):
        with pytest.raises(Invalid) as refusal:
            save(cast.officer, "stage=proposal", name)
        assert list(refusal.value.fields) == ["name"]
    assert SavedFilter.objects.count() == 2


def test_twelve_are_enough(cast):
    for number in range(12):
        save(cast.officer, name=f"标签{number}")

    with pytest.raises(NotReady, match="12"):
        save(cast.officer, name="再一个")


def test_they_are_put_in_order_by_their_owner(cast):
    rows = [save(cast.officer, name=name) for name in ("甲", "乙", "丙")]

    flows.move_filter(filter_id=rows[2].pk, up=True, by=cast.officer)
    flows.move_filter(filter_id=rows[0].pk, up=True, by=cast.officer)

    assert list(SavedFilter.objects.values_list("name", flat=True)) == ["甲", "丙", "乙"]


def test_a_shared_one_is_changed_by_its_owner_only_and_removed_by_the_head_too(cast):
    saved = save(cast.supplies_liaison, is_shared=True)

    for act in (
        lambda: flows.change_filter(filter_id=saved.pk, name="改名", is_shared=False, by=cast.supplies_clerk),
        lambda: flows.move_filter(filter_id=saved.pk, up=True, by=cast.supplies_head),
        lambda: flows.remove_filter(filter_id=saved.pk, by=cast.supplies_clerk),
    ):
        with pytest.raises(NotYours):
            act()
    assert SavedFilter.objects.get().name == "待决策"
    flows.remove_filter(filter_id=saved.pk, by=cast.supplies_head)
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("name", ["auditor", "outsider"])
def test_who_changes_nothing_here_saves_none(cast, name):
    with pytest.raises(NotYours):
        save(getattr(cast, name))

    assert not SavedFilter.objects.exists()


def test_the_pages_save_change_order_and_remove(client, cast, monday):
    client.force_login(cast.officer)
    address = "/filters/new/?page=matters&tab=all&stage=decision"

    assert (
        'href="/filters/new/?page=matters&amp;tab=all&amp;stage=decision"'
        in client.get("/requests/?stage=decision").content.decode()
    )
    assert client.post(address, {"name": ""}).status_code == 422
    assert client.post(address, {"name": "待决策"})["Location"] == "/requests/?tab=all&stage=decision"
    saved = SavedFilter.objects.get()
    client.post(f"/filters/{saved.pk}/", {"name": "待决", "is_shared": "on"})
    saved.refresh_from_db()
    assert (saved.name, saved.department) == ("待决", cast.office)
    client.post(f"/filters/{saved.pk}/move/", {"go": "up"})
    client.post(f"/filters/{saved.pk}/remove/")

    assert not SavedFilter.objects.exists()


def test_what_others_keep_for_themselves_does_not_exist_here(client, cast):
    saved = save(cast.clerk)
    client.force_login(cast.officer)

    assert client.get(f"/filters/{saved.pk}/").status_code == 404
    assert client.post(f"/filters/{saved.pk}/remove/").status_code == 404


@pytest.mark.parametrize("number", [0, 12])
def test_tabs_cost_no_more_than_the_list_may(client, cast, monday, number, django_assert_max_num_queries):
    world.accepted(cast)
    for at in range(number):
        save(cast.officer, name=f"标签{at}")
    client.force_login(cast.officer)
    client.get("/requests/")

    with django_assert_max_num_queries(12):
        client.get("/requests/")
