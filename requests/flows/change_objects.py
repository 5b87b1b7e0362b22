"""What a change request can change, each with how its value is read, understood and written (F13, 对象).

A part of the house with an object of its own (a plan) adds its line to `OBJECTS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from audit.acting import day_of
from audit.refusals import Invalid
from organization.models import Department, User
from requests import item_rules
from requests.change_states import ChangeObject
from requests.flows import change_plans
from requests.flows.cycle import go_on
from requests.flows.intake import name_participants
from requests.flows.item_shared import close_of_office, execution_of
from requests.flows.new_lead import hand_over_lead
from requests.models import ActionItem, ChangeRequest, CoordinationRequest
from supervision import flows as supervision


def _nothing(_change: ChangeRequest, *_by: User) -> None:
    """Most values are not touched before they are written."""


@dataclass(frozen=True)
class Changeable:
    """`read` gives the value as it is kept, `words` for people; `parse` refuses what cannot be; `write` puts it there.

    `hold`: what is asked for waits from now on; `let_go`: it was not approved, or taken back.
    """

    read: Callable[[CoordinationRequest, ActionItem | None], str]
    parse: Callable[[str], str]
    write: Callable[[CoordinationRequest, ActionItem | None, str], None]
    words: Callable[[str], str] = str
    of_item: bool = False
    hold: Callable[[ChangeRequest, User], None] = _nothing
    let_go: Callable[[ChangeRequest], None] = _nothing


def refuse(sentence: str) -> Invalid:
    return Invalid(sentence, fields={"value": [sentence]})


def _text(value: str) -> str:
    if not value.strip():
        raise refuse(_("Write what shall hold instead."))
    return value.strip()


def _day(value: str) -> str:
    try:
        day = date.fromisoformat(value.strip())
    except ValueError as wrong:
        raise refuse(_("Write the date like 2026-11-21.")) from wrong
    if wrong_day := item_rules.wrong_due_date(day):
        raise refuse(wrong_day)
    return day.isoformat()


def _amount(value: str) -> str:
    try:
        amount = Decimal(value.strip().replace(",", ""))
    except InvalidOperation as wrong:
        raise refuse(_("Write a number in digits.")) from wrong
    if not amount.is_finite():
        raise refuse(_("Write a number in digits."))
    if not 0 <= amount < Decimal(10) ** 12:
        raise refuse(_("Write 0 or more."))
    return f"{amount:.2f}"


def _department(value: str) -> str:
    key = value.strip()
    rows = Department.objects.active().exclude(kind="top")
    found = rows.filter(pk=int(key)) if key.isdecimal() else rows.filter(name=key)
    department = found.first()
    if department is None:
        raise refuse(_("Write the name of a department in use."))
    return str(department.pk)


def _name(value: str) -> str:
    return Department.objects.get(pk=int(value)).name if value else ""


def _field(name: str, make: Callable[[str], Any] = str) -> dict[str, Any]:
    def read(matter: CoordinationRequest, _item: ActionItem | None) -> str:
        value = getattr(matter, name)
        return "" if value is None else str(value)

    def write(matter: CoordinationRequest, _item: ActionItem | None, value: str) -> None:
        setattr(matter, name, make(value) if value or make is str else None)
        matter.save()

    return {"read": read, "write": write}


def _item_day(_matter: CoordinationRequest, item: ActionItem | None) -> str:
    duty = execution_of(item) if item is not None else None
    return day_of(duty.due_at).isoformat() if duty is not None and duty.due_at else ""


def _move_item(_matter: CoordinationRequest, item: ActionItem | None, value: str) -> None:
    """The clock of the item runs to the new day; its original date stays (R097)."""
    if item is None:
        return
    duty = execution_of(item)
    if duty is not None and duty.is_running:
        supervision.change_due(obligation_id=duty.pk, due_at=close_of_office(date.fromisoformat(value)))
        go_on(item)


def _write_standard(_matter: CoordinationRequest, item: ActionItem | None, value: str) -> None:
    if item is not None:
        item.standard = value
        item.save()


def _take_lead(matter: CoordinationRequest, _item: ActionItem | None, value: str) -> None:
    """Another department leads and owes what the lead owes; whoever led takes part from now on."""
    before, lead = matter.lead_department, Department.objects.get(pk=int(value))
    matter.lead_department = lead
    matter.save()
    others = Department.objects.filter(pk__in=matter.participants.values("department")).exclude(pk=lead.pk)
    name_participants(matter, lead, list(others))
    hand_over_lead(matter, before, lead)


OBJECTS: dict[str, Changeable] = {
    ChangeObject.GOAL: Changeable(parse=_text, **_field("expected_goal")),
    ChangeObject.SCOPE: Changeable(parse=_text, **_field("scope")),
    ChangeObject.TIME: Changeable(parse=_day, **_field("wished_on", date.fromisoformat)),
    ChangeObject.BUDGET: Changeable(parse=_amount, **_field("amount", Decimal)),
    ChangeObject.RESOURCE: Changeable(
        read=lambda matter, _item: str(matter.lead_department_id or ""), parse=_department, words=_name,
        write=_take_lead,
    ),
    ChangeObject.TASK_DATE: Changeable(read=_item_day, parse=_day, write=_move_item, of_item=True),
    ChangeObject.TASK_STANDARD: Changeable(
        read=lambda _matter, item: item.standard if item is not None else "", parse=_text, write=_write_standard,
        of_item=True,
    ),
    ChangeObject.PLAN: Changeable(
        read=change_plans.read, parse=change_plans.parse, words=change_plans.words, write=change_plans.write,
        hold=change_plans.hold, let_go=change_plans.let_go,
    ),
}  # fmt: skip
