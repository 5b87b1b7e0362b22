"""A3, A4, R060, R100: a department asks once and in time to be released; the office rules, and what passes on is counted."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import ActionItem, MeetingWish, Release
from requests.states import ItemState
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import world

BASIS = "部门职责清单第4条：外包人员劳保用品由人力资源部归口。"
NOON = world.moment(14, 11)


def ask(cast, item, *, by=None, owner=None, basis=BASIS, at=None):
    with at_moment(at or world.moment(14)):
        return flows.ask_release(
            item_id=item.pk, by=by or cast.supplies_head, basis=basis, right_owner=owner or cast.staffing
        )


def rule(cast, release, *, grant, by=None, at=NOON, **given):
    given.setdefault("answer", "职责清单写明由人力资源部归口。")
    if grant:
        given.setdefault("assignee", cast.staffing_liaison)
    with at_moment(at):
        return flows.rule_release(release_id=release.pk, by=by or cast.officer, grant=grant, **given)


def fresh(item):
    return ActionItem.objects.get(pk=item.pk)


def execution(item):
    return Obligation.objects.of(ActionItem.SUBJECT, item.pk).open().get(kind=Kind.EXECUTE)


def test_a3_asked_the_office_owes_the_ruling_within_a_working_day_with_the_ladder(cast):
    item = world.issued(cast)

    release = ask(cast, item)

    duty = world.owed(release, Kind.RELEASE_REPLY)
    assert (duty.holder_department, duty.due_at, duty.ladder) == (cast.office, world.moment(15, 17, 30), True)
    assert fresh(item).state == ItemState.RELEASING
    assert world.told(cast.officer, "asks to be released")


def test_a3_whoever_asks_has_received_it(cast):
    item = world.issued(cast)

    ask(cast, item)

    assert (fresh(item).receipt, fresh(item).acknowledged_at) == ("real", world.moment(14))
    assert world.owed(item, Kind.RECEIPT) is None


@pytest.mark.parametrize(
    "name", ["supplies_clerk", "supplies_liaison", "staffing_head", "officer", "auditor"]
)
def test_a3_only_the_head_of_the_owning_department_asks(cast, name):
    item = world.issued(cast)

    with pytest.raises(NotYours):
        ask(cast, item, by=getattr(cast, name))

    assert fresh(item).state == ItemState.ISSUED
    assert not Release.objects.exists()


def test_a3_the_basis_and_another_department_are_named(cast):
    item = world.issued(cast)

    with pytest.raises(Invalid) as refused:
        ask(cast, item, basis=" ", owner=cast.supplies)

    assert list(refused.value.fields) == ["basis", "right_owner"]
    assert fresh(item).state == ItemState.ISSUED


def test_a3_within_one_working_day_of_the_receipt_and_not_later(cast):
    item = world.issued(cast)
    with at_moment(world.moment(14)):
        flows.acknowledge(item_id=item.pk, by=cast.supplies_liaison)

    with pytest.raises(NotReady):
        ask(cast, item, at=world.moment(15, 17, 31))
    assert fresh(item).state == ItemState.ACKNOWLEDGED

    assert ask(cast, item, at=world.moment(15, 17, 29)).state == "asked"


def test_a3_what_was_started_is_not_released(cast):
    with pytest.raises(NotReady):
        ask(cast, world.started(cast))


def test_a3_a_department_asks_once(cast):
    item = world.issued(cast)
    rule(cast, ask(cast, item), grant=False)

    with pytest.raises(NotReady, match="一次"):
        ask(cast, item, at=world.moment(14, 15))

    assert item.releases.count() == 1
    assert fresh(item).state == ItemState.ACKNOWLEDGED


def test_a4_not_granted_it_binds_with_its_reason(cast):
    item = world.issued(cast)
    due = execution(item).due_at

    with pytest.raises(Invalid):
        rule(cast, ask(cast, item), grant=False, answer=" ")
    release = rule(cast, Release.objects.get(), grant=False)

    assert (release.state, fresh(item).state, fresh(item).department) == (
        "rejected",
        "acknowledged",
        cast.supplies,
    )
    assert execution(item).due_at == due
    assert world.owed(release, Kind.RELEASE_REPLY) is None
    assert world.told(cast.supplies_head, "not granted")


def test_a4_granted_the_new_owner_has_it_by_the_same_date_with_a_receipt_of_its_own(cast):
    item = world.issued(cast)
    before = execution(item)

    rule(cast, ask(cast, item), grant=True)

    item, duty = fresh(item), execution(item)
    assert (item.state, item.department, item.assignee) == (
        ItemState.ISSUED,
        cast.staffing,
        cast.staffing_liaison,
    )
    assert (duty.holder, duty.holder_department) == (cast.staffing_liaison, cast.staffing)
    assert (duty.due_at, duty.original_due_at) == (before.due_at, before.original_due_at)
    assert world.owed(item, Kind.RECEIPT).holder_department == cast.staffing
    assert world.owed(item, Kind.FIRST_REPLY).holder == cast.staffing_liaison
    assert world.told(cast.staffing_liaison, "passed from")


def test_a4_the_office_may_know_another_owner(cast):
    item = world.issued(cast)

    release = rule(
        cast, ask(cast, item), grant=True, department=cast.planning, assignee=cast.planning_liaison
    )

    assert (release.right_owner, release.passed_to) == (cast.staffing, cast.planning)
    assert fresh(item).department == cast.planning


@pytest.mark.parametrize(
    "change", [{"assignee": None}, {"department": "supplies"}, {"assignee": "repair_head"}]
)
def test_a4_granted_it_names_a_person_of_another_department(cast, change):
    release = ask(cast, world.issued(cast))
    given = {name: value and getattr(cast, value) for name, value in change.items()}

    with pytest.raises(Invalid):
        rule(cast, release, grant=True, **given)

    assert Release.objects.get().state == "asked"


@pytest.mark.parametrize("name", ["supplies_head", "staffing_head", "clerk", "chair", "auditor"])
def test_a4_only_the_office_rules(cast, name):
    release = ask(cast, world.issued(cast))

    with pytest.raises(NotYours):
        rule(cast, release, grant=False, by=getattr(cast, name))

    assert Release.objects.get().state == "asked"


def test_a4_what_was_ruled_is_not_ruled_again(cast):
    item = world.issued(cast)
    release = rule(cast, ask(cast, item), grant=False)

    with pytest.raises(NotReady):
        rule(cast, release, grant=True)

    assert fresh(item).department == cast.supplies


def test_r100_a_granted_release_counts_as_passed_on_and_one_not_granted_does_not(cast):
    item = world.issued(cast)
    release = ask(cast, item)
    assert not item.matter.handovers.exists()

    rule(cast, release, grant=True)

    row = item.matter.handovers.get()
    assert (row.from_name, row.to_name, row.number) == ("物资部", "人力资源部", item.number)
    assert row.reason == BASIS


def test_r100_the_third_time_it_passes_on_wishes_for_a_special_meeting(cast):
    item = world.issued(cast)
    rule(cast, ask(cast, item), grant=True)
    second = ask(cast, item, by=cast.staffing_head, owner=cast.planning, at=world.moment(14, 14))
    rule(cast, second, grant=True, assignee=cast.planning_liaison, at=world.moment(14, 15))
    assert not MeetingWish.objects.exists()

    third = ask(cast, item, by=cast.planning_head, owner=cast.repair, at=world.moment(15))
    rule(cast, third, grant=True, assignee=cast.repair_liaison, at=world.moment(15, 10))

    assert MeetingWish.objects.get().reason == "third"


def test_s62_while_the_office_has_the_ball_nobody_of_the_department_is_chased(cast):
    item = world.issued(cast)

    release = ask(cast, item)

    assert execution(item).pauses.filter(until=None, scope="rungs").count() == 1
    rule(cast, release, grant=False)
    assert not execution(item).pauses.filter(until=None).exists()


def test_a3_a_pending_wish_for_a_later_date_falls_away(cast):
    item = world.issued(cast)
    with at_moment(world.moment(14)):
        wish = flows.ask_extension(
            item_id=item.pk,
            by=cast.supplies_clerk,
            wished_on=world.moment(24).date(),
            reason="等清单。",
            progress="未开始。",
        )

    ask(cast, item)

    wish.refresh_from_db()
    assert wish.state == "dropped"


def test_a12_a_cancelled_item_leaves_no_request_open(cast):
    item = world.issued(cast)
    release = ask(cast, item)

    flows.cancel_item(item_id=item.pk, by=cast.office_head, reason="改由外包单位提供。")

    assert Release.objects.get().state == "dropped"
    assert world.owed(release, Kind.RELEASE_REPLY) is None


def test_a3_nothing_is_reported_or_signed_for_while_the_office_rules(cast):
    item = world.issued(cast)
    ask(cast, item)

    assert flows.deem_received(item_id=item.pk, by=SYSTEM) is None
    with pytest.raises(NotReady):
        flows.acknowledge(item_id=item.pk, by=cast.supplies_liaison)

    assert fresh(item).state == ItemState.RELEASING


def test_the_database_lets_a_department_ask_once_and_nobody_rule_on_the_own_wish(cast):
    release = ask(cast, world.issued(cast))

    with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
        Release.objects.filter(pk=release.pk).update(ruled_by=release.asked_by, answer="同意")
    release.pk = None
    with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
        release.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_two_officers_rule_at_once_and_one_counts(cast):
    release = ask(cast, world.issued(cast))

    results = world.both_at_once(
        lambda: rule(cast, release, grant=True), lambda: rule(cast, release, grant=False, by=cast.office_head)
    )

    assert sorted(type(result).__name__ for result in results) == ["NotReady", "Release"]


def test_the_story_tells_who_asked_whom_it_named_and_how_it_was_ruled(cast):
    item = world.issued(cast)
    rule(cast, ask(cast, item), grant=True)

    lines = TransitionLog.objects.of(ActionItem.SUBJECT, item.pk)
    asked, ruled = lines.get(verb="ask_release"), lines.get(verb="rule_release")
    assert (asked.params["owner"], asked.reason) == ("人力资源部", BASIS)
    assert (ruled.params["from"], ruled.params["owner"]) == ("物资部", "人力资源部")


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def test_the_head_asks_on_the_page_and_the_office_rules_there(cast):
    item = world.issued(cast)
    with at_moment(world.moment(14)):
        page = as_(cast.supplies_head).get(f"/items/{item.pk}/").content.decode()
        as_(cast.supplies_head).post(
            f"/items/{item.pk}/release/", {"right_owner": cast.staffing.pk, "basis": BASIS}
        )
        release = Release.objects.get()
        shown = as_(cast.officer).get(f"/items/{item.pk}/").content.decode()
        given = {
            "grant": "yes",
            "department": cast.staffing.pk,
            "assignee": cast.staffing_liaison.pk,
            "answer": "属实。",
        }
        answer = as_(cast.officer).post(f"/items/releases/{release.pk}/", given)

    assert f"/items/{item.pk}/release/" in page
    assert f"/items/releases/{release.pk}/" in shown
    assert shown.count("btn-primary") == 1
    assert answer.status_code == 302
    assert fresh(item).department == cast.staffing
