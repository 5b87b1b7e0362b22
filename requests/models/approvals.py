"""The three approvals of a major matter (三级审批): the office's rule, the project application (F2), each step (R035–R038)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import history
from audit.transitions import StateField, Stateful, transition
from pages.labels import Labels
from requests.approval_states import ApplicationState, ApprovalLevel, Chain, StepOutcome
from requests.models.matter import CoordinationRequest
from requests.querysets import ApprovalStepQuerySet, ConditionQuerySet, OfMatterQuerySet
from requests.states import Category

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


class ApprovalRule(Labels, models.Model):
    """One row of the office's table (R038): a matter that meets all its conditions needs these levels."""

    category = models.CharField(_("category"), max_length=10, choices=Category.choices, blank=True)
    amount_from = models.DecimalField(
        _("amount from (CNY)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    # Without the applying department, which takes part anyway.
    departments_from = models.PositiveSmallIntegerField(_("other departments from"), null=True, blank=True)
    levels = models.CharField(_("approvals needed"), max_length=10, choices=Chain.choices)
    is_used = models.BooleanField(_("in use"), default=True)

    objects = ConditionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-is_used", "pk"]

    def __str__(self) -> str:
        return str(self.get_levels_display())


class ProjectApplication(Labels, Stateful, models.Model):
    """立项申请书 (F2): one for a matter, written anew after a return; what stands in it when it is approved holds.

    Its rows (goals, departments, milestones, resources, risks) are read and printed as a whole, so they are kept whole.
    """

    SUBJECT = "application"

    matter = models.OneToOneField(CoordinationRequest, models.PROTECT, related_name="application")
    number = models.CharField(_("number"), max_length=30, null=True, unique=True)
    title = models.CharField(_("name of the project"), max_length=60)
    goals = models.JSONField(_("goals"), default=list, blank=True)
    content = models.TextField(_("main content"), blank=True)
    benefit = models.TextField(_("expected benefit"), blank=True)
    departments = models.JSONField(_("departments and their willingness"), default=list, blank=True)
    lead_person = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposed lead")
    )
    lead_department = models.ForeignKey(
        DEPARTMENT, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead department")
    )
    may_call_meetings = models.BooleanField(_("may call meetings"), default=False)
    may_assign_items = models.BooleanField(_("may assign tasks"), default=False)
    may_use_resources = models.BooleanField(_("may use resources"), default=False)
    money_up_to = models.DecimalField(
        _("decides on money up to (CNY)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    days_up_to = models.PositiveSmallIntegerField(
        _("decides on more time up to (working days)"), null=True, blank=True
    )
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    milestones = models.JSONField(_("milestones"), default=list, blank=True)
    resources = models.JSONField(_("key resources"), default=list, blank=True)
    budget = models.DecimalField(_("budget (CNY)"), max_digits=14, decimal_places=2, null=True, blank=True)
    risks = models.JSONField(_("first look at the risks"), default=list, blank=True)

    state = StateField(
        _("state"),
        default=ApplicationState.DRAFTED,
        choices=ApplicationState.choices,
        protected=True,
        max_length=12,
    )
    # The levels that the rule asked for when it was handed in: a later change of the rule does not touch it.
    chain = models.CharField(
        _("approvals needed"), max_length=10, choices=Chain.choices, default=Chain.NONE, editable=False
    )
    round = models.PositiveSmallIntegerField(default=0, editable=False)
    drafted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    history = history()
    objects = OfMatterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[ApplicationState.DRAFTED, ApplicationState.ENDED])
                | Q(number__isnull=False, submitted_by__isnull=False, lead_person__isnull=False),
                name="an_application_in_approval_has_number_and_lead",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.APPROVED) | Q(approved_at__isnull=False),
                name="an_approved_application_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="a_project_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def is_drafted(self) -> bool:
        return self.state == ApplicationState.DRAFTED

    @property
    def is_approved(self) -> bool:
        return self.state == ApplicationState.APPROVED

    def state_words(self) -> str:
        return str(self.get_state_display())

    @transition(state, source=ApplicationState.DRAFTED, target=ApplicationState.IN_APPROVAL)
    def submit(self) -> None:
        """Complete: the first level has it."""

    @transition(state, source=ApplicationState.IN_APPROVAL, target=ApplicationState.APPROVED)
    def approve(self) -> None:
        """The last level that the rule asks for has approved."""

    @transition(state, source=ApplicationState.APPROVED, target=ApplicationState.IN_APPROVAL)
    def extend(self) -> None:
        """The rule asks for more levels than it has passed: the next one has it."""

    @transition(state, source=ApplicationState.IN_APPROVAL, target=ApplicationState.REJECTED)
    def reject(self) -> None:
        """One level did not approve: the matter is refused."""

    @transition(
        state,
        source=[
            ApplicationState.IN_APPROVAL,
            ApplicationState.APPROVED,
            ApplicationState.REJECTED,
            ApplicationState.ENDED,
        ],
        target=ApplicationState.DRAFTED,
    )
    def take_back(self) -> None:
        """Returned by the lowest level, or the form below it changes: whatever was approved no longer counts."""

    @transition(
        state,
        source=[ApplicationState.DRAFTED, ApplicationState.IN_APPROVAL],
        target=ApplicationState.ENDED,
    )
    def end(self) -> None:
        """Its matter was withdrawn, merged or refused: nobody answers it any more."""


class ApprovalStep(Labels, models.Model):
    """One level in one round: who was asked, the ticks, the opinion. No approval counts in a later round (peers 2.7, 4)."""

    application = models.ForeignKey(ProjectApplication, models.PROTECT, related_name="steps")
    round = models.PositiveSmallIntegerField()
    level = models.CharField(_("level"), max_length=10, choices=ApprovalLevel.choices)
    asked = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    # The holder of the post who is a party: whoever was asked stands in for them (domain §9, 24).
    on_behalf_of = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    # Of the matter: stands here so that the database itself can refuse the own approval.
    applicant = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=10, choices=StepOutcome.choices, blank=True)
    # By check: whether it is so, and the comment beside it (R037).
    checks = models.JSONField(default=dict, blank=True)
    opinion = models.TextField(_("opinion"), blank=True)
    budget_line = models.CharField(_("budget line"), max_length=100, blank=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ApprovalStepQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "round", "level"], name="a_level_is_asked_once_a_round"
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(outcome=""), name="one_level_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["application", "round", "answered_by"], name="three_levels_are_three_persons"
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("applicant")),
                name="nobody_approves_the_own_request",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="an_answered_level_has_its_person",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=[StepOutcome.RETURNED, StepOutcome.REJECTED]) | ~Q(opinion=""),
                name="a_level_that_does_not_approve_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.get_outcome_display()}"
