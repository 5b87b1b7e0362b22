"""R087, R088, R098: the progress is reviewed regularly; each late task has its cause and its measure, linked to the risks."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from archive.contents import entries
from archive.states import EntryKind
from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Invalid, NotReady, NotYours
from organization import flows as organization
from requests import flows
from requests.late_items import late_items
from requests.models import ActionItem, PlanRisk, ProgressReview
from supervision.flows import hand_over_ended_posts
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import plan_world, world

LATE = world.moment(24, 10)
WHY = {"cause": "resource", "measure": "people", "measure_text": "物资部增派一人，9月28日前完成。"}


def review(cast, matter, by=None, moment=LATE, tasks=(), note="采购已下单，发放滞后。"):
    with at_moment(moment):
        return flows.review_progress(matter_id=matter.pk, by=by or cast.officer, note=note, tasks=tasks)


def the_late_one(cast, **changes):
    return {"item": world.started(cast), **WHY, **changes}


def test_r088_a_late_task_is_reviewed_with_its_cause_and_its_measure_and_its_doer_hears_of_it(cast):
    task = the_late_one(cast)

    row = review(cast, task["item"].matter, tasks=[task]).late_tasks.get()

    assert (row.item, row.due_on, row.days_late) == (task["item"], world.DUE, 2)
    assert (row.get_cause_display(), row.get_measure_display()) == ("资源", "增加人手")
    assert world.told(cast.supplies_clerk, "measure against its delay")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"cause": ""}, "cause"),
        ({"cause": "other"}, "cause_text"),
        ({"measure": ""}, "measure"),
        ({"measure_text": " "}, "measure_text"),
    ],
)
def test_r088_a_late_task_without_its_cause_or_its_measure_is_refused_beside_its_field(cast, changes, field):
    task = the_late_one(cast, **changes)

    with pytest.raises(Invalid) as refused:
        review(cast, task["item"].matter, tasks=[task])

    assert list(refused.value.fields) == [f"{field}_{task['item'].pk}"]
    assert not ProgressReview.objects.exists()


def test_r088_no_late_task_is_left_out_and_none_that_is_not_late_is_put_in(cast):
    task = the_late_one(cast)

    with pytest.raises(Invalid, match="原因"):
        review(cast, task["item"].matter)
    with pytest.raises(Invalid):
        review(cast, task["item"].matter, moment=world.moment(16), tasks=[task])

    assert not ProgressReview.objects.exists()


def test_r089_what_is_expected_late_has_to_be_answered_for_too(cast):
    item = world.started(cast)
    with at_moment(world.moment(14)):
        flows.report(
            item_id=item.pk, by=cast.supplies_clerk, percent=30, done="已询价。",
            **world.OUTLOOK | {"expected_on": date(2026, 9, 23)},
        )  # fmt: skip

    late = late_items(item.matter, world.moment(14, 15))

    assert [(one.item, one.days) for one in late] == [(item, 0)]


def test_r088_who_neither_leads_nor_works_in_the_office_reviews_nothing(cast):
    task = the_late_one(cast)

    with pytest.raises(NotYours):
        review(cast, task["item"].matter, by=cast.staffing_head, tasks=[task])

    assert not ProgressReview.objects.exists()


def test_r088_before_the_execution_there_is_nothing_to_review(cast):
    with pytest.raises(NotReady):
        review(cast, world.deciding(cast), moment=world.moment(10, 11))

    assert not ProgressReview.objects.exists()


# --- with a plan ---


def of_plan(cast, **changes):
    """Task 1.1 of the plan is due on 2026-09-17; on 09-18 it is late."""
    plan = plan_world.in_force(cast)
    item = ActionItem.objects.get(plan_tasks__plan=plan, plan_tasks__wbs="1.1")
    late = [one.item for one in late_items(plan.matter, world.moment(18, 10))]
    return plan, [{"item": one, **WHY, **(changes if one == item else {})} for one in late]


def finish(cast, plan):
    with at_moment(world.moment(14, 11)):
        for stage in plan.milestones.all():
            flows.waive_milestone(milestone_id=stage.pk, by=cast.office_head, reason="并行。")
        for item in plan.matter.items.unfinished():
            flows.cancel_item(item_id=item.pk, by=cast.office_head, reason="不再需要。")
        flows.complete_execution(matter_id=plan.matter_id, by=cast.officer, summary="已完成。")


def test_r087_the_lead_owes_the_next_review_every_ten_working_days_until_the_work_is_done(cast):
    plan, tasks = of_plan(cast)
    first = world.owed(plan.matter, Kind.REVIEW_PROGRESS)
    assert (first.holder, first.due_at) == (cast.supplies_clerk, world.moment(28, 17, 30))

    done = review(cast, plan.matter, by=cast.supplies_clerk, moment=world.moment(18, 10), tasks=tasks)

    first.refresh_from_db()
    assert (first.outcome, done.percent) == ("done", 0)
    assert world.owed(plan.matter, Kind.REVIEW_PROGRESS).due_at == world.moment(9, 17, 30, month=10)


def test_r098_a_measure_of_the_risk_plan_lets_its_risk_occur(cast):
    plan, tasks = of_plan(cast, measure="")
    risk = tasks[0]["risk"] = PlanRisk.objects.get(plan=plan)

    row = review(cast, plan.matter, moment=world.moment(18, 10), tasks=tasks).late_tasks.get(risk=risk)

    risk.refresh_from_db()
    assert (row.measure, risk.state, risk.remark) == ("help", "occurred", WHY["measure_text"])


def test_r098_a_risk_of_another_version_is_refused(cast):
    plan, tasks = of_plan(cast)
    later = plan_world.second_version(cast).risks.get()
    tasks[0]["risk"] = later

    with pytest.raises(Invalid) as refused:
        review(cast, plan.matter, moment=world.moment(18, 10), tasks=tasks)

    assert list(refused.value.fields) == [f"risk_{tasks[0]['item'].pk}"]
    later.refresh_from_db()
    assert later.state == "open"


def test_with_the_work_nobody_owes_a_review_any_more(cast):
    plan, _tasks = of_plan(cast)
    finish(cast, plan)

    assert not Obligation.objects.of_case(plan.matter_id).open().filter(kind=Kind.REVIEW_PROGRESS).exists()


def test_the_reviews_lie_in_the_dossier(cast):
    task = the_late_one(cast)
    review(cast, task["item"].matter, tasks=[task])

    with as_actor(SYSTEM):
        (entry,) = [one for one in entries(task["item"].matter) if one.kind == EntryKind.PROGRESS]

    assert entry.snapshot[0]["late_tasks"][0]["cause"] == "resource"


def test_what_is_late_stands_on_the_page_and_what_was_typed_comes_back(client, cast):
    item = world.started(cast)
    client.force_login(cast.supplies_liaison)

    with at_moment(LATE):
        page = client.post(f"/requests/{item.matter_id}/progress-review/", {"note": "发放滞后。"})
        sent = {"note": "发放滞后。", **{f"{name}_{item.pk}": value for name, value in WHY.items()}}
        done = client.post(f"/requests/{item.matter_id}/progress-review/", sent)
        told = client.get(f"/requests/{item.matter_id}/?tab=items").content.decode()

    assert page.status_code == 422
    assert "请选择滞后原因" in page.content.decode()
    assert done.status_code == 302
    assert "增派一人" in told


def test_r019_once_the_lead_has_left_another_post_the_review_is_still_owed_by_who_leads(cast):
    plan, _tasks = of_plan(cast)
    with at_moment(world.moment(14, 10)):
        elsewhere = organization.appoint(
            user_id=cast.supplies_clerk.pk, department_id=cast.staffing.pk, kind="staff", by=cast.system_admin
        )
        organization.end_post(post_id=elsewhere.pk, by=cast.system_admin)

        hand_over_ended_posts(world.moment(14, 10))

    duty = world.owed(plan.matter, Kind.REVIEW_PROGRESS)
    assert (duty.holder, duty.holder_department) == (cast.supplies_clerk, cast.supplies)


def test_r088_what_an_objection_reopens_is_reviewed_again(cast):
    plan, _tasks = of_plan(cast)
    finish(cast, plan)

    with at_moment(world.moment(15, 10)):
        flows.object_to_result(matter_id=plan.matter_id, by=cast.clerk, defects="缺一份签收单。")

    assert world.owed(plan.matter, Kind.REVIEW_PROGRESS).holder == cast.supplies_clerk


def test_r088_a_plan_in_force_without_a_review_owed_gets_one_from_the_tick_once(cast):
    plan, _tasks = of_plan(cast)
    of_review = Obligation.objects.of_case(plan.matter_id).filter(kind=Kind.REVIEW_PROGRESS)
    with as_actor(SYSTEM):
        of_review.delete()

    with at_moment(world.moment(15, 10)):
        assert flows.ask_for_missing_reviews(world.moment(15, 10)) == 1
        assert flows.ask_for_missing_reviews(world.moment(15, 10)) == 0

    assert of_review.open().get().holder == cast.supplies_clerk


def test_a_review_owed_from_before_without_a_department_gets_the_lead_department(cast):
    matter = plan_world.in_force(cast).matter
    with as_actor(SYSTEM):
        Obligation.objects.filter(kind=Kind.REVIEW_PROGRESS).update(holder_department=None)

    import_module("requests.migrations.0057_open_progress_reviews_have_a_department").name_departments(
        apps, None
    )

    assert world.owed(matter, Kind.REVIEW_PROGRESS).holder_department == cast.supplies
