"""The action item (行动项): one owner, one due date, one standard; its reports and extensions.

Where it stands with the time is not here: due date, original due date and lateness live in its obligation.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.acting import day_of
from audit.history import history
from audit.transitions import StateField, Stateful, transition
from documents.states import Series
from pages.labels import Labels
from requests import guards, policies
from requests.models.matter import CoordinationRequest
from requests.models.parts import Question
from requests.querysets import ActionItemQuerySet
from requests.states import BEING_WORKED_ON, ITEM_OPEN, Approver, ExtensionState, ItemState, Receipt
from supervision.states import Urgency

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"
# Neither the matter nor the item itself stands still.
RUNS = [guards.its_matter_is_not_suspended, guards.it_is_not_suspended]


class ActionItem(Labels, Stateful, models.Model):
    """Something that one named person does by a day to a standard (form F10, R008, R061)."""

    SUBJECT = "item"

    number = models.CharField(_("number"), max_length=30, null=True, unique=True, editable=False)
    matter = models.ForeignKey(CoordinationRequest, models.PROTECT, related_name="items")
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("core question")
    )
    source_number = models.CharField(_("source"), max_length=30, blank=True)
    text = models.CharField(_("what is to be done"), max_length=300)
    standard = models.CharField(_("standard of delivery"), max_length=300)
    department = models.ForeignKey(
        DEPARTMENT, models.PROTECT, related_name="+", verbose_name=_("responsible department")
    )
    department_name = models.CharField(max_length=60, editable=False)
    assignee = models.ForeignKey(
        PERSON, models.PROTECT, related_name="action_items", verbose_name=_("responsible person")
    )
    co_departments: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        DEPARTMENT, related_name="+", blank=True, verbose_name=_("supporting departments")
    )
    verifier = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verifier")
    )
    urgency = models.CharField(_("urgency"), max_length=6, choices=Urgency.choices, default=Urgency.NORMAL)
    agreed_due_on = models.DateField(_("due date"))
    is_interim = models.BooleanField(_("interim measure"), default=False)
    # Working days from one report to the next (R085); empty: the office's limit for this urgency.
    report_every = models.PositiveSmallIntegerField(_("reporting cycle"), null=True, blank=True)

    state = StateField(
        _("state"), default=ItemState.DRAFTED, choices=ItemState.choices, protected=True, max_length=12
    )
    percent = models.PositiveSmallIntegerField(_("progress"), default=0)
    issued_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    receipt = models.CharField(max_length=6, choices=Receipt.choices, blank=True)
    first_reply_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    result = models.TextField(_("result against the standard"), blank=True)
    # Where and how the result can be seen, when no paper shows it (A8).
    evidence_note = models.TextField(_("note on the evidence"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    # By the original date, whatever was extended since (domain §6.4).
    is_on_time = models.BooleanField(null=True)
    rework_count = models.PositiveSmallIntegerField(default=0)
    # A12: set aside for a while. Its state stays, so that it goes on from where it stood.
    suspended_since = models.DateTimeField(null=True, blank=True)
    suspended_until = models.DateField(null=True, blank=True)
    suspension_reason = models.CharField(max_length=500, blank=True)
    cancel_reason = models.TextField(blank=True)

    history = history()
    objects = ActionItemQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "agreed_due_on"], name="item_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verifier=None) | ~Q(verifier=F("assignee")), name="the_doer_does_not_verify"
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | ~Q(closed_by=F("assignee")), name="the_doer_does_not_close"
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.DRAFTED) | Q(state=ItemState.CANCELLED) | Q(number__isnull=False),
                name="an_issued_item_has_a_number",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="progress_ends_at_100"),
            models.CheckConstraint(
                condition=Q(suspended_since=None)
                | Q(state__in=[state.value for state in BEING_WORKED_ON], suspended_until__isnull=False)
                & ~Q(suspension_reason=""),
                name="a_suspended_item_has_reason_and_day",
            ),
            models.CheckConstraint(
                condition=Q(report_every=None) | Q(report_every__gte=1), name="a_cycle_is_at_least_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def state_words(self) -> str:
        if self.is_suspended:
            return str(_("%(state)s, suspended") % {"state": self.get_state_display()})
        return str(self.get_state_display())

    @property
    def is_suspended(self) -> bool:
        return self.suspended_since is not None

    @property
    def is_planned(self) -> bool:
        """Whether a plan ordered it: its source is the number of the plan."""
        return self.source_number.startswith(Series.PLAN.value)

    @property
    def is_open(self) -> bool:
        return self.state in ITEM_OPEN

    @transition(
        state, source=ItemState.DRAFTED, target=ItemState.ISSUED, conditions=[guards.its_matter_is_not_suspended],
    )  # fmt: skip
    def issue(self) -> None:
        """A1: handed out when the decision is published; the clock starts now. The deciding flow has the right."""

    @transition(
        state, source=ItemState.ISSUED, target=ItemState.ACKNOWLEDGED, permission=policies.may_receive,
        conditions=RUNS,
    )  # fmt: skip
    def acknowledge(self) -> None:
        """A2: signed for. The limit has been running since delivery, not since this click (R101)."""

    @transition(
        state, source=ItemState.ISSUED, target=ItemState.ACKNOWLEDGED, conditions=RUNS,
    )  # fmt: skip
    def deem_received(self) -> None:
        """A2: nobody signed within the limit, so it counts as received. Done by the system only."""

    @transition(
        state, source=[ItemState.ISSUED, ItemState.ACKNOWLEDGED], target=ItemState.RELEASING,
        permission=policies.may_ask_release, conditions=RUNS,
    )  # fmt: skip
    def ask_release(self) -> None:
        """A3: the department says that it is not its duty, and whose it is."""

    @transition(
        state, source=ItemState.RELEASING, target=ItemState.ISSUED, conditions=[guards.its_matter_is_not_suspended],
    )  # fmt: skip
    def hand_on(self) -> None:
        """A4: released; another department has it from now on. The ruling flow has the right."""

    @transition(
        state, source=ItemState.RELEASING, target=ItemState.ACKNOWLEDGED, conditions=[guards.its_matter_is_not_suspended],
    )  # fmt: skip
    def keep(self) -> None:
        """A4: not released; it binds the department. The ruling flow has the right."""

    @transition(
        state, source=ItemState.ACKNOWLEDGED, target=ItemState.IN_PROGRESS, permission=policies.may_work,
        conditions=RUNS,
    )  # fmt: skip
    def start(self) -> None:
        """A5: the first substantive reply."""

    @transition(
        state, source=ItemState.IN_PROGRESS, target=ItemState.SUBMITTED, permission=policies.may_work,
        conditions=RUNS,
    )  # fmt: skip
    def submit(self) -> None:
        """A8: reported done, with the result against the standard and its evidence."""

    @transition(
        state, source=ItemState.SUBMITTED, target=ItemState.CLOSED, permission=policies.may_verify,
        conditions=[guards.its_matter_is_not_suspended],
    )  # fmt: skip
    def close(self) -> None:
        """A9: checked and struck off, never by the doer."""

    @transition(
        state, source=ItemState.SUBMITTED, target=ItemState.IN_PROGRESS, permission=policies.may_verify,
        conditions=[guards.its_matter_is_not_suspended],
    )  # fmt: skip
    def send_back(self) -> None:
        """A10: defects named, a new date set, rework counted."""
        self.rework_count += 1

    @transition(
        state,
        source=[
            ItemState.DRAFTED,
            ItemState.ISSUED,
            ItemState.RELEASING,
            ItemState.ACKNOWLEDGED,
            ItemState.IN_PROGRESS,
        ],
        target=ItemState.CANCELLED,
        permission=policies.may_cancel,
        conditions=[guards.its_matter_is_not_suspended],
    )
    def cancel(self) -> None:
        """A12: no longer to be done; with its reason."""

    @transition(
        state, source=[ItemState.DRAFTED, *ITEM_OPEN], target=ItemState.CANCELLED,
        conditions=[guards.its_matter_is_not_suspended],
    )  # fmt: skip
    def end_with_matter(self) -> None:
        """Q23: the oral order was denied; also what was reported done ends. The denying flow has the right."""


class ProgressReport(models.Model):
    """One report on an item (form F12). Written once; nobody edits it."""

    item = models.ForeignKey(ActionItem, models.PROTECT, related_name="reports")
    reported_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    percent = models.PositiveSmallIntegerField(_("completed (%)"))
    done = models.TextField(_("done so far"))
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_on = models.DateField(_("by"), null=True, blank=True)
    difficulty = models.TextField(_("difficulty"), blank=True)
    lower_reason = models.CharField(_("why less than before"), max_length=200, blank=True)
    # The office has been asked for help by this report (R090).
    wants_help = models.BooleanField(_("ask the office to coordinate"), default=False)
    coordination = models.TextField(_("to be coordinated"), blank=True)
    expected_on = models.DateField(_("expected completion"), null=True, blank=True)
    risk_change = models.TextField(_("change of the risks"), blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="a_report_ends_at_100"),
        ]

    def __str__(self) -> str:
        return f"{self.percent}%"


class Extension(models.Model):
    """A wish for a later date (R097, A7); asked late it says so. The original date stays beside it."""

    SUBJECT = "extension"

    item = models.ForeignKey(ActionItem, models.PROTECT, related_name="extensions")
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    from_due_at = models.DateTimeField()
    wished_on = models.DateField(_("new date"))
    working_days = models.PositiveSmallIntegerField(_("working days"))
    reason = models.TextField(_("reason"))
    progress = models.TextField(_("progress so far"))
    approver = models.CharField(max_length=6, choices=Approver.choices)
    # Asked after the due date: it stays recorded as overdue, whatever the answer (R097).
    asked_late = models.BooleanField(_("asked late"), default=False)
    state = models.CharField(max_length=8, choices=ExtensionState.choices, default=ExtensionState.ASKED)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(pgettext_lazy("reply", "answer"), blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state=ExtensionState.ASKED), name="one_open_extension_per_item"
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")),
                name="nobody_answers_the_own_extension",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wished_on}"

    def covers(self, closed_at: datetime | None) -> bool:
        """Whether it was granted and kept: by the original date the item stays late (domain §6.4)."""
        kept = closed_at is not None and day_of(closed_at) <= self.wished_on
        return kept and self.state == ExtensionState.APPROVED
