"""The progress review: each late task with its cause and its measure, linked to the risks of the plan (R088, R098)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from organization.models import User
from requests import progress_policies as policies
from requests.flows.item_shared import ITEM
from requests.flows.plan_risks import update_risk
from requests.flows.plan_shared import leads_of, plan_in_force
from requests.flows.progress_duty import ask_for_progress_review, end_progress_reviews
from requests.flows.shared import lock, speakers, tell_people, tell_story
from requests.late_items import Late, late_items
from requests.models import CoordinationRequest, LateTask, Plan, PlanRisk, ProgressReview
from requests.plan_reading import progress, rows_of_plan
from requests.plan_states import DelayMeasure, RiskState
from requests.progress_states import DelayCause
from requests.states import Stage

TAB = "requests:detail"
LONGEST = 300


@flow
def review_progress(
    *, matter_id: int, by: User, note: str, tasks: Sequence[Mapping[str, Any]] = ()
) -> ProgressReview:
    """R088: how it goes in a word, and of every late task the cause and the measure; none may be left out.

    A measure that comes from the risks of the plan names its risk, which has occurred by that (R098). Whoever works on
    a late task hears of it; where the office is to help, it hears at once. The next review is owed a cycle later.
    """
    matter = lock(matter_id)
    if not policies.may_review_progress(matter, by, leads_of(matter)):
        raise NotYours(_("The office, the lead department and the project lead review the progress."))
    if matter.stage != Stage.EXECUTION or matter.is_suspended:
        raise NotReady(_("Progress is reviewed while the matter is carried out."))
    plan = plan_in_force(matter)
    late = late_items(matter, now())
    given = {task["item"].pk: task for task in tasks}
    _insist_on_note(note)
    _insist_on_tasks(late, given, plan)
    review = ProgressReview.objects.create(
        matter=matter, reviewed_by=by, reviewed_at=now(), note=note.strip(),
        percent=progress(rows_of_plan(plan, now())).percent if plan else None,
    )  # fmt: skip
    rows = [_write(review, one, given[one.item.pk]) for one in late]
    _let_risks_occur(rows, by)
    end_progress_reviews(matter)
    ask_for_progress_review(matter, by)
    for row in rows:
        _tell_doers(matter, row)
    _tell_office(matter, rows, by)
    tell_story(
        matter, "review_progress",
        _n("%(actor)s reviewed the progress: %(count)s tasks late, each with its cause and measure.") if rows
        else _n("%(actor)s reviewed the progress: nothing is late."),
        by=by, subject=review, params={"count": len(rows)}, reason=note, tone="warn" if rows else "ok",
    )  # fmt: skip
    return review


def _write(review: ProgressReview, late: Late, given: Mapping[str, Any]) -> LateTask:
    risk: PlanRisk | None = given.get("risk")
    return LateTask.objects.create(
        review=review, item=late.item, due_on=late.due_on, days_late=late.days, percent=late.item.percent,
        cause=given["cause"], cause_text=_text(given, "cause_text"), measure=_measure_of(given),
        measure_text=_text(given, "measure_text"), risk=risk,
    )  # fmt: skip


def _measure_of(given: Mapping[str, Any]) -> str:
    """The chosen one; else the one that the risk of the plan foresees (R098)."""
    risk: PlanRisk | None = given.get("risk")
    return given.get("measure") or (risk.measure if risk is not None else "")


def _text(given: Mapping[str, Any], name: str) -> str:
    return str(given.get(name) or "").strip()[:LONGEST]


def _let_risks_occur(rows: Sequence[LateTask], by: User) -> None:
    """The contingency is used, so the risk has occurred: it stands so in the register of the plan."""
    for risk in {row.risk_id: row.risk for row in rows if row.risk is not None}.values():
        if risk.state == RiskState.OPEN:
            words = "；".join(row.measure_text for row in rows if row.risk_id == risk.pk)
            update_risk(
                risk_id=risk.pk, by=by, likelihood=risk.likelihood, effect=risk.effect, state=RiskState.OCCURRED,
                remark=words,
            )  # fmt: skip


def _tell_doers(matter: CoordinationRequest, row: LateTask) -> None:
    doers = {person.pk: person for person in (row.item.assignee, *speakers([row.item.department_id]))}
    tell_people(
        matter, doers.values(), _n("%(number)s: the progress review has set a measure against its delay."), key=f"late:{row.pk}",
        number=row.item.number, url_name=ITEM, url_args=[row.item_id], to_do=True,
    )  # fmt: skip


def _tell_office(matter: CoordinationRequest, rows: Sequence[LateTask], by: User) -> None:
    wanted = [row for row in rows if row.measure == DelayMeasure.HELP]
    if wanted and matter.keeper is not None and matter.keeper_id != by.pk:
        tell_people(
            matter, [matter.keeper], _n("%(number)s: the progress review asks the office for help with %(count)s late tasks."),
            key=f"late-help:{wanted[0].review_id}", params={"count": len(wanted)}, to_do=True,
        )  # fmt: skip


def _insist_on_note(note: str) -> None:
    if not note.strip():
        sentence = _("Write in a sentence or two how it goes.")
        raise Invalid(sentence, fields={"note": [sentence]})


def _insist_on_tasks(late: Sequence[Late], given: Mapping[int, Mapping[str, Any]], plan: Plan | None) -> None:
    """All gaps at once, each beside its task."""
    strangers = given.keys() - {one.item.pk for one in late}
    if strangers:
        sentence = _("One of these tasks is not late any more. Open the review again.")
        raise Invalid(sentence, fields={f"cause_{pk}": [sentence] for pk in sorted(strangers)})
    fields: dict[str, list[Sentence]] = {}
    for one in late:
        gaps = _gaps(given.get(one.item.pk, {}), plan)
        fields |= {f"{name}_{one.item.pk}": [sentence] for name, sentence in gaps.items()}
    if fields:
        raise Invalid(_("Every late task needs its cause and its measure."), fields=fields)


def _gaps(given: Mapping[str, Any], plan: Plan | None) -> dict[str, Sentence]:
    risk: PlanRisk | None = given.get("risk")
    wrong: dict[str, Sentence | bool] = {
        "cause": given.get("cause") not in DelayCause.values and _("Choose why it is late."),
        "cause_text": given.get("cause") == DelayCause.OTHER
        and not _text(given, "cause_text")
        and _("Write which other cause it is."),
        "measure": _measure_of(given) not in DelayMeasure.values and _("Choose the measure."),
        "measure_text": not _text(given, "measure_text") and _("Write who does what until when."),
        "risk": risk is not None
        and (plan is None or risk.plan_id != plan.pk)
        and _("Choose a risk of the plan in force."),
    }
    return {name: sentence for name, sentence in wrong.items() if not isinstance(sentence, bool)}
