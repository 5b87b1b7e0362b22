"""Two windows on one draft of the minutes: no silent loss, and nothing of it is run (peers.md §2.7, 12)."""

import re

from meetings import flows
from meetings.models import Minutes
from tests.meetings import world


def seen(html):
    return re.search(r'name="seen" value="(\w+)"', html)[1]


def test_the_second_window_is_told_and_shown_what_stands_there_now(client, cast):
    minutes = world.closed(cast)
    client.force_login(cast.secretary)
    page = f"/meetings/{minutes.meeting_id}/minutes/draft/"
    given = {"confidentiality": minutes.confidentiality, "summary": "第二个窗口写的。"}
    with world.on("09-18 14:00"):
        opened = seen(client.get(page).content.decode())
        flows.write_minutes(minutes_id=minutes.pk, by=cast.secretary, summary="<i>第一个</i>窗口写的。")

        response = client.post(page, {**given, "seen": opened})
        html = response.content.decode()
        assert (response.status_code, "&lt;i&gt;第一个&lt;/i&gt;窗口写的。" in html) == (409, True)
        assert "第二个窗口写的。" in html
        assert Minutes.objects.get(pk=minutes.pk).summary == "<i>第一个</i>窗口写的。"

        assert client.post(page, {**given, "seen": seen(html)}).status_code == 302
    assert Minutes.objects.get(pk=minutes.pk).summary == "第二个窗口写的。"
