"""The coordination request (协调事项): fields of form F1 and of the stages, and the transitions between them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import history
from audit.transitions import StateField, Stateful, transition
from documents.search import called
from pages.labels import Labels
from requests import guards, policies
from requests.models.handling import Handled
from requests.models.serving import Serving
from requests.querysets import PUBLISHED, RequestQuerySet
from requests.states import (
    MERGEABLE,
    Category,
    Confidentiality,
    RejectionGround,
    Route,
    Stage,
    UrgencyWish,
)
from supervision.states import Urgency

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


class CoordinationRequest(Labels, Stateful, Handled, Serving):
    """One matter that several departments have to settle together (协调事项, form F1)."""

    SUBJECT = "matter"

    number = models.CharField(_("number"), max_length=30, null=True, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=60, blank=True)
    filed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("applicant"))
    filed_by_department = models.ForeignKey(
        DEPARTMENT, models.PROTECT, related_name="+", verbose_name=_("applying department")
    )
    # A renamed department keeps its old name on old records.
    department_name = models.CharField(max_length=60, editable=False)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    category = models.CharField(_("category"), max_length=10, choices=Category.choices, blank=True)
    urgency = models.CharField(_("urgency"), max_length=6, choices=Urgency.choices, default=Urgency.NORMAL)
    urgency_reason = models.CharField(_("reason for extra urgency"), max_length=200, blank=True)
    # Extra urgent needs a head's word (R040); until then the matter runs as urgent.
    urgency_wish = models.CharField(max_length=9, choices=UrgencyWish.choices, blank=True, editable=False)
    urgency_confirmed_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    background = models.TextField(_("background"), blank=True)
    goal = models.TextField(_("goal of the coordination"), blank=True)
    expected_result = models.TextField(_("expected result"), blank=True)
    initial_scope = models.TextField(_("initial scope"), blank=True)
    wished_departments: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        DEPARTMENT, related_name="+", blank=True, verbose_name=_("departments to take part")
    )
    suggested_lead = models.ForeignKey(
        DEPARTMENT,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("suggested lead department"),
    )
    wished_on = models.DateField(_("wished completion date"), null=True, blank=True)
    amount = models.DecimalField(
        _("amount involved (CNY)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    has_personal_data = models.BooleanField(_("personal data involved"), default=False)
    route = models.CharField(_("handed to"), max_length=8, choices=Route.choices, default=Route.OFFICE)
    confidentiality = models.CharField(
        pgettext_lazy("secrecy", "level"),
        max_length=12,
        choices=Confidentiality.choices,
        default=Confidentiality.INTERNAL,
    )

    # What the form started from (R041): nothing of it counts by itself, the form does.
    template = models.ForeignKey(
        "requests.RequestTemplate",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="matters",
        editable=False,
    )
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    # The main matter, once this one has been merged into it (R042).
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", editable=False
    )

    stage = StateField(_("stage"), default=Stage.DRAFT, choices=Stage.choices, protected=True, max_length=12)
    returned_from = models.CharField(max_length=12, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    # Proposal; the office's assessment stands in `Assessed`, its track, its decision and its suspension in `Handled`.
    keeper = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("case officer")
    )
    lead_department = models.ForeignKey(
        DEPARTMENT, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead department")
    )
    rejection_ground = models.CharField(
        _("ground of refusal"), max_length=24, choices=RejectionGround.choices, blank=True
    )
    rejected_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    ending_reason = models.TextField(_("reason"), blank=True)

    # Preparation (R043, R044).
    facts = models.TextField(_("facts checked"), blank=True)
    scope = models.TextField(_("scope"), blank=True)
    expected_goal = models.TextField(_("expected goal"), blank=True)
    material_delivered_at = models.DateTimeField(null=True, blank=True)
    back_count = models.PositiveSmallIntegerField(default=0)

    # Feedback (R106).
    is_confirmed = models.BooleanField(null=True)
    feedback = models.TextField(_("feedback"), blank=True)
    rework_count = models.PositiveSmallIntegerField(default=0)

    created_at = models.DateTimeField(editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    decision_started_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    feedback_ended_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    history = history()
    objects = RequestQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["-submitted_at", "-id"], name="matter_newest"),
            models.Index(fields=["stage", "-submitted_at", "-id"], name="matter_by_stage"),
            models.Index(fields=["filed_by", "-created_at"], name="matter_by_applicant"),
            # There are few of them: whatever has to be kept from somebody is found at once.
            models.Index(
                fields=["id"], condition=Q(confidentiality=Confidentiality.CONFIDENTIAL), name="matter_closed"
            ),
            models.Index(fields=["-submitted_at", "-id"], condition=PUBLISHED, name="matter_published"),
            GinIndex(called("title", "number"), name="matter_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage=Stage.DRAFT) | Q(stage=Stage.WITHDRAWN) | Q(number__isnull=False),
                name="a_submitted_matter_has_a_number",
            ),
            models.CheckConstraint(
                # A form that is being written may be empty for a while, also a returned one.
                condition=Q(stage__in=[Stage.DRAFT, Stage.RETURNED, Stage.WITHDRAWN]) | ~Q(goal=""),
                name="a_submitted_matter_has_a_goal",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.PREPARATION, Stage.DECISION, Stage.EXECUTION])
                | Q(keeper__isnull=False, lead_department__isnull=False),
                name="an_accepted_matter_has_keeper_and_lead",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.EXECUTION, Stage.ARCHIVED]) | Q(decided_at__isnull=False),
                name="execution_follows_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.REJECTED]) | ~Q(ending_reason=""),
                name="a_refusal_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.MERGED, merged_into__isnull=False) & ~Q(ending_reason="")
                | ~Q(stage=Stage.MERGED) & Q(merged_into=None),
                name="a_merged_matter_points_to_its_main_one",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="no_matter_is_its_own_main_one"
            ),
            models.CheckConstraint(
                condition=Q(urgency_confirmed_by=None) | ~Q(urgency_confirmed_by=F("filed_by")),
                name="nobody_confirms_the_own_urgency",
            ),
            models.CheckConstraint(
                condition=Q(suspended_since=None) | ~Q(suspension_reason=""),
                name="a_suspension_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(handling="full") | ~Q(handling_reason=""), name="the_simple_track_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.pk}"

    @property
    def is_closed(self) -> bool:
        """Read by named persons only: looks are kept, pages and papers bear the reader's name (domain §5)."""
        return self.confidentiality == Confidentiality.CONFIDENTIAL

    def state_words(self) -> str:
        return str(self.get_stage_display())

    @transition(stage, source=Stage.DRAFT, target=Stage.PROPOSAL, permission=policies.is_applicant)
    def submit(self) -> None:
        """Q1: hand the form in. The flow has checked the fields and taken the number."""

    @transition(
        stage,
        source=[Stage.PROPOSAL, Stage.PREPARATION],
        target=Stage.RETURNED,
        permission=policies.may_accept,
        conditions=[guards.is_not_suspended],
    )
    def return_for_revision(self) -> None:
        """Q2: back to the applicant, all gaps named at once."""
        self.returned_from = self.stage

    @transition(
        stage, source=Stage.RETURNED, target=Stage.PROPOSAL, permission=policies.is_applicant,
        conditions=[lambda matter: matter.returned_from == Stage.PROPOSAL],
    )  # fmt: skip
    def resubmit_proposal(self) -> None:
        """Q3: gaps answered, back where it came from."""

    @transition(
        stage, source=Stage.RETURNED, target=Stage.PREPARATION, permission=policies.is_applicant,
        conditions=[lambda matter: matter.returned_from == Stage.PREPARATION],
    )  # fmt: skip
    def resubmit_preparation(self) -> None:
        """Q3: gaps answered, back where it came from."""

    @transition(stage, source=Stage.PROPOSAL, target=Stage.PREPARATION, permission=policies.may_accept)
    def accept(self) -> None:
        """Q4: the office takes the matter; the officer who accepts keeps the case."""

    @transition(stage, source=Stage.DRAFT, target=Stage.EXECUTION, permission=policies.may_accept)
    def start_on_order(self) -> None:
        """Q23: extra urgent, on the oral order of a head or leader; the papers follow."""

    @transition(stage, source=Stage.EXECUTION, target=Stage.PROPOSAL, conditions=[guards.is_not_suspended])
    def order_denied(self) -> None:
        """Q23: whoever was named says that there was no such order: it begins like every other matter."""

    @transition(
        stage, source=Stage.PROPOSAL, target=Stage.REJECTED, permission=policies.may_reject,
        conditions=[guards.no_refusal_was_overturned],
    )  # fmt: skip
    def reject(self) -> None:
        """Q9: not taken on, with ground, reason and where to go instead."""

    @transition(stage, source=Stage.REJECTED, target=Stage.PROPOSAL)
    def overturn_refusal(self) -> None:
        """R048: the review overturned the refusal; the reviewing flow has the right."""

    @transition(
        stage,
        source=[Stage.DRAFT, Stage.PROPOSAL, Stage.RETURNED, Stage.PREPARATION],
        target=Stage.WITHDRAWN,
        permission=policies.may_withdraw,
        conditions=[*guards.FREE_TO_END, guards.no_item_was_issued],
    )
    def withdraw(self) -> None:
        """Q10: taken back before any decision. Later only a change is possible."""

    @transition(
        stage,
        source=list(MERGEABLE),
        target=Stage.MERGED,
        permission=policies.may_merge,
        conditions=[*guards.FREE_TO_END, guards.nothing_was_handed_out],
    )
    def merge(self) -> None:
        """Q11: it ends and points to its main matter. Not while a dispute blocks it (domain §9, 10)."""

    @transition(
        stage,
        source=Stage.PREPARATION,
        target=Stage.DECISION,
        permission=policies.may_prepare,
        conditions=[
            guards.is_not_suspended,
            guards.nothing_blocks_it,
            guards.has_a_lead_department,
            guards.facts_scope_and_goal_are_written,
            guards.has_a_core_question,
            guards.every_participant_is_notified,
            guards.no_approval_is_missing,
            guards.a_project_has_its_plan,
        ],
    )
    def start_decision(self) -> None:
        """Q12: all is fixed and everybody has the material (R044, R045)."""

    @transition(
        stage,
        source=Stage.DECISION,
        target=Stage.EXECUTION,
        permission=policies.may_decide,
        conditions=[
            guards.is_not_suspended,
            guards.nothing_blocks_it,
            guards.every_department_has_answered,
            guards.every_question_has_an_outcome,
            *guards.READY_FOR_A_DECISION,
        ],
    )
    def decide(self) -> None:
        """Q13: every question has its outcome and every resolution its owner, date and standard (R061)."""

    @transition(
        stage,
        source=Stage.DECISION,
        target=Stage.EXECUTION,
        permission=policies.may_decide_as_office,
        conditions=[
            guards.is_not_suspended,
            guards.nothing_blocks_it,
            guards.every_department_has_answered,
            guards.opinions_are_unanimous,
            guards.no_question_is_left_apart,
            *guards.READY_FOR_A_DECISION,
        ],
    )
    def decide_as_office(self) -> None:
        """Q13 without a meeting: nobody objects, so the head of the office decides (R039, simple track)."""

    @transition(
        stage,
        source=Stage.DECISION,
        target=Stage.PREPARATION,
        permission=policies.may_decide_as_office,
        conditions=[guards.is_not_suspended, guards.was_not_sent_back_before],
    )
    def back_to_preparation(self) -> None:
        """Q16: once; after that it has to be decided or escalated."""
        self.back_count += 1

    @transition(stage, source=Stage.DECISION, target=Stage.PREPARATION, conditions=[guards.is_not_suspended])
    def ask_again(self) -> None:
        """R039: the sheet on whose answers it was to be decided no longer stands."""

    @transition(
        stage,
        source=Stage.EXECUTION,
        target=Stage.FEEDBACK,
        permission=policies.may_complete,
        conditions=[
            guards.is_not_suspended,
            guards.nothing_blocks_it,
            guards.its_order_became_an_item,
            guards.every_item_is_closed,
            guards.every_stage_is_accepted,
            guards.every_defect_is_mended,
            guards.no_change_is_under_way,
            guards.no_appeal_waits,
            guards.no_paper_is_under_way,
            guards.the_objection_is_answered,
            guards.no_interim_measure_is_open,
        ],
    )
    def complete_execution(self) -> None:
        """Q17: all items closed; the result goes back to the applicant (R106)."""

    @transition(
        stage,
        source=Stage.FEEDBACK,
        target=Stage.EXECUTION,
        permission=policies.may_reopen,
    )
    def reopen_execution(self) -> None:
        """Q18: the applicant's objection sends it back, once; later the head of the office does."""
        self.rework_count += 1

    @transition(
        stage,
        source=Stage.FEEDBACK,
        target=Stage.ARCHIVED,
        permission=policies.may_archive,
        conditions=[*guards.READY_FOR_THE_ARCHIVE, guards.nothing_blocks_it],
    )
    def archive(self) -> None:
        """Q19: sealed. From here on nobody changes it, whatever their post."""
