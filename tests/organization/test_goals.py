"""R031, R083: the list of goals is a tree, kept by the office; what has been chosen is never deleted."""

import pytest

from audit.refusals import Invalid, NotReady, NotYours
from organization import flows
from organization.goal_tree import twigs
from organization.goals import Goal
from tests.requests.world import both_holding


@pytest.fixture
def safety(officer):
    return flows.add_goal(name="全年零轻伤", by=officer, measure="全年")


def below(safety, by, department, name="防护用品合格率100%"):
    return flows.add_goal(name=name, by=by, department_id=department.pk, parent_id=safety.pk)


def test_a_department_goal_stands_below_the_goal_that_it_serves(officer, safety, supplies):
    own = below(safety, officer, supplies)
    flows.add_goal(name="按期办结率95%", by=officer)

    tree = twigs(Goal.objects.active().with_places())

    assert [(twig.goal.name, twig.level) for twig in tree][:2] == [(safety.name, 0), (own.name, 1)]


def test_a_department_goal_without_its_parent_is_refused(officer, supplies):
    with pytest.raises(Invalid) as refused:
        flows.add_goal(name="库存周转", by=officer, department_id=supplies.pk)

    assert list(refused.value.fields) == ["parent"]
    assert not Goal.objects.exists()


def test_a_goal_never_serves_itself(officer, safety, supplies, repair):
    upper = below(safety, officer, supplies)
    lower = below(upper, officer, repair, name="更低的目标")

    with pytest.raises(Invalid):
        flows.change_goal(
            goal_id=upper.pk, name=upper.name, by=officer, department_id=supplies.pk, parent_id=lower.pk
        )

    assert Goal.objects.get(pk=upper.pk).parent == safety


def test_a_goal_stands_in_the_list_once(officer, safety):
    with pytest.raises(Invalid) as refused:
        flows.add_goal(name=safety.name, by=officer)

    assert list(refused.value.fields) == ["name"]


@pytest.mark.django_db(transaction=True)
def test_a_goal_is_not_retired_while_another_one_is_put_below_it(officer, safety, supplies):
    both_holding(
        lambda: below(safety, officer, supplies),
        lambda: flows.retire_goal(goal_id=safety.pk, by=officer, reason="年度结束。"),
    )

    assert not Goal.objects.active().exclude(parent=None).exclude(parent__retired_at=None).exists()


def test_a_goal_that_others_serve_is_not_retired_before_them(officer, safety, supplies):
    own = below(safety, officer, supplies)
    with pytest.raises(NotReady):
        flows.retire_goal(goal_id=safety.pk, by=officer, reason="年度结束。")

    flows.retire_goal(goal_id=own.pk, by=officer, reason="年度结束。")
    flows.retire_goal(goal_id=safety.pk, by=officer, reason="年度结束。")

    assert not Goal.objects.active().exists()
    assert Goal.objects.count() == 2


def test_a_retired_goal_is_taken_up_again_where_it_stood(officer, safety):
    flows.retire_goal(goal_id=safety.pk, by=officer, reason="误停。")

    flows.take_up_goal(goal_id=safety.pk, by=officer)

    assert Goal.objects.get().is_active


@pytest.mark.parametrize("who", ["clerk", "supplies_head", "system_admin", "auditor"])
def test_the_office_alone_keeps_the_list(cast, safety, who):
    person = getattr(cast, who)
    for attempt in (
        lambda: flows.add_goal(name="新目标", by=person),
        lambda: flows.change_goal(goal_id=safety.pk, name="改", by=person),
        lambda: flows.retire_goal(goal_id=safety.pk, by=person, reason="改"),
    ):
        with pytest.raises(NotYours):
            attempt()

    assert [goal.name for goal in Goal.objects.all()] == [safety.name]


def test_the_page_shows_the_tree_and_what_was_retired(client, officer, safety, supplies):
    below(safety, officer, supplies)
    gone = flows.add_goal(name="去年的目标", by=officer)
    flows.retire_goal(goal_id=gone.pk, by=officer, reason="年度已结束。")
    client.force_login(officer)

    page = client.get("/organization/goals/").content.decode()

    assert "服务于：全年零轻伤" in page
    assert "年度已结束。" in page
    assert f"/organization/goals/new/?under={safety.pk}" in page
