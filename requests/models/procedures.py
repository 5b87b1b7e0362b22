"""Process documents, uniform templates and rules that the office publishes and the departments confirm (R071)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests.procedure_querysets import ProcedureQuerySet, ProcedureReadingQuerySet
from requests.procedure_states import ProcedureSort

PERSON = settings.AUTH_USER_MODEL
DEPARTMENT = "organization.Department"


class Procedure(models.Model):
    """One document with its owner; what holds is the newest version whose day has come. `version` is the number of the
    newest one, which may be yet to come."""

    SUBJECT = "procedure"

    title = models.CharField(pgettext_lazy("procedure", "title"), max_length=80, unique=True)
    sort = models.CharField(
        pgettext_lazy("procedure", "kind"),
        max_length=8,
        choices=ProcedureSort.choices,
        default=ProcedureSort.PROCESS,
    )
    department = models.ForeignKey(
        DEPARTMENT, models.PROTECT, related_name="+", verbose_name=_("owning department")
    )
    owner = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("owner"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(_("why it was taken out of force"), max_length=300, blank=True)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_why=""),
                name="a_procedure_out_of_force_says_why",
            ),
            models.CheckConstraint(condition=Q(version__gt=0), name="a_procedure_has_a_version"),
        ]

    def __str__(self) -> str:
        return self.title

    def number_in_force(self, day: date) -> int:
        """0 while the first version is yet to come."""
        held = self.versions.filter(effective_on__lte=day).order_by("-version")
        return int(held.values_list("version", flat=True).first() or 0)


class ProcedureVersion(models.Model):
    """A version as it was published, with its file; it never changes."""

    SUBJECT = "procedure_version"

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField(_("version"))
    summary = models.CharField(_("what it says or what is new"), max_length=300)
    effective_on = models.DateField(_("in force from"))
    published_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published"))

    class Meta:
        default_permissions = ()
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "version"], name="one_procedure_version_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id}: {self.version}"


class ProcedureReading(models.Model):
    """A department that has to read a version, and who confirmed it."""

    SUBJECT = "procedure_reading"

    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="readings")
    department = models.ForeignKey(DEPARTMENT, models.PROTECT, related_name="+")
    # As of that day: a department that is renamed keeps its old name here.
    department_name = models.CharField(max_length=60)
    confirmed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = ProcedureReadingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "department"], name="a_department_reads_a_version_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="a_reading_is_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.department_name
