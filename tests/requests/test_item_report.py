"""Starting and reporting: the first step, percentages, difficulties, help from the office."""

from datetime import date

import pytest

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from documents.models import File
from requests import flows
from requests.item_acts import item_acts
from requests.models import ProgressReport
from requests.states import ItemState
from supervision.states import Kind
from tests.documents.uploads import PDF, upload
from tests.requests import world

MORNING = world.moment(14)


def report(cast, item, *, by=None, **changes):
    given = {"percent": 30, "done": "已询价三家。", **world.OUTLOOK, **changes}
    with at_moment(MORNING):
        return flows.report(item_id=item.pk, by=by or cast.supplies_clerk, **given)


def test_starting_needs_the_first_step(cast):
    item = world.issued(cast)

    with pytest.raises(Invalid) as refused:
        flows.start(item_id=item.pk, by=cast.supplies_clerk, first_step=" ")

    assert list(refused.value.fields) == ["first_step"]
    item.refresh_from_db()
    assert item.state == ItemState.ISSUED
    assert world.owed(item, Kind.FIRST_REPLY) is not None


def test_starting_signs_for_the_item_and_ends_the_first_reply(cast):
    item = world.started(cast)

    assert (item.state, item.receipt) == (ItemState.IN_PROGRESS, "real")
    assert item.first_reply_at == world.moment(11, 14, 30)
    assert world.owed(item, Kind.FIRST_REPLY) is None
    assert world.owed(item, Kind.RECEIPT) is None
    assert world.owed(item, Kind.EXECUTE) is not None


def test_a_report_raises_the_percentage(cast):
    item = world.started(cast)

    row = report(cast, item)

    item.refresh_from_db()
    assert (item.percent, row.reported_at) == (30, MORNING)


def test_a_report_on_an_unsigned_item_signs_for_it_and_starts_it(cast):
    item = world.issued(cast)

    report(cast, item)

    item.refresh_from_db()
    assert (item.state, item.receipt) == (ItemState.IN_PROGRESS, "real")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"percent": 101}, "percent"),
        ({"done": " "}, "done"),
        ({"difficulty": " "}, "difficulty"),
        ({"next_step": ""}, "next_step"),
        ({"next_on": None}, "next_on"),
        ({"next_on": date(2026, 9, 11)}, "next_on"),
        ({"expected_on": None}, "expected_on"),
        ({"expected_on": date(2026, 9, 11)}, "expected_on"),
        ({"expected_on": date(2026, 9, 26)}, "expected_on"),
    ],
)
def test_an_incomplete_report_is_refused_beside_its_field(cast, change, field):
    """F12"""
    item = world.started(cast)

    with pytest.raises(Invalid) as refused:
        report(cast, item, **change)

    assert list(refused.value.fields) == [field]
    assert not ProgressReport.objects.exists()


def test_less_than_last_time_needs_its_reason(cast):
    item = world.started(cast)
    report(cast, item)

    with pytest.raises(Invalid) as refused:
        report(cast, item, percent=20)
    assert list(refused.value.fields) == ["lower_reason"]

    report(cast, item, percent=20, lower_reason="供应商退出，需重新询价。")
    item.refresh_from_db()
    assert item.percent == 20


def test_asking_for_help_reaches_the_case_officer(cast):
    item = world.started(cast)

    row = report(cast, item, coordination="请财务部明确费用列支科目。")

    assert row.wants_help
    assert world.told(cast.officer, "asks the office for help")


def test_a_report_without_a_wish_for_help_leaves_the_office_alone(cast):
    row = report(cast, world.started(cast))

    assert not row.wants_help
    assert not world.told(cast.officer, "asks the office for help")


def test_what_is_finished_has_no_next_step(cast):
    """F12"""
    nothing_ahead = {"next_step": "", "next_on": None, "expected_on": None}

    row = report(cast, world.started(cast), percent=100, **nothing_ahead)

    assert (row.percent, row.next_on, row.expected_on) == (100, None, None)


def test_who_expects_to_finish_late_tells_the_office_before_the_date_has_passed(cast):
    """R089"""
    report(cast, world.started(cast), expected_on=date(2026, 9, 24))

    assert world.told(cast.officer, "expects to finish", "after the due date")


def test_who_expects_to_finish_on_the_due_day_is_not_late(cast):
    """R089"""
    report(cast, world.started(cast), expected_on=world.DUE)

    assert not world.told(cast.officer, "expects to finish")


def test_whoever_reports_all_of_it_is_offered_to_hand_it_in_next(cast):
    item = world.started(cast)
    before = [act.name for act in item_acts(item, cast.supplies_clerk, None).answers]
    report(cast, item, percent=100, next_step="", next_on=None, expected_on=None)
    item.refresh_from_db()

    after = [act.name for act in item_acts(item, cast.supplies_clerk, None).answers]

    assert (before[0], after[0]) == ("report", "submit")
    assert sorted(before) == sorted(after)


def test_papers_come_with_a_report(cast):
    """F12"""
    item = world.started(cast)

    report(cast, item, evidence=[upload("询价单.pdf", PDF)])

    assert File.objects.of("item", item.pk).get().name == "询价单.pdf"


@pytest.mark.parametrize("name", ["clerk", "staffing_liaison", "officer", "auditor"])
def test_only_owner_and_speakers_of_the_department_report(cast, name):
    item = world.started(cast)

    with pytest.raises(NotYours):
        report(cast, item, by=getattr(cast, name))

    assert not ProgressReport.objects.exists()


def test_nothing_is_reported_on_an_item_that_is_being_verified(cast):
    item = world.submitted(cast)

    with pytest.raises(NotReady):
        report(cast, item)


def test_nothing_is_reported_while_the_matter_is_suspended(cast):
    item = world.started(cast)
    with at_moment(MORNING):
        flows.suspend(
            matter_id=item.matter_id, by=cast.office_head, reason="等待合同谈判", until=world.DUE,
            interim_measure="借用备用劳保服。",
        )  # fmt: skip

    with pytest.raises(NotReady):
        report(cast, item)
    assert not ProgressReport.objects.exists()
