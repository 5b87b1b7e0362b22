"""The change request (变更申请, F13): what was decided, what shall hold instead, and who approved it (R094, R095)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import history
from audit.transitions import StateField, Stateful, transition
from pages.labels import Labels
from requests import change_policies as policies
from requests.change_states import RUNNING, UNANSWERED, UNDONE, ChangeCause, ChangeObject, ChangeState
from requests.models.appeals import DecisionAppeal
from requests.models.items import ActionItem
from requests.models.matter import CoordinationRequest
from requests.querysets import OfMatterQuerySet
from requests.states import DecisionWay
from supervision.models import Obligation
from supervision.states import Kind

PERSON = settings.AUTH_USER_MODEL


class ChangeRequest(Labels, Stateful, models.Model):
    """One change of one thing: its value before and after stay on record, whatever becomes of it."""

    SUBJECT = "change"

    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="change_requests")
    number = models.CharField(_("number"), max_length=30, unique=True)
    object = models.CharField(_("what is changed"), max_length=14, choices=ChangeObject.choices)
    item = models.ForeignKey(
        ActionItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("action item"),
    )
    before = models.TextField(_("before the change"), blank=True)
    after = models.TextField(_("after the change"))
    # The new value as the database keeps it: a day, an amount, the id of a department, a text.
    value = models.TextField()
    old_value = models.TextField(blank=True)
    cause = models.CharField(_("cause"), max_length=8, choices=ChangeCause.choices)
    cause_text = models.TextField(_("explanation of the cause"))
    impact_goal = models.TextField()
    impact_scope = models.TextField()
    impact_resource = models.TextField()
    impact_time = models.TextField()
    impact_risk = models.TextField()
    alternatives = models.TextField(_("alternatives"), blank=True)
    # Applied at once on the oral order of the level that decides; the papers follow (domain §3.6).
    is_urgent = models.BooleanField(_("urgent"), default=False)
    ordered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    order_confirmed_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # The appeal that it carries out: then whoever upheld that decides on it (R060).
    appeal = models.ForeignKey(
        DecisionAppeal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("appeal"),
    )
    # The original decision: its way and the person of its level.
    way = models.CharField(max_length=11, choices=DecisionWay.choices, blank=True)
    approver = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    state = StateField(
        _("state"), default=ChangeState.SUBMITTED, choices=ChangeState.choices, protected=True, max_length=11
    )
    assessment = models.TextField(_("assessment"), blank=True)
    assessed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(pgettext_lazy("change", "answer"), blank=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    implemented_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    verified_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)

    history = history()
    objects = OfMatterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")),
                name="nobody_approves_the_own_change",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("implemented_by")),
                name="who_changed_it_does_not_check_it",
            ),
            models.CheckConstraint(
                condition=Q(is_urgent=False) | Q(ordered_by__isnull=False),
                name="an_urgent_change_was_ordered",
            ),
            models.CheckConstraint(
                condition=~Q(impact_goal="")
                & ~Q(impact_scope="")
                & ~Q(impact_resource="")
                & ~Q(impact_time="")
                & ~Q(impact_risk=""),
                name="all_five_impacts_are_written",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def order_is_awaited(self) -> bool:
        """Whoever is said to have ordered it has not answered yet, and neither has the level of the decision."""
        duties = Obligation.objects.of(self.SUBJECT, self.pk).open().filter(kind=Kind.CONFIRM_ORDER)
        return self.state in UNANSWERED and duties.exists()

    def state_words(self) -> str:
        return str(self.get_state_display())

    @transition(
        state, source=ChangeState.SUBMITTED, target=ChangeState.APPROVAL, permission=policies.may_assess
    )
    def assess(self) -> None:
        """The team has looked at the five impacts."""

    @transition(state, source=ChangeState.APPROVAL, target=ChangeState.APPROVED)
    def approve(self) -> None:
        """By the level of the original decision; the flow has checked the person (R094)."""

    @transition(state, source=[ChangeState.SUBMITTED, ChangeState.APPROVAL], target=ChangeState.DENIED)
    def deny(self) -> None:
        """What was decided stays in force: not approved, or never ordered; the flow has checked the person."""

    @transition(
        state,
        source=ChangeState.APPROVED,
        target=ChangeState.IMPLEMENTED,
        permission=policies.may_apply_change,
    )
    def implement(self) -> None:
        """Written into the matter; the values before are kept."""

    @transition(
        state,
        source=ChangeState.IMPLEMENTED,
        target=ChangeState.VERIFIED,
        permission=policies.may_verify_change,
    )
    def verify(self) -> None:
        """An officer has seen that it holds and that all concerned have read it."""

    @transition(
        state, source=list(UNDONE), target=ChangeState.WITHDRAWN, permission=policies.may_withdraw_change,
    )  # fmt: skip
    def withdraw(self) -> None:
        """Taken back before it is carried out; how long one may, the policy says."""

    @transition(state, source=list(RUNNING), target=ChangeState.WITHDRAWN)
    def end_with_matter(self) -> None:
        """Q23: the oral order on which the matter ran was denied, and its changes end with it."""

    @transition(state, source=UNDONE, target=ChangeState.VOID)
    def lapse(self) -> None:
        """Its action item is closed, so nothing is left to be changed; the flow has looked."""


class ChangeReading(models.Model):
    """Whoever is concerned signs that they know of the change (R094: read receipts from all concerned)."""

    change = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="readings")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "person"], name="a_person_reads_a_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}"
