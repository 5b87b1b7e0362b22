"""R031: a matter serves a goal of the list, or one in own words with the reason; R083: whose goals gain and whose lose."""

import pytest

from audit.acting import at_moment
from audit.refusals import Invalid
from organization.flows import add_goal, retire_goal
from requests import flows, rules
from requests.case import Case
from requests.effect_panel import effects_of
from requests.models import CoordinationRequest, Effect
from tests.requests import oral_world, world

OWN = {"organization_goal": "班组后勤保障"}
BEFORE, MONDAY = world.moment(1, month=8), world.moment(7)


def goal_of(cast, name="全年零轻伤", department=None, parent=None, at=BEFORE):
    with at_moment(at):
        return add_goal(
            name=name, by=cast.officer, department_id=department.pk if department else None,
            parent_id=parent.pk if parent else None,
        )  # fmt: skip


def file(cast, **fields):
    with at_moment(MONDAY):
        return flows.file_at_once(
            by=cast.clerk,
            departments=[cast.supplies],
            fields={**world.FORM, "organization_goal": "", "goal_reason": "", **fields},
        )


def test_a_matter_keeps_the_words_of_the_goal_as_they_were(cast):
    goal = goal_of(cast)

    matter = file(cast, served_goal=goal)

    assert (matter.served_goal, matter.organization_goal) == (goal, "全年零轻伤")


def test_own_words_need_a_reason_once_there_is_a_list(cast):
    goal_of(cast)
    with pytest.raises(Invalid) as refused:
        file(cast, **OWN)
    assert list(refused.value.fields) == ["goal_reason"]
    assert not CoordinationRequest.objects.exists()

    matter = file(cast, **OWN, goal_reason="日常后勤，年度目标没有单列。")

    assert matter.number


def test_a_draft_may_stand_without_a_goal(cast):
    goal_of(cast)
    with at_moment(MONDAY):
        draft = flows.start_draft(by=cast.clerk)
        flows.save_draft(matter_id=draft.pk, by=cast.clerk, fields={"title": "某事"})

    assert CoordinationRequest.objects.get().served_goal is None


def test_a_retired_goal_is_not_chosen_any_more_and_stays_where_it_was(cast):
    goal, other = goal_of(cast), goal_of(cast, "按期办结")
    matter = file(cast, served_goal=goal)
    with at_moment(MONDAY):
        for row in (goal, other):
            retire_goal(goal_id=row.pk, by=cast.officer, reason="年度结束。")
    other.refresh_from_db()

    with pytest.raises(Invalid) as refused:
        file(cast, served_goal=other)

    assert list(refused.value.fields) == ["served_goal"]
    assert "served_goal" not in rules.gaps_of_form(CoordinationRequest.objects.get(pk=matter.pk))


def test_what_was_handed_in_before_there_was_a_list_stays_valid(cast):
    matter = world.filed(cast, goal_reason="")

    goal_of(cast, at=world.moment(9))

    assert "goal_reason" not in rules.gaps_of_form(matter)


def test_own_words_let_go_of_the_goal_chosen_before(cast):
    goal = goal_of(cast)
    with at_moment(MONDAY):
        draft = flows.start_draft(by=cast.clerk)
        flows.save_draft(matter_id=draft.pk, by=cast.clerk, fields={"served_goal": goal})
        flows.save_draft(matter_id=draft.pk, by=cast.clerk, fields=OWN)

    kept = CoordinationRequest.objects.get()
    assert (kept.served_goal, kept.organization_goal) == (None, "班组后勤保障")


def test_the_papers_of_an_oral_start_name_the_goal_too(cast):
    goal = goal_of(cast)
    matter = oral_world.begun(cast)

    oral_world.hand_in(cast, matter, organization_goal="", served_goal=goal)

    assert CoordinationRequest.objects.get().organization_goal == goal.name


def test_the_form_offers_the_list_and_says_so_where_none_fits(client, cast):
    goal_of(cast, "防护达标", cast.supplies, goal_of(cast))
    draft = flows.start_draft(by=cast.clerk)
    client.force_login(cast.clerk)

    page = client.get(f"/requests/{draft.pk}/form/").content.decode()

    assert 'optgroup label="物资部"' in page
    assert "不在清单内的理由" in page


def test_the_panel_shows_whose_goals_gain_and_whose_lose(cast):
    own = goal_of(cast, "仓储费用下降5%", cast.supplies, goal_of(cast))
    matter = world.prepared(cast)
    given = {
        "department": cast.supplies,
        "direction": "loss",
        "kind": "money",
        "text": "每季多配送一次。",
        "goal": own,
    }
    with at_moment(world.moment(8, 10)):
        flows.state_effect(matter_id=matter.pk, by=cast.supplies_liaison, **given)

    shown = effects_of(Case(matter=matter, user=cast.officer))

    assert shown["goals_that_lose"] == ["物资部：仓储费用下降5%"]
    assert shown["goals_that_gain"] == []


def test_a_department_states_its_own_goals_only(cast):
    other = goal_of(cast, "外包台账", cast.staffing, goal_of(cast))
    matter = world.prepared(cast)
    given = {
        "department": cast.supplies,
        "direction": "loss",
        "kind": "money",
        "text": "每季多配送一次。",
        "goal": other,
    }

    with at_moment(world.moment(8, 10)), pytest.raises(Invalid) as refused:
        flows.state_effect(matter_id=matter.pk, by=cast.supplies_liaison, **given)

    assert list(refused.value.fields) == ["goal"]
    assert not Effect.objects.exists()
