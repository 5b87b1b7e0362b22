"""`/api/v1/` of matters and action items."""

from django.urls import path

from requests import (
    acceptance_api,
    api,
    approval_api,
    change_api,
    circulation_api,
    discussion_api,
    effect_api,
    filter_api,
    letter_api,
    loan_api,
    measure_api,
    oral_api,
    plan_api,
    public_notice_api,
    question_api,
    retrospect_api,
    start_api,
    visit_api,
)

TABLES = (
    ("matters", api.MatterVerb, api.MATTER_VERBS),
    ("matters", api.MatterVerb, approval_api.APPROVAL_VERBS),
    ("matters", api.MatterVerb, oral_api.ORAL_VERBS),
    ("matters", api.MatterVerb, retrospect_api.RECURRING_VERBS),
    ("items", api.ItemVerb, api.ITEM_VERBS),
    ("participants", api.ParticipantVerb, api.PARTICIPANT_VERBS),
    ("extensions", api.ExtensionVerb, api.EXTENSION_VERBS),
    ("releases", api.ReleaseVerb, api.RELEASE_VERBS),
    ("obstacles", api.ObstacleVerb, api.OBSTACLE_VERBS),
    ("letters", letter_api.LetterVerb, letter_api.LETTER_VERBS),
    ("comments", discussion_api.CommentVerb, discussion_api.COMMENT_VERBS),
    ("addressees", letter_api.AddresseeVerb, letter_api.ADDRESSEE_VERBS),
    ("defects", acceptance_api.DefectVerb, acceptance_api.DEFECT_VERBS),
    ("improvements", retrospect_api.ImprovementVerb, retrospect_api.IMPROVEMENT_VERBS),
    ("notices", public_notice_api.NoticeVerb, public_notice_api.NOTICE_VERBS),
    ("objections", public_notice_api.ObjectionVerb, public_notice_api.OBJECTION_VERBS),
    ("effects", effect_api.EffectVerb, effect_api.EFFECT_VERBS),
    ("visits", visit_api.VisitVerb, visit_api.VISIT_VERBS),
    ("measures", measure_api.MeasureVerb, measure_api.MEASURE_VERBS),
    ("questions", question_api.QuestionVerb, question_api.QUESTION_VERBS),
    ("circulations", circulation_api.CirculationVerb, circulation_api.CIRCULATION_VERBS),
    ("countersigns", circulation_api.CountersignVerb, circulation_api.COUNTERSIGN_VERBS),
    ("changes", change_api.ChangeVerb, change_api.CHANGE_VERBS),
    ("filters", filter_api.FilterVerb, filter_api.FILTER_VERBS),
    ("templates", start_api.TemplateVerb, start_api.TEMPLATE_VERBS),
    ("loans", loan_api.LoanVerb, loan_api.LOAN_VERBS),
    ("matters", api.MatterVerb, plan_api.GROUP_VERBS),
    ("plans", plan_api.PlanVerb, plan_api.PLAN_VERBS),
    ("plan-tasks", plan_api.PlanTaskVerb, plan_api.PLAN_TASK_VERBS),
    ("milestones", plan_api.MilestoneVerb, plan_api.MILESTONE_VERBS),
    ("plan-risks", plan_api.PlanRiskVerb, plan_api.PLAN_RISK_VERBS),
)

urlpatterns = [
    path("matters/", api.MatterList.as_view(), name="matters"),
    path("matters/start/", start_api.MatterStart.as_view(), name="matter_start"),
    path("templates/", start_api.TemplateList.as_view(), name="templates"),
    path("templates/<int:pk>/", start_api.TemplateOne.as_view(), name="template"),
    path("filters/", filter_api.FilterList.as_view(), name="filters"),
    path("filters/<int:pk>/remove/", filter_api.FilterRemove.as_view(), name="filter_remove"),
    path("matters/<int:pk>/", api.MatterOne.as_view(), name="matter"),
    path("public-matters/", api.PublicMatterList.as_view(), name="public_matters"),
    path("public-matters/<int:pk>/", api.PublicMatterOne.as_view(), name="public_matter"),
    path("matters/<int:pk>/letters/", letter_api.LetterList.as_view(), name="matter_letters"),
    path(
        "matters/<int:pk>/circulations/",
        circulation_api.CirculationList.as_view(),
        name="matter_circulations",
    ),
    path("matters/<int:pk>/notices/", public_notice_api.NoticeList.as_view(), name="matter_notices"),
    path("matters/<int:pk>/measures/", measure_api.MeasureList.as_view(), name="matter_measures"),
    path("matters/<int:pk>/visits/", visit_api.VisitList.as_view(), name="matter_visits"),
    path("matters/<int:pk>/effects/", effect_api.EffectList.as_view(), name="matter_effects"),
    path("circulations/<int:pk>/", circulation_api.CirculationOne.as_view(), name="circulation"),
    path("paper-kinds/", circulation_api.PaperKindList.as_view(), name="paper_kinds"),
    path("matters/<int:pk>/retrospect/", retrospect_api.MatterReview.as_view(), name="matter_retrospect"),
    path(
        "matters/<int:pk>/retrospect/issue/",
        retrospect_api.IssueReview.as_view(),
        name="matter_retrospect_issue",
    ),
    path("matters/<int:pk>/comments/", discussion_api.CommentList.as_view(), name="matter_comments"),
    path("matters/<int:pk>/messages/", discussion_api.MessageList.as_view(), name="matter_messages"),
    path("oral-orders/", oral_api.OralOrderList.as_view(), name="oral_orders"),
    path("improvements/", retrospect_api.ImprovementList.as_view(), name="improvements"),
    path("matters/<int:pk>/readers/", api.ReaderList.as_view(), name="matter_readers"),
    path("matters/<int:pk>/looks/", api.LookList.as_view(), name="matter_looks"),
    path("loans/", loan_api.LoanList.as_view(), name="loans"),
    path("matters/<int:pk>/loans/", loan_api.MatterLoans.as_view(), name="matter_loans"),
    path("matters/<int:pk>/plan/", plan_api.MatterPlan.as_view(), name="matter_plan"),
    path(
        "matters/<int:pk>/application/", approval_api.MatterApplication.as_view(), name="matter_application"
    ),
    path("matters/<int:pk>/changes/", change_api.MatterChanges.as_view(), name="matter_changes"),
    path("approval-rules/", approval_api.RuleList.as_view(), name="approval_rules"),
    path("conditions/", api.ConditionList.as_view(), name="conditions"),
    path("items/", api.ItemList.as_view(), name="items"),
    path("obstacles/", api.ObstacleList.as_view(), name="obstacles"),
    path("items/<int:pk>/", api.ItemOne.as_view(), name="item"),
    path("items/<int:pk>/acceptances/", acceptance_api.ItemSheets.as_view(), name="item_acceptances"),
    *(
        path(
            f"{things}/<int:pk>/{name}/", api.verb_view(base, name, shape, flow), name=f"{things[:-1]}_{name}"
        )
        for things, base, table in TABLES
        for name, (shape, flow) in table.items()
    ),
]
