"""The rows of a plan: team, stages, tasks with their measures, resources, deliverables, channels, escalation, risks (F3)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.labels import Labels
from requests.approval_states import ResourceKind
from requests.models.items import ActionItem
from requests.models.plan import Plan
from requests.plan_querysets import MilestoneQuerySet, PlanPartQuerySet, PlanTaskQuerySet, RiskQuerySet
from requests.plan_states import (
    HIGH_RISK,
    Consent,
    DelayMeasure,
    Form,
    Frequency,
    MilestoneState,
    RiskKind,
    RiskState,
    Side,
    TeamRole,
    Weekday,
)

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"
MARKS = Q(likelihood__gte=1, likelihood__lte=5, effect__gte=1, effect__lte=5)


class PlanRow(Labels, models.Model):
    """A row of a version. `copied_from` is the same row in the version before: what happened to it goes along."""

    order = models.PositiveSmallIntegerField(default=0)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True
        default_permissions = ()
        ordering = ["order", "pk"]


class PlanMember(PlanRow):
    """Who speaks for which department in the team, as what, and with which duties."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="team")
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+", verbose_name=_("department"))
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("representative"))
    role = models.CharField(pgettext_lazy("team", "role"), max_length=8, choices=TeamRole.choices)
    duties = models.CharField(pgettext_lazy("team", "duties"), max_length=300)

    objects = PlanPartQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()}"


class Milestone(PlanRow):
    """The end of a stage. The tasks of the next stage begin when it is accepted, or waived with a reason (R093)."""

    SUBJECT = "milestone"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="milestones")
    name = models.CharField(pgettext_lazy("milestone", "name"), max_length=60)
    standard = models.CharField(_("standard of acceptance"), max_length=300)
    due_on = models.DateField(pgettext_lazy("milestone", "date"))
    acceptor = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("acceptor"))
    state = models.CharField(max_length=8, choices=MilestoneState.choices, default=MilestoneState.OPEN)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta(PlanRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=MilestoneState.WAIVED) | ~Q(remark=""), name="a_waiver_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlanTask(PlanRow):
    """One task of the plan. Its life is that of its action item; here stands what was agreed (R072).

    What its owner said to it (R073) stands here too: one does not have to consent to an item, one receives it.
    """

    SUBJECT = "plan_task"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    wbs = models.CharField(_("WBS number"), max_length=12)
    name = models.CharField(pgettext_lazy("task", "task"), max_length=60)
    owner = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("responsible person"))
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+", verbose_name=_("department"))
    department_name = models.CharField(max_length=60)
    helpers: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        PERSON, related_name="+", blank=True, verbose_name=pgettext_lazy("task", "helpers")
    )
    standard = models.CharField(_("standard of delivery"), max_length=300)
    begins_on = models.DateField(pgettext_lazy("task", "begins"))
    ends_on = models.DateField(pgettext_lazy("task", "ends"))
    predecessors = models.CharField(_("predecessors"), max_length=120, blank=True)
    resources = models.CharField(_("resources"), max_length=300)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    is_critical = models.BooleanField(_("critical"), default=False)
    milestone = models.ForeignKey(
        Milestone, models.SET_NULL, null=True, blank=True, related_name="tasks", verbose_name=_("stage")
    )
    item = models.ForeignKey(ActionItem, models.PROTECT, null=True, blank=True, related_name="plan_tasks")
    consent = models.CharField(max_length=9, choices=Consent.choices, default=Consent.NOT_ASKED)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    objection = models.CharField(_("what is disputed"), max_length=500, blank=True)
    upheld_reason = models.CharField(_("why it stays"), max_length=500, blank=True)

    objects = PlanTaskQuerySet.as_manager()

    class Meta(PlanRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["plan", "wbs"], name="a_wbs_number_is_used_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="a_task_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="a_task_weighs_something"),
            models.CheckConstraint(
                condition=~Q(consent=Consent.DISPUTED) | ~Q(objection=""), name="a_disputed_task_says_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wbs} {self.name}"


class TaskMeasure(models.Model):
    """By what one sees that a task was done, or what went into it: at least one for each task (R080)."""

    task = models.ForeignKey(PlanTask, models.CASCADE, related_name="measures")
    side = models.CharField(pgettext_lazy("measure", "Side"), max_length=6, choices=Side.choices)
    name = models.CharField(pgettext_lazy("measure", "measure"), max_length=60)
    target = models.CharField(pgettext_lazy("measure", "target"), max_length=30)
    unit = models.CharField(pgettext_lazy("measure", "unit"), max_length=12)

    objects = models.Manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.target}{self.unit}"


class PlanResource(PlanRow):
    """People, things or money that the plan needs: how much, from which department, from which day (R079)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="resources")
    kind = models.CharField(pgettext_lazy("resource", "Kind"), max_length=10, choices=ResourceKind.choices)
    text = models.CharField(_("What, and how much of it"), max_length=120)
    department = models.ForeignKey(
        DEPARTMENT, models.PROTECT, related_name="+", verbose_name=_("provided by")
    )
    needed_on = models.DateField(pgettext_lazy("resource", "needed from"))
    task = models.CharField(pgettext_lazy("resource", "for the task"), max_length=12, blank=True)
    amount = models.DecimalField(
        pgettext_lazy("resource", "amount (CNY)"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    objects = PlanPartQuerySet.as_manager()

    class Meta(PlanRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=ResourceKind.MONEY) | Q(amount__isnull=False), name="money_has_its_amount"
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="an_amount_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Deliverable(PlanRow):
    """What is handed over, to which standard, who accepts it, by when."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="deliverables")
    name = models.CharField(pgettext_lazy("deliverable", "deliverable"), max_length=80)
    standard = models.CharField(pgettext_lazy("deliverable", "standard"), max_length=300)
    acceptor = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("acceptor"))
    due_on = models.DateField(pgettext_lazy("deliverable", "date"))

    objects = PlanPartQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class PlanChannel(PlanRow):
    """How the team keeps in touch: form, frequency, time, place, who, about what, who records (R076)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="channels")
    form = models.CharField(
        pgettext_lazy("channel of a plan", "form"), max_length=8, choices=Form.choices, default=Form.MEETING
    )
    frequency = models.CharField(
        pgettext_lazy("channel of a plan", "frequency"), max_length=12, choices=Frequency.choices
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices, null=True, blank=True)
    starts_at = models.TimeField(pgettext_lazy("channel of a plan", "time"), null=True, blank=True)
    place = models.CharField(_("place or link"), max_length=120)
    attendees = models.CharField(_("who takes part"), max_length=200)
    agenda = models.CharField(pgettext_lazy("channel of a plan", "agenda"), max_length=300)
    recorder = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("recorder"))

    objects = PlanPartQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.get_frequency_display()}"


class EscalationStep(PlanRow):
    """Who is asked next when the team cannot settle something, and after how many working days (R077)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="escalation")
    level = models.CharField(pgettext_lazy("escalation", "level"), max_length=40)
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("person"))
    days = models.PositiveSmallIntegerField(_("working days"))

    objects = PlanPartQuerySet.as_manager()

    class Meta(PlanRow.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1), name="a_level_has_its_time"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.person}"


class PlanRisk(PlanRow):
    """A risk of the plan with its contingency; how it stands changes while the plan runs (R078, R098)."""

    SUBJECT = "plan_risk"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="risks")
    text = models.CharField(pgettext_lazy("risk", "risk"), max_length=200)
    kind = models.CharField(pgettext_lazy("risk", "type"), max_length=8, choices=RiskKind.choices)
    likelihood = models.PositiveSmallIntegerField(pgettext_lazy("risk", "likelihood"))
    effect = models.PositiveSmallIntegerField(pgettext_lazy("risk", "effect"))
    owner = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("responsible person"))
    response = models.CharField(pgettext_lazy("risk", "contingency"), max_length=300)
    measure = models.CharField(
        _("measure against delay"), max_length=8, choices=DelayMeasure.choices, blank=True
    )
    trigger = models.CharField(pgettext_lazy("risk", "trigger"), max_length=200)
    state = models.CharField(max_length=8, choices=RiskState.choices, default=RiskState.OPEN)
    remark = models.CharField(pgettext_lazy("risk", "last word"), max_length=300, blank=True)
    changed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = RiskQuerySet.as_manager()

    class Meta(PlanRow.Meta):
        constraints = [models.CheckConstraint(condition=MARKS, name="a_risk_has_marks_from_1_to_5")]

    def __str__(self) -> str:
        return self.text

    @property
    def score(self) -> int:
        return self.likelihood * self.effect

    @property
    def is_high(self) -> bool:
        return self.score >= HIGH_RISK and self.state != RiskState.CLOSED
