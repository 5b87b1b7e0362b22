"""The tabs of a matter: what holds something stands in a row, what is empty steps back behind one “more”."""

from django.test import Client

from requests import panels, tab_row
from requests.next_steps import next_steps
from tests.requests import world

PARTS = {
    "loans",
    "circulations",
    "notices",
    "measures",
    "letters",
    "changes",
    "files",
    "disputes",
    "meetings",
}


def row_for(matter, user, here="overview"):
    case = panels.load_case(matter, user)
    steps = next_steps(case, user)
    every = [*([steps.main] if steps.main else []), *steps.others]
    return tab_row.arranged(panels.tabs(case), here, case, every)


def keys(tabs):
    return [tab.key for tab in tabs]


def test_empty_parts_step_back_and_each_can_still_be_begun(cast, monday):
    matter = world.executing(cast)

    row = row_for(matter, cast.officer)

    begun = {tab.key: step.url for tab, step in row.empty if step}
    assert set(keys(tab for tab, _step in row.empty)) >= PARTS
    assert PARTS.isdisjoint(keys(row.shown))
    assert begun["loans"] == f"/requests/{matter.pk}/loans/new/"
    assert set(begun) >= {"letters", "circulations", "measures", "changes", "files"}


def test_what_is_used_in_this_stage_comes_first(cast, monday):
    executing, prepared = world.executing(cast), world.prepared(cast)

    assert keys(row_for(executing, cast.officer).shown)[:2] == ["overview", "items"]
    assert keys(row_for(prepared, cast.officer).shown)[:2] == ["overview", "opinions"]


def test_an_empty_part_that_is_open_stands_in_the_row(cast, monday):
    matter = world.executing(cast)

    row = row_for(matter, cast.officer, here="loans")

    assert "loans" in keys(row.shown)
    assert "loans" not in keys(tab for tab, _step in row.empty)


def test_nobody_is_offered_to_begin_what_is_not_theirs(cast, monday):
    matter = world.executing(cast)

    row = row_for(matter, cast.auditor)

    assert row.empty
    assert all(step is None for _tab, step in row.empty)


def test_the_page_shows_the_empty_parts_without_script(cast, monday):
    matter = world.executing(cast)
    client = Client()
    client.force_login(cast.officer)

    page = client.get(f"/requests/{matter.pk}/").content.decode()

    more = page[page.index('<details class="x-menu">', page.index("x-parts")) : page.index("x-cols")]
    assert f'href="/requests/{matter.pk}/loans/new/"' in more
    assert "?tab=loans" in more
    assert "?tab=loans" not in page.replace(more, "")
