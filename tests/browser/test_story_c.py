"""Story C, 采购与库存数据共享一期 (domain §7.3), from its filing until its dispute opens, as its people see it."""

import pytest
import time_machine

from coordination.demo import founding
from coordination.demo.player import moment
from requests.models import CoordinationRequest
from requests.states import Outcome, Stage
from supervision.models import Obligation
from supervision.states import Kind
from tests.browser import story_c
from tests.browser.story import Office

START = "2026-09-07 08:00"


@pytest.fixture
def office(page, settings, tmp_path):
    """The founded demo office on the morning of the story."""
    settings.MEDIA_ROOT = tmp_path
    page.set_default_timeout(30_000)
    with time_machine.travel(moment(START), tick=False) as clock:
        founding.found("Linjiang-2026")
        yield Office(page, clock, START)


def test_story_c_is_played_until_its_dispute(office):
    matter = story_c.filed(office)
    story_c.applied(office, matter)
    story_c.approved(office, matter, "shilei", "2026-09-09 10:00")
    nobody_approves_twice(office, matter)
    story_c.approved(office, matter, "songyaqin", "2026-09-11 10:00")
    story_c.approved(office, matter, "fanchangqing", "2026-09-15 10:00", budget_line="信息化建设费")
    assert CoordinationRequest.objects.get().application.lead_person.name == "赵一鸣"
    story_c.prepared(office, matter)
    question = story_c.held(office, matter)
    assert question.outcome == Outcome.NOT_AGREED

    dispute = story_c.disputed(office, matter)

    assert dispute.number.startswith("争〔2026〕")
    assert "争〔2026〕" in office.text()
    only_the_disputed_part_stands_still(office, matter, question)
    both_sides_owe_the_talk(dispute)


def nobody_approves_twice(office, matter):
    """R036: whoever approved the first level is not offered the second."""
    office.seat("shilei", f"/requests/{matter.pk}/")
    assert "批准" not in office.page.locator("#main .x-acts").all_inner_texts()
    assert "待协调办复审" in office.text() or "协调办复审" in office.text()


def only_the_disputed_part_stands_still(office, matter, question):
    """R134: the page says what blocks it, and the item of the settled question goes on."""
    office.seat("luomin", f"/requests/{matter.pk}/")
    assert "争议" in office.text()
    question.refresh_from_db()
    assert question.outcome == Outcome.IN_DISPUTE
    running = matter.items.get()
    assert running.state == "issued" or running.number
    assert Obligation.objects.of("item", running.pk).filter(state="open").exists()
    assert CoordinationRequest.objects.get().stage == Stage.DECISION


def both_sides_owe_the_talk(dispute):
    owed = Obligation.objects.of("dispute", dispute.pk).open().filter(kind=Kind.NEGOTIATE)
    assert {duty.holder_department.name for duty in owed} == {"物资部", "财务部"}
