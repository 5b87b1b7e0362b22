"""A paper that goes round the departments for their signatures (文件流转、会签; R062, R063, domain §3.5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import history
from audit.transitions import StateField, Stateful, transition
from pages.labels import Labels
from requests import circulation_guards as guards
from requests import circulation_policies as policies
from requests.circulation_querysets import CirculationQuerySet, CountersignQuerySet
from requests.circulation_states import (
    ANSWERS,
    NEED_REASON,
    OUT,
    SIGNED,
    UNSIGNED,
    DutyRuling,
    PaperState,
    SignOpinion,
    SignState,
    Silence,
)
from requests.models.matter import CoordinationRequest
from requests.models.paper_kinds import PaperKind
from requests.models.parts import Question
from requests.states import FINAL_OUTCOMES
from supervision.states import Urgency

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


class Circulation(Labels, Stateful, models.Model):
    """One paper on its way: text, version, route, and what silence means on it."""

    SUBJECT = "circulation"

    matter = models.ForeignKey(CoordinationRequest, models.CASCADE, related_name="circulations")
    kind = models.ForeignKey(PaperKind, models.PROTECT, related_name="+", verbose_name=_("kind of paper"))
    # As of the day of its drafting.
    kind_name = models.CharField(max_length=30, editable=False)
    number = models.CharField(_("number"), max_length=30, null=True, unique=True, editable=False)
    title = models.CharField(pgettext_lazy("form", "Title"), max_length=60)
    text = models.TextField(pgettext_lazy("circulation", "text"))
    version = models.PositiveSmallIntegerField(default=1)
    department = models.ForeignKey(
        DEPARTMENT, models.PROTECT, related_name="+", verbose_name=_("issuing department")
    )
    department_name = models.CharField(max_length=60, editable=False)
    in_series = models.BooleanField(_("one after the other"), default=False)
    urgency = models.CharField(_("urgency"), max_length=6, choices=Urgency.choices, default=Urgency.NORMAL)
    silence = models.CharField(_("silence"), max_length=8, choices=Silence.choices, default=Silence.ESCALATE)
    touches_money = models.BooleanField(_("touches money"), default=False)
    touches_duty = models.BooleanField(_("touches duties"), default=False)
    touches_personal_data = models.BooleanField(_("touches personal data"), default=False)
    # Q13 “by countersign end”: when it is issued, the question (or all open ones) is decided as it says.
    decides = models.BooleanField(_("decides the matter"), default=False)
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="circulations",
        verbose_name=_("core question"),
    )  # fmt: skip
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name=_("replaces")
    )

    state = StateField(
        _("state"), default=PaperState.DRAFT, choices=PaperState.choices, protected=True, max_length=13
    )
    drafted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("drafter"))
    drafted_at = models.DateTimeField(editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    pulled_reason = models.TextField(_("reason"), blank=True)
    signed_off_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    signed_off_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    history = history()
    objects = CirculationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                # §3.5: never for money, duty or personal data, whatever code runs.
                condition=~Q(silence=Silence.DEEMED)
                | Q(touches_money=False, touches_duty=False, touches_personal_data=False),
                name="silence_settles_no_money_duty_or_personal_data",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SIGNED)
                | Q(state=PaperState.SUPERSEDED)
                | Q(signed_off_by__isnull=False, signed_off_at__isnull=False),
                name="a_paper_signed_off_has_its_signer",
            ),
            models.CheckConstraint(
                condition=Q(signed_off_by=None) | ~Q(signed_off_by=F("drafted_by")),
                name="a_paper_is_not_signed_off_by_its_drafter",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PaperState.ISSUED, PaperState.FILED]) | Q(number__isnull=False),
                name="an_issued_paper_has_its_number",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaperState.PULLED_BACK) | ~Q(pulled_reason=""),
                name="a_paper_pulled_back_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def touches(self) -> bool:
        """Whether silence can never settle it: flags of the paper, amount and personal data of the matter."""
        return (
            self.touches_money or self.touches_duty or self.touches_personal_data
            or self.matter.has_personal_data or bool(self.matter.amount)
        )  # fmt: skip

    @property
    def was_settled_above(self) -> bool:
        """Its question has been settled by a meeting or a ruling; without a question, its matter since it went round."""
        if self.question is not None:
            return self.question.outcome in FINAL_OUTCOMES
        decided, started = self.matter.decided_at, self.started_at
        return decided is not None and started is not None and started < decided

    def state_words(self) -> str:
        return str(self.get_state_display())

    @transition(
        state,
        source=[PaperState.DRAFT, PaperState.PULLED_BACK],
        target=PaperState.ROUTING,
        permission=policies.may_edit_paper,
        conditions=[guards.somebody_is_asked],
    )
    def start(self) -> None:
        """It goes round: everybody at once, or one after the other."""

    @transition(
        state,
        source=PaperState.ROUTING,
        target=PaperState.CONSOLIDATING,
        conditions=[guards.everybody_has_signed],
    )
    def consolidate(self) -> None:
        """Everybody has spoken; the drafter answers each opinion (R063)."""

    @transition(state, source=PaperState.CONSOLIDATING, target=PaperState.ROUTING)
    def route_again(self) -> None:
        """The text has changed, or another signature is wanted."""

    @transition(
        state,
        source=[PaperState.ROUTING, PaperState.CONSOLIDATING],
        target=PaperState.PULLED_BACK,
        permission=policies.may_edit_paper,
    )
    def pull_back(self) -> None:
        """Taken off the tables by its drafter; nobody's clock runs."""

    @transition(
        state,
        source=PaperState.PULLED_BACK,
        target=PaperState.PULLED_BACK,
        permission=policies.may_edit_paper,
        conditions=[guards.is_followed_up],
    )
    def drop(self) -> None:
        """作罢: it stays where it is, and nothing is owed on it."""

    @transition(
        state,
        source=PaperState.CONSOLIDATING,
        target=PaperState.PULLED_BACK,
        permission=policies.may_sign_off,
    )
    def give_back(self) -> None:
        """The signer does not sign it like this: back to the drafter, who changes it and sends it round again."""

    @transition(
        state,
        source=PaperState.CONSOLIDATING,
        target=PaperState.SIGNED_OFF,
        permission=policies.may_sign_off,
        conditions=[
            guards.everybody_has_signed,
            guards.every_opinion_is_answered,
            guards.departments_do_not_stand_against_it,
        ],
    )
    def sign_off(self) -> None:
        """定稿签发: no opinion is left without its answer."""

    @transition(state, source=PaperState.SIGNED_OFF, target=PaperState.ISSUED, permission=policies.may_issue)
    def issue(self) -> None:
        """印发, with its number."""

    @transition(state, source=PaperState.ISSUED, target=PaperState.FILED, permission=policies.may_issue)
    def put_on_file(self) -> None:
        """Everybody has it; it is put away."""

    @transition(state, source=list(OUT), target=PaperState.PULLED_BACK)
    def end_with_matter(self) -> None:
        """Its matter was withdrawn or merged: it goes round no more."""

    @transition(
        state,
        source=[PaperState.DRAFT, PaperState.PULLED_BACK, PaperState.ISSUED, PaperState.FILED],
        target=PaperState.SUPERSEDED,
    )
    def supersede(self) -> None:
        """A newer paper has taken its place."""


class PaperText(models.Model):
    """One version of the text: what was signed stays readable, and what differs is shown to all."""

    circulation = models.ForeignKey(Circulation, models.CASCADE, related_name="texts")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    is_editorial = models.BooleanField(default=False)
    note = models.CharField(_("what was changed"), max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["circulation", "version"], name="a_version_has_one_text"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(note=""), name="a_changed_text_says_what_was_changed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circulation_id}: {self.version}"


class Countersign(Labels, Stateful, models.Model):
    """The signature of one department, or of one more person of it, on one version of the paper.

    A change of the text asks anew with a new row: what was said to an earlier version stays, and counts no more.
    """

    SUBJECT = "countersign"

    circulation = models.ForeignKey(Circulation, models.CASCADE, related_name="countersigns")
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+")
    department_name = models.CharField(max_length=60)
    # To whom inside the department it was passed on, or who was asked besides (added_by).
    person = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    added_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)

    state = StateField(
        _("state"), default=SignState.WAITING, choices=SignState.choices, protected=True, max_length=11
    )
    received_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)
    opinion = models.CharField(_("opinion"), max_length=10, choices=SignOpinion.choices, blank=True)
    reason = models.TextField(_("reason or condition"), blank=True)
    drafted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    signed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    # The head for whom somebody else of the department has signed: the signature counts as the department's.
    on_behalf_of = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    is_deemed = models.BooleanField(default=False)
    proposed_department = models.ForeignKey(
        DEPARTMENT, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("responsible department proposed"),
    )  # fmt: skip
    ruling = models.CharField(max_length=8, choices=DutyRuling.choices, blank=True)
    ruling_reason = models.TextField(_("reason"), blank=True)
    ruled_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    ruled_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.TextField(_("reason"), blank=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    # The result was returned to the department, and somebody there has read it.
    read_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    history = history()
    objects = CountersignQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["circulation", "department"],
                condition=Q(is_current=True, added_by=None),
                name="a_department_signs_a_version_once",
            ),
            models.UniqueConstraint(
                fields=["circulation", "person"],
                condition=Q(is_current=True, added_by__isnull=False),
                name="a_person_is_added_once",
            ),
            models.CheckConstraint(
                condition=~Q(opinion__in=NEED_REASON) | ~Q(reason=""),
                name="a_countersigned_objection_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(opinion=SignOpinion.NOT_OURS) | Q(proposed_department__isnull=False),
                name="not_our_duty_names_whose_it_is",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNSIGNED)
                | Q(is_deemed=True, signed_by=None, opinion=SignOpinion.NO_COMMENT)
                | Q(is_deemed=False, signed_by__isnull=False) & ~Q(opinion=""),
                name="a_signature_has_its_signer_or_is_the_systems",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SignState.PARTLY, SignState.NOT_ADOPTED]) | ~Q(answer_reason=""),
                name="an_opinion_not_adopted_hears_why",
            ),
            models.CheckConstraint(
                condition=Q(ruling="") | ~Q(ruling_reason=""), name="a_ruling_on_a_duty_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_name}: {self.get_opinion_display()}"

    @property
    def is_signed(self) -> bool:
        return self.state not in UNSIGNED

    @property
    def is_unanswered(self) -> bool:
        return self.state == SignState.OPINED and self.opinion in (
            SignOpinion.CONDITIONS,
            SignOpinion.DISAGREE,
        )

    @property
    def waits_for_ruling(self) -> bool:
        return self.opinion == SignOpinion.NOT_OURS and self.is_signed and not self.ruling

    def state_words(self) -> str:
        return str(self.get_state_display())

    @transition(state, source=SignState.WAITING, target=SignState.RECEIVED, permission=policies.may_speak_to)
    def receive(self) -> None:
        """Somebody of the department has it on the table."""

    @transition(
        state,
        source=[*UNSIGNED, SignState.OPINED, *ANSWERS],
        target=SignState.OPINED,
        permission=policies.may_countersign,
    )
    def opine(self) -> None:
        """Signed; until the sign-off the department may say something else."""

    @transition(state, source=list(UNSIGNED), target=SignState.OPINED)
    def deem(self) -> None:
        """逾期视为无意见: the system's act, shown as such."""

    @transition(state, source=[SignState.OPINED, *ANSWERS], target=SignState.ADOPTED)
    def adopt(self) -> None:
        """The drafter follows the opinion."""

    @transition(state, source=[SignState.OPINED, *ANSWERS], target=SignState.PARTLY)
    def adopt_partly(self) -> None:
        """The drafter follows it in part, and says in which."""

    @transition(state, source=[SignState.OPINED, *ANSWERS], target=SignState.NOT_ADOPTED)
    def turn_down(self) -> None:
        """The drafter does not follow it, and says why."""
