"""What remains of a matter: the dossier with its catalogue (form F20), sealed once and never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.querysets import DossierQuerySet
from archive.states import DossierCategory, EntryKind
from requests.states import Confidentiality


class RetentionClass(models.Model):
    """How long a dossier is kept, with the rule that says so. A class is data, not code (R190)."""

    code = models.CharField(_("code"), max_length=8, unique=True)
    title = models.CharField(_("retention"), max_length=40)
    # Empty: for ever.
    years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True)
    source = models.TextField(_("rule"))

    class Meta:
        default_permissions = ()
        ordering = ["-years"]

    def __str__(self) -> str:
        return self.title


class ArchiveCounter(models.Model):
    """The last item number of one fonds, year, term and office. Locked while a number is taken: no gap."""

    fonds = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=8)
    office = models.CharField(max_length=8)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["fonds", "year", "term", "office"], name="one_counter_per_fonds_year_term_office"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fonds}·{self.year}-{self.term}-{self.office} {self.last}"


class Dossier(models.Model):
    """The case file of one ended matter (案卷). From the seal on no row of it changes, whatever code runs (R189)."""

    SUBJECT = "dossier"

    matter = models.OneToOneField("requests.CoordinationRequest", models.PROTECT, related_name="dossier")
    archive_no = models.CharField(_("archive number"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    year = models.PositiveSmallIntegerField(_("year"))
    category = models.CharField(_("category"), max_length=16, choices=DossierCategory.choices)
    retention = models.ForeignKey(
        RetentionClass, models.PROTECT, related_name="+", verbose_name=_("retention")
    )
    confidentiality = models.CharField(
        pgettext_lazy("secrecy", "level"), max_length=12, choices=Confidentiality.choices
    )
    department = models.ForeignKey(
        "organization.Department", models.PROTECT, related_name="+", verbose_name=_("responsible department")
    )
    department_name = models.CharField(max_length=60)
    begun_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to"))
    item_count = models.PositiveIntegerField(_("items"), default=0)
    file_count = models.PositiveIntegerField(_("files"), default=0)
    page_count = models.PositiveIntegerField(_("pages"), default=0)
    explanation = models.TextField(_("explanation of what is missing"), blank=True)
    # SHA-256 over the hashes of all entries in their order: nothing added, nothing taken away.
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField(_("sealed at"), null=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-sealed_at", "-pk"]
        indexes = [models.Index(fields=["year", "category"], name="dossier_by_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed_at=None) | (Q(item_count__gt=0) & ~Q(manifest_sha256="")),
                name="a_sealed_dossier_has_its_manifest",
            )
        ]

    def __str__(self) -> str:
        return self.archive_no


class DossierItem(models.Model):
    """One entry of the catalogue (卷内目录): a file by its hash, or a picture of rows as they stood at the seal."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="entries")
    order = models.PositiveSmallIntegerField(_("item number"))
    kind = models.CharField(_("kind"), max_length=12, choices=EntryKind.choices)
    responsible = models.CharField(_("responsible"), max_length=120)
    number = models.CharField(_("number"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=200)
    dated = models.CharField(_("date"), max_length=8)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    file_name = models.CharField(_("file name"), max_length=120, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    source_type = models.CharField(max_length=40)
    source_id = models.BigIntegerField()
    # Empty for a file: its bytes lie in the file store under their hash.
    snapshot = models.JSONField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "order"], name="entries_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.title}"
