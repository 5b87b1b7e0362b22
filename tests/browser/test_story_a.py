"""Story A, 劳保服 (domain §7.1), from the first form to the seal, through the browser as its people log in."""

from datetime import date

import pytest
import time_machine

from audit.models import TransitionLog
from coordination.demo import founding
from coordination.demo.player import SHANGHAI, moment
from meetings.models import Meeting
from requests.models import CoordinationRequest
from requests.states import ExtensionState, Stage
from supervision.calendar import working_days
from supervision.models import Obligation, Reminder
from supervision.states import Kind, Step
from tests.browser import story_a, story_a_answers
from tests.browser.story import Office
from tests.browser.story_auditor import changes_nothing, sees_every_step

PASSWORD = "Linjiang-2026"
START = "2026-09-14 08:00"


@pytest.fixture
def office(page, settings, tmp_path):
    """The founded demo office on the morning of the story."""
    settings.MEDIA_ROOT = tmp_path
    page.set_default_timeout(30_000)
    with time_machine.travel(moment(START), tick=False) as clock:
        founding.found(PASSWORD)
        yield Office(page, clock, START)


def test_story_a_is_played_in_the_browser(office):
    matter = story_a.filed(office, PASSWORD)
    story_a.completed(office, matter)
    story_a.prepared(office, matter)
    story_a_answers.answered(office, matter)
    meeting = story_a.called(office, matter)
    story_a.opened(office, meeting)
    story_a.settled(office, meeting)
    items = story_a.published(office, meeting)
    changes_nothing(office, matter)
    story_a.carried_out(office, items)
    story_a.confirmed(office, matter)
    story_a.reviewed(office, matter)
    story_a.sealed(office, matter)

    matter = CoordinationRequest.objects.get()
    the_third_hand_over_called_one_meeting(matter)
    the_office_answered_within_a_working_day(matter)
    item_98_was_reminded_of_twice(items[2])
    item_100_was_late_by_its_original_date(items[4])
    three_sets_were_lent_and_came_back(matter)
    nothing_was_done_twice(matter)
    the_review_counts_both_figures_and_its_improvement_outlives_the_matter(matter)
    the_dossier_is_kept_for_thirty_years(matter)
    assert matter.stage == Stage.ARCHIVED
    sees_every_step(office, matter)
    changes_nothing(office, matter)


def the_third_hand_over_called_one_meeting(matter):
    """R100: 物资部 → 人力资源部 → 计划发展部 → 人力资源部; one wish, one meeting."""
    chain = [(row.from_name, row.to_name) for row in matter.handovers.counted()]
    assert chain == [("物资部", "人力资源部"), ("人力资源部", "计划发展部"), ("计划发展部", "人力资源部")]
    wish = matter.meeting_wishes.get()
    assert Meeting.objects.get().pk == wish.meeting_id
    assert sorted(matter.letters.values_list("number", flat=True)) == [
        f"联〔2026〕{number}号" for number in range(112, 116)
    ]


def the_office_answered_within_a_working_day(matter):
    first = TransitionLog.objects.of_case(matter.pk).filter(actor_name="丁晓蕾").last()
    assert first.verb == "return_for_revision"
    assert first.at <= working_days().add_days(matter.submitted_at, 1)
    assert (
        not Obligation.objects.of("matter", matter.pk)
        .filter(kind=Kind.ACCEPT, lapsed_at__isnull=False)
        .exists()
    )


def item_98_was_reminded_of_twice(item):
    """R101: the friendly one on 10-12, over the holidays; the one on the eve on 10-14; nothing else."""
    sent = Reminder.objects.sent().filter(obligation__in=Obligation.objects.of("item", item.pk))
    steps = [(one.step, one.sent_at.astimezone(SHANGHAI).date()) for one in sent.order_by("sent_at")]
    twice = [(Step.L1, date(2026, 10, 12)), (Step.L2, date(2026, 10, 14))]
    assert list(dict.fromkeys(steps)) == twice
    assert sent.filter(recipient=item.assignee).count() == len(twice)


def item_100_was_late_by_its_original_date(item):
    """R097: the approved extension stands beside the original date, which alone counts."""
    item.refresh_from_db()
    duty = Obligation.objects.of("item", item.pk).get(kind=Kind.EXECUTE)
    extension = item.extensions.get()
    assert item.is_on_time is False
    assert duty.original_due_at.astimezone(SHANGHAI).date() == date(2026, 10, 30)
    assert duty.due_at.astimezone(SHANGHAI).date() == extension.wished_on == date(2026, 11, 6)
    assert item.closed_at <= duty.due_at
    assert (extension.state, extension.working_days) == (ExtensionState.APPROVED, 5)
    assert extension.answered_by.name == "蒋志远"


def three_sets_were_lent_and_came_back(matter):
    """R163: borrowed until the ordered ones arrive, returned a day early, confirmed by the lender."""
    loan = matter.loans.get()
    assert (loan.quantity, loan.lender_name, loan.borrower_name) == (3, "物资部", "检修部")
    assert (loan.state, loan.get_way_display()) == ("returned", "等额归还")
    assert loan.returned_on < loan.due_on == date(2026, 10, 20)
    assert loan.confirmed_by.name == "林佳"


def nothing_was_done_twice(matter):
    assert matter.rework_count == 0
    assert set(matter.items.values_list("rework_count", flat=True)) == {0}
    assert matter.items.filter(is_on_time=False).count() == 1


def the_review_counts_both_figures_and_its_improvement_outlives_the_matter(matter):
    """§6.4: four of five on time by the original date, the fifth within its approved extension; R108: owed still."""
    facts = matter.review.facts
    assert (facts["items"], facts["late_items"], facts["extended_items"]) == (5, 1, 1)
    assert (facts["handovers"], facts["extensions"], facts["rework"]) == (3, 1, 0)
    improvement = matter.review.improvements.get()
    duty = Obligation.objects.open().of(improvement.SUBJECT, improvement.pk).get()
    assert (duty.kind, duty.holder.name, duty.case_id) == (Kind.IMPROVE, "许静", None)


def the_dossier_is_kept_for_thirty_years(matter):
    """11-17: L001-WS·2026-D30-…, so thirty years."""
    assert matter.dossier.archive_no.startswith("L001-WS·2026-D30-")
