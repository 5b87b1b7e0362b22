"""Starting and reporting: the first step, percentages, difficulties, help from the office."""

import pytest

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import ProgressReport
from requests.states import ItemState
from supervision.states import Kind
from tests.requests import world

MORNING = world.moment(14)


def report(cast, item, *, by=None, **changes):
    given = {"percent": 30, "done": "已询价三家。", **changes}
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
        ({"wants_help": True}, "difficulty"),
    ],
)
def test_an_incomplete_report_is_refused_beside_its_field(cast, change, field):
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

    report(cast, item, difficulty="专项资金不能用于外包人员。", wants_help=True)

    assert world.told(cast.officer, "asks the office for help")


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
