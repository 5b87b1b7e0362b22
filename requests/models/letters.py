"""Papers between departments: the work contact sheet (F4, 联) and the coordination letter (F5, 协函)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import history
from audit.transitions import StateField, Stateful, says, transition
from requests import letter_policies as policies
from requests.letter_querysets import NARROW, AddresseeQuerySet, LetterQuerySet
from requests.letter_states import NUMBERED, LetterForm, LetterState, Reply
from requests.models.matter import CoordinationRequest
from requests.states import Confidentiality, Receipt
from supervision.states import Urgency

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


@says(_("Some addressed departments have not answered. Remind them, or take it back with its reason."))
def everybody_has_answered(letter: Letter) -> bool:
    return letter.wants_no_answer or not letter.addressees.filter(answered_at=None, dropped_at=None).exists()


class Letter(Stateful, models.Model):
    """A numbered paper from one department to others on a matter; each addressee owes receipt and answer (R064, R065)."""

    SUBJECT = "letter"

    matter = models.ForeignKey(CoordinationRequest, models.CASCADE, related_name="letters")
    form = models.CharField(_("paper"), max_length=6, choices=LetterForm.choices)
    number = models.CharField(_("number"), max_length=30, null=True, unique=True, editable=False)
    title = models.CharField(pgettext_lazy("form", "Title"), max_length=60)
    department = models.ForeignKey(
        DEPARTMENT, models.PROTECT, related_name="+", verbose_name=_("issuing department")
    )
    # A renamed department keeps its old name on old papers.
    department_name = models.CharField(max_length=60, editable=False)
    copies: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        DEPARTMENT, related_name="+", blank=True, verbose_name=_("copies to")
    )
    urgency = models.CharField(_("urgency"), max_length=6, choices=Urgency.choices, default=Urgency.NORMAL)
    confidentiality = models.CharField(
        pgettext_lazy("secrecy", "level"),
        max_length=12,
        choices=Confidentiality.choices,
        default=Confidentiality.INTERNAL,
    )
    # F4: 联系内容; F5: 缘由.
    content = models.TextField(_("content"))
    facts = models.TextField(_("facts"), blank=True)
    difference = models.TextField(_("differences"), blank=True)
    request_text = models.TextField(_("requests made"), blank=True)
    basis = models.TextField(_("basis"), blank=True)
    attachment_note = models.CharField(_("attachments"), max_length=200, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=40)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    reply_by = models.DateField(_("answer due"), null=True, blank=True)
    reply_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("in answer to"),
    )
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name=_("replaces")
    )
    # R039: the sheet on whose answers a matter on the simple track moves on; other papers on it are only papers.
    is_round = models.BooleanField(default=False, db_default=False, editable=False)

    state = StateField(
        _("state"), default=LetterState.DRAFT, choices=LetterState.choices, protected=True, max_length=10
    )
    drafted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("drafter"))
    drafted_at = models.DateTimeField(editable=False)
    # Whom the draft waits for, and who signed in the end (the chair may stand in).
    signer = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    signed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # What the signer wanted otherwise: between the two of them, as long as it is not signed.
    returned_reason = models.TextField(_("reason"), blank=True)
    returned_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending_reason = models.TextField(_("reason"), blank=True)

    history = history()
    objects = LetterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=NUMBERED)
                | Q(number__isnull=False, signed_by__isnull=False, signed_at__isnull=False),
                name="a_signed_letter_has_number_and_signer",
            ),
            models.CheckConstraint(
                condition=~Q(form=LetterForm.LETTER)
                | Q(signed_by__isnull=True)
                | ~Q(signed_by=F("drafted_by")),
                name="a_letter_is_not_signed_by_its_drafter",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | ~Q(returned_reason="") & Q(returned_by__isnull=False),
                name="a_letter_given_back_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LetterState.WITHDRAWN, LetterState.SUPERSEDED])
                | ~Q(ending_reason=""),
                name="a_letter_taken_back_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_sheet(self) -> bool:
        return self.form == LetterForm.SHEET

    @property
    def wants_no_answer(self) -> bool:
        """A letter in answer (复函) is signed for and not answered, unless it names a day itself."""
        return self.reply_to_id is not None and self.reply_by is None

    @property
    def is_narrow(self) -> bool:
        """Between its parties: others who read the matter hear that it exists and no word of it (§5)."""
        return self.confidentiality in NARROW

    @property
    def is_closed(self) -> bool:
        """Looks are kept, pages and prints bear the reader's name, as for a confidential matter (§5)."""
        return self.confidentiality == Confidentiality.CONFIDENTIAL or self.matter.is_closed

    def state_words(self) -> str:
        return str(self.get_state_display())

    @transition(
        state, source=LetterState.DRAFT, target=LetterState.SIGNING, permission=policies.may_edit_letter
    )
    def ask_signature(self) -> None:
        """It lies before the head of the department."""

    @transition(
        state, source=LetterState.SIGNING, target=LetterState.DRAFT, permission=policies.may_send_letter
    )
    def back_to_draft(self) -> None:
        """The head wants it otherwise, or the drafter takes it back to mend it."""

    @transition(
        state,
        source=[LetterState.DRAFT, LetterState.SIGNING],
        target=LetterState.SIGNED,
        permission=policies.may_sign,
    )
    def sign(self) -> None:
        """审核 or 签发. The flow takes the number."""

    @transition(
        state, source=LetterState.SIGNED, target=LetterState.SENT, permission=policies.may_send_letter
    )
    def send(self) -> None:
        """It goes out; every addressee owes receipt and answer from now on."""

    @transition(
        state,
        source=LetterState.SENT,
        target=LetterState.CLOSED,
        permission=policies.speaks_for_letter,
        conditions=[everybody_has_answered],
    )
    def close(self) -> None:
        """Everybody has answered and the issuing department has what it needs."""

    @transition(
        state,
        source=[LetterState.DRAFT, LetterState.SIGNING, LetterState.SIGNED, LetterState.SENT],
        target=LetterState.WITHDRAWN,
        permission=policies.may_send_letter,
    )
    def withdraw(self) -> None:
        """Taken back in the sight of all, with its reason; the number stays used."""

    @transition(state, source=[LetterState.SENT, LetterState.CLOSED], target=LetterState.SUPERSEDED)
    def supersede(self) -> None:
        """A newer paper has taken its place."""


class LetterAsk(models.Model):
    """One row of 要求事项: what is asked for, and by when it is wished (F4)."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="asks")
    text = models.CharField(_("requests made"), max_length=200)
    wished_on = models.DateField(_("wished by"), null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Addressee(models.Model):
    """One addressed department (主送): its receipt, real or deemed, and its answer (F4, 签收栏 and 回复栏)."""

    SUBJECT = "addressee"

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="addressees")
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+")
    department_name = models.CharField(max_length=60)
    receipt = models.CharField(_("receipt"), max_length=6, choices=Receipt.choices, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    reply = models.CharField(_("answer of the department"), max_length=10, choices=Reply.choices, blank=True)
    reply_reason = models.TextField(_("reason or condition"), blank=True)
    proposed_department = models.ForeignKey(
        DEPARTMENT,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible department proposed"),
    )
    result = models.TextField(_("result of the handling"), blank=True)
    done_on = models.DateField(_("completed on"), null=True, blank=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    # It takes part no longer: nobody waits for its answer.
    dropped_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    history = history()
    objects = AddresseeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "department"], name="a_department_is_addressed_once"),
            # R064: everything but consent has its reason, whatever code runs.
            models.CheckConstraint(
                condition=Q(reply__in=["", Reply.AGREE]) | ~Q(reply_reason=""),
                name="a_refusing_reply_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(reply=Reply.NOT_OURS) | Q(proposed_department__isnull=False),
                name="not_ours_names_the_responsible_department",
            ),
            models.CheckConstraint(
                condition=~Q(receipt=Receipt.REAL) | Q(received_by__isnull=False),
                name="a_real_receipt_has_its_signer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_name}: {self.get_reply_display()}"
