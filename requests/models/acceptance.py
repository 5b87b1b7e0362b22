"""The acceptance sheet (验收单, form F14) and the defects that it names (R102 to R104)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import history
from audit.transitions import StateField, Stateful, transition
from requests import acceptance_policies as policies
from requests.acceptance_querysets import DefectQuerySet, SheetQuerySet
from requests.acceptance_states import (
    UNMENDED,
    AcceptanceKind,
    Conclusion,
    DefectState,
    Judgement,
    Severity,
)
from requests.models.items import ActionItem

PERSON = settings.AUTH_USER_MODEL


class AcceptanceSheet(models.Model):
    """One look at what was delivered: three judgements and what follows from them. Written once; nobody edits it."""

    SUBJECT = "acceptance"

    number = models.CharField(_("number"), max_length=30, unique=True)
    item = models.ForeignKey(ActionItem, models.PROTECT, related_name="acceptances")
    kind = models.CharField(pgettext_lazy("acceptance", "kind"), max_length=5, choices=AcceptanceKind.choices)
    # As it read on that day (验收依据).
    standard = models.CharField(_("standard of delivery"), max_length=300)
    delivered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    delivered_at = models.DateTimeField(_("delivered on"))
    completeness = models.CharField(_("completion"), max_length=6, choices=Judgement.choices)
    quality = models.CharField(
        pgettext_lazy("acceptance", "quality"), max_length=6, choices=Judgement.choices
    )
    timeliness = models.CharField(
        pgettext_lazy("acceptance", "time"), max_length=6, choices=Judgement.choices
    )
    note = models.TextField(_("what was checked"), blank=True)
    conclusion = models.CharField(_("conclusion"), max_length=11, choices=Conclusion.choices)
    accepted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("accepted by"))
    accepted_at = models.DateTimeField()

    objects = SheetQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(accepted_by=F("delivered_by")), name="the_doer_does_not_accept"
            ),
            models.CheckConstraint(
                condition=~Q(conclusion=Conclusion.PASSED)
                | Q(completeness=Judgement.MET, quality=Judgement.MET),
                name="what_passed_meets_its_standard",
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(kind=AcceptanceKind.FINAL) & ~Q(conclusion=Conclusion.FAILED),
                name="an_item_passes_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Defect(Stateful, models.Model):
    """One thing that is not as it should be; on a sheet passed with conditions it is owed by a person and a day."""

    SUBJECT = "defect"

    sheet = models.ForeignKey(AcceptanceSheet, models.PROTECT, related_name="defects")
    text = models.CharField(_("defect"), max_length=300)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity.choices, default=Severity.MAJOR)
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("mended by"))
    due_on = models.DateField(_("to be mended by"))
    state = StateField(
        _("state"), default=DefectState.LISTED, choices=DefectState.choices, protected=True, max_length=8
    )
    how = models.TextField(_("how it was mended"), blank=True)
    reported_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)

    history = history()
    objects = DefectQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DefectState.MENDED) | Q(checked_by__isnull=False) & ~Q(how=""),
                name="a_mended_defect_was_looked_at",
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("reported_by")),
                name="who_mends_does_not_check_it",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def state_words(self) -> str:
        return str(self.get_state_display())

    @property
    def is_unmended(self) -> bool:
        return self.state in UNMENDED

    @transition(state, source=DefectState.LISTED, target=DefectState.OPEN)
    def owe(self) -> None:
        """The item passes with this condition; the accepting flow has the right."""

    @transition(
        state, source=DefectState.OPEN, target=DefectState.REPORTED, permission=policies.may_report_mended
    )
    def report(self) -> None:
        """Mended, and how."""

    @transition(
        state, source=DefectState.REPORTED, target=DefectState.MENDED, permission=policies.may_check_mended
    )
    def confirm(self) -> None:
        """Somebody else has looked: it is mended."""

    @transition(
        state, source=DefectState.REPORTED, target=DefectState.OPEN, permission=policies.may_check_mended
    )
    def refuse(self) -> None:
        """Not mended: owed again, by the same day."""
