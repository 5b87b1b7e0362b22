"""R094, §8: a change request goes on whoever leaves, whoever leads; everybody concerned owes the signature."""

from datetime import date

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from organization.models import Post, User
from organization.states import PostKind
from requests import flows
from requests.change_states import IMPACTS, ChangeState
from requests.models import ActionItem, ChangeRequest, CoordinationRequest, ProjectApplication
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import approval_world as approvals
from tests.requests import world

NONE = dict.fromkeys(IMPACTS, "无影响")


@pytest.fixture
def matter(cast, monday):
    return world.executing(cast)


def ask(cast, matter, **changes):
    given = {
        "object": "goal", "value": "9月24日前4名管焊工穿上同款劳保服。", "cause": "internal",
        "cause_text": "新到一名外包焊工。", "impacts": NONE, "by": cast.clerk, **changes,
    }  # fmt: skip
    return flows.ask_change(matter_id=matter.pk, **given)


def assessed(cast, matter, **changes):
    change = ask(cast, matter, **changes)
    return flows.assess_change(change_id=change.pk, by=cast.officer, assessment="建议同意。")


def approved(cast, matter, **changes):
    change = assessed(cast, matter, **changes)
    return flows.answer_change(change_id=change.pk, by=cast.office_head, approve=True)


def owed(change, kind):
    return Obligation.objects.of(ChangeRequest.SUBJECT, change.pk).open().filter(kind=kind)


def leave(person, *, successor=None):
    """The post of the head of the office ends."""
    with as_actor(SYSTEM):
        posts = Post.objects.filter(user=person, kind=PostKind.OFFICE_HEAD)
        posts.update(user=successor) if successor else posts.delete()


def anew(person):
    """With the posts of today."""
    return User.objects.get(pk=person.pk)


# --- another department leads ---


def test_what_the_lead_owes_goes_along_to_the_new_lead_and_both_are_told(cast):
    found = world.submitted(cast)
    with at_moment(world.moment(14, 9)):
        flows.close_item(item_id=found.pk, by=cast.officer)
        change = approved(cast, found.matter, object="resource", value="人力资源部")
        flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)

    duty = Obligation.objects.of_case(found.matter_id).open().get(kind=Kind.CLOSE_EXECUTION)
    assert duty.holder_department == cast.staffing
    assert TransitionLog.objects.of_case(found.matter_id).filter(verb="hand_over_lead").exists()
    assert world.told(cast.supplies_liaison, "still owed as lead")
    assert world.told(cast.staffing_liaison, "still owed as lead")


# --- whoever decides has left ---


def test_the_next_one_of_the_level_decides_when_the_approver_has_left_the_post(cast, matter):
    change = assessed(cast, matter)
    leave(cast.office_head, successor=cast.planning_head)

    flows.replace_approvers(world.moment(14, 10))

    assert owed(change, Kind.CHANGE_APPROVE).get().holder == cast.planning_head
    assert ChangeRequest.objects.get().approver == cast.planning_head
    with pytest.raises(NotYours):
        flows.answer_change(change_id=change.pk, by=anew(cast.office_head), approve=True)
    answered = flows.answer_change(change_id=change.pk, by=anew(cast.planning_head), approve=True)
    assert answered.state == ChangeState.APPROVED


def test_an_agreement_whose_recorder_has_left_is_changed_by_the_chair(cast, matter):
    with as_actor(SYSTEM):
        CoordinationRequest.objects.update(decision_way="settled", decided_by=cast.planning_liaison)

    assert ask(cast, matter).approver == cast.chair


def test_a_vacant_level_is_owed_by_the_head_of_the_office_until_somebody_holds_it(cast, matter):
    with as_actor(SYSTEM):
        CoordinationRequest.objects.update(decision_way="meeting", decided_by=cast.chair)
    change = assessed(cast, matter)
    with as_actor(SYSTEM):
        User.objects.filter(pk__in=[cast.chair.pk, cast.arbiter.pk]).update(is_active=False)

    flows.replace_approvers(world.moment(14, 10))

    assert owed(change, Kind.FILL_POST).get().holder == cast.office_head
    with as_actor(SYSTEM):
        User.objects.filter(pk=cast.arbiter.pk).update(is_active=True)
    flows.replace_approvers(world.moment(14, 11))
    assert not owed(change, Kind.FILL_POST).exists()
    assert owed(change, Kind.CHANGE_APPROVE).get().holder == cast.arbiter


# --- signatures ---


def test_everybody_concerned_owes_the_signature_by_a_day_until_it_is_given(cast, matter):
    change = approved(cast, matter)
    flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)

    duty = owed(change, Kind.CHANGE_READ).get(holder=cast.clerk)
    assert duty.due_at == world.moment(16, 17, 30)
    assert duty.ladder
    flows.read_change(change_id=change.pk, by=cast.clerk)
    assert not owed(change, Kind.CHANGE_READ).filter(holder=cast.clerk).exists()
    assert owed(change, Kind.CHANGE_READ).exists()


# --- small holes ---


def test_the_check_of_a_change_waits_for_the_officers_and_not_for_the_secretary(cast, matter):
    change = approved(cast, matter)
    flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)

    with as_actor(SYSTEM):
        Post.objects.create(
            user=cast.secretary, department=cast.office, kind=PostKind.LIAISON, since=date(2026, 1, 1)
        )
    check = owed(change, Kind.CHANGE_VERIFY)
    assert check.waiting_for(cast.officer).exists()
    assert not check.waiting_for(anew(cast.secretary)).exists()


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_an_amount_is_a_number(cast, matter, value):
    with pytest.raises(Invalid) as refused:
        ask(cast, matter, object="budget", value=value)

    assert list(refused.value.fields) == ["value"]
    assert not ChangeRequest.objects.exists()


def test_a_change_of_the_matter_runs_once_whatever_item_is_named_with_it(cast, matter):
    ask(cast, matter)

    with pytest.raises(Invalid) as refused:
        ask(cast, matter, item=ActionItem.objects.get(matter=matter))

    assert list(refused.value.fields) == ["object"]
    assert ChangeRequest.objects.count() == 1


def test_a_moved_item_owes_its_next_word_by_the_new_date(cast):
    item = world.started(cast, due_on=date(2026, 9, 16))
    with at_moment(world.moment(14, 9)):
        change = approved(cast, item.matter, object="task_date", item=item, value="2026-10-30")
        assert world.owed(item, Kind.PROGRESS) is None
        flows.apply_change(change_id=change.pk, by=cast.supplies_liaison)

    assert world.owed(item, Kind.PROGRESS) is not None


def test_a_paper_in_approval_ends_with_the_matter_that_is_withdrawn(cast):
    matter = approvals.in_approval(cast)
    with at_moment(world.moment(8)):
        flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="不再需要。")

    assert ProjectApplication.objects.get().state == "ended"
    with pytest.raises(NotReady):
        approvals.answer(matter, cast.repair_head)
