"""The agenda (form F7) and what was said and settled on each item, until the minutes carry it to the matters."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import history
from meetings.models.meeting import Meeting
from meetings.querysets import AgendaItemQuerySet
from meetings.states import AGREED, NEEDS_DIFFERENCES, ItemKind, Result
from supervision.states import Urgency

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


class AgendaItem(models.Model):
    """One topic of a meeting (议题) with its result. Results stay here until the minutes are published."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(pgettext_lazy("meeting", "order"))
    text = models.CharField(_("topic"), max_length=200)
    kind = models.CharField(
        pgettext_lazy("meeting", "kind"), max_length=10, choices=ItemKind.choices, default=ItemKind.DECISION
    )
    matter = models.ForeignKey(
        "requests.CoordinationRequest", models.PROTECT, null=True, blank=True, related_name="agenda_items",
        verbose_name=_("matter"),
    )  # fmt: skip
    question = models.ForeignKey(
        "requests.Question", models.PROTECT, null=True, blank=True, related_name="agenda_items",
        verbose_name=_("core question"),
    )  # fmt: skip
    department = models.ForeignKey(
        DEPARTMENT, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("put by")
    )
    presenter = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("presenter")
    )
    length = models.PositiveSmallIntegerField(_("length (minutes)"), default=10)
    suggestion = models.TextField(_("suggested conclusion"), blank=True)
    # Whoever gains or loses by it takes no part in deciding it (F7, 议事规则: 回避).
    interested: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        PERSON, related_name="+", blank=True, verbose_name=_("interested persons")
    )
    # Put after the cut-off: it stands on the agenda by the word of the chair (M2).
    is_late = models.BooleanField(default=False)
    agreed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)

    result = models.CharField(_("result"), max_length=12, choices=Result.choices, blank=True)
    resolution = models.TextField(_("resolution"), blank=True)
    common_ground = models.TextField(_("common ground"), blank=True)
    discussion = models.TextField(_("points of the discussion"), blank=True)
    deferred_until = models.DateField(_("deferred until"), null=True, blank=True)
    # An agreed item that nobody has to carry out says so, with its reason.
    no_action_reason = models.CharField(_("why nothing is to be carried out"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    # When the result reached its matter; set once, at publication.
    applied_at = models.DateTimeField(null=True, blank=True)

    history = history()
    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "order"],
                name="agenda_items_are_numbered",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["meeting", "question"],
                condition=Q(question__isnull=False),
                name="a_question_stands_once_on_an_agenda",
            ),
            models.CheckConstraint(
                condition=~Q(result__in=AGREED) | ~Q(resolution=""), name="an_agreed_item_has_its_resolution"
            ),
            models.CheckConstraint(
                condition=Q(question__isnull=True) | Q(matter__isnull=False),
                name="a_question_comes_with_its_matter",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def waits_for_the_chair(self) -> bool:
        return self.is_late and self.agreed_at is None

    @property
    def is_agreed(self) -> bool:
        return self.result in AGREED

    @property
    def is_disputed(self) -> bool:
        return self.result in NEEDS_DIFFERENCES


class PriorTalk(models.Model):
    """What the sides have settled before the meeting (会前沟通, R116). A row of its own: it goes into no dossier."""

    item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="prior_talk")
    text = models.TextField(_("settled beforehand"))
    is_private = models.BooleanField(_("for the chair and the sides only"), default=False)
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.item_id}"


class ResolvedAction(models.Model):
    """A draft of an action item under an agreed topic (F10); publication makes the action item of it."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="actions")
    text = models.CharField(_("what is to be done"), max_length=300)
    standard = models.CharField(_("by what one sees that it is done"), max_length=300, blank=True)
    department = models.ForeignKey(
        DEPARTMENT, models.PROTECT, related_name="+", verbose_name=_("responsible department")
    )
    assignee = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("responsible person")
    )
    verifier = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verifier")
    )
    co_departments: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        DEPARTMENT, related_name="+", blank=True, verbose_name=_("supporting departments")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    urgency = models.CharField(_("urgency"), max_length=6, choices=Urgency.choices, default=Urgency.NORMAL)
    is_interim = models.BooleanField(_("interim measure"), default=False)
    report_every = models.PositiveSmallIntegerField(_("reporting cycle"), null=True, blank=True)
    action_item = models.OneToOneField(
        "requests.ActionItem", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class ItemReservation(models.Model):
    """An opinion that a department keeps beside the agreement (保留意见)."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="reservations")
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+")
    text = models.TextField(_("reserved opinion"))

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.department_id}"


class ItemDifference(models.Model):
    """Where one department stands on a topic that was not agreed (R058)."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="differences")
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+")
    position = models.TextField(pgettext_lazy("meeting", "position"))
    basis = models.TextField(_("basis"), blank=True)
    proposal = models.TextField(_("preferred solution"), blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "department"], name="one_position_per_department_and_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.department_id}"
