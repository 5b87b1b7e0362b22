"""Addresses of the plan, its tasks, stages and risks, of the board and the chart, and of the group of a matter."""

from django.urls import path

from requests.views import groups, plan, plan_answers, plan_edit, plan_pictures, plan_sheets

urlpatterns = [
    path("requests/<int:pk>/plan/", plan.plan, name="plan"),
    path("requests/<int:pk>/plan/start/", plan.start, name="plan_start"),
    path("requests/<int:pk>/board/", plan_pictures.board, name="board"),
    path("requests/<int:pk>/gantt/", plan_pictures.gantt, name="gantt"),
    path("requests/<int:pk>/group/", groups.group, name="group"),
    path("requests/<int:pk>/group/new/", groups.new, name="group_new"),
    path("plans/<int:pk>/changes/", plan.changes, name="plan_changes"),
    path("plans/<int:pk>/goal/", plan_edit.goal, name="plan_goal"),
    path("plans/<int:pk>/parts/<slug:part>/", plan_edit.part, name="plan_part"),
    path("plans/<int:pk>/tasks/new/", plan_edit.new_task, name="plan_task_new"),
    path("plans/<int:pk>/tasks.xlsx", plan_sheets.workbook, name="plan_workbook"),
    path("plans/<int:pk>/tasks/import/", plan_sheets.tasks, name="plan_import"),
    path("plans/<int:pk>/tasks/blank.xlsx", plan_sheets.blank, name="plan_blank"),
    path("plans/<int:pk>/submit/", plan.verb("submit"), name="plan_submit"),
    path("plans/<int:pk>/take-back/", plan.verb("take_back"), name="plan_take_back"),
    path("plans/<int:pk>/approve/", plan.verb("approve"), name="plan_approve"),
    path("plans/<int:pk>/discard/", plan.discard, name="plan_discard"),
    path("plans/<int:pk>/return/", plan.send_back, name="plan_return"),
    path("plans/<int:pk>/answer/", plan_answers.answer_tasks, name="plan_answer"),
    path("plan-tasks/<int:pk>/", plan_edit.task, name="plan_task"),
    path("plan-tasks/<int:pk>/remove/", plan_edit.remove_task, name="plan_task_remove"),
    path("plan-tasks/<int:pk>/uphold/", plan_answers.uphold, name="plan_uphold"),
    path("milestones/<int:pk>/", plan_answers.milestone, name="milestone"),
    path("milestones/<int:pk>/waive/", plan_answers.waive, name="milestone_waive"),
    path("plan-risks/<int:pk>/", plan_answers.risk, name="plan_risk"),
]
