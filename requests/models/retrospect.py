"""The review after the end (复盘, F19) and what it wants bettered: improvements live on when the matter is archived (R108)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import history
from audit.transitions import StateField, Stateful, transition
from requests import retrospect_policies as policies
from requests.models.matter import CoordinationRequest
from requests.retrospect_querysets import ImprovementQuerySet, ReviewQuerySet
from requests.retrospect_states import Dimension, Grade, ImprovementKind, ImprovementState, ReviewState

PERSON = settings.AUTH_USER_MODEL


class Review(Stateful, models.Model):
    """One for a matter: what was wanted and what came of it, why, and what is to be done better (R107)."""

    SUBJECT = "review"

    matter = models.OneToOneField(CoordinationRequest, models.PROTECT, related_name="review")
    number = models.CharField(_("number"), max_length=30, null=True, unique=True)
    comparison = models.TextField(_("goal and result"), blank=True)
    key_points = models.TextField(_("turning points"), blank=True)
    went_well = models.TextField(_("what went well"), blank=True)
    fell_short = models.TextField(_("what fell short"), blank=True)
    root_causes = models.TextField(_("root causes"), blank=True)
    is_transferable = models.BooleanField(_("others can learn from it"), default=False)
    experience = models.TextField(_("experience"), blank=True)
    no_improvement_reason = models.CharField(_("why nothing is to be bettered"), max_length=200, blank=True)
    people: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        PERSON, related_name="+", verbose_name=_("took part")
    )
    chair = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chair of the review")
    )
    # The grade of each of the six dimensions (六维评价).
    grades = models.JSONField(default=dict, blank=True)
    # The figures of the house at the moment of issue; before it they are counted anew at each look.
    facts = models.JSONField(null=True, editable=False)
    drafted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    state = StateField(
        _("state"), default=ReviewState.DRAFT, choices=ReviewState.choices, protected=True, max_length=6
    )
    issued_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)

    history = history()
    objects = ReviewQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ReviewState.DRAFT)
                | Q(
                    number__isnull=False,
                    issued_by__isnull=False,
                    issued_at__isnull=False,
                    facts__isnull=False,
                ),
                name="an_issued_review_has_number_issuer_and_facts",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.get_state_display())

    def graded(self) -> list[tuple[str | Promise, str | Promise]]:
        """Each dimension with the grade it was given."""
        return [(of.label, Grade(self.grades[of]).label) for of in Dimension if self.grades.get(of)]

    @transition(
        state, source=ReviewState.DRAFT, target=ReviewState.ISSUED, permission=policies.may_issue_review
    )
    def issue(self) -> None:
        """From now on it is read by all concerned and never changes."""


class Improvement(Stateful, models.Model):
    """One thing to be done better: owner, day, kind, and the evidence that it was done (R108)."""

    SUBJECT = "improvement"

    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="improvements")
    # Without a review it was started on recurring matters (R109).
    review = models.ForeignKey(Review, models.CASCADE, null=True, blank=True, related_name="improvements")
    text = models.CharField(_("what is to be bettered"), max_length=200)
    kind = models.CharField(
        pgettext_lazy("improvement", "Kind"), max_length=8, choices=ImprovementKind.choices
    )
    owner = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("responsible person"))
    department = models.ForeignKey(
        "organization.Department", models.PROTECT, related_name="+", verbose_name=_("department")
    )
    department_name = models.CharField(max_length=60)
    due_on = models.DateField(_("due date"))
    state = StateField(
        _("state"),
        default=ImprovementState.DRAFT,
        choices=ImprovementState.choices,
        protected=True,
        max_length=8,
    )
    evidence = models.TextField(_("evidence"), blank=True)
    reported_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    # Why the office sent it back the last time.
    returned_reason = models.TextField(_("reason"), blank=True)
    returned_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)

    history = history()
    objects = ImprovementQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ImprovementState.DONE) | (Q(checked_by__isnull=False) & ~Q(evidence="")),
                name="a_done_improvement_has_evidence_and_was_checked",
            ),
            models.CheckConstraint(
                condition=Q(review__isnull=False) | Q(kind=ImprovementKind.SYSTEM),
                name="without_a_review_the_system_is_bettered",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | ~Q(returned_reason="") & Q(returned_by__isnull=False),
                name="an_improvement_sent_back_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def source_number(self) -> str:
        """Of its review, or of the newest of the matters that called for it."""
        return (self.review.number if self.review is not None else self.matter.number) or ""

    def state_words(self) -> str:
        return str(self.get_state_display())

    @transition(state, source=ImprovementState.DRAFT, target=ImprovementState.OPEN)
    def open(self) -> None:
        """With the issue of its review."""

    @transition(
        state,
        source=ImprovementState.OPEN,
        target=ImprovementState.REPORTED,
        permission=policies.may_report_improvement,
    )
    def report(self) -> None:
        """Done, with evidence; the office looks."""

    @transition(
        state,
        source=ImprovementState.REPORTED,
        target=ImprovementState.DONE,
        permission=policies.may_check_improvement,
    )
    def confirm(self) -> None:
        """By the office, never by who reported it."""

    @transition(
        state,
        source=ImprovementState.REPORTED,
        target=ImprovementState.OPEN,
        permission=policies.may_check_improvement,
    )
    def send_back(self) -> None:
        """The evidence does not show it."""
