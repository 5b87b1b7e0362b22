"""Time: the calendar, the limits, who owes what, and what reminds them."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import history
from pages.labels import Labels
from supervision.querysets import ObligationQuerySet, ReminderQuerySet
from supervision.states import (
    RUNNING,
    Kind,
    OnLapse,
    Outcome,
    ReminderStatus,
    Scope,
    State,
    Step,
    Unit,
    Urgency,
    Warned,
)


class CalendarDay(models.Model):
    """A day that differs from the plain week: a holiday, or a rest day that is worked (调休)."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("working day"))
    note = models.CharField(_("note"), max_length=60, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.is_working}"


class OfficeHours(models.Model):
    """One span of the working day; the day closes at the end of the last one."""

    opens = models.TimeField(_("opens"), unique=True)
    closes = models.TimeField(_("closes"))

    class Meta:
        default_permissions = ()
        ordering = ["opens"]
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="office_opens_before_it_closes")
        ]

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


class CalendarStamp(models.Model):
    """One row: changes with every change of the calendar, so that each process knows when to read it again."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    stamp = models.UUIDField(default=uuid.uuid4)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_calendar_stamp")]

    def __str__(self) -> str:
        return str(self.stamp)


class TimeLimit(models.Model):
    """How long something may take, by urgency (domain 6.1). A setting with history, never a constant in code (R024)."""

    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency.choices)
    amount = models.PositiveSmallIntegerField(_("limit"))
    unit = models.CharField(_("unit"), max_length=5, choices=Unit.choices, default=Unit.DAYS)

    history = history()

    class Meta:
        default_permissions = ()
        ordering = ["kind", "urgency"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "urgency"], name="one_limit_per_kind_and_urgency"),
            models.CheckConstraint(condition=Q(amount__gte=1), name="a_limit_is_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.urgency}: {self.amount} {self.unit}"


class Obligation(Labels, models.Model):
    """What somebody owes, since when, until when (architecture §3): the one place where due dates live.

    The subject and its matter are named by type and id: they live in apps above this one. `number`, `url_name` and
    `url_args` are all that is known of them here; the title is looked up when shown, by someone who may see it.
    A *window* (an appeal period) is an obligation without a holder.
    """

    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True, blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    url_name = models.CharField(max_length=80, blank=True)
    url_args = models.JSONField(default=list)
    holder_department = models.ForeignKey(
        "organization.Department", models.PROTECT, null=True, blank=True, related_name="+"
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = models.DateTimeField(_("since"))
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    original_due_at = models.DateTimeField(_("originally due"), null=True, blank=True)
    due_version = models.PositiveIntegerField(default=1)
    remaining_minutes = models.IntegerField(null=True, blank=True)
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency.choices, default=Urgency.NORMAL)
    on_lapse = models.CharField(max_length=8, choices=OnLapse.choices, default=OnLapse.NOTHING)
    ladder = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)
    # From this moment on it is yellow whatever the date: set by the app that knows why.
    warn_at = models.DateTimeField(null=True, blank=True)
    warn_why = models.CharField(max_length=8, choices=Warned.choices, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id", "holder_department", "holder"],
                condition=Q(state__in=RUNNING),
                nulls_distinct=False,
                name="owed_once",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="obligation_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=RUNNING, outcome="", ended_at=None)
                | Q(
                    state=State.DISCHARGED,
                    outcome__in=[Outcome.DONE, Outcome.DEEMED, Outcome.LAPSED, Outcome.HANDED_OVER],
                    ended_at__isnull=False,
                )
                | Q(state=State.CANCELLED, outcome=Outcome.CANCELLED, ended_at__isnull=False),
                name="obligation_outcome_fits_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SUSPENDED) | Q(due_at=None) | Q(remaining_minutes__isnull=False),
                name="suspended_keeps_the_rest_of_the_time",
            ),
            models.CheckConstraint(
                condition=Q(due_at=None, original_due_at=None)
                | Q(due_at__isnull=False, original_due_at__isnull=False),
                name="a_due_date_keeps_its_original",
            ),
            models.CheckConstraint(
                condition=Q(warn_at=None, warn_why="") | Q(warn_at__isnull=False, warn_why__in=Warned.values),
                name="an_early_warning_says_why",
            ),
            models.CheckConstraint(condition=Q(due_version__gte=1), name="due_version_counts_from_one"),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="obligation_of_subject"),
            models.Index(fields=["case_id"], name="obligation_of_case"),
            models.Index(fields=["holder", "due_at"], condition=Q(state__in=RUNNING), name="owed_by_person"),
            models.Index(
                fields=["holder_department", "due_at"],
                condition=Q(state__in=RUNNING),
                name="owed_by_department",
            ),
            models.Index(
                fields=["due_at"], condition=Q(state=State.OPEN, lapsed_at=None), name="about_to_lapse"
            ),
            models.Index(
                fields=["kind"],
                condition=Q(state=State.OPEN, lapsed_at__isnull=False),
                name="lapsed_unanswered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id} {self.state}"

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def extended(self) -> bool:
        """Whether the due date has been moved; the original one stays beside it."""
        return self.due_at != self.original_due_at

    @property
    def ended_on_time(self) -> bool:
        """By the **original** date: an extension does not make late work punctual (domain 6.4)."""
        if self.original_due_at is None:
            return True
        return self.ended_at is not None and self.ended_at <= self.original_due_at

    @property
    def values(self) -> dict[str, Any]:
        """What a sentence about it is filled with."""
        return {"number": self.number}


class Pause(models.Model):
    """Why an obligation's clock, or only its reminders, stand still. The clock runs when no pause is open."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="pauses")
    scope = models.CharField(_("scope"), max_length=5, choices=Scope.choices)
    cause = models.CharField(max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "scope", "cause"],
                condition=Q(until=None),
                name="paused_once_for_a_cause",
            ),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="pause_scope_known"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.scope} {self.since:%Y-%m-%d}"


class Rung(models.Model):
    """A moment at which a reminder falls due, computed when the due date is set; a new date has new rungs."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="rungs")
    due_version = models.PositiveIntegerField()
    step = models.CharField(max_length=5, choices=Step.choices)
    at = models.DateTimeField()
    by_day = models.BooleanField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["obligation", "due_version", "step"], name="one_rung_per_step")
        ]
        indexes = [models.Index(fields=["at"], condition=Q(settled_at=None), name="rung_waiting")]

    def __str__(self) -> str:
        return f"{self.obligation_id}/{self.due_version} {self.step}"


class Reminder(models.Model):
    """One reminder to one person: planned, then sent, or left out with the reason why."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="reminders")
    due_version = models.PositiveIntegerField()
    step = models.CharField(_("step"), max_length=5, choices=Step.choices)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reminders")
    by_day = models.BooleanField()
    planned_at = models.DateTimeField(_("planned"))
    status = models.CharField(
        _("status"), max_length=10, choices=ReminderStatus.choices, default=ReminderStatus.PLANNED
    )
    why = models.CharField(_("why"), max_length=120, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            # The whole of "exactly once" stands on this line (trust.md R1).
            models.UniqueConstraint(
                fields=["obligation", "due_version", "step", "recipient"], name="reminded_once"
            ),
            models.CheckConstraint(
                condition=Q(status=ReminderStatus.SENT, sent_at__isnull=False)
                | (~Q(status=ReminderStatus.SENT) & Q(sent_at=None)),
                name="sent_reminder_has_its_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["planned_at"], condition=Q(status=ReminderStatus.PLANNED), name="reminder_planned"
            )
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.step} → {self.recipient_id}: {self.status}"


class Heartbeat(models.Model):
    """When a part of the system last showed that it lives (trust.md 3.8)."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"
