"""The dispute (form F16): who differs, about what, and who acts until it is settled."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import history
from audit.transitions import StateField, Stateful, says, transition
from disputes import policies
from disputes.querysets import DisputeQuerySet
from disputes.states import OPEN, DisputeState, DisputeType

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


@says(_("Talk to each other first: there is no record of a negotiation, and its limit has not passed."))
def was_negotiated_or_lapsed(dispute: Dispute) -> bool:
    """R127: negotiate first, in the spirit of give and take."""
    return dispute.negotiation_lapsed_at is not None or dispute.talks.exists()


class Dispute(Stateful, models.Model):
    """A difference between departments that talk inside the matter has not settled (form F16)."""

    SUBJECT = "dispute"

    number = models.CharField(_("number"), max_length=30, unique=True, editable=False)
    matter = models.ForeignKey("requests.CoordinationRequest", models.PROTECT, related_name="disputes")
    question = models.ForeignKey(
        "requests.Question",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="disputes",
        verbose_name=_("core question"),
    )
    kind = models.CharField(_("kind of dispute"), max_length=12, choices=DisputeType.choices)
    registered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    claim = models.TextField(_("what is asked for"), blank=True)
    tried = models.TextField(_("what has been tried"), blank=True)
    exemption_reason = models.TextField(_("why nothing was tried"), blank=True)
    blocked_what = models.TextField(_("what it blocks"))
    # R136: work goes on meanwhile; somebody acts until the decision.
    interim_arrangement = models.TextField(_("who acts until it is decided"))

    state = StateField(
        _("state"),
        default=DisputeState.REGISTERED,
        choices=DisputeState.choices,
        protected=True,
        max_length=12,
    )
    next_on = models.DateField(_("next date"), null=True, blank=True)
    owner = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    negotiation_lapsed_at = models.DateTimeField(null=True, blank=True)
    agreement = models.TextField(_("text of the agreement"), blank=True)
    stayed_until = models.DateField(_("stayed until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending_reason = models.TextField(_("reason"), blank=True)

    history = history()
    objects = DisputeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-registered_at", "-pk"]
        indexes = [models.Index(fields=["state", "-registered_at"], name="dispute_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=OPEN) | Q(next_on__isnull=False, owner__isnull=False),
                name="an_open_dispute_has_a_next_date_and_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at=None)
                | Q(state=DisputeState.RULED)
                | Q(ended_at__isnull=False),
                name="an_ended_dispute_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(tried="") | ~Q(exemption_reason=""), name="tried_first_or_says_why_not"
            ),
            models.CheckConstraint(
                condition=~Q(state=DisputeState.SETTLED) | ~Q(agreement=""),
                name="a_settled_dispute_has_its_agreement",
            ),
            models.CheckConstraint(
                condition=~Q(state=DisputeState.WITHDRAWN) | ~Q(ending_reason=""),
                name="a_withdrawn_dispute_has_its_reason",
            ),
            models.UniqueConstraint(
                fields=["question"], condition=Q(state__in=OPEN), name="one_open_dispute_per_question"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def state_words(self) -> str:
        return str(self.get_state_display())

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_stayed(self) -> bool:
        return self.state == DisputeState.RULED and self.stayed_until is not None

    @transition(
        state, source=[DisputeState.REGISTERED, DisputeState.NEGOTIATION], target=DisputeState.NEGOTIATION
    )
    def negotiate(self) -> None:
        """D2: the sides talk. The recording flow has the right."""

    @transition(state, source=list(OPEN), target=DisputeState.SETTLED)
    def settle(self) -> None:
        """D3: every head has signed. Possible until the ruling stands: an agreement is better than any ruling."""

    @transition(
        state,
        source=[DisputeState.REGISTERED, DisputeState.NEGOTIATION],
        target=DisputeState.RULING,
        conditions=[was_negotiated_or_lapsed],
    )
    def go_to_ruling(self) -> None:
        """D6: negotiation failed, or its limit has passed."""

    @transition(
        state,
        source=DisputeState.RULING,
        target=DisputeState.RULED,
        permission=lambda _dispute, user: policies.may_rule(user),
    )
    def rule(self) -> None:
        """D7: decided for them."""

    @transition(state, source=list(OPEN), target=DisputeState.WITHDRAWN, permission=policies.may_withdraw)
    def withdraw(self) -> None:
        """Taken back by whoever registered it; the question is again not agreed."""


class DisputeParty(models.Model):
    """A department that is a side in the dispute, and its head's signature under an agreement."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="parties")
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+")
    department_name = models.CharField(max_length=60)
    signed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "department"], name="a_department_is_a_party_once"),
            models.CheckConstraint(
                condition=Q(signed_by=None, signed_at=None)
                | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="a_signature_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.department_name


class DisputePoint(models.Model):
    """One point on which they differ; a ruling answers every one (R131)."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="points")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(_("point of difference"), max_length=200)

    class Meta:
        default_permissions = ()
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "order"], name="points_are_numbered"),
        ]

    def __str__(self) -> str:
        return self.text


class PointPosition(models.Model):
    """Where one side stands on one point, and on what ground."""

    point = models.ForeignKey(DisputePoint, models.PROTECT, related_name="positions")
    party = models.ForeignKey(DisputeParty, models.PROTECT, related_name="positions")
    position = models.TextField(pgettext_lazy("side", "position"))
    basis = models.TextField(_("basis"), blank=True)
    # Empty where it was copied from the points of difference of the question.
    written_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()

    history = history()

    class Meta:
        default_permissions = ()
        ordering = ["party_id"]
        constraints = [
            models.UniqueConstraint(fields=["point", "party"], name="one_position_per_party_and_point"),
        ]

    def __str__(self) -> str:
        return self.position
