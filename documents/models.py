"""Number series and files."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.querysets import FileQuerySet
from documents.states import Series


class NumberSeries(models.Model):
    """The last number given out in one series and year. Locked while a number is taken (R049)."""

    code = models.CharField(_("series"), max_length=8, choices=Series.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        default_permissions = ()
        ordering = ["-year", "code"]
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="one_row_per_series_and_year")]

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.last}"


class File(models.Model):
    """One version of one paper, as it came in.

    The bytes lie under their own hash (`documents.store`); the row never forgets them: it can be marked removed
    or sealed, everything else of it is fixed by a trigger (migration 0002).
    """

    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size"))
    media_type = models.CharField(_("media type"), max_length=100)
    name = models.CharField(_("file name"), max_length=120)
    path = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True, db_index=True)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("uploaded by"),
        help_text=_("Empty for papers that the system made or imported."),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("removed by"),
    )
    removed_at = models.DateTimeField(_("removed at"), null=True)
    sealed_at = models.DateTimeField(_("sealed at"), null=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind", "name", "version"],
                name="one_file_per_version",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="removed_by_somebody",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty"),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="file_of_subject")]

    def __str__(self) -> str:
        return self.name
