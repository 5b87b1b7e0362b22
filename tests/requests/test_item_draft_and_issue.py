"""R061: an item is drafted with owner, date and standard, and issued with the decision: the clock starts then."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows, policies
from requests.models import ActionItem
from requests.states import ItemState
from supervision.states import Kind
from tests.requests import world


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "太短"}, "text"),
        ({"standard": " "}, "standard"),
        ({"due_on": date(2026, 9, 9)}, "due_on"),
        ({"due_on": date(2026, 9, 19)}, "due_on"),
        ({"due_on": date(2026, 9, 25)}, "due_on"),
    ],
    ids=["text too short", "no standard", "a day that has passed", "a Saturday", "a holiday"],
)
def test_an_incomplete_item_is_refused_beside_its_field(cast, change, field):
    matter = world.deciding(cast)

    with pytest.raises(Invalid) as refused, at_moment(world.moment(10, 10)):
        world.draft_item(cast, matter, **change)

    assert list(refused.value.fields) == [field]
    assert not ActionItem.objects.exists()


def test_a_made_up_working_day_can_be_a_due_date(cast):
    matter = world.deciding(cast)

    with at_moment(world.moment(10, 10)):
        item = world.draft_item(cast, matter, due_on=date(2026, 9, 20))

    assert item.agreed_due_on == date(2026, 9, 20)


def test_the_owner_belongs_to_the_responsible_department(cast):
    matter = world.deciding(cast)

    with pytest.raises(Invalid) as refused, at_moment(world.moment(10, 10)):
        world.draft_item(cast, matter, assignee=cast.clerk)

    assert list(refused.value.fields) == ["assignee"]
    assert not ActionItem.objects.exists()


def test_nobody_verifies_the_own_item(cast):
    matter = world.deciding(cast)

    with pytest.raises(Invalid) as refused, at_moment(world.moment(10, 10)):
        world.draft_item(cast, matter, verifier=cast.supplies_clerk)

    assert list(refused.value.fields) == ["verifier"]


def test_whoever_only_takes_part_drafts_no_item(cast):
    matter = world.deciding(cast)

    with pytest.raises(NotYours), at_moment(world.moment(10, 10)):
        flows.draft_item(
            matter_id=matter.pk, by=cast.staffing_liaison, **world.ITEM,
            department=cast.supplies, assignee=cast.supplies_clerk,
        )  # fmt: skip

    assert not ActionItem.objects.exists()


def test_no_item_is_drafted_before_the_matter_can_be_decided(cast):
    matter = world.prepared(cast)

    with pytest.raises(NotReady), at_moment(world.moment(8, 10)):
        world.draft_item(cast, matter)


def test_a_draft_has_no_number_and_owes_nothing(cast):
    matter = world.deciding(cast)

    with at_moment(world.moment(10, 10)):
        item = world.draft_item(cast, matter)

    assert (item.state, item.number) == (ItemState.DRAFTED, None)
    assert world.owed(item, Kind.EXECUTE) is None


def test_the_decision_issues_the_item_with_number_and_running_clock(cast):
    item = world.issued(cast)

    assert (item.state, item.number) == (ItemState.ISSUED, "督〔2026〕1号")
    assert item.issued_at == world.moment(11, 10)
    execution = world.owed(item, Kind.EXECUTE)
    assert (execution.holder, execution.due_at) == (cast.supplies_clerk, world.moment(22, 17, 30))
    assert execution.ladder
    assert execution.since == item.issued_at
    assert world.owed(item, Kind.RECEIPT).due_at == world.moment(14, 17, 30)
    assert world.owed(item, Kind.FIRST_REPLY).due_at == world.moment(16, 17, 30)
    assert world.told(cast.supplies_clerk, "was issued to you")
    assert world.told(cast.supplies_liaison, "was issued to you")


def test_whoever_gets_an_item_reads_who_of_the_office_follows_it_up(cast):
    item = world.issued(cast)

    asked = {world.owed(item, kind).asked_by for kind in (Kind.RECEIPT, Kind.FIRST_REPLY, Kind.EXECUTE)}

    assert asked == {item.matter.keeper}
    assert item.matter.keeper is not None


def test_a_drafted_item_can_be_struck_but_an_issued_one_cannot(cast):
    matter = world.deciding(cast)
    with at_moment(world.moment(10, 10)):
        item = world.draft_item(cast, matter)
        flows.discard_item(item_id=item.pk, by=cast.officer)
    assert not ActionItem.objects.exists()

    issued = world.issued(cast)
    with pytest.raises(NotReady):
        flows.discard_item(item_id=issued.pk, by=cast.officer)
    assert ActionItem.objects.filter(pk=issued.pk).exists()


def test_an_item_hangs_on_a_question_of_its_own_matter_only(cast):
    matter, other = world.deciding(cast), world.deciding(cast)

    with pytest.raises(Invalid) as refused:
        world.draft_item(cast, matter, question=other.questions.get())

    assert list(refused.value.fields) == ["question"]
    assert not matter.items.exists()


def test_a_committees_secretary_from_outside_drafts_no_items(cast):
    with as_actor(SYSTEM):
        type(cast.committee).objects.filter(pk=cast.committee.pk).update(secretary=cast.outsider)
    matter = world.deciding(cast)

    assert not policies.may_draft_items(matter, cast.outsider)
    assert policies.may_draft_items(matter, cast.secretary)


def test_a_question_of_a_matter_that_one_may_not_see_does_not_exist_over_the_api(cast):
    """§5, who reads what: the list to choose from holds nothing that the reader may not see; what is seen is refused in the
    flow's words."""
    matter, hidden = world.deciding(cast), hidden_question(cast)
    client = APIClient()
    client.force_authenticate(cast.supplies_liaison)
    given = {
        "text": "采购三套", "standard": "本人签领", "department": cast.supplies.pk, "assignee": cast.supplies_clerk.pk,
        "due_on": "2026-09-22",
    }  # fmt: skip

    unseen = client.post(f"/api/v1/matters/{matter.pk}/draft-item/", {**given, "question": hidden.pk})
    nothing = client.post(f"/api/v1/matters/{matter.pk}/draft-item/", {**given, "question": 0})

    assert (unseen.status_code, nothing.status_code) == (422, 422)
    said = [str(answer.json()["fields"]["question"]) for answer in (unseen, nothing)]
    assert said[0].replace(str(hidden.pk), "N") == said[1].replace("0", "N")
    assert not matter.items.exists()


def hidden_question(cast):
    """A core question between planning and staffing, of no concern to supplies."""
    with at_moment(world.moment(7)):
        matter = flows.file_at_once(
            by=cast.planning_liaison, departments=[cast.staffing], fields={**world.FORM, "wished_on": None}
        )
        flows.accept(
            matter_id=matter.pk, by=cast.officer, lead_department=cast.staffing, co_departments=[cast.planning],
            conditions=world.all_met(), **world.ASSESSMENT,
        )  # fmt: skip
        flows.write_preparation(matter_id=matter.pk, by=cast.officer, **world.PREPARATION)
    return matter.questions.get()
