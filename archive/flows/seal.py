"""The end of a matter: its dossier is built, hashed and sealed, and the matter is read-only for everybody (Q19, R189)."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from archive import numbers, policies
from archive.checks import manifest_of
from archive.contents import entries
from archive.entry import Entry
from archive.models import Dossier, DossierItem, RetentionClass
from archive.readiness import missing, surveys_missing
from archive.showing import is_closed_paper
from archive.states import DossierCategory
from audit.acting import now
from audit.flow import flow
from audit.flows import record
from audit.refusals import Invalid, NotReady, NotYours
from documents import flows as documents
from organization.models import User
from pages.sentences import run_on
from requests import flows as matters
from requests.flows.shared import lock
from requests.models import CoordinationRequest


@flow
def seal(
    *,
    matter_id: int,
    by: User,
    retention: RetentionClass,
    category: str,
    explanation: str = "",
    feedback_reason: str = "",
) -> Dossier:
    """Seal the dossier of a matter and close the matter, in one transaction.

    Refused while anything is open, naming everything at once. The records administrator seals, never the officer
    who kept the case.
    """
    matter = lock(matter_id)
    if not policies.may_seal(matter, by):
        raise NotYours(_("The records administrator seals, never the officer who kept the case."))
    _insist_on_ready(matter)
    _insist_on_feedback(matter, by, feedback_reason)
    if category not in DossierCategory.values:
        raise Invalid(_("Choose the category."), fields={"category": [_("Choose the category.")]})
    contents = entries(matter)
    dossier = _open_dossier(matter, by, retention, category, explanation, contents)
    DossierItem.objects.bulk_create(
        _row(dossier, order, entry) for order, entry in enumerate(contents, start=1)
    )
    dossier.item_count, dossier.file_count = len(contents), sum(entry.file is not None for entry in contents)
    dossier.manifest_sha256 = manifest_of(dossier)
    dossier.sealed_at = now()
    dossier.save()
    documents.seal(case_id=matter.pk)
    record(
        subject_type=Dossier.SUBJECT, subject_id=dossier.pk, case_id=matter.pk, verb="seal",
        sentence=_n("%(actor)s sealed %(count)s entries, %(files)s of them files, kept: %(retention)s."),
        # The story is read by whoever sees the matter.
        params={"count": len(contents) - sum(map(is_closed_paper, contents)), "files": dossier.file_count, "retention": retention.title},
        reason_text=dossier.explanation, department_name=by.department_name, tone="ok",
    )  # fmt: skip
    matters.close(matter_id=matter.pk, by=by, archive_number=dossier.archive_no)
    return dossier


def _insist_on_ready(matter: CoordinationRequest) -> None:
    sentences = missing(matter)
    if sentences:
        raise NotReady(
            _("It cannot be sealed yet: %(what)s") % {"what": run_on(sentences)},
            fields={"missing": sentences},
        )


def _insist_on_feedback(matter: CoordinationRequest, by: User, reason: str) -> None:
    """R105: while somebody may still answer the survey it is sealed only with a reason, which stays in the story."""
    waiting = surveys_missing(matter)
    if not waiting:
        return
    if not reason.strip():
        sentences = [*waiting, _("Wait for them, or write why it is sealed without them.")]
        raise Invalid(run_on(sentences), fields={"feedback_reason": [run_on(sentences)]})
    record(
        subject_type=matter.SUBJECT, subject_id=matter.pk, case_id=matter.pk, verb="seal_without_feedback",
        sentence=_n("%(actor)s sealed it before %(count)s surveys were answered."), params={"count": len(waiting)},
        reason_text=reason.strip(), department_name=by.department_name, tone="warn",
    )  # fmt: skip


def _open_dossier(
    matter: CoordinationRequest, by: User, retention: RetentionClass, category: str, explanation: str,
    contents: list[Entry],
) -> Dossier:  # fmt: skip
    days = sorted(entry.at for entry in contents)
    year = timezone.localtime(now()).year
    return Dossier.objects.create(
        matter=matter, archive_no=numbers.take(year=year, term=retention.code, category=category), title=matter.title,
        year=year, category=category, retention=retention, confidentiality=matter.confidentiality,
        department=matter.filed_by_department, department_name=matter.department_name,
        begun_on=timezone.localtime(days[0]).date(), ended_on=timezone.localtime(days[-1]).date(),
        explanation=explanation.strip(), sealed_by=by,
    )  # fmt: skip


def _row(dossier: Dossier, order: int, entry: Entry) -> DossierItem:
    return DossierItem(
        dossier=dossier, order=order, kind=entry.kind, responsible=entry.responsible, number=entry.number,
        title=entry.title, dated=entry.dated, file_name=entry.file.name if entry.file else "", sha256=entry.sha256,
        source_type=entry.source_type, source_id=entry.source_id, snapshot=entry.snapshot,
    )  # fmt: skip
