"""R019, R094: who decides on a change and who assesses it is right at every moment, whoever changes posts meanwhile."""

from datetime import date

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import NotYours
from notifications.models import Notice
from organization.models import Post, User
from organization.states import PostKind
from requests import change_policies, flows
from requests.change_states import IMPACTS, ChangeState
from requests.models import ChangeRequest, CoordinationRequest, ProjectApplication
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import approval_world as approvals
from tests.requests import world

NONE = dict.fromkeys(IMPACTS, "无影响")
TODAY = date(2026, 9, 14)


@pytest.fixture
def matter(cast, monday):
    return world.executing(cast)


def decided(matter, **facts):
    with as_actor(SYSTEM):
        CoordinationRequest.objects.filter(pk=matter.pk).update(**facts)


def ask(cast, matter, **changes):
    given = {
        "object": "goal", "value": "9月24日前4名管焊工穿上同款劳保服。", "cause": "internal",
        "cause_text": "新到一名外包焊工。", "impacts": NONE, "by": cast.clerk, **changes,
    }  # fmt: skip
    return flows.ask_change(matter_id=matter.pk, **given)


def assessed(cast, matter, **changes):
    change = ask(cast, matter, **changes)
    return flows.assess_change(change_id=change.pk, by=cast.officer, assessment="建议同意。")


def owed(change, kind):
    return Obligation.objects.of(ChangeRequest.SUBJECT, change.pk).open().filter(kind=kind).first()


def move(person, kind, to=None, *, department=None, successor=None):
    """The post goes to the successor, and the person takes up another one today."""
    with as_actor(SYSTEM):
        posts = Post.objects.filter(user=person, kind=kind)
        posts.update(user=successor) if successor else posts.delete()
        if to:
            Post.objects.create(user=person, department=department, kind=to, since=TODAY)


def appoint(cast, person, kind=PostKind.OFFICER):
    with as_actor(SYSTEM):
        Post.objects.create(user=person, department=cast.office, kind=kind, since=TODAY)


def tick():
    return flows.replace_approvers(world.moment(14, 10))


def approver(change):
    return ChangeRequest.objects.get(pk=change.pk).approver


def anew(person):
    return User.objects.get(pk=person.pk)


# --- the level, and no other post ---


@pytest.mark.parametrize("way", ["letters", "office"])
def test_a_head_of_the_office_who_heads_another_department_now_no_longer_decides(cast, matter, way):
    decided(matter, decision_way=way)
    change = assessed(cast, matter)
    move(
        cast.office_head,
        PostKind.OFFICE_HEAD,
        PostKind.HEAD,
        department=cast.company,
        successor=cast.planning_head,
    )

    assert change_policies.may_answer_change(change, anew(cast.planning_head))
    tick()

    assert owed(change, Kind.CHANGE_APPROVE).holder == cast.planning_head
    with pytest.raises(NotYours):
        flows.answer_change(change_id=change.pk, by=anew(cast.office_head), approve=True)
    answered = flows.answer_change(change_id=change.pk, by=anew(cast.planning_head), approve=True)
    assert answered.state == ChangeState.APPROVED


@pytest.mark.parametrize("way", ["meeting", "ruling"])
def test_a_post_that_was_taken_up_after_the_decision_is_not_its_level(cast, matter, way):
    decided(matter, decision_way=way, decided_by=cast.office_head)
    change = assessed(cast, matter)
    assert tick() == 0
    move(
        cast.office_head,
        PostKind.OFFICE_HEAD,
        PostKind.HEAD,
        department=cast.company,
        successor=cast.planning_head,
    )

    tick()

    assert approver(change) == cast.chair


def test_whoever_has_left_the_level_answers_no_more_also_before_the_next_minute(cast, matter, client):
    change = assessed(cast, matter)
    move(
        cast.office_head,
        PostKind.OFFICE_HEAD,
        PostKind.HEAD,
        department=cast.company,
        successor=cast.planning_head,
    )

    with pytest.raises(NotYours, match=cast.planning_head.name):
        flows.answer_change(change_id=change.pk, by=anew(cast.office_head), approve=True)

    assert ChangeRequest.objects.get(pk=change.pk).state == ChangeState.APPROVAL
    client.force_login(cast.office_head)
    assert cast.planning_head.name in client.get(f"/changes/{change.pk}/answer/").content.decode()


# --- the approvals of a project that begin anew ---


def sent_back(cast):
    """A project that department and office approved; its change waits when the matter goes back to its preparation."""
    matter = approvals.deciding(cast)
    with as_actor(SYSTEM):
        matter.application.steps.filter(level="leader").delete()
        ProjectApplication.objects.filter(matter=matter).update(chain="office")
    with at_moment(world.moment(10, 15)):
        change = assessed(cast, matter, object="scope", value="焊接班组的4名外包管焊工。")
        flows.send_back_to_preparation(matter_id=matter.pk, by=cast.office_head, reason="缺少费用测算。")
    assert approver(change) == cast.office_head
    return change


def test_whoever_approved_a_project_decides_on_its_frame_also_while_the_paper_is_written_anew(cast):
    change = sent_back(cast)

    with at_moment(world.moment(10, 16)):
        flows.write_application(
            matter_id=change.matter_id, by=cast.officer, fields={"benefit": "减少重复采购。"}, takes_back=True
        )
        tick()

        assert approver(change) == cast.office_head
        answered = flows.answer_change(change_id=change.pk, by=cast.office_head, approve=True)
    assert answered.state == ChangeState.APPROVED


def test_whoever_approved_a_project_decides_on_its_frame_also_while_more_levels_are_asked(cast):
    change = sent_back(cast)

    with at_moment(world.moment(10, 16)):
        flows.change_participants(
            matter_id=change.matter_id, by=cast.officer, lead_department=cast.supplies, co_departments=[cast.staffing, cast.planning],
        )  # fmt: skip
        assert change.matter.application.steps.open().get().level == "leader"
        tick()

    assert approver(change) == cast.office_head


# --- who decides does not assess ---


def test_a_keeper_who_becomes_the_one_that_decides_does_not_assess_it(cast, matter):
    change = ask(cast, matter)
    assert owed(change, Kind.CHANGE_ASSESS).holder == cast.officer
    move(cast.office_head, PostKind.OFFICE_HEAD, successor=cast.officer)

    tick()

    assert approver(change) == cast.officer
    duty = owed(change, Kind.CHANGE_ASSESS)
    assert (duty.holder, duty.holder_department) == (None, cast.supplies)
    assert flows.assess_change(change_id=change.pk, by=cast.supplies_head, assessment="建议同意。")


def test_what_the_keeper_had_to_assess_passes_on_with_the_case(cast, matter):
    change = ask(cast, matter)
    appoint(cast, cast.planning_liaison)

    flows.change_keeper(
        matter_id=matter.pk, by=cast.office_head, keeper=anew(cast.planning_liaison), reason="分工。"
    )

    assert owed(change, Kind.CHANGE_ASSESS).holder == cast.planning_liaison


def test_a_new_keeper_who_asked_for_the_change_does_not_assess_it(cast, matter):
    appoint(cast, cast.planning_liaison)
    change = ask(cast, matter, by=anew(cast.planning_liaison))

    flows.change_keeper(
        matter_id=matter.pk, by=cast.office_head, keeper=anew(cast.planning_liaison), reason="分工。"
    )

    duty = owed(change, Kind.CHANGE_ASSESS)
    assert (duty.holder, duty.holder_department) == (None, cast.supplies)


# --- a confidential matter ---


def test_of_a_confidential_matter_the_case_officer_hears_once_whom_to_name(cast, matter):
    decided(matter, decision_way="meeting", decided_by=cast.chair)
    change = assessed(cast, matter)
    decided(matter, confidentiality="confidential")
    with as_actor(SYSTEM):
        User.objects.filter(pk=cast.chair.pk).update(is_active=False)

    for _again in range(2):
        tick()

    told = Notice.objects.filter(recipient=cast.officer, sentence__contains="name this person as a reader")
    assert told.count() == 1
    assert approver(change) == cast.chair
    flows.name_reader(matter_id=matter.pk, by=cast.officer, person=cast.arbiter, reason="决定变更。")
    assert approver(change) == cast.arbiter


def unread(cast, matter):
    """A confidential matter whose change waits for the top leader, who does not read it."""
    decided(matter, decision_way="meeting", decided_by=cast.chair)
    change = assessed(cast, matter)
    decided(matter, confidentiality="confidential")
    with as_actor(SYSTEM):
        User.objects.filter(pk=cast.chair.pk).update(is_active=False)
    tick()
    return change


def test_whoever_keeps_the_case_owes_that_the_next_decider_is_named_until_that_is_done(cast, matter, client):
    change = unread(cast, matter)
    assert owed(change, Kind.NAME_READER).holder == cast.officer
    client.force_login(cast.officer)
    assert f"/requests/{matter.pk}/name-reader/" in client.get("/").content.decode()

    flows.name_reader(matter_id=matter.pk, by=cast.officer, person=cast.supplies_clerk, reason="核对。")
    assert owed(change, Kind.NAME_READER)
    flows.name_reader(matter_id=matter.pk, by=cast.office_head, person=cast.arbiter, reason="决定变更。")

    assert owed(change, Kind.NAME_READER) is None
    assert owed(change, Kind.CHANGE_APPROVE).holder == cast.arbiter


def test_nobody_owes_the_naming_once_the_decider_is_back_and_it_goes_along_with_the_case(cast, matter):
    change = unread(cast, matter)
    appoint(cast, cast.planning_liaison)
    flows.change_keeper(
        matter_id=matter.pk, by=cast.office_head, keeper=cast.planning_liaison, reason="轮岗。"
    )
    tick()
    assert owed(change, Kind.NAME_READER).holder == cast.planning_liaison

    with as_actor(SYSTEM):
        User.objects.filter(pk=cast.chair.pk).update(is_active=True)
    tick()

    assert owed(change, Kind.NAME_READER) is None


# --- a post that is filled again ---


def vacant(cast, matter):
    """The change waits for the chair; nobody holds a level that decides."""
    decided(matter, decision_way="meeting", decided_by=cast.chair)
    change = assessed(cast, matter)
    active(cast, yes=False)
    tick()
    assert owed(change, Kind.FILL_POST)
    return change


def active(cast, *, yes):
    with as_actor(SYSTEM):
        User.objects.filter(pk__in=[cast.chair.pk, cast.arbiter.pk]).update(is_active=yes)


def test_nobody_owes_a_post_that_its_holder_has_again(cast, matter):
    change = vacant(cast, matter)
    active(cast, yes=True)

    tick()

    assert owed(change, Kind.FILL_POST) is None
    assert owed(change, Kind.CHANGE_APPROVE).holder == cast.chair


def test_a_post_to_fill_and_a_reader_to_name_are_never_owed_together(cast, matter):
    change = vacant(cast, matter)
    decided(matter, confidentiality="confidential")
    with as_actor(SYSTEM):
        User.objects.filter(pk=cast.arbiter.pk).update(is_active=True)
    tick()
    assert owed(change, Kind.NAME_READER)
    assert owed(change, Kind.FILL_POST) is None

    active(cast, yes=False)
    tick()

    assert owed(change, Kind.FILL_POST)
    assert owed(change, Kind.NAME_READER) is None


def test_nobody_owes_a_post_for_a_change_that_has_its_answer(cast, matter):
    change = vacant(cast, matter)
    active(cast, yes=True)

    flows.answer_change(change_id=change.pk, by=anew(cast.chair), approve=True)

    assert owed(change, Kind.FILL_POST) is None
