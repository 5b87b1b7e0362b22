"""R094, §3.6: a change ends as what it is: an order that was not given, an item that is closed, a lead that holds no longer."""

import pytest

from audit.acting import at_moment
from audit.refusals import NotReady
from requests import flows
from requests.change_states import ChangeState
from requests.models import ChangeRequest, CoordinationRequest
from supervision.models import Obligation
from tests.requests import world
from tests.requests.test_change_deciders import ask, assessed


@pytest.fixture
def matter(cast, monday):
    return world.executing(cast)


def approved(cast, matter, **changes):
    change = assessed(cast, matter, **changes)
    return flows.answer_change(change_id=change.pk, by=cast.office_head, approve=True)


def duties(change):
    return Obligation.objects.of(ChangeRequest.SUBJECT, change.pk).open()


def test_an_order_is_not_denied_after_the_change_has_its_answer(cast, matter, client):
    change = approved(cast, matter, ordered_by=cast.office_head)
    client.force_login(cast.office_head)

    assert "/order/" not in client.get(f"/changes/{change.pk}/").content.decode()
    assert client.get(f"/changes/{change.pk}/order/").url == f"/changes/{change.pk}/"
    response = client.post(f"/changes/{change.pk}/order/", {"is_given": "no", "note": "没有下达过。"})

    assert response.status_code == 422
    assert ChangeRequest.objects.get(pk=change.pk).state == ChangeState.APPROVED
    assert CoordinationRequest.objects.get(pk=matter.pk).expected_goal == change.after


def test_a_change_of_a_closed_item_is_refused_and_ends_as_void_and_holds_nothing_up(cast):
    item = world.submitted(cast)
    with at_moment(world.moment(14, 9)):
        change = approved(cast, item.matter, object="task_standard", item=item, value="签领单齐全")
        flows.close_item(item_id=item.pk, by=cast.officer)
        with pytest.raises(NotReady, match="行动项"):
            flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)
        assert flows.end_void_changes(world.moment(14, 9)) == 1

        done = flows.complete_execution(
            matter_id=item.matter_id, by=cast.supplies_liaison, summary="三人已穿上。"
        )

    assert done.stage == "feedback"
    assert ChangeRequest.objects.get(pk=change.pk).state == ChangeState.VOID
    assert not duties(change).exists()


def test_a_change_of_an_open_item_does_not_end_by_itself(cast, matter):
    change = approved(cast, matter, object="task_standard", item=matter.items.get(), value="签领单齐全")

    assert flows.end_void_changes(world.moment(14, 10)) == 0
    assert ChangeRequest.objects.get(pk=change.pk).state == ChangeState.APPROVED


def test_a_lead_by_an_order_that_was_not_given_takes_part_and_reads_no_longer(cast, matter):
    change = ask(cast, matter, object="resource", value="计划发展部", ordered_by=cast.office_head)
    assert matter.participants.filter(department=cast.planning).exists()

    flows.confirm_order(change_id=change.pk, by=cast.office_head, is_given=False, note="没有下达过。")

    assert {row.department for row in matter.participants.all()} == {cast.supplies, cast.staffing}
    assert not CoordinationRequest.objects.visible_to(cast.planning_head).exists()


def test_a_department_that_took_part_before_stays_when_the_order_was_not_given(cast, matter):
    change = ask(cast, matter, object="resource", value="人力资源部", ordered_by=cast.office_head)

    flows.confirm_order(change_id=change.pk, by=cast.office_head, is_given=False, note="没有下达过。")

    assert {row.department for row in matter.participants.all()} == {cast.supplies, cast.staffing}
    assert CoordinationRequest.objects.visible_to(cast.staffing_head).exists()
