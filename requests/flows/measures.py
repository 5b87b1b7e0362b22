"""A definitive measure, an interim one beside it with its end and its return duty (R054)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now, today
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from organization.models import Department, User
from requests import measure_policies as policies
from requests import rules
from requests.flows.item_shared import close_of_office
from requests.flows.shared import let_read, lock, speakers, tell_people, tell_story
from requests.loan_states import OUT
from requests.models import ActionItem, CoordinationRequest, Loan, Measure, Question
from requests.states import Stage
from supervision import flows as supervision
from supervision.calendar import working_days
from supervision.models import Obligation
from supervision.states import Kind

PAGE = "requests:measure_end"
STAGES = (Stage.PREPARATION, Stage.DECISION, Stage.EXECUTION)


@flow
def record_measure(
    *,
    matter_id: int,
    by: User,
    definitive: str,
    interim: str = "",
    department: Department | None = None,
    ends_on: date | None = None,
    return_duty: str = "",
    loan: Loan | None = None,
    question: Question | None = None,
    item: ActionItem | None = None,
) -> Measure:
    """What is done for good, and meanwhile. The interim one is owed back by its day, on the ladder; where something is
    lent, the ledger holds that date.
    """
    matter = lock(matter_id)
    if not policies.may_record_measure(matter, by):
        raise NotYours(_("Only the coordination office and the lead department record measures."))
    if matter.stage not in STAGES or matter.is_suspended:
        raise NotReady(_("Measures are recorded from the preparation to the end of the execution."))
    _insist_on_measure(matter, definitive, interim, department, ends_on, return_duty)
    _insist_on_own(matter, loan, question, item)
    has_interim = bool(interim.strip())
    measure = Measure.objects.create(
        matter=matter, question=question, item=item, definitive=definitive.strip(), interim=interim.strip(),
        department=department if has_interim else None, department_name=department.name if department and has_interim else "",
        ends_on=ends_on if has_interim else None, original_ends_on=ends_on if has_interim else None,
        return_duty=return_duty.strip(), loan=loan, recorded_by=by, recorded_at=now(),
    )  # fmt: skip
    if has_interim and department is not None:
        let_read(matter, departments=[department.pk], why="measure")
        _owe_end(measure, by)
        tell_people(
            matter, speakers([department.pk]),
            _n("%(number)s: your department keeps up an interim measure until %(day)s, with its return."),
            key=f"measure:{measure.pk}", params={"day": f"{ends_on:%Y-%m-%d}"}, url_name=PAGE, url_args=[measure.pk], to_do=True,
        )  # fmt: skip
    tell_story(
        matter, "record_measure",
        _n("%(actor)s recorded a measure, and an interim one kept up by %(department)s until %(day)s.") if has_interim
        else _n("%(actor)s recorded a measure."),
        by=by, subject=measure, params={"department": measure.department_name, "day": f"{ends_on:%Y-%m-%d}" if ends_on else ""},
    )  # fmt: skip
    return measure


@flow
def prolong_measure(*, measure_id: int, by: User, ends_on: date, reason: str) -> Measure:
    """The office agrees to a later day; the first one stays on record (R097)."""
    measure = lock_measure(measure_id)
    if not policies.may_prolong_measure(measure, by):
        raise NotYours(_("Only the coordination office agrees to a later day."))
    _insist_on_open(measure)
    rules.insist_on_reason(reason)
    wrong = _wrong_day(ends_on)
    if not wrong and measure.ends_on is not None and ends_on <= measure.ends_on:
        wrong = _("Choose a day after the present one.")
    if wrong:
        raise Invalid(wrong, fields={"ends_on": [wrong]})
    measure.ends_on = ends_on
    measure.save()
    duty = Obligation.objects.of(Measure.SUBJECT, measure.pk).open().filter(kind=Kind.END_INTERIM).first()
    if duty is not None:
        supervision.change_due(obligation_id=duty.pk, due_at=close_of_office(ends_on))
    tell_story(
        measure.matter, "prolong_measure", _n("%(actor)s let the interim measure of %(department)s run until %(day)s."),
        by=by, subject=measure, reason=reason, tone="warn",
        params={"department": measure.department_name, "day": f"{ends_on:%Y-%m-%d}"},
    )  # fmt: skip
    return measure


@flow
def end_measure(*, measure_id: int, by: User, how_ended: str) -> Measure:
    """The definitive measure holds, and what the interim one was about is back; what is lent has to be back first."""
    measure = lock_measure(measure_id)
    if not policies.may_end_measure(measure, by):
        raise NotYours(_("The department that keeps it up ends it, or the coordination office."))
    _insist_on_open(measure)
    if measure.loan is not None and measure.loan.state in OUT:
        raise NotReady(_("What was lent for it has not come back. Have the return confirmed first."))
    if not how_ended.strip():
        sentence = _("Write how it was ended and given back.")
        raise Invalid(sentence, fields={"how_ended": [sentence]})
    measure.ended_by, measure.ended_at, measure.how_ended = by, now(), how_ended.strip()
    measure.save()
    supervision.discharge(kind=Kind.END_INTERIM, subject_type=Measure.SUBJECT, subject_id=measure.pk)
    tell_story(
        measure.matter, "end_measure", _n("%(actor)s ended the interim measure of %(department)s."), by=by,
        subject=measure, reason=how_ended, tone="ok", params={"department": measure.department_name},
    )  # fmt: skip
    return measure


def lock_measure(measure_id: int) -> Measure:
    """The measure under its row lock, after its matter."""
    matter = lock(Measure.objects.values_list("matter_id", flat=True).get(pk=measure_id))
    measure: Measure = Measure.objects.select_for_update(of=("self",)).get(pk=measure_id)
    measure.matter = matter
    return measure


def _owe_end(measure: Measure, by: User) -> None:
    assert measure.ends_on is not None  # noqa: S101 - insisted on above
    matter = measure.matter
    supervision.owe(
        kind=Kind.END_INTERIM, holder_department=measure.department, due_at=close_of_office(measure.ends_on), ladder=True,
        asked_by=by, subject_type=Measure.SUBJECT, subject_id=measure.pk, case_id=matter.pk, number=matter.number or "",
        url_name=PAGE, url_args=[measure.pk], urgency=matter.urgency,
    )  # fmt: skip


def _insist_on_open(measure: Measure) -> None:
    if not measure.is_open:
        raise NotReady(_("There is no interim measure here, or it has ended."))


def _insist_on_measure(
    matter: CoordinationRequest, definitive: str, interim: str, department: Department | None, ends_on: date | None,
    return_duty: str,
) -> None:  # fmt: skip
    """R054: an interim measure without its end and its return is none."""
    fields: dict[str, list[Sentence]] = {}
    if not definitive.strip():
        fields["definitive"] = [_("Write what is done for good.")]
    if interim.strip():
        if department is None:
            fields["department"] = [_("Name the department that keeps it up.")]
        wrong = _("Write until when it holds.") if ends_on is None else _wrong_day(ends_on)
        if wrong:
            fields["ends_on"] = [wrong]
        if not return_duty.strip():
            fields["return_duty"] = [_("Write what has to be given back or undone at its end.")]
    if fields:
        raise Invalid(_("The measure is not complete."), fields=fields)


def _wrong_day(day: date) -> str:
    if day < today():
        return _("This day has passed. Choose today or later.")
    return "" if working_days().is_working(day) else _("This is a day off. Choose a working day.")


def _insist_on_own(
    matter: CoordinationRequest, loan: Loan | None, question: Question | None, item: ActionItem | None
) -> None:
    for name, row in (("loan", loan), ("question", question), ("item", item)):
        if row is not None and row.matter_id != matter.pk:
            sentence = _("This belongs to another matter. Choose one of this matter.")
            raise Invalid(sentence, fields={name: [sentence]})
