"""The lists of matters and action items as tables that leave the house: the columns of the list and those an office needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, TypeAlias

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.acting import day_of
from documents.sheets import LONGEST_TABLE, Column, insist_on_size
from organization.models import User
from requests import matter_list, register
from requests.models import ActionItem, CoordinationRequest
from requests.panels import held_by, with_leading_duty
from requests.querysets import PUBLIC_FIELDS
from requests.states import Confidentiality
from supervision.clock import light
from supervision.models import Obligation

AT_ONCE = 1_000
Cells: TypeAlias = tuple[Any, ...]

MATTERS_TITLE = _("Matters")
ITEMS_TITLE = _("Supervision register")
MATTERS = (
    Column(_("Number"), 18),
    Column(_("Matter"), 44, wrap=True),
    Column(_("Stage"), 12),
    Column(_("Suspended"), 8),
    Column(_("Urgency"), 8),
    Column(_("Category"), 16),
    Column(pgettext_lazy("secrecy", "level"), 8),
    Column(_("Applying department"), 16),
    Column(_("Applicant"), 10),
    Column(_("Lead department"), 16),
    Column(_("Case officer"), 10),
    Column(_("In the hands of"), 20),
    Column(_("Limit"), 17),
    Column(pgettext_lazy("item", "Light"), 18),
    Column(pgettext_lazy("date", "Submitted"), 12),
    Column(pgettext_lazy("date", "Accepted"), 12),
    Column(pgettext_lazy("date", "Decided"), 12),
    Column(pgettext_lazy("date", "Ended"), 12),
    Column(_("Goal of the coordination"), 44, wrap=True),
    Column(_("Goal of the organization served"), 30, wrap=True),
)
# On paper only what fits on it.
PRINTED_MATTERS = (0, 1, 2, 4, 7, 9, 10, 11, 12, 13)
PRINTED_ITEMS = (0, 1, 2, 3, 4, 6, 8, 9, 11)
# What the summary of a public matter tells those who have nothing to do with it, and not a column more.
PUBLIC_MATTERS = tuple(MATTERS[place] for place in (0, 1, 2, 7, 14, 16))
ITEMS = (
    Column(_("Number"), 18),
    Column(_("What is to be done"), 44, wrap=True),
    Column(_("Standard of delivery"), 36, wrap=True),
    Column(_("Department"), 16),
    Column(_("Responsible person"), 10),
    Column(_("State"), 10),
    Column(_("Due"), 12),
    Column(_("Originally due"), 12),
    Column(pgettext_lazy("item", "Light"), 18),
    Column(_("Progress"), 8),
    Column(_("Next report"), 12),
    Column(_("Last word"), 36, wrap=True),
    Column(_("Matter"), 18),
    Column(_("Source"), 18),
)


def matters(user: User, given: matter_list.Filters, moment: datetime) -> tuple[int, Iterator[Cells]]:
    """The list of matters as this person sees it: how many rows, and the rows one after the other.

    Confidential ones stay in the house: a table bears nobody's name (domain §5).
    """
    ids = _ids(matter_list.found(user, given, moment).exclude(confidentiality=Confidentiality.CONFIDENTIAL))
    return len(ids), _public_rows(ids) if given.tab == "public" else _matter_rows(ids, moment)


def chosen_matters(user: User, ids: list[int], moment: datetime) -> tuple[int, Iterator[Cells]]:
    """The same of those that were ticked in the list."""
    seen = CoordinationRequest.objects.visible_to(user).filter(pk__in=ids)
    found = _ids(seen.exclude(confidentiality=Confidentiality.CONFIDENTIAL).order_by("pk"))
    return len(found), _matter_rows(found, moment)


def chosen_items(user: User, ids: list[int], moment: datetime) -> tuple[int, Iterator[Cells]]:
    seen = register.items_for(user).filter(pk__in=ids)
    found = _ids(seen.exclude(matter__confidentiality=Confidentiality.CONFIDENTIAL).order_by("pk"))
    return len(found), _item_rows(found, moment)


def items(user: User, given: register.Filters, moment: datetime) -> tuple[int, Iterator[Cells]]:
    """The register as this person sees it, without the items of confidential matters."""
    open_ones = register.items_for(user).exclude(matter__confidentiality=Confidentiality.CONFIDENTIAL)
    ids = _ids(register.filtered(open_ones, given, moment))
    return len(ids), _item_rows(ids, moment)


def _ids(rows: Any) -> list[int]:
    """Which rows, in which order: read once, so that nothing stands there twice when others write meanwhile."""
    ids = list(rows.values_list("pk", flat=True)[: LONGEST_TABLE + 1])
    insist_on_size(len(ids))
    return ids


def _in_parts(rows: Any, ids: list[int]) -> Iterator[list[Any]]:
    """The rows of these ids in their order, some at a time."""
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        found = {row.pk: row for row in rows.filter(pk__in=part)}
        yield [found[pk] for pk in part if pk in found]


def _matter_rows(ids: list[int], moment: datetime) -> Iterator[Cells]:
    rows = CoordinationRequest.objects.with_people()
    for part in _in_parts(rows, ids):
        for matter, duty in with_leading_duty(part):
            yield _matter(matter, duty, moment)


def _matter(matter: CoordinationRequest, duty: Obligation | None, moment: datetime) -> Cells:
    return (
        matter.number,
        matter.title,
        matter.get_stage_display(),
        _("yes") if matter.is_suspended else "",
        matter.get_urgency_display(),
        matter.get_category_display(),
        matter.get_confidentiality_display(),
        matter.department_name,
        matter.filed_by.name,
        matter.lead_department.name if matter.lead_department else "",
        matter.keeper.name if matter.keeper else "",
        held_by(duty),
        duty.due_at if duty else None,
        light(duty, moment).words if duty and duty.due_at else "",
        _day(matter.submitted_at),
        _day(matter.accepted_at),
        _day(matter.decided_at),
        _day(matter.ended_at),
        matter.expected_goal or matter.goal,
        matter.organization_goal,
    )


def _public_rows(ids: list[int]) -> Iterator[Cells]:
    rows = CoordinationRequest.objects.only(*PUBLIC_FIELDS)
    for part in _in_parts(rows, ids):
        for matter in part:
            yield (
                matter.number,
                matter.title,
                matter.get_stage_display(),
                matter.department_name,
                _day(matter.submitted_at),
                _day(matter.decided_at),
            )


def _item_rows(ids: list[int], moment: datetime) -> Iterator[Cells]:
    rows = register.with_duty(ActionItem.objects.for_list_page())
    for part in _in_parts(rows, ids):
        duties, words = register.duties_of(part), register.last_words(part)
        executions, reports = register.executions_and_reports(part)
        for item in part:
            duty, execution = duties.get(item.duty_id), executions.get(item.pk)
            report, word = reports.get(item.pk), words.get(item.pk)
            yield (
                item.number,
                item.text,
                item.standard,
                item.department_name,
                item.assignee.name,
                item.state_words(),
                _day(duty.due_at if duty else None),
                _day(execution.original_due_at if execution else None),
                light(duty, moment).words if duty else "",
                f"{item.percent}%",
                _day(report.due_at if report else None),
                word.done if word else "",
                item.matter.number,
                item.source_number,
            )


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None
