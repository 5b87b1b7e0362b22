"""R040: extra urgent needs a head's word; confirmed, every limit on the matter becomes shorter."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import CoordinationRequest
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import world


def answer(cast, matter, *, confirm=True, by=None, reason="", at=None):
    with at_moment(at or world.moment(7, 10)):
        return flows.confirm_urgency(
            matter_id=matter.pk, by=by or cast.repair_head, confirm=confirm, reason=reason
        )


def fresh(matter):
    return CoordinationRequest.objects.get(pk=matter.pk)


def test_r040_until_a_head_has_spoken_it_runs_as_urgent(cast):
    matter = world.hurried(cast)

    assert (matter.urgency, matter.urgency_wish) == ("urgent", "asked")
    assert world.owed(matter, Kind.ACCEPT).due_at == world.moment(8, 17, 30)
    duty = world.owed(matter, Kind.CONFIRM_URGENCY)
    assert (duty.holder, duty.due_at) == (cast.repair_head, world.moment(7, 15))
    assert world.told(cast.repair_head, "confirm extra urgency")


def test_r040_confirmed_the_limits_are_those_of_the_extra_urgent_from_then_on(cast):
    matter = world.hurried(cast)

    answer(cast, matter)

    duty = world.owed(matter, Kind.ACCEPT)
    assert (fresh(matter).urgency, duty.urgency) == ("extra", "extra")
    assert (duty.due_at, duty.original_due_at) == (world.moment(7, 16), world.moment(8, 17, 30))
    assert world.owed(matter, Kind.CONFIRM_URGENCY) is None
    assert world.told(cast.officer, "extra urgent")


def test_r040_what_is_due_sooner_already_is_not_put_off(cast):
    matter = world.hurried(cast)

    answer(cast, matter, at=world.moment(8, 17))

    assert world.owed(matter, Kind.ACCEPT).due_at == world.moment(8, 17, 30)


def test_r040_not_confirmed_it_stays_urgent_with_the_reason(cast):
    matter = world.hurried(cast)

    with pytest.raises(Invalid):
        answer(cast, matter, confirm=False)
    answer(cast, matter, confirm=False, reason="还有两周。")

    assert (fresh(matter).urgency, fresh(matter).urgency_wish) == ("urgent", "denied")
    assert world.owed(matter, Kind.ACCEPT).due_at == world.moment(8, 17, 30)
    assert TransitionLog.objects.of_case(matter.pk).get(verb="confirm_urgency").reason == "还有两周。"


def test_r040_the_head_of_the_office_confirms_what_a_head_has_filed(cast):
    hurry = {"urgency": "extra", "urgency_reason": "9月24日检修开工。"}
    with at_moment(world.moment(7)):
        matter = flows.file_at_once(
            by=cast.repair_head, departments=[cast.supplies], fields={**world.FORM, **hurry}
        )

    assert world.owed(matter, Kind.CONFIRM_URGENCY).holder == cast.office_head
    with pytest.raises(NotYours):
        answer(cast, matter, by=cast.repair_head)
    assert answer(cast, matter, by=cast.office_head).urgency == "extra"


@pytest.mark.parametrize("name", ["clerk", "repair_liaison", "supplies_head", "officer", "auditor"])
def test_r040_nobody_else_confirms(cast, name):
    matter = world.hurried(cast)

    with pytest.raises(NotYours):
        answer(cast, matter, by=getattr(cast, name))

    assert fresh(matter).urgency == "urgent"


def test_r040_it_is_answered_once(cast):
    matter = world.hurried(cast)
    answer(cast, matter)

    with pytest.raises(NotReady):
        answer(cast, matter, confirm=False, reason="还有时间。")

    assert fresh(matter).urgency == "extra"


def test_r040_normal_and_urgent_need_no_confirmation(cast):
    matter = world.filed(cast, urgency="urgent")

    assert world.owed(matter, Kind.CONFIRM_URGENCY) is None
    with pytest.raises(NotReady):
        answer(cast, matter)


def test_r040_what_was_not_confirmed_is_not_asked_for_again(cast):
    matter = world.hurried(cast)
    answer(cast, matter, confirm=False, reason="还有两周。")
    with at_moment(world.moment(7, 14, 30)):
        flows.return_for_revision(matter_id=matter.pk, by=cast.officer, gaps=[("goal", "写明时间。")])
    changed = {"urgency": "extra", "goal": "9月24日前三人穿上劳保服。"}
    with at_moment(world.moment(8)):
        flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields=changed)

    with pytest.raises(Invalid) as refused, at_moment(world.moment(8)):
        flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers={matter.gaps.get().pk: "已写明。"})

    assert list(refused.value.fields) == ["urgency"]
    assert fresh(matter).stage == "returned"


def test_r040_with_the_matter_the_question_ends(cast):
    matter = world.hurried(cast)
    flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="已自行解决。")

    with pytest.raises(NotReady):
        answer(cast, matter)

    assert not Obligation.objects.of_case(matter.pk).open().exists()


def test_the_database_lets_nobody_confirm_the_own_urgency(cast):
    matter = world.hurried(cast)

    with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
        CoordinationRequest.objects.filter(pk=matter.pk).update(urgency_confirmed_by=cast.clerk)


def test_the_head_confirms_on_the_page(cast):
    matter, client = world.hurried(cast), Client()
    client.force_login(cast.repair_head)

    with at_moment(world.moment(7, 10)):
        page = client.get(f"/requests/{matter.pk}/").content.decode()
        sent = client.post(f"/requests/{matter.pk}/urgency/", {"confirm": "yes", "reason": ""})

    assert "特急待确认" in page
    assert page.count("btn-primary") == 1
    assert sent.status_code == 302
    assert fresh(matter).urgency == "extra"
