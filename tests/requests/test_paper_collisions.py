"""R066: two people correct one line of the register at once; the second is told who was first, and undoes nothing."""

import re

import pytest
import time_machine

from audit.refusals import Conflict
from requests import flows
from requests.flows.outside_paper_corrections import seen_of_paper
from requests.models import OutsidePaper
from tests.requests import world
from tests.requests.test_outside_papers import correct, due

RIGHT = "关于征求劳动防护用品管理办法（修订）意见的函"


def test_r066_whoever_corrects_second_is_told_by_the_field_who_was_first(cast, client):
    paper = due(cast)
    client.force_login(cast.officer)
    with time_machine.travel(world.moment(14, 15, 3), tick=False):
        address = f"/outside-papers/{paper.pk}/correct/"
        html = client.get(address).content.decode()
        correct(cast, paper, title=RIGHT)
        typed = {"sort": "opinions", "unit": "省应急管理厅", "title": paper.title, "passed_on": "2026-09-14"}
        more = {"confidentiality": "internal", "department": cast.supplies.pk, "reply_due_on": "2026-09-18"}
        seen = re.search(r'name="seen" value="(\w+)"', html)[1]
        second = client.post(address, {**typed, **more, "reason": "登记有误。", "seen": seen})

    page = second.content.decode()
    kept = OutsidePaper.objects.get()
    assert (second.status_code, kept.title, kept.unit) == (409, RIGHT, paper.unit)
    assert f"{cast.secretary.name}3分钟前已改为“{RIGHT}”" in page
    assert f'name="seen" value="{seen_of_paper(kept)}"' in page


def test_r066_the_program_is_refused_alike_and_told_what_stands_there(cast, client):
    paper = due(cast)
    client.force_login(cast.officer)
    with time_machine.travel(world.moment(14, 15), tick=False):
        address = f"/api/v1/outside-papers/{paper.pk}/"
        given = {"title": "别的标题", "reason": "登记有误。", "seen": client.get(address).json()["seen"]}
        correct(cast, paper, title=RIGHT)
        answer = client.post(f"{address}correct/", given, content_type="application/json")

    assert (answer.status_code, list(answer.json()["fields"])) == (409, ["title"])
    assert OutsidePaper.objects.get().title == RIGHT


def test_r066_what_undoes_nothing_of_the_first_is_taken(cast):
    paper = due(cast)
    seen = seen_of_paper(paper)
    correct(cast, paper, title=RIGHT)

    correct(cast, paper, by=cast.officer, unit="省应急管理厅", title=RIGHT, seen=seen)

    kept = OutsidePaper.objects.get()
    assert (kept.title, kept.unit) == (RIGHT, "省应急管理厅")


def test_r066_a_line_that_nobody_ever_saw_is_no_leave_to_write(cast):
    paper = due(cast)

    with pytest.raises(Conflict):
        flows.correct_paper(
            paper_id=paper.pk, by=cast.officer, reason="登记有误。", seen="0", unit="省应急管理厅"
        )

    assert OutsidePaper.objects.get().unit == paper.unit
