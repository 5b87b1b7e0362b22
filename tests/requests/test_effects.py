"""R083: what a matter gives to each department and takes from it is stated, seen by the others, and made up for."""

from decimal import Decimal

import pytest
import time_machine

from archive.contents import effects as of_dossier
from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from meetings.reading import with_effects
from requests import flows
from requests.models import Effect
from tests.requests import world

LOSS = {
    "direction": "loss",
    "kind": "work",
    "text": "每月增加一人天盘点。",
    "amount": Decimal(12),
    "unit": "人天",
}
TUESDAY = world.moment(8, 10)


def state(cast, matter, *, by=None, **changes) -> Effect:
    with at_moment(TUESDAY):
        return flows.state_effect(
            matter_id=matter.pk,
            by=by or cast.supplies_liaison,
            **{"department": cast.supplies, **LOSS, **changes},
        )


def test_a_department_states_its_own_loss(cast):
    effect = state(cast, world.prepared(cast))

    assert (effect.department_name, effect.is_own, effect.amount, effect.unit) == ("物资部", True, 12, "人天")


def test_what_the_office_writes_for_a_department_is_told_to_it(cast):
    effect = state(cast, world.prepared(cast), by=cast.officer)

    assert not effect.is_own
    assert world.told(cast.supplies_liaison, "means for your department")


@pytest.mark.parametrize("who", ["staffing_liaison", "supplies_clerk", "planning_liaison", "auditor"])
def test_nobody_states_the_loss_of_another_department(cast, who):
    matter = world.prepared(cast)

    with pytest.raises(NotYours):
        state(cast, matter, by=getattr(cast, who))

    assert not Effect.objects.exists()


def test_an_entry_needs_its_words_and_an_amount_its_unit(cast):
    matter = world.prepared(cast)

    with pytest.raises(Invalid) as refused:
        state(cast, matter, by=cast.officer, text=" ", unit="", department=cast.planning)

    assert set(refused.value.fields) == {"text", "unit", "department"}


def test_it_is_stated_between_acceptance_and_the_end_of_the_work(cast):
    matter = world.in_feedback(cast)

    with pytest.raises(NotReady):
        state(cast, matter)


def test_taken_back_it_stays_with_its_reason(cast):
    effect = state(cast, world.prepared(cast))
    with pytest.raises(NotYours):
        flows.withdraw_effect(effect_id=effect.pk, by=cast.officer, reason="重复。")

    flows.withdraw_effect(effect_id=effect.pk, by=cast.supplies_head, reason="与第一条重复。")

    assert Effect.objects.get().withdrawn_why == "与第一条重复。"
    assert not Effect.objects.standing().exists()
    with pytest.raises(NotReady):
        flows.compensate(effect_id=effect.pk, by=cast.officer, text="减免盘点。")


def test_what_was_decided_for_a_loss_is_recorded_and_told(cast):
    effect = state(cast, world.prepared(cast))
    with pytest.raises(NotYours):
        flows.compensate(effect_id=effect.pk, by=cast.supplies_head, text="增加一人。")

    flows.compensate(effect_id=effect.pk, by=cast.officer, text="减免一次年度盘点。", amount=Decimal(800))

    assert Effect.objects.get().compensation == "减免一次年度盘点。"
    assert world.told(cast.supplies_liaison, "makes up for the loss")


def test_a_gain_is_not_made_up_for(cast):
    effect = state(cast, world.prepared(cast), direction="gain")

    with pytest.raises(Invalid):
        flows.compensate(effect_id=effect.pk, by=cast.officer, text="减免盘点。")


def test_the_others_see_it_where_they_give_their_opinion_and_in_the_dossier(client, cast):
    matter = world.prepared(cast)
    state(cast, matter)
    row = matter.participants.get(department=cast.staffing)
    client.force_login(cast.staffing_liaison)

    with time_machine.travel(TUESDAY, tick=False):
        opinion = client.get(f"/requests/{matter.pk}/opinions/{row.pk}/").content.decode()
        tab = client.get(f"/requests/{matter.pk}/?tab=effects").content.decode()

    assert "每月增加一人天盘点" in opinion
    assert "每月增加一人天盘点" in tab
    assert next(of_dossier(matter)).snapshot[0]["text"] == "每月增加一人天盘点。"


def test_the_notice_of_a_meeting_shows_it_to_whoever_reads_the_topic(cast):
    matter = world.prepared(cast)
    state(cast, matter)
    topics = [Topic(matter.pk, is_readable=True), Topic(matter.pk, is_readable=False)]

    readable, hidden = with_effects(topics)

    assert [row.text for row in readable.effects] == ["每月增加一人天盘点。"]
    assert hidden.effects == []


class Topic:
    """A topic on this matter, as the page has marked it."""

    def __init__(self, matter_id, *, is_readable):
        self.matter_id, self.is_readable = matter_id, is_readable
