"""Q23, 先办后补: an extra urgent matter starts on an oral order; whoever gave it says so, the papers follow."""

import pytest
import time_machine

from archive.readiness import missing
from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from coordination import flows as coordination
from requests import flows, guards
from requests.models import ActionItem, CoordinationRequest, OralOrder
from requests.states import DecisionWay, Stage, UrgencyWish
from supervision.models import Obligation
from supervision.states import Kind, Urgency
from tests.requests import letters_world as letters
from tests.requests import oral_world as oral
from tests.requests import world


def test_it_runs_at_once_and_says_on_whose_word(cast):
    matter = oral.begun(cast)

    assert (matter.stage, matter.urgency, matter.keeper) == (Stage.EXECUTION, Urgency.EXTRA, cast.officer)
    assert (matter.decision_way, matter.decided_by) == (DecisionWay.ORDER, cast.repair_head)
    assert matter.number.startswith("协〔2026〕")
    assert matter.oral_order.means == "phone"


def test_the_applicant_owes_the_papers_within_two_working_days_on_the_ladder(cast):
    duty = world.owed(oral.begun(cast), Kind.PAPERS)

    assert (duty.holder, duty.due_at, duty.ladder) == (cast.clerk, world.moment(9, 17, 30), True)


def test_whoever_gave_the_order_is_told_at_once_and_asked(cast):
    matter = oral.begun(cast)

    assert world.told(cast.repair_head, "oral order", "confirm or deny")
    assert world.owed(matter, Kind.CONFIRM_ORDER).holder == cast.repair_head
    assert CoordinationRequest.objects.visible_to(cast.supplies_liaison).get() == matter


def test_the_acts_run_until_the_papers_come(cast):
    matter = oral.begun(cast)

    with at_moment(world.moment(7, 10)):
        world.draft_item(cast, matter)
        assert flows.issue_rework(matter_id=matter.pk, by=cast.officer) == 1

    assert ActionItem.objects.get(matter=matter).state == "issued"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ordered_by": "supplies_head"}, "ordered_by"), ({"ordered_by": "clerk"}, "ordered_by"),
        ({"order": " "}, "order"), ({"means": "letter"}, "means"), ({"ordered_at": world.moment(7, 11)}, "ordered_at"),
        ({"lead_department": "repair", "co_departments": []}, "lead_department"),
    ],
)  # fmt: skip
def test_an_order_needs_its_giver_its_words_and_its_means(cast, change, field):
    given = {
        name: getattr(cast, value, value) if isinstance(value, str) else value
        for name, value in change.items()
    }

    with pytest.raises(Invalid) as refused:
        oral.begin(cast, **given)

    assert set(refused.value.fields) == {field}
    assert not CoordinationRequest.objects.exists()


def test_a_major_project_is_never_started_on_a_word(cast):
    with pytest.raises(Invalid) as refused:
        oral.begin(cast, fields={**oral.AT_ONCE, "category": "project"})

    assert set(refused.value.fields) == {"category"}


def test_only_the_office_takes_down_an_order_and_never_its_own(cast):
    with pytest.raises(NotYours):
        oral.begin(cast, by=cast.clerk)
    with pytest.raises(Invalid):
        oral.begin(cast, by=cast.office_head, ordered_by=cast.office_head)

    assert not OralOrder.objects.exists()


def test_a_confirmed_order_confirms_the_extra_urgency(cast):
    matter = oral.begun(cast)

    oral.answer(cast, matter)

    matter.refresh_from_db()
    assert (matter.urgency_wish, matter.urgency_confirmed_by) == (UrgencyWish.CONFIRMED, cast.repair_head)
    assert world.owed(matter, Kind.CONFIRM_ORDER) is None
    assert world.told(cast.officer, "confirmed the oral order")


def test_nobody_else_answers_the_order_and_nobody_twice(cast):
    matter = oral.begun(cast)

    with pytest.raises(NotYours):
        oral.answer(cast, matter, by=cast.office_head)
    oral.answer(cast, matter)
    with pytest.raises(NotReady):
        oral.answer(cast, matter, confirm=False, reason="没有这回事。")


def test_r054_a_denied_order_leaves_what_is_kept_up_meanwhile_owed_and_ends_its_letters(cast):
    matter = oral.begun(cast)
    with at_moment(world.moment(7, 10)):
        measure = flows.record_measure(
            matter_id=matter.pk, by=cast.officer, definitive="采购三套。", interim="先借三套。", department=cast.supplies,
            ends_on=world.DUE, return_duty="到货后归还。",
        )  # fmt: skip
        letter = letters.sent(cast, matter, at=world.moment(7, 10))

    oral.answer(cast, matter, confirm=False, reason="我没有下过这个指令。")

    letter.refresh_from_db()
    assert letter.state == "withdrawn"
    assert world.owed(measure, Kind.END_INTERIM).holder_department == cast.supplies


def test_a_denied_order_stops_everything_and_the_office_weighs_it_like_every_matter(cast):
    matter = oral.begun(cast)
    with at_moment(world.moment(7, 9, 45)):
        world.draft_item(cast, matter)
        flows.issue_rework(matter_id=matter.pk, by=cast.officer)

    oral.answer(cast, matter, confirm=False, reason="我没有下过这个指令。")

    matter.refresh_from_db()
    assert (matter.stage, matter.urgency, matter.decided_at) == (Stage.PROPOSAL, Urgency.URGENT, None)
    assert ActionItem.objects.get(matter=matter).state == "cancelled"
    assert [duty.kind for duty in Obligation.objects.of_case(matter.pk).open()] == [Kind.ACCEPT]
    for person in (cast.clerk, cast.officer, cast.office_head, cast.supplies_liaison):
        assert world.told(person, "no such order")


def test_a_denial_says_why(cast):
    matter = oral.begun(cast)

    with pytest.raises(Invalid):
        oral.answer(cast, matter, confirm=False)

    assert CoordinationRequest.objects.get(pk=matter.pk).stage == Stage.EXECUTION


def test_the_papers_name_every_gap_and_are_handed_in_once_by_the_applicant(cast):
    matter = oral.begun(cast)

    with pytest.raises(NotYours):
        oral.hand_in(cast, matter, by=cast.officer)
    with pytest.raises(Invalid) as refused:
        oral.hand_in(cast, matter, background="太短", organization_goal="")
    assert set(refused.value.fields) == {"background", "organization_goal"}

    oral.hand_in(cast, matter)
    assert world.owed(matter, Kind.PAPERS) is None
    assert world.told(cast.officer, "papers", "handed in")
    with pytest.raises(NotReady):
        oral.hand_in(cast, matter)


def test_without_its_papers_it_is_not_archived(cast):
    matter = oral.begun(cast)
    assert any("补办材料" in sentence and "周立群" in sentence for sentence in missing(matter))
    assert not guards.papers_have_followed(matter)

    oral.hand_in(cast, matter)

    assert guards.papers_have_followed(CoordinationRequest.objects.get(pk=matter.pk))
    assert not any("补办材料" in sentence for sentence in missing(matter))


def test_missing_papers_lapse_in_the_sight_of_all(client, cast):
    matter = oral.begun(cast)
    with time_machine.travel(world.moment(10, 9, 5), tick=False):
        coordination.tick(now=world.moment(10, 9, 5))
        client.force_login(cast.auditor)
        page = client.get("/requests/oral/").content.decode()
        own = client.get(f"/requests/{matter.pk}/").content.decode()

    assert "逾期" in page
    assert "按口头指令启动" in own
    assert "逾期" in own


def test_the_api_starts_answers_and_takes_the_papers(client, cast):
    given = oral.order(cast)
    body = {
        **{name: getattr(value, "pk", value) for name, value in given.items() if name != "fields"}, **given["fields"],
        "co_departments": [cast.staffing.pk], "ordered_at": "2026-09-07 09:00",
    }  # fmt: skip
    with time_machine.travel(world.moment(7, 9, 30), tick=False):
        client.force_login(cast.officer)
        told = client.post("/api/v1/oral-orders/", body, content_type="application/json")
        client.force_login(cast.repair_head)
        address = f"/api/v1/matters/{told.json()['id']}/answer-order/"
        answered = client.post(address, {"confirm": True}, content_type="application/json")
        client.force_login(cast.clerk)
        papers = client.post(
            address.replace("answer-order", "hand-in-papers"), oral.PAPERS, content_type="application/json"
        )

    assert (told.status_code, answered.status_code, papers.status_code) == (201, 200, 200)
    assert OralOrder.objects.get().papers_at is not None
