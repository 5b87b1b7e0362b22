"""Process documents are published, renewed, taken out of force; the departments confirm that they have read them (R071)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.core.files.base import File as Upload
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM, now, today
from audit.flow import flow
from audit.flows import record
from audit.one_by_one import each
from audit.reasons import IN_A_LINE
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from documents.flows import attach
from organization.flows.steps import unique
from organization.models import Department, User
from requests import procedure_policies as policies
from requests import rules
from requests.models import Procedure, ProcedureReading, ProcedureVersion
from requests.procedure_states import ProcedureSort
from supervision import flows as supervision
from supervision.calendar import working_days
from supervision.models import Obligation
from supervision.states import Kind

PAGE = "requests:procedure"
DAYS_TO_READ = 5
NAME_TAKEN = gettext_lazy("There is a document of this title. Publish its next version instead.")
OUT_OF_FORCE = gettext_lazy("This document is out of force. Publish a new one instead.")


@flow
def publish_procedure(
    *,
    by: User,
    title: str,
    owner: User,
    summary: str,
    departments: Collection[Department],
    papers: Collection[Upload[Any]],
    sort: str = ProcedureSort.PROCESS,
    effective_on: date | None = None,
) -> Procedure:
    """R071: it holds from its day, has an owner and a file, and each department confirms within five working days that it read it."""
    if not policies.may_publish_procedure(by):
        raise NotYours(_("Only the coordination office publishes process documents."))
    _insist_on_document(title=title, sort=sort, owner=owner)
    _insist_on_version(summary=summary, departments=departments, papers=papers, effective_on=effective_on)
    procedure = Procedure(title=title.strip(), sort=sort, owner=owner, department=owner.department)
    with unique("title", NAME_TAKEN):
        procedure.save(force_insert=True)
    _publish(procedure, by, summary, departments, papers, effective_on)
    return procedure


@flow
def renew_procedure(
    *,
    procedure_id: int,
    by: User,
    summary: str,
    departments: Collection[Department],
    papers: Collection[Upload[Any]],
    effective_on: date | None = None,
    owner: User | None = None,
) -> Procedure:
    """The next version: from its day it replaces the one before, and is read anew. The one before holds until then, and so
    does the duty to read it. The office may name another owner with it."""
    procedure = _lock(procedure_id)
    if not policies.may_renew_procedure(procedure, by):
        raise NotYours(_("Its owner renews it, or the coordination office."))
    if procedure.withdrawn_at is not None:
        raise NotReady(str(OUT_OF_FORCE))
    _insist_on_version(summary=summary, departments=departments, papers=papers, effective_on=effective_on)
    procedure.version += 1
    if owner is not None and owner.pk != procedure.owner_id:
        _change_owner(procedure, owner, by)
    procedure.save()
    _publish(procedure, by, summary, departments, papers, effective_on)
    _end_readings(ProcedureReading.objects.replaced(today()).filter(version__procedure=procedure))
    return procedure


@flow
def end_replaced_reading(*, reading_id: int, by: Any) -> None:
    """The day of the next version has come: what was not read of the one before is not owed any more."""
    _lock(ProcedureReading.objects.values_list("version__procedure_id", flat=True).get(pk=reading_id))
    _end_readings(ProcedureReading.objects.replaced(today()).filter(pk=reading_id))


def end_replaced_readings(_now: datetime) -> int:
    """Each in a transaction of its own."""
    owed = Obligation.objects.open().filter(subject_type=ProcedureReading.SUBJECT).order_by()
    rows = ProcedureReading.objects.replaced(today()).filter(pk__in=owed.values("subject_id"))
    ids = list(rows.values_list("pk", flat=True)[:1000])
    return each(ids, lambda pk: end_replaced_reading(reading_id=pk, by=SYSTEM))


def _change_owner(procedure: Procedure, owner: User, by: User) -> None:
    """The one before has left or does something else now."""
    if not policies.may_publish_procedure(by):
        raise NotYours(_("Only the coordination office names another owner."))
    _insist_on_document(title=procedure.title, sort=procedure.sort, owner=owner)
    procedure.owner = owner
    procedure.department = owner.department  # type: ignore[assignment]  # whoever has none was refused
    _tell(
        procedure, "change_procedure_owner", _n("%(actor)s made %(person)s of %(department)s the owner."), by,
        person=owner.name, department=procedure.department.name,
    )  # fmt: skip


@flow
def confirm_procedure(*, reading_id: int, by: User) -> ProcedureReading:
    """A department has read it: head or liaison say so, once."""
    reading: ProcedureReading = (
        ProcedureReading.objects.select_for_update(of=("self",)).select_related("version__procedure").get(pk=reading_id)
    )  # fmt: skip
    if not policies.may_confirm_procedure(reading, by):
        raise NotYours(_("Head or liaison confirm it for their own department."))
    procedure = reading.version.procedure
    version = reading.version.version
    stands = ProcedureReading.objects.standing(today()).filter(pk=reading.pk).exists()
    if procedure.withdrawn_at is not None or not stands:
        raise NotReady(_("This version does not hold any more. Read the latest one."))
    if reading.confirmed_at is not None:
        raise NotReady(_("Your department has confirmed it already."))
    reading.confirmed_by, reading.confirmed_at = by, now()
    reading.save()
    supervision.discharge(kind=Kind.RECEIPT, subject_type=ProcedureReading.SUBJECT, subject_id=reading.pk)
    _tell(
        procedure, "confirm_procedure", _n("%(department)s %(actor)s confirmed having read version %(version)s."), by,
        department=reading.department_name, version=version,
    )  # fmt: skip
    return reading


@flow
def withdraw_procedure(*, procedure_id: int, by: User, reason: str) -> Procedure:
    """Out of force: its versions stay to be read, nobody owes a reading any more."""
    procedure = _lock(procedure_id)
    if not policies.may_publish_procedure(by):
        raise NotYours(_("Only the coordination office takes a document out of force."))
    if procedure.withdrawn_at is not None:
        raise NotReady(str(OUT_OF_FORCE))
    rules.insist_on_reason(reason, most=IN_A_LINE)
    _end_readings(ProcedureReading.objects.filter(version__procedure=procedure))
    procedure.withdrawn_at, procedure.withdrawn_why = now(), reason.strip()
    procedure.save()
    _tell(procedure, "withdraw_procedure", _n("%(actor)s took it out of force."), by, reason=reason)
    return procedure


def _lock(procedure_id: int) -> Procedure:
    procedure: Procedure = Procedure.objects.select_for_update().get(pk=procedure_id)
    return procedure


def _insist_on_document(*, title: str, sort: str, owner: User) -> None:
    wrong = {
        "title": not title.strip() and _("Write the title."),
        "sort": sort not in ProcedureSort.values and _("Choose what kind of document it is."),
        "owner": (owner.is_external or owner.department is None)
        and _("Choose somebody of the house who answers for it."),
    }
    _refuse(wrong)


def _insist_on_version(
    *, summary: str, departments: Collection[Department], papers: Collection[Any], effective_on: date | None
) -> None:
    wrong = {
        "summary": not summary.strip() and _("Write in one sentence what it says or what is new."),
        "departments": not departments and _("Choose the departments that have to read it."),
        "papers": not papers and _("Add the document itself: text, diagram or template."),
        "effective_on": effective_on is not None
        and effective_on < today()
        and _("This day has passed. Choose today or later."),
    }
    _refuse(wrong)


def _refuse(wrong: dict[str, Any]) -> None:
    fields: dict[str, list[Sentence]] = {name: [sentence] for name, sentence in wrong.items() if sentence}
    if fields:
        raise Invalid(_("The document is not complete."), fields=fields)


def _publish(
    procedure: Procedure, by: User, summary: str, departments: Collection[Department], papers: Collection[Upload[Any]],
    effective_on: date | None,
) -> None:  # fmt: skip
    version = ProcedureVersion.objects.create(
        procedure=procedure, version=procedure.version, summary=summary.strip(), effective_on=effective_on or today(),
        published_by=by, published_at=now(),
    )  # fmt: skip
    for upload in papers:
        try:
            attach(
                upload=upload,
                subject_type=ProcedureVersion.SUBJECT,
                subject_id=version.pk,
                case_id=None,
                by=by,
            )
        except Invalid as refusal:
            sentence = f"{upload.name}: {refusal}"
            raise Invalid(sentence, fields={"papers": [sentence]}) from refusal
    calendar = working_days()
    due = calendar.close(calendar.next_day(today(), DAYS_TO_READ))
    for department in departments:
        reading = ProcedureReading.objects.create(
            version=version, department=department, department_name=department.name
        )
        supervision.owe(
            kind=Kind.RECEIPT, subject_type=ProcedureReading.SUBJECT, subject_id=reading.pk, number="", url_name=PAGE,
            url_args=[procedure.pk], holder_department=department, due_at=due, asked_by=by,
        )  # fmt: skip
    _tell(procedure, "publish_procedure", _n("%(actor)s published version %(version)s."), by)


def _end_readings(readings: Any) -> None:
    """What was not read until now is not owed any more."""
    for reading in readings.open():
        supervision.cancel(subject_type=ProcedureReading.SUBJECT, subject_id=reading.pk)


def _tell(
    procedure: Procedure, verb: str, sentence: str, by: User, *, reason: str = "", **params: Any
) -> None:
    record(
        subject_type=Procedure.SUBJECT, subject_id=procedure.pk, verb=verb, sentence=sentence,
        params={"version": procedure.version, **params}, reason_text=reason, department_name=by.department_name,
    )  # fmt: skip
