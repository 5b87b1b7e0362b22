"""R019, R036: who approves is who holds the level at the moment of the answer, whoever was asked before."""

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import NotReady, NotYours
from organization.models import Post, User
from requests import flows
from requests.flows import deciders
from requests.models import ApprovalStep, ProjectApplication
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import approval_world, world


def move(person, successor):
    """The post goes to the successor; no tick has passed since."""
    with as_actor(SYSTEM):
        Post.objects.filter(user=person).update(user=successor)


def anew(person):
    return User.objects.get(pk=person.pk)


def waiting():
    return ApprovalStep.objects.open().get()


def owed(kind):
    return Obligation.objects.filter(subject_type=ProjectApplication.SUBJECT, kind=kind).open()


def answer(matter, by, **more):
    with at_moment(world.moment(7, 16)):
        return approval_world.answer(matter, anew(by), **more)


def test_whoever_has_left_the_post_answers_no_more_and_hears_who_decides_now(cast):
    matter = approval_world.at_the_office(cast)
    move(cast.office_head, cast.planning_head)

    with pytest.raises(NotYours, match=cast.planning_head.name):
        answer(matter, cast.office_head)

    assert waiting().level == "office"
    step = answer(matter, cast.planning_head)
    assert (step.asked, step.answered_by) == (cast.planning_head, cast.planning_head)


def test_the_page_offers_nothing_to_whoever_has_left_the_post(cast, client):
    matter = approval_world.at_the_office(cast)
    move(cast.office_head, cast.planning_head)
    client.force_login(anew(cast.office_head))
    with as_actor(SYSTEM):
        Post.objects.create(user=cast.office_head, department=cast.office, kind="officer", since="2026-09-07")

    page = client.get(f"/requests/{matter.pk}/approve/")

    assert page.status_code == 403
    assert cast.planning_head.name in page.content.decode()
    assert "/approve/" not in client.get(f"/requests/{matter.pk}/").content.decode()


def test_who_stands_above_may_answer_what_they_were_asked(cast):
    move(cast.repair_head, cast.clerk)  # the applicant heads the department and is a party

    matter = approval_world.in_approval(cast)

    assert waiting().asked == cast.chair
    assert answer(matter, cast.chair).outcome == "approved"


def test_the_next_one_of_the_level_owes_it_by_the_same_date(cast):
    approval_world.at_the_office(cast)
    before = owed(Kind.APPROVE_OFFICE).get()
    move(cast.office_head, cast.planning_head)

    with at_moment(world.moment(7, 16)):
        assert flows.replace_asked(world.moment(7, 16)) == 1
        assert flows.replace_asked(world.moment(7, 16)) == 0

    after = owed(Kind.APPROVE_OFFICE).get()
    assert (after.holder, after.due_at) == (cast.planning_head, before.due_at)
    assert waiting().asked == cast.planning_head
    assert world.told(cast.planning_head, "has left the post")


def test_a_vacant_level_is_owed_by_the_head_of_the_office_until_somebody_holds_it(cast):
    matter = approval_world.in_approval(cast)
    everybody = User.objects.filter(pk__in=[cast.repair_head.pk, cast.chair.pk, cast.arbiter.pk])
    with as_actor(SYSTEM):
        everybody.update(is_active=False)
    with at_moment(world.moment(7, 15)):
        flows.replace_asked(world.moment(7, 15))
    assert owed(Kind.FILL_POST).get().holder == cast.office_head

    with as_actor(SYSTEM):
        everybody.update(is_active=True)
        Post.objects.filter(user=cast.repair_head).delete()
        User.objects.filter(pk__in=[cast.chair.pk, cast.arbiter.pk]).update(is_active=False)
    with pytest.raises(NotReady):
        answer(matter, cast.repair_head)
    move(cast.repair_liaison, cast.planning_liaison)
    with as_actor(SYSTEM):
        Post.objects.create(user=cast.repair_liaison, department=cast.repair, kind="head", since="2026-09-07")
    with at_moment(world.moment(7, 16)):
        flows.replace_asked(world.moment(7, 16))

    assert not owed(Kind.FILL_POST).exists()
    assert owed(Kind.APPROVE_DEPARTMENT).get().holder == cast.repair_liaison


def test_r019_none_that_waits_is_overlooked_behind_the_others(cast, monkeypatch):
    monkeypatch.setattr(deciders, "PORTION", 1)
    for _matter in range(2):
        approval_world.at_the_office(cast)
    move(cast.office_head, cast.planning_head)

    with at_moment(world.moment(7, 16)):
        assert flows.replace_asked(world.moment(7, 16)) == 2

    assert {step.asked for step in ApprovalStep.objects.open()} == {cast.planning_head}
