"""The register of official papers that come from outside and go outside (收发文登记, R066)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import history
from requests.models.matter import CoordinationRequest
from requests.outside_paper_querysets import OutsidePaperQuerySet
from requests.outside_paper_states import OutsideSort, PaperDirection
from requests.states import Confidentiality

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


class OutsidePaper(models.Model):
    """One line of the register: whose paper, under which number of theirs, who sees to it, and whether an answer is due."""

    SUBJECT = "outside_paper"

    number = models.CharField(_("number"), max_length=30, unique=True)
    direction = models.CharField(_("direction"), max_length=3, choices=PaperDirection.choices)
    sort = models.CharField(
        pgettext_lazy("outside paper", "kind"),
        max_length=8,
        choices=OutsideSort.choices,
        default=OutsideSort.OFFICIAL,
    )
    unit = models.CharField(_("outside unit"), max_length=80)
    their_number = models.CharField(_("number on the paper"), max_length=60, blank=True)
    title = models.CharField(pgettext_lazy("form", "title"), max_length=120)
    dated_on = models.DateField(_("date of the paper"), null=True, blank=True)
    passed_on = models.DateField(_("received or sent on"))
    confidentiality = models.CharField(
        _("level"), max_length=12, choices=Confidentiality.choices, default=Confidentiality.INTERNAL
    )
    reply_due_on = models.DateField(_("answer due on"), null=True, blank=True)
    department = models.ForeignKey(
        DEPARTMENT,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department that sees to it"),
    )
    # As of that day: a department that is renamed keeps its old name here.
    department_name = models.CharField(max_length=60, blank=True)
    handler = models.ForeignKey(
        PERSON,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person who sees to it"),
    )
    note = models.TextField(_("proposed handling"), blank=True)
    matter = models.ForeignKey(
        CoordinationRequest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outside_papers",
        verbose_name=_("matter"),
    )
    answers = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_by",
        verbose_name=_("answers the paper"),
    )
    registered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    settled_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    how_settled = models.CharField(_("how it was settled"), max_length=300, blank=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_why = models.CharField(_("why it was struck out"), max_length=300, blank=True)

    history = history()
    objects = OutsidePaperQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-registered_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(answers=F("pk")), name="no_outside_paper_answers_itself"),
            models.CheckConstraint(
                # Whoever is asked for an answer has a name: a date that nobody watches is no date.
                condition=Q(reply_due_on=None) | Q(department__isnull=False),
                name="an_answer_that_is_due_has_its_department",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | ~Q(how_settled=""), name="a_settled_outside_paper_says_how"
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None) | ~Q(struck_why=""), name="a_struck_outside_paper_says_why"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["-registered_at", "-id"], name="outside_papers_by_day"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_incoming(self) -> bool:
        return self.direction == PaperDirection.IN

    @property
    def is_waiting(self) -> bool:
        """An answer is due and has not come."""
        return self.reply_due_on is not None and self.settled_at is None and self.struck_at is None
