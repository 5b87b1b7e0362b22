"""Read every sealed dossier again; non-zero on a difference, and when there is nothing to verify."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.checks import verify
from archive.models import Dossier


class Command(BaseCommand):
    help = "Recompute the hashes of all sealed dossiers, or of those whose archive numbers are given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive_no", nargs="*")

    def handle(self, *args: Any, archive_no: list[str], **options: Any) -> None:
        dossiers = Dossier.objects.exclude(sealed_at=None).select_related("retention").order_by("pk")
        if archive_no:
            dossiers = dossiers.filter(archive_no__in=archive_no)
        checked = broken = 0
        for dossier in dossiers.iterator(chunk_size=100):
            verdict = verify(dossier)
            checked += 1
            broken += not verdict.holds
            self.stdout.write(f"{dossier.archive_no}: {verdict.sentence}")
        if not checked or checked < len(set(archive_no)):
            raise CommandError(_("There is nothing to verify."))
        if broken:
            raise CommandError(
                _("%(broken)s of %(checked)s dossiers differ.") % {"broken": broken, "checked": checked}
            )
        self.stdout.write(_("%(checked)s dossiers verified, nothing differs.") % {"checked": checked})
