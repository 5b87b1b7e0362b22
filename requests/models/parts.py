"""Parts of a matter: readers, attempts, gaps, participants, questions, points of difference, blocks."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import history
from pages.labels import Labels
from requests.models.matter import CoordinationRequest
from requests.querysets import GapQuerySet, ParticipantQuerySet, QuestionQuerySet, ReaderQuerySet
from requests.states import NAMED, Answer, DecisionWay, GapCode, Means, Opinion, Outcome, Role, Track

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


class Reader(models.Model):
    """One relation that lets a person, or whoever speaks for a department, see a matter (domain §5).

    Of a confidential matter persons are named (`why` is `named`): by whom, for what, from when until when. Such a row
    stays when the reading has ended.
    """

    matter = models.ForeignKey(CoordinationRequest, models.CASCADE, related_name="readers")
    user = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=16)
    named_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("what for"), max_length=200, blank=True, db_default="")
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(_("reads until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReaderQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "user"],
                condition=Q(user__isnull=False) & ~Q(why=NAMED),
                name="a_person_reads_once",
            ),
            models.UniqueConstraint(
                fields=["matter", "user"],
                condition=Q(why=NAMED, ended_at=None),
                name="a_person_is_named_once",
            ),
            models.CheckConstraint(
                condition=~Q(why=NAMED)
                | Q(user__isnull=False, named_by__isnull=False, since__isnull=False) & ~Q(reason=""),
                name="a_named_reader_is_named_by_somebody_for_something",
            ),
            models.UniqueConstraint(
                fields=["matter", "department"],
                condition=Q(department__isnull=False),
                name="a_department_reads_once",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, department__isnull=True)
                | Q(user__isnull=True, department__isnull=False),
                name="a_reader_is_a_person_or_a_department",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "matter"], name="matters_of_a_person"),
            models.Index(fields=["department", "matter"], name="matters_of_a_department"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.why}"


class Attempt(models.Model):
    """One talk before or during the matter: whom, when, with which goal, answer and reason (R033)."""

    matter = models.ForeignKey(CoordinationRequest, models.CASCADE, related_name="attempts")
    department = models.ForeignKey(
        DEPARTMENT, models.PROTECT, related_name="+", verbose_name=_("department asked")
    )
    # As of that day: a department that is renamed keeps its old name here (domain §9, 19).
    department_name = models.CharField(max_length=60, blank=True, editable=False)
    person_name = models.CharField(_("person asked"), max_length=40)
    held_at = models.DateTimeField(_("when"))
    means = models.CharField(_("how"), max_length=10, choices=Means.choices)
    our_goal = models.CharField(_("our goal"), max_length=200)
    answer = models.CharField(pgettext_lazy("reply", "answer"), max_length=10, choices=Answer.choices)
    reason = models.TextField(_("their reason"), blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["held_at", "pk"]
        constraints = [
            # R033: a refusal without a reason cannot be saved, whatever code runs.
            models.CheckConstraint(
                condition=~Q(answer=Answer.REFUSED) | ~Q(reason=""), name="a_refused_attempt_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department}: {self.get_answer_display()}"


class Gap(models.Model):
    """One thing that a returned form lacks; all gaps of a round are named at once (Q2)."""

    matter = models.ForeignKey(CoordinationRequest, models.CASCADE, related_name="gaps")
    round = models.PositiveSmallIntegerField()
    code = models.CharField(_("what is missing"), max_length=12, choices=GapCode.choices)
    text = models.TextField(_("what to add"))
    named_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    # What the applicant says to it (Q3); open until the form is handed in again.
    answer = models.TextField(_("answer to the gap"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = GapQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["round", "pk"]

    def __str__(self) -> str:
        return f"{self.get_code_display()}"


class Participant(Labels, models.Model):
    """A department that takes part: its role, what it received, what it thinks (R044, R045, R055)."""

    SUBJECT = "participant"

    matter = models.ForeignKey(CoordinationRequest, models.CASCADE, related_name="participants")
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+")
    department_name = models.CharField(max_length=60)
    role = models.CharField(_("role"), max_length=4, choices=Role.choices)
    notified_at = models.DateTimeField(null=True, blank=True)
    material_read_at = models.DateTimeField(null=True, blank=True)
    material_read_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    opinion = models.CharField(_("opinion"), max_length=10, choices=Opinion.choices, blank=True)
    opinion_reason = models.TextField(_("reason or condition"), blank=True)
    opined_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    opined_at = models.DateTimeField(null=True, blank=True)
    is_silent = models.BooleanField(default=False)

    history = history()
    objects = ParticipantQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        # R056: the order of display is not by rank.
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "department"], name="a_department_takes_part_once"),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(role=Role.LEAD), name="one_lead_department"
            ),
            models.CheckConstraint(
                condition=~Q(opinion__in=[Opinion.CONDITIONS, Opinion.DISAGREE]) | ~Q(opinion_reason=""),
                name="an_objection_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_name}: {self.get_opinion_display()}"


class Question(Labels, models.Model):
    """A core question of the matter (R044, R051): opinions, agenda items, resolutions and items hang on it."""

    matter = models.ForeignKey(CoordinationRequest, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(_("core question"), max_length=200)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, default=Outcome.OPEN)
    resolution = models.TextField(_("resolution"), blank=True)
    common_ground = models.TextField(_("common ground"), blank=True)
    source_number = models.CharField(max_length=30, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    track = models.CharField(
        _("way of the question"), max_length=10, choices=Track.choices, blank=True, db_default=""
    )
    tracked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")

    history = history()
    objects = QuestionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "order"], name="questions_are_numbered"),
            models.CheckConstraint(
                condition=~Q(outcome__in=[Outcome.AGREED, Outcome.IN_PRINCIPLE, Outcome.SETTLED])
                | ~Q(resolution=""),
                name="an_agreed_question_has_its_resolution",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class QuestionOpinion(Labels, models.Model):
    """What a department thinks of one question, where that is not what it thinks of the matter as a whole (R051)."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="opinions")
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+")
    department_name = models.CharField(max_length=60)
    opinion = models.CharField(_("opinion"), max_length=10, choices=Opinion.choices)
    reason = models.TextField(_("reason or condition"), blank=True)
    given_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "department"], name="one_opinion_per_department_and_question"
            ),
            models.CheckConstraint(
                condition=~Q(opinion__in=[Opinion.CONDITIONS, Opinion.DISAGREE]) | ~Q(reason=""),
                name="an_objection_to_a_question_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_name}: {self.get_opinion_display()}"


class Reservation(models.Model):
    """An opinion kept beside an agreement (R059: common ground and reservations are both printed)."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="reservations")
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+")
    # As of that day: a department that is renamed keeps its old name here (domain §9, 19).
    department_name = models.CharField(max_length=60, blank=True, editable=False)
    text = models.TextField(_("reserved opinion"))

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.department}"


class PointOfDifference(models.Model):
    """Where one department stands on a question that is not agreed (R058)."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="differences")
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+")
    # As of that day: a department that is renamed keeps its old name here (domain §9, 19).
    department_name = models.CharField(max_length=60, blank=True, editable=False)
    position = models.TextField(pgettext_lazy("side", "position"))
    basis = models.TextField(_("basis"), blank=True)
    proposal = models.TextField(_("preferred solution"), blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["question__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "department"], name="one_position_per_department_and_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.department}"


class HeldDecision(models.Model):
    """What minutes, a ruling or an agreement decided while the matter was suspended or a public notice waited: it takes
    effect by itself when nothing holds it up any more (Q20, R053)."""

    matter = models.OneToOneField(CoordinationRequest, models.CASCADE, related_name="held_decision")
    way = models.CharField(max_length=8, choices=DecisionWay.choices)
    resolution = models.TextField(blank=True)
    document = models.CharField(max_length=30, blank=True)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.document}"


class Block(models.Model):
    """Something that stops a matter, or one question of it, until it ends: today a dispute (R134)."""

    matter = models.ForeignKey(CoordinationRequest, models.CASCADE, related_name="blocks")
    question = models.ForeignKey(Question, models.CASCADE, null=True, blank=True, related_name="blocks")
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    number = models.CharField(max_length=30, blank=True)
    reason = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-since"]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def cause(self) -> str:
        """By which its pauses are told from others (supervision.Pause.cause)."""
        return f"{self.subject_type}:{self.subject_id}"
