"""R060: what was decided and handed out binds; its addressee asks for a change, a later date or a release, and declines nothing."""

import pytest

from audit.refusals import NotReady, NotYours
from requests import flows
from requests.item_acts import item_acts
from requests.models import ActionItem
from requests.states import ItemState, Opinion
from tests.requests import world

ADDRESSEES = ("supplies_clerk", "supplies_liaison", "supplies_head")
# To work on it, to have somebody of the own department do it, and the three ways to ask.
OPEN_TO_THEM = {
    "acknowledge", "report", "submit", "attach", "obstacle", "reassign", "help", "extend", "release",
}  # fmt: skip


@pytest.mark.parametrize("name", ADDRESSEES)
def test_r060_no_addressee_cancels_what_was_handed_out(cast, monday, name):
    item = world.issued(cast)

    with pytest.raises(NotYours):
        flows.cancel_item(item_id=item.pk, by=getattr(cast, name), reason="本部门不办理。")

    assert ActionItem.objects.get(pk=item.pk).state == ItemState.ISSUED


def test_r060_nor_is_it_struck_out_like_a_draft(cast, monday):
    item = world.issued(cast)

    with pytest.raises(NotReady):
        flows.discard_item(item_id=item.pk, by=cast.supplies_head)

    assert ActionItem.objects.get(pk=item.pk).state == ItemState.ISSUED


def test_r060_an_opinion_against_it_comes_too_late(cast, monday):
    row = world.executing(cast).participants.get(department=cast.staffing)
    act = {
        "participant_id": row.pk,
        "by": cast.staffing_head,
        "opinion": Opinion.DISAGREE,
        "reason": "不同意。",
    }

    with pytest.raises(NotReady):
        flows.give_opinion(**act)

    row.refresh_from_db()
    assert row.opinion == Opinion.AGREE


@pytest.mark.parametrize("name", ADDRESSEES)
def test_r060_the_page_offers_them_work_and_three_ways_to_ask(cast, monday, name):
    acts = item_acts(world.issued(cast), getattr(cast, name), None)

    offered = {act.name for act in (*acts.answers, *acts.others)}

    assert offered <= OPEN_TO_THEM
    assert "extend" in offered
