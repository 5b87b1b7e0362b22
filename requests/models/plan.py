"""The collaboration plan (协作计划书, F3): a version is a whole, and of each matter one is in force (R074)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.transitions import StateField, Stateful, transition
from requests import plan_policies as policies
from requests.models.changes import ChangeRequest
from requests.models.matter import CoordinationRequest
from requests.plan_querysets import PlanQuerySet
from requests.plan_states import APPROVED, BEING_WRITTEN, PlanReach, PlanState

PERSON = settings.AUTH_USER_MODEL


class Plan(Stateful, models.Model):
    """One version of the plan of a matter; its rows are its own, so that every version stays readable."""

    SUBJECT = "plan"

    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="plans")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    number = models.CharField(_("number"), max_length=30, blank=True, editable=False)
    goal = models.TextField(_("goal of the plan"), blank=True)
    # What differs from the version before.
    reason = models.CharField(_("reason of this version"), max_length=300, blank=True)
    state = StateField(
        _("state"), default=PlanState.DRAFT, choices=PlanState.choices, protected=True, max_length=10
    )
    drafted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    # Of a version that was handed in: how far it reaches, and who decides where the decision itself is moved.
    reach = models.CharField(max_length=8, choices=PlanReach.choices, blank=True, editable=False)
    approver = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    # One that moves the decision while it is carried out goes with a change request, from its asking on (R094, R095).
    change = models.ForeignKey(
        ChangeRequest, models.PROTECT, null=True, blank=True, related_name="plans", editable=False
    )
    return_reason = models.CharField(_("why it was returned"), max_length=500, blank=True)
    approved_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    superseded_on = models.DateField(_("in force until"), null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "version"], name="a_version_of_a_plan_is_one"),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(state=PlanState.IN_FORCE), name="one_plan_in_force"
            ),
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(state__in=[state.value for state in BEING_WRITTEN]),
                name="one_version_is_being_written",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[state.value for state in APPROVED])
                | Q(approved_by__isnull=False, effective_on__isnull=False) & ~Q(number=""),
                name="an_approved_plan_has_number_approver_and_day",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None)
                | ~Q(approved_by=F("submitted_by"))
                | Q(reach=PlanReach.INTERNAL, version__gt=1),
                name="nobody_approves_the_own_plan",
            ),
            models.CheckConstraint(
                condition=~Q(reach=PlanReach.SETTLED) | Q(approver__isnull=False) | Q(change__isnull=False),
                name="a_version_that_moves_the_decision_has_its_approver",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} V{self.version}".strip()

    def state_words(self) -> str:
        return str(self.get_state_display())

    @transition(state, source=PlanState.DRAFT, target=PlanState.SUBMITTED)
    def submit(self) -> None:
        """Handed in for approval; the flow has asked who may and what is missing."""

    @transition(
        state,
        source=PlanState.SUBMITTED,
        target=PlanState.DRAFT,
        permission=policies.may_approve_plan,
    )
    def send_back(self) -> None:
        """Not approved as it stands, with the reason."""

    @transition(state, source=PlanState.SUBMITTED, target=PlanState.DRAFT)
    def take_back(self) -> None:
        """By whoever writes it, before somebody has decided."""

    @transition(
        state,
        source=PlanState.SUBMITTED,
        target=PlanState.IN_FORCE,
        permission=policies.may_approve_plan,
    )
    def approve(self) -> None:
        """R074: from now on it is what everybody works by."""

    @transition(state, source=PlanState.DRAFT, target=PlanState.IN_FORCE)
    def adjust(self) -> None:
        """§3.6: one task moves inside its float; the lead alone says so, and it is logged."""

    @transition(state, source=PlanState.IN_FORCE, target=PlanState.SUPERSEDED)
    def supersede(self) -> None:
        """A later version is in force; this one stays readable."""
