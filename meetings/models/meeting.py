"""The meeting (form F6) and its people (form F8)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import history
from audit.transitions import StateField, Stateful, transition
from meetings import guards, policies
from meetings.querysets import InvitationQuerySet, MeetingQuerySet
from meetings.states import CAME, IN_ROOM, Attendance, Capacity, MeetingKind, MeetingState, Reply
from supervision.states import Urgency

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


class Meeting(Stateful, models.Model):
    """A meeting where departments settle matters (会议, form F6). It takes its number with its notice."""

    SUBJECT = "meeting"

    number = models.CharField(_("number"), max_length=30, null=True, unique=True, editable=False)
    title = models.CharField(_("name of the meeting"), max_length=80)
    kind = models.CharField(
        pgettext_lazy("meeting", "kind"),
        max_length=8,
        choices=MeetingKind.choices,
        default=MeetingKind.SPECIAL,
    )
    urgency = models.CharField(_("urgency"), max_length=6, choices=Urgency.choices, default=Urgency.NORMAL)
    committee = models.ForeignKey(
        "organization.Committee", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("committee"),
    )  # fmt: skip
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=80, blank=True)
    link = models.URLField(_("link"), blank=True)
    chair = models.ForeignKey(
        PERSON, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("meeting", "chair")
    )
    recorder = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("recorder"))
    preparation = models.TextField(_("what to prepare"), blank=True)
    answer_by = models.DateTimeField(_("answer by"), null=True, blank=True)
    leave_rules = models.TextField(_("leave and substitutes"), blank=True)
    contact = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("contact person")
    )

    state = StateField(
        _("state"), default=MeetingState.PLANNED, choices=MeetingState.choices, protected=True, max_length=12
    )
    # Empty where the rules called for it and the system wrote the draft (R100).
    planned_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    planned_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Why a rule was set aside: short notice, a clash, a missing quorum.
    notice_reason = models.CharField(_("why the notice is short"), max_length=200, blank=True)
    clash_reason = models.CharField(_("why the clash is accepted"), max_length=200, blank=True)
    quorum_reason = models.CharField(_("why it opens without a quorum"), max_length=200, blank=True)
    ending_reason = models.CharField(_("reason"), max_length=200, blank=True)

    history = history()
    objects = MeetingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(chair=F("recorder")), name="the_chair_does_not_record"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_meeting_has_a_length"),
            models.CheckConstraint(
                condition=~Q(state__in=[MeetingState.POSTPONED, MeetingState.CANCELLED])
                | ~Q(ending_reason=""),
                name="a_dropped_meeting_has_its_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "starts_at"], name="meetings_by_state")]

    def __str__(self) -> str:
        return self.title

    def state_words(self) -> str:
        return str(self.get_state_display())

    @property
    def minutes_long(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @transition(
        state,
        source=[MeetingState.PLANNED, MeetingState.POSTPONED],
        target=MeetingState.CALLED,
        permission=policies.may_call,
        conditions=[guards.has_a_place_or_a_link, guards.has_an_agenda, guards.has_invited_people],
    )
    def call(self) -> None:
        """M3: the notice goes out; a notice without time, place and agenda cannot (R115)."""

    @transition(
        state, source=MeetingState.CALLED, target=MeetingState.IN_SESSION, permission=policies.is_chair
    )
    def open(self) -> None:
        """M5: the chair opens. The flow counts the quorum."""

    @transition(
        state, source=MeetingState.IN_SESSION, target=MeetingState.CLOSED, permission=policies.is_chair
    )
    def close(self) -> None:
        """M7: the chair closes. The flow names the items without a result."""

    @transition(state, source=MeetingState.CLOSED, target=MeetingState.DOCUMENTED)
    def document(self) -> None:
        """M11: the minutes are published; who may publish stands on the minutes."""

    @transition(
        state,
        source=[MeetingState.PLANNED, MeetingState.CALLED, MeetingState.POSTPONED],
        target=MeetingState.POSTPONED,
        permission=policies.may_drop,
    )
    def postpone(self) -> None:
        """M12: another day, with its reason; it has to be called again."""

    @transition(
        state,
        source=[MeetingState.PLANNED, MeetingState.CALLED, MeetingState.POSTPONED],
        target=MeetingState.CANCELLED,
        permission=policies.may_drop,
    )
    def cancel(self) -> None:
        """M12: it does not take place, with its reason."""


class Invitation(models.Model):
    """One person at one meeting: as what, the answer to the notice, and whether they came (F8)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("person"))
    department = models.ForeignKey(
        DEPARTMENT, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department")
    )
    # The unit's name of that day; for a guest from outside the name of the external unit.
    department_name = models.CharField(max_length=80, blank=True)
    # What the person was on that day (职务): later changes of post leave the sheet as it was.
    post = models.CharField(_("position"), max_length=80, blank=True)
    capacity = models.CharField(
        _("capacity"), max_length=10, choices=Capacity.choices, default=Capacity.ATTEND
    )
    is_required = models.BooleanField(_("has to come"), default=True)
    stands_for = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, related_name="substitute"
    )
    reply = models.CharField(_("answer"), max_length=10, choices=Reply.choices, default=Reply.WAITING)
    reply_reason = models.CharField(_("reason"), max_length=200, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    attendance = models.CharField(
        _("attendance"), max_length=8, choices=Attendance.choices, default=Attendance.OPEN
    )
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    # The signature: the own click, beside what the recorder has entered.
    signed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    # What a substitute may do, in the words or on the paper of the member who sends them (代会委托).
    proxy_text = models.CharField(_("proxy"), max_length=300, blank=True)
    proxy_file = models.OneToOneField(
        "documents.File", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proxy")
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="a_person_sits_once"),
            models.CheckConstraint(
                condition=~Q(reply=Reply.LEAVE) | ~Q(reply_reason=""), name="leave_has_its_reason"
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None, signed_at=None)
                | Q(signed_by=F("person"), signed_at__isnull=False),
                name="nobody_signs_for_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(proxy_text="", proxy_file=None) | Q(capacity=Capacity.SUBSTITUTE),
                name="only_a_substitute_has_a_proxy",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.get_capacity_display()}"

    @property
    def is_in_room(self) -> bool:
        return self.attendance in IN_ROOM

    @property
    def came(self) -> bool:
        return self.attendance in CAME
