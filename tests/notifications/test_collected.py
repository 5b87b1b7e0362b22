"""R069: nobody is overrun: a thing is told once, what is only told may be collected, and so much a day comes at once."""

import pytest
import time_machine

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Invalid
from notifications import flows
from notifications.models import Subscription
from supervision.flows import tell_collected
from tests.requests import world
from tests.requests.world import moment

MONDAY, TUESDAY, SATURDAY = moment(14, 10), moment(15, 9), moment(12, 9)
WISH = {"info": "daily", "result": "at_once", "most_per_day": 50}


def tell(person, n, *, kind="info", at=MONDAY):
    with as_actor(SYSTEM), at_moment(at):
        flows.announce(
            recipients=[person], sentence="%(number)s has been accepted.", number=f"协〔2026〕{n}号", url_name="home",
            dedupe_key=f"n{n}", kind=kind,
        )  # fmt: skip


def wish(person, **changes):
    return flows.subscribe(by=person, **{**WISH, **changes})


def test_r069_by_kind_one_hears_at_once_or_collected(clerk, officer):
    wish(clerk)
    for person in (clerk, officer):
        for n, kind in enumerate(("info", "result", "task", "supervision")):
            tell(person, n, kind=kind)

    assert set(clerk.notices.unread().values_list("kind", flat=True)) == {"result", "task", "supervision"}
    assert clerk.notices.collected().get().kind == "info"
    assert officer.notices.unread().count() == 4


def test_r069_beyond_the_limit_of_a_day_it_is_collected_but_never_what_is_to_be_done(clerk):
    wish(clerk, info="at_once", most_per_day=2)

    for n in range(4):
        tell(clerk, n)
    tell(clerk, 9, kind="task")
    tell(clerk, 10, at=TUESDAY)

    assert clerk.notices.collected().count() == 2
    assert set(clerk.notices.unread().values_list("dedupe_key", flat=True)) == {"n0", "n1", "n9", "n10"}


def test_r069_what_a_flow_asks_of_somebody_comes_at_once_whatever_they_chose(cast):
    for person in (cast.supplies_clerk, cast.clerk):
        wish(person, result="daily", most_per_day=1)

    item = world.issued(cast)

    asked = cast.supplies_clerk.notices.get(dedupe_key__endswith=f"item:{item.pk}:issued")
    assert (asked.kind, asked.is_collected) == ("task", False)
    assert cast.clerk.notices.get(dedupe_key__endswith=":decided").is_collected


def test_r069_once_a_working_day_one_notice_tells_of_all_that_was_collected(clerk, officer):
    wish(clerk)
    for n in range(3):
        tell(clerk, n)

    told = [
        tell_collected(at) for at in (moment(14, 12), moment(15, 8), TUESDAY, moment(15, 11), moment(16, 9))
    ]

    assert told == [0, 0, 1, 0, 0]
    notice = clerk.notices.unread().get()
    assert (notice.values["count"], notice.url_name) == (3, "notifications:collected")
    assert not officer.notices.exists()


def test_r069_what_was_collected_before_an_outage_of_days_is_told_when_it_is_over(clerk):
    wish(clerk)
    tell(clerk, 1)
    assert tell_collected(moment(17, 9)) == 1
    tell(clerk, 2, at=moment(17, 10))

    assert tell_collected(moment(18, 9)) == 1

    assert [notice.values["count"] for notice in clerk.notices.unread().order_by("pk")] == [1, 1]


def test_r069_what_was_read_meanwhile_is_not_told_again(clerk):
    wish(clerk)
    tell(clerk, 1)
    flows.mark_read("all", by=clerk)

    assert tell_collected(TUESDAY) == 0


@pytest.mark.parametrize(("tab", "left"), [("unread", {"info"}), ("collected", {"task"}), ("all", set())])
def test_r069_only_what_the_open_tab_shows_is_marked_as_read(client, clerk, tab, left):
    wish(clerk)
    tell(clerk, 1)
    tell(clerk, 2, kind="task")
    client.force_login(clerk)

    with time_machine.travel(MONDAY, tick=False):
        button = f"/notices/read/?tab={tab}"
        assert button in client.get(f"/notices/?tab={tab}").content.decode()
        client.post(button)

    assert set(clerk.notices.filter(read_at=None).values_list("kind", flat=True)) == left


@pytest.mark.parametrize(("field", "value"), [("info", "never"), ("most_per_day", 0), ("most_per_day", 201)])
def test_r069_what_cannot_be_wished_is_refused_at_its_field(clerk, field, value):
    with pytest.raises(Invalid) as refused:
        wish(clerk, **{field: value})

    assert list(refused.value.fields) == [field]
    assert not Subscription.objects.exists()


def test_r069_the_page_keeps_the_wish_and_shows_what_was_collected(client, clerk):
    client.force_login(clerk)
    with time_machine.travel(MONDAY, tick=False):
        client.post("/notices/subscription/", WISH)
        tell(clerk, 7)
        page = client.get("/notices/collected/").content.decode()
        at_once = client.get("/notices/").content.decode()

    assert "7号" in page.replace("\u2060", "")
    assert "7号" not in at_once.replace("\u2060", "")
