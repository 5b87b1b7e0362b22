"""Closing an item: by somebody else than the doer, judged by the original date."""

import pytest
from django.db import IntegrityError, transaction

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import NotReady, NotYours
from requests import flows
from requests.models import ActionItem
from requests.states import ItemState
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import world


def close(item, by, moment=None):
    with at_moment(moment or world.moment(15)):
        return flows.close_item(item_id=item.pk, by=by)


def test_the_office_checks_and_closes(cast):
    item = close(world.submitted(cast), cast.officer)

    assert (item.state, item.closed_by, item.is_on_time) == (ItemState.CLOSED, cast.officer, True)
    assert not Obligation.objects.of("item", item.pk).open().exists()
    assert world.told(cast.supplies_clerk, "checked and closed")


def test_the_named_verifier_closes(cast):
    item = world.submitted(cast, verifier=cast.repair_liaison)

    assert close(item, cast.repair_liaison).state == ItemState.CLOSED


@pytest.mark.parametrize("name", ["clerk", "repair_head"])
def test_r102_the_side_that_asked_for_it_accepts(cast, name):
    item = close(world.submitted(cast), getattr(cast, name))

    assert (item.state, item.closed_by) == (ItemState.CLOSED, getattr(cast, name))
    assert item.acceptances.get().accepted_by == getattr(cast, name)
    assert world.owed(item, Kind.VERIFY) is None


def test_r102_the_asking_side_does_not_accept_what_its_own_department_did(cast):
    item = world.issued(cast, department=cast.repair, assignee=cast.repair_liaison)
    with at_moment(world.moment(14)):
        flows.submit_item(
            item_id=item.pk, by=cast.repair_liaison, result="三人已签领。", evidence_note=world.SEEN
        )

    with pytest.raises(NotYours):
        close(item, cast.clerk)

    item.refresh_from_db()
    assert item.state == ItemState.SUBMITTED


def test_the_doer_never_closes(cast):
    item = world.submitted(cast)

    with pytest.raises(NotYours):
        close(item, cast.supplies_clerk)

    item.refresh_from_db()
    assert item.state == ItemState.SUBMITTED
    assert world.owed(item, Kind.VERIFY) is not None


def test_whoever_reported_it_done_for_the_owner_does_not_close_it_either(cast):
    """The verifier is the department's liaison: who reported it done may not check the own report."""
    item = world.started(cast, verifier=cast.supplies_liaison)
    with at_moment(world.moment(14)):
        flows.submit_item(
            item_id=item.pk, by=cast.supplies_liaison, result="三人已签领。", evidence_note=world.SEEN
        )

    with pytest.raises(NotYours):
        close(item, cast.supplies_liaison)

    item.refresh_from_db()
    assert item.state == ItemState.SUBMITTED
    assert close(item, cast.officer).state == ItemState.CLOSED


def test_an_officer_who_owns_an_item_does_not_close_it(cast):
    item = world.issued(cast, department=cast.office, assignee=cast.officer)
    with at_moment(world.moment(14)):
        flows.submit_item(item_id=item.pk, by=cast.officer, result="会议已召开。", evidence_note=world.SEEN)

    with pytest.raises(NotYours):
        close(item, cast.officer)

    assert close(item, cast.office_head).state == ItemState.CLOSED


@pytest.mark.parametrize("name", ["staffing_liaison", "supplies_head", "chair", "auditor"])
def test_nobody_else_closes(cast, name):
    item = world.submitted(cast)

    with pytest.raises(NotYours):
        close(item, getattr(cast, name))

    item.refresh_from_db()
    assert item.state == ItemState.SUBMITTED


def test_only_what_was_reported_done_is_closed(cast):
    item = world.started(cast)

    with pytest.raises(NotReady):
        close(item, cast.officer)


def test_the_database_refuses_the_doer_as_closer_whatever_code_runs(cast):
    item = world.submitted(cast)

    with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
        ActionItem.objects.filter(pk=item.pk).update(closed_by=cast.supplies_clerk)


@pytest.mark.parametrize(("moment", "on_time"), [(world.moment(22, 17), True), (world.moment(23), False)])
def test_on_time_means_closed_by_the_original_date(cast, moment, on_time):
    item = world.submitted(cast)

    assert close(item, cast.officer, moment).is_on_time is on_time


def test_an_extension_does_not_make_late_work_punctual(cast):
    item = world.started(cast)
    with at_moment(world.moment(14)):
        extension = flows.ask_extension(
            item_id=item.pk, by=cast.supplies_clerk, wished_on=world.moment(24).date(),
            reason="供应商晚到货。", progress="已下单。",
        )  # fmt: skip
        flows.answer_extension(extension_id=extension.pk, by=cast.supplies_head, approve=True)
    with at_moment(world.moment(23)):
        flows.submit_item(
            item_id=item.pk, by=cast.supplies_clerk, result="三人已签领。", evidence_note=world.SEEN
        )

    assert close(item, cast.officer, world.moment(24)).is_on_time is False


def test_the_last_item_closed_asks_the_lead_for_the_completion(cast):
    item = close(world.submitted(cast), cast.officer)

    completion = world.owed(item.matter, Kind.CLOSE_EXECUTION)
    assert completion.holder_department == cast.supplies


@pytest.mark.django_db(transaction=True)
def test_when_the_last_two_items_are_closed_at_once_the_completion_is_owed_once(cast):
    matter = world.deciding(cast)
    with at_moment(world.moment(10, 10)):
        items = [world.draft_item(cast, matter), world.draft_item(cast, matter)]
    with at_moment(world.moment(11, 10)):
        flows.decide_as_office(matter_id=matter.pk, by=cast.office_head, resolution="由物资部采购发放。")
    for item in items:
        with at_moment(world.moment(14)):
            flows.submit_item(
                item_id=item.pk, by=cast.supplies_clerk, result="三人已签领。", evidence_note=world.SEEN
            )

    world.both_holding(lambda: close(items[0], cast.officer), lambda: close(items[1], cast.office_head))

    assert set(matter.items.values_list("state", flat=True)) == {ItemState.CLOSED}
    assert Obligation.objects.filter(kind=Kind.CLOSE_EXECUTION, case_id=matter.pk).count() == 1
