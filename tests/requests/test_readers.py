"""Who reads a confidential matter: persons, named by whoever keeps it or the head of the office (domain §5)."""

from datetime import date

import pytest
import time_machine

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from coordination.flows import tick
from requests import flows
from requests.models import ActionItem, CoordinationRequest, Reader
from tests.requests import letters_world as letters
from tests.requests import world

WHY = "负责本事项的物资调拨。"


def confidential(matter):
    with as_actor(SYSTEM):
        CoordinationRequest.objects.filter(pk=matter.pk).update(confidentiality="confidential")
    matter.refresh_from_db()
    return matter


@pytest.fixture
def matter(cast):
    return confidential(world.executing(cast))


def name(cast, matter, person, *, by=None, **changes):
    with at_moment(world.moment(11, 14)):
        given = {"person": person, "reason": WHY, **changes}
        flows.name_reader(matter_id=matter.pk, by=by or cast.officer, **given)


def reads(person, matter):
    return CoordinationRequest.objects.visible_to(person).filter(pk=matter.pk).exists()


def test_without_being_named_only_four_read_it(cast, matter):
    people = [person for person in vars(cast).values() if hasattr(person, "authority")]

    readers = {person.username for person in people if reads(person, matter)}

    assert readers == {"clerk", "officer", "office-head", "auditor"}


def test_an_officer_who_does_not_keep_the_case_reads_nothing(cast, matter):
    with at_moment(world.moment(11, 14)):
        flows.change_keeper(
            matter_id=matter.pk, by=cast.office_head, keeper=cast.office_head, reason="改由我办。"
        )

    assert not reads(cast.officer, matter)
    assert reads(cast.office_head, matter)


def test_the_owner_of_an_item_sees_neither_matter_nor_item_unless_named(cast, matter):
    item = matter.items.get()
    assert not ActionItem.objects.visible_to(item.assignee).exists()

    name(cast, matter, item.assignee)

    assert reads(item.assignee, matter)
    assert ActionItem.objects.visible_to(item.assignee).get() == item


def test_a_named_reader_is_written_with_who_why_and_when_and_all_three_are_told(cast, matter):
    name(cast, matter, cast.planning_liaison)

    row = Reader.objects.named().get()
    assert (row.user, row.named_by, row.reason) == (cast.planning_liaison, cast.officer, WHY)
    assert row.since == world.moment(11, 14)
    for person in (cast.planning_liaison, cast.officer, cast.office_head):
        assert world.told(person, "reads it as a named person")
    line = TransitionLog.objects.of_case(matter.pk).first()
    assert (line.verb, line.params["name"]) == ("name_reader", cast.planning_liaison.name)


def test_a_reading_ends_and_stays_written(cast, matter):
    name(cast, matter, cast.planning_liaison)

    flows.end_reading(
        matter_id=matter.pk, by=cast.office_head, person=cast.planning_liaison, reason="已办完。"
    )

    row = Reader.objects.named().get()
    assert not reads(cast.planning_liaison, matter)
    assert row.ended_by == cast.office_head
    assert world.told(cast.planning_liaison, "reads it no longer")
    assert TransitionLog.objects.of_case(matter.pk).first().verb == "end_reading"


def test_whose_reading_ended_can_be_named_again(cast, matter):
    name(cast, matter, cast.planning_liaison)
    flows.end_reading(matter_id=matter.pk, by=cast.officer, person=cast.planning_liaison, reason="已办完。")

    name(cast, matter, cast.planning_liaison)

    assert reads(cast.planning_liaison, matter)
    assert Reader.objects.named().count() == 2


@pytest.mark.parametrize("role", ["clerk", "supplies_head", "secretary", "auditor", "chair", "system_admin"])
def test_nobody_else_names_a_reader(cast, matter, role):
    with pytest.raises(NotYours):
        name(cast, matter, cast.planning_liaison, by=getattr(cast, role))

    assert not Reader.objects.named().exists()


@pytest.mark.parametrize("role", ["clerk", "auditor", "office_head"])
def test_who_reads_it_already_is_not_named(cast, matter, role):
    with pytest.raises(Invalid) as refusal:
        name(cast, matter, getattr(cast, role))

    assert list(refusal.value.fields) == ["person"]
    assert not Reader.objects.named().exists()


@pytest.mark.parametrize(
    ("changes", "field"), [({"reason": " "}, "reason"), ({"until": date(2026, 9, 10)}, "until")]
)
def test_naming_needs_its_reason_and_a_day_to_come(cast, matter, changes, field):
    with pytest.raises(Invalid) as refusal:
        name(cast, matter, cast.planning_liaison, **changes)

    assert list(refusal.value.fields) == [field]
    assert not reads(cast.planning_liaison, matter)


def test_readers_are_named_on_the_highest_level_only(cast):
    matter = world.accepted(cast)

    with pytest.raises(NotReady):
        name(cast, matter, cast.planning_liaison)

    assert not reads(cast.planning_liaison, matter)


def test_after_its_last_day_a_reading_has_ended_before_any_tick(cast, matter):
    name(cast, matter, cast.planning_liaison, until=date(2026, 9, 14))

    with as_actor(SYSTEM):
        Reader.objects.named().update(until=world.moment(14))

    assert not reads(cast.planning_liaison, matter)


def test_the_tick_writes_down_that_a_reading_has_ended(cast, matter):
    name(cast, matter, cast.planning_liaison, until=date(2026, 9, 14))

    tick(now=world.moment(14, 23))
    assert Reader.objects.named().get().ended_at is None
    tick(now=world.moment(15, 0, 1))
    tick(now=world.moment(15, 0, 2))

    assert Reader.objects.named().get().ended_at == world.moment(15, 0, 1)
    assert world.told(cast.planning_liaison, "reads it no longer")
    assert TransitionLog.objects.of_case(matter.pk).filter(verb="end_reading").count() == 1


def test_an_item_waits_until_its_department_and_its_owner_read_the_matter(cast):
    matter = confidential(world.deciding(cast))

    with at_moment(world.moment(10, 10)), pytest.raises(NotReady) as refusal:
        world.draft_item(cast, matter)
    assert "孙一凡、物资部" in str(refusal.value)
    assert not matter.items.exists()

    name(cast, matter, cast.supplies_clerk)
    name(cast, matter, cast.supplies_liaison)
    with at_moment(world.moment(11, 15)):
        assert world.draft_item(cast, matter).pk


def test_a_paper_goes_to_a_department_only_when_somebody_reads_for_it(cast):
    matter = confidential(world.accepted(cast))
    name(cast, matter, cast.repair_liaison)
    name(cast, matter, cast.repair_head)

    with pytest.raises(NotReady):
        letters.sent(cast, matter, at=world.moment(11, 15), confidentiality="confidential")

    name(cast, matter, cast.supplies_liaison)
    assert letters.sent(cast, matter, at=world.moment(11, 16), confidentiality="confidential").sent_at


def test_of_a_confidential_matter_only_its_readers_are_told(cast):
    with time_machine.travel(world.moment(7), tick=False):
        matter = world.filed(cast, confidentiality="confidential")

    assert world.told(cast.office_head, "waits for acceptance")
    assert not world.told(cast.officer, "waits for acceptance")
    assert not reads(cast.officer, matter)
