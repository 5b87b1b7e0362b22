"""Acceptance (验收, form F14): the sheet of each look at what was delivered, and the defects that are owed after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now, today
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from audit.transitions import insist
from documents.numbers import take
from documents.states import Series
from organization import people
from organization.models import User
from requests import acceptance_policies as policies
from requests import rules
from requests.acceptance_rules import Defects, conclusion_of, lines_of, timeliness_of, wrong_text
from requests.acceptance_states import AcceptanceKind, Severity
from requests.flows.item_shared import (
    ITEM,
    ask_for_completion,
    close_of_office,
    execution_of,
    insist_on_running,
    item_owes,
    lock_item,
    tell_item,
)
from requests.flows.shared import let_read, speakers, tell_people
from requests.models import AcceptanceSheet, ActionItem, Defect
from requests.states import ItemState
from supervision import flows as supervision
from supervision.states import Kind

DEFECT = "requests:defect"


def write_sheet(
    item: ActionItem,
    by: User,
    *,
    kind: str,
    completeness: str,
    quality: str,
    is_on_time: bool,
    note: str = "",
) -> AcceptanceSheet:
    """The sheet of this look, with its number. The calling flow has checked the right and the judgements."""
    sheet: AcceptanceSheet = AcceptanceSheet.objects.create(
        number=take(Series.ACCEPTANCE), item=item, kind=kind, standard=item.standard,
        delivered_by=item.submitted_by or item.assignee, delivered_at=item.submitted_at or now(),
        completeness=completeness, quality=quality, timeliness=timeliness_of(is_on_time=is_on_time),
        note=note.strip(), conclusion=conclusion_of(completeness, quality), accepted_by=by, accepted_at=now(),
    )  # fmt: skip
    return sheet


def list_defects(sheet: AcceptanceSheet, texts: list[str], *, due_on: date) -> None:
    """Named on the sheet; the item itself is owed again, so none is owed beside it."""
    Defect.objects.bulk_create(
        Defect(sheet=sheet, text=text, person=sheet.item.assignee, due_on=due_on) for text in texts
    )


def owe_defects(sheet: AcceptanceSheet, defects: Defects, by: User) -> None:
    """Passed with conditions: each defect is owed by its person until its day, on the ladder."""
    for row in defects:
        defect = Defect(
            sheet=sheet, text=row["text"].strip(), severity=row.get("severity") or Severity.MAJOR,
            person=row.get("person") or sheet.item.assignee, due_on=row["due_on"],
        )  # fmt: skip
        defect.save()
        defect.owe()
        defect.save()
        let_read(sheet.item.matter, users=[defect.person_id], why="item")
        _owe_mending(defect, by)
        _tell(
            defect, [defect.person, *speakers([sheet.item.department_id])], "named",
            _n("%(number)s passed with a condition: mend by %(due)s."), by=by, due=f"{defect.due_on:%Y-%m-%d}",
        )  # fmt: skip


@flow
def accept_stage(
    *,
    item_id: int,
    by: User,
    completeness: str,
    quality: str,
    note: str,
    defects: str = "",
) -> AcceptanceSheet:
    """F14, stage: a look on the way, while the work goes on. What it finds is written down and told; the date stays."""
    item = lock_item(item_id)
    if not policies.may_accept_stage(item, by):
        raise NotYours(
            _(
                "The verifier, the coordination office or the side that asked looks at it on the way, never the doer."
            )
        )
    if item.state not in (ItemState.ACKNOWLEDGED, ItemState.IN_PROGRESS):
        raise NotReady(_("A stage is looked at while the work goes on."))
    insist_on_running(item)
    if not note.strip():
        raise Invalid(_("Write what was checked."), fields={"note": [_("Write what was checked.")]})
    texts = lines_of(defects)
    for sentence in filter(None, map(wrong_text, texts)):
        raise Invalid(sentence, fields={"defects": [sentence]})
    duty = execution_of(item)
    is_on_time = not (duty and duty.due_at and duty.due_at < now())
    sheet = write_sheet(
        item, by, kind=AcceptanceKind.STAGE, completeness=completeness, quality=quality, is_on_time=is_on_time,
        note=note,
    )  # fmt: skip
    list_defects(sheet, texts, due_on=max(item.agreed_due_on, today()))
    tell_people(
        item.matter, [item.assignee, *speakers([item.department_id])],
        _n("%(number)s: a stage was accepted or found wanting; please read the sheet."),
        key=f"acceptance:{sheet.pk}", number=item.number, url_name=ITEM, url_args=[item.pk],
    )  # fmt: skip
    tell_item(
        item, "accept_stage", _n("%(actor)s looked at a stage of %(number)s: %(sheet)s."), by=by,
        params={"sheet": sheet.number}, reason=note,
    )  # fmt: skip
    return sheet


@flow
def report_mended(*, defect_id: int, by: User, how: str) -> Defect:
    """The defect is mended; who accepted the item looks."""
    defect = lock_defect(defect_id)
    insist(defect.report, by)
    insist_on_running(defect.sheet.item)
    if not how.strip():
        sentence = _("Write how it was mended and where one sees it.")
        raise Invalid(sentence, fields={"how": [sentence]})
    defect.report()
    defect.how, defect.reported_by, defect.reported_at = how.strip(), by, now()
    defect.save()
    supervision.discharge(kind=Kind.MEND, subject_type=Defect.SUBJECT, subject_id=defect.pk)
    # Whoever accepted it may speak for the doers as well: then somebody of the office looks.
    looks = defect.sheet.accepted_by
    is_free = looks.pk not in {by.pk, defect.person_id}
    supervision.owe(
        kind=Kind.VERIFY, holder=looks if is_free else None, holder_department=None if is_free else people.office(),
        **_what_it_owes(defect, by),
    )  # fmt: skip
    _tell(
        defect, [looks] if is_free else people.officers(), "reported", _n("%(number)s: a defect is mended; please look."), by=by,
        reason=how,
    )  # fmt: skip
    return defect


@flow
def confirm_mended(*, defect_id: int, by: User) -> Defect:
    """Looked at: it is mended. With the last one the matter can be completed."""
    defect = lock_defect(defect_id)
    insist(defect.confirm, by)
    defect.confirm()
    defect.checked_by, defect.checked_at = by, now()
    defect.save()
    supervision.discharge(kind=Kind.VERIFY, subject_type=Defect.SUBJECT, subject_id=defect.pk)
    _tell(
        defect, [defect.person, defect.reported_by], "confirmed", _n("%(number)s: the defect counts as mended."), by=by,
        tone="ok",
    )  # fmt: skip
    ask_for_completion(defect.sheet.item.matter)
    return defect


@flow
def refuse_mended(*, defect_id: int, by: User, reason: str) -> Defect:
    """Looked at: not mended. It is owed again by the same day."""
    defect = lock_defect(defect_id)
    insist(defect.refuse, by)
    rules.insist_on_reason(reason)
    defect.refuse()
    defect.save()
    supervision.discharge(kind=Kind.VERIFY, subject_type=Defect.SUBJECT, subject_id=defect.pk)
    _owe_mending(defect, by)
    _tell(
        defect, [defect.person, defect.reported_by], "refused", _n("%(number)s: the defect is not mended yet."), by=by,
        reason=reason, tone="warn",
    )  # fmt: skip
    return defect


def lock_defect(defect_id: int) -> Defect:
    """The defect under its row lock, after matter and item."""
    item = lock_item(Defect.objects.values_list("sheet__item_id", flat=True).get(pk=defect_id))
    defect: Defect = Defect.objects.select_for_update(of=("self",)).for_page().get(pk=defect_id)
    defect.sheet.item = item
    return defect


def _owe_mending(defect: Defect, by: User) -> None:
    supervision.owe(
        kind=Kind.MEND, holder=defect.person, holder_department=defect.sheet.item.department,
        due_at=close_of_office(defect.due_on), ladder=True, **_what_it_owes(defect, by),
    )  # fmt: skip


def _what_it_owes(defect: Defect, by: User) -> dict[str, Any]:
    return {
        **item_owes(defect.sheet.item, asked_by=by),
        "subject_type": Defect.SUBJECT,
        "subject_id": defect.pk,
        "number": defect.sheet.number,
        "url_name": DEFECT,
        "url_args": [defect.pk],
    }


def _tell(
    defect: Defect, to: Iterable[User | None], what: str, sentence: str, *, by: User, due: str = "", reason: str = "",
    tone: str = "",
) -> None:  # fmt: skip
    """Who is concerned hears of it, and the item keeps it in its story."""
    item = defect.sheet.item
    persons = {person.pk: person for person in to if person is not None and person.pk != by.pk}
    params = {"due": due} if due else {}
    tell_people(
        item.matter, persons.values(), sentence, params=params, number=item.number, url_name=DEFECT, url_args=[defect.pk],
        key=f"defect:{defect.pk}:{what}:{now():%Y%m%d%H%M%S%f}", to_do=what != "confirmed",
    )  # fmt: skip
    told = {
        "named": _n("%(actor)s named a defect of %(number)s, to be mended by %(due)s."),
        "reported": _n("%(actor)s reports a defect of %(number)s mended."),
        "confirmed": _n("%(actor)s found a defect of %(number)s mended."),
        "refused": _n("%(actor)s found a defect of %(number)s not mended."),
    }[what]
    tell_item(
        item, f"defect_{what}", told, by=by, params=params, reason=reason or defect.text, tone=tone,
    )  # fmt: skip
