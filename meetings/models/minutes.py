"""The minutes (form F9) and what the attendees say to them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import history
from audit.transitions import StateField, Stateful, transition
from meetings import guards, policies
from meetings.models.meeting import Meeting
from meetings.querysets import MinutesQuerySet
from meetings.states import ConfirmationState, MinutesState
from requests.states import Confidentiality

PERSON = settings.AUTH_USER_MODEL


class Minutes(Stateful, models.Model):
    """The minutes of one meeting (纪要). What was signed is kept as it was, with its hash."""

    SUBJECT = "minutes"

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="minutes")
    number = models.CharField(_("number"), max_length=30, null=True, unique=True, editable=False)
    state = StateField(
        _("state"), default=MinutesState.DRAFTING, choices=MinutesState.choices, protected=True, max_length=10
    )
    round = models.PositiveSmallIntegerField(default=0, editable=False)
    summary = models.TextField(_("course of the meeting"), blank=True)
    next_meeting = models.CharField(_("next meeting"), max_length=120, blank=True)
    confidentiality = models.CharField(
        pgettext_lazy("secrecy", "level"),
        max_length=12,
        choices=Confidentiality.choices,
        default=Confidentiality.INTERNAL,
    )
    distribution: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "organization.Department", related_name="+", blank=True, verbose_name=_("distribution")
    )
    # Persons beside the departments: everybody invited, unless the recorder chooses otherwise (印发范围).
    distribution_people: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        PERSON, related_name="+", blank=True, verbose_name=_("distributed to persons")
    )
    drafted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    # Everything as it stood when the chair signed.
    snapshot = models.JSONField(null=True, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    signed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    history = history(excluded=("snapshot",))
    objects = MinutesQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-drafted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[MinutesState.SIGNED, MinutesState.PUBLISHED])
                | Q(signed_by__isnull=False, signed_at__isnull=False, number__isnull=False) & ~Q(sha256=""),
                name="signed_minutes_have_signature_number_and_hash",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.meeting_id}"

    def state_words(self) -> str:
        return str(self.get_state_display())

    @transition(
        state,
        source=MinutesState.DRAFTING,
        target=MinutesState.CONFIRMING,
        permission=policies.may_edit_draft,
    )
    def send(self) -> None:
        """M8: to the attendees. The flow names the resolutions that lack owner, date or standard."""
        self.round += 1

    @transition(
        state,
        source=[MinutesState.CONFIRMING, MinutesState.SIGNED],
        target=MinutesState.DRAFTING,
        permission=policies.may_take_back,
    )
    def take_back(self) -> None:
        """Back to the draft before publication, with its reason: the attendees confirm anew."""

    @transition(
        state,
        source=MinutesState.CONFIRMING,
        target=MinutesState.SIGNED,
        permission=policies.may_sign,
        conditions=[
            guards.nobody_is_waited_for,
            guards.every_objection_is_answered,
            guards.the_chair_filed_none_of_its_matters,
            guards.its_level_reaches_its_matters,
        ],
    )
    def sign(self) -> None:
        """M10: the chair signs when everybody has spoken or the limit has passed, and objections are answered."""

    @transition(
        state,
        source=MinutesState.SIGNED,
        target=MinutesState.PUBLISHED,
        permission=policies.may_publish,
        conditions=[guards.no_matter_that_it_settles_is_suspended, guards.its_level_reaches_its_matters],
    )
    def publish(self) -> None:
        """M11: from here on corrections are addenda only."""


class Confirmation(models.Model):
    """One attendee's word on the draft of the minutes, by round (M9); silence counts when the limit has passed."""

    SUBJECT = "confirmation"

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="confirmations")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    state = models.CharField(
        _("confirmation"), max_length=10, choices=ConfirmationState.choices, default=ConfirmationState.WAITING
    )
    text = models.TextField(_("objection"), blank=True)
    spoke_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer to the objection"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Absentees get the published minutes and confirm reading (R126).
    reads_only = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "person"], name="a_person_confirms_once"),
            models.CheckConstraint(
                condition=~Q(state=ConfirmationState.OBJECTED) | ~Q(text=""), name="an_objection_has_its_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.get_state_display()}"
