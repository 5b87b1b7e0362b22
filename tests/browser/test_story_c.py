"""Story C, 采购与库存数据共享一期 (domain §7.3), from its filing until its change is carried out beside its dispute, as its people
see it."""

import pytest
import time_machine

from audit.refusals import NotReady, NotYours
from coordination.demo import founding
from coordination.demo.player import moment
from requests import flows
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


def test_story_c_is_played_until_its_dispute_and_its_change(office):
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
    change = story_c.change_asked(office, matter)
    the_level_of_the_approvals_decides(office, change)

    dispute = story_c.disputed(office, matter)

    assert dispute.number.startswith("争〔2026〕")
    assert "争〔2026〕" in office.text()
    only_the_disputed_part_stands_still(office, matter, question)
    both_sides_owe_the_talk(dispute)
    story_c.change_carried_out(office, change)
    everybody_has_read_the_change(change)


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


def the_level_of_the_approvals_decides(office, change):
    """R094: until 范长青, who approved the project, has decided, the scope stands; the office alone cannot."""
    assert (change.number, change.approver) == ("变〔2026〕1号", office.person("fanchangqing"))
    with pytest.raises((NotReady, NotYours)):
        office.player.do(
            "2026-10-12 11:00",
            flows.answer_change,
            change_id=change.pk,
            by=office.person("songyaqin"),
            approve=True,
        )
    assert CoordinationRequest.objects.get().scope == "采购、库存、供应商主数据。"


def everybody_has_read_the_change(change):
    """5 of 5 departments, and the question in dispute still stands still."""
    matter = CoordinationRequest.objects.get()
    assert (change.state, matter.scope) == ("verified", story_c.NEW_SCOPE)
    departments = {row.department.name for row in matter.participants.select_related("department")}
    read = set(
        change.readings.exclude(read_at=None).values_list("person__posts__department__name", flat=True)
    )
    assert len(departments) == 5
    assert departments <= read
    assert matter.questions.get(text=story_c.QUESTIONS[1]).outcome == Outcome.IN_DISPUTE


def both_sides_owe_the_talk(dispute):
    owed = Obligation.objects.of("dispute", dispute.pk).open().filter(kind=Kind.NEGOTIATE)
    assert {duty.holder_department.name for duty in owed} == {"物资部", "财务部"}
