"""The supervision register (督办台账): action items with the duty that runs on each now, by tab and filter.

An item that is being worked on stands with its execution, one that was reported done with its verification: whoever
has the ball has the light.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department, User
from pages.lists import one_of
from requests.models import ActionItem, ProgressReport
from requests.states import ITEM_OPEN, ItemState
from supervision.clock import warn_until
from supervision.models import Obligation
from supervision.states import RUNNING, Kind, Step

# Our query set with annotations: the stubs forget its own methods there.
Items: TypeAlias = Any

TABS: dict[str, str | Promise] = {
    "open": pgettext_lazy("register", "In progress"),
    "unsigned": pgettext_lazy("register", "Unsigned"),
    "verify": pgettext_lazy("register", "To be checked"),
    "office": pgettext_lazy("register", "Office's own"),
    "ended": pgettext_lazy("register", "Ended"),
}
LIGHTS: dict[str, str | Promise] = {
    "bad": pgettext_lazy("light", "Overdue"),
    "warn": pgettext_lazy("light", "Warned"),  # close to its date, forecast late, or a report is owing
    "ok": pgettext_lazy("light", "On course"),
    "hold": pgettext_lazy("light", "On hold"),
}
# Blue before the date, yellow for the first overdue step, red for every later one.
SLIPS: dict[str, str] = {Step.L1: "blue", Step.L2: "blue", Step.L3: "yellow"}
REWORKED = ("blue", "yellow", "red")
SOURCES: dict[str, str | Promise] = {
    "纪": _("Minutes"),
    "裁": _("Rulings"),
    "other": _("Decision of the office"),
}


@dataclass(frozen=True)
class Filters:
    """What the reader chose; empty means all."""

    tab: str = "open"
    department: str = ""
    source: str = ""
    light: str = ""
    q: str = ""

    @property
    def are_set(self) -> bool:
        return bool(self.department or self.source or self.light or self.q)


def filters_of(params: Mapping[str, str]) -> Filters:
    """What an address or a saved filter says, as far as the register offers it."""
    department = params.get("department", "")
    return Filters(
        tab=one_of(params, "tab", TABS, "open"),
        department=department if department.isdecimal() and len(department) < 19 else "",
        source=one_of(params, "source", SOURCES),
        light=one_of(params, "light", LIGHTS),
        q=params.get("q", "").strip()[:60],
    )


def items_for(user: User) -> Items:
    """Every issued item that exists for this person."""
    return ActionItem.objects.visible_to(user).exclude(state=ItemState.DRAFTED)


def of_tab(items: Items, tab: str) -> Items:
    return items.filter(_condition(tab))


def filtered(items: Items, given: Filters, now: datetime) -> Items:
    """The items of this tab and these filters, the most urgent first."""
    found = of_tab(items, given.tab)
    if given.department:
        found = found.filter(department_id=int(given.department))
    if given.source == "other":
        found = found.exclude(source_number__startswith="纪").exclude(source_number__startswith="裁")
    elif given.source:
        found = found.filter(source_number__startswith=given.source)
    for word in given.q.split():
        found = found.filter(
            Q(text__icontains=word)
            | Q(number__icontains=word)
            | Q(matter__number__icontains=word)
            | Q(assignee__name__icontains=word)
        )
    found = with_duty(found)
    if given.light:
        found = found.filter(duty_id__in=_lights(now).filter(shape=given.light).values("pk"))
    if given.tab == "ended":
        return found.order_by(F("closed_at").desc(nulls_last=True), "-pk")
    return found.order_by(F("due_at").asc(nulls_last=True), "pk")


def with_duty(items: Items) -> Items:
    """Annotate `duty_id` and `due_at`: of the verification where it waits for one, else of the execution."""
    kind = Case(
        When(state=ItemState.SUBMITTED, then=Value(Kind.VERIFY.value)),
        default=Value(Kind.EXECUTE.value),
        output_field=CharField(),
    )
    newest = Obligation.objects.filter(
        subject_type=ActionItem.SUBJECT, subject_id=OuterRef("pk"), kind=OuterRef("ball")
    ).order_by("-pk")
    return items.annotate(ball=kind).annotate(
        duty_id=Subquery(newest.values("pk")[:1]), due_at=Subquery(newest.values("due_at")[:1])
    )


def duties_of(rows: list[Any]) -> dict[int, Obligation]:
    """The duties of the rows of one page, read at once."""
    return Obligation.objects.in_bulk([row.duty_id for row in rows if row.duty_id])


def executions_and_reports(rows: list[Any]) -> tuple[dict[int, Obligation], dict[int, Obligation]]:
    """The execution of each item (the date that was promised, and the one before it was extended), and the next report
    that is owed on it (R084, R085)."""
    owed = Q(kind=Kind.EXECUTE) | Q(kind=Kind.PROGRESS, state__in=RUNNING)
    found = Obligation.objects.filter(
        owed, subject_type=ActionItem.SUBJECT, subject_id__in=[row.pk for row in rows]
    )
    executions: dict[int, Obligation] = {}
    reports: dict[int, Obligation] = {}
    for duty in found.order_by("pk"):
        (executions if duty.kind == Kind.EXECUTE else reports)[duty.subject_id] = duty
    return executions, reports


def last_words(rows: list[Any]) -> dict[int, ProgressReport]:
    """The last report on each item (R084)."""
    newest = ProgressReport.objects.filter(item__in=[row.pk for row in rows]).order_by(
        "item_id", "-reported_at", "-pk"
    )
    return {report.item_id: report for report in newest.distinct("item_id")}


def slip_colour(item: ActionItem, execution: Obligation | None) -> str:
    """The colour of the slip, by the highest step that has been told of this date (domain §6.2); work sent back is
    yellow, sent back again red."""
    told = (
        execution.rungs.exclude(settled_at=None).filter(due_version=execution.due_version)
        if execution
        else ()
    )
    colours = {SLIPS.get(rung.step, "red") for rung in told} | {REWORKED[min(item.rework_count, 2)]}
    return next(colour for colour in ("red", "yellow", "blue") if colour in colours)


def counts_by_tab(items: QuerySet[Any]) -> dict[str, int]:
    return items.aggregate(**{tab: Count("pk", filter=_condition(tab)) for tab in TABS})


def counts_by_light(items: QuerySet[Any], now: datetime) -> dict[str, int]:
    """How many open items stand at each light."""
    duties = with_duty(of_tab(items, "open")).values("duty_id")
    # Without an order of its own the count is grouped by the shape alone.
    rows = _lights(now).filter(pk__in=duties).order_by().values("shape").annotate(n=Count("pk"))
    found = {row["shape"]: row["n"] for row in rows}
    return {shape: found.get(shape, 0) for shape in LIGHTS}


def departments_of(items: QuerySet[Any]) -> list[tuple[int, str]]:
    """The departments that have items here, for the filter."""
    return list(
        Department.objects.filter(pk__in=items.values("department_id"))
        .order_by("order", "name")
        .values_list("pk", "name")
    )


def _lights(now: datetime) -> QuerySet[Any]:
    return Obligation.objects.with_light(now, warn_until(now))


def _condition(tab: str) -> Q:
    if tab == "unsigned":
        return Q(state=ItemState.ISSUED)
    if tab == "verify":
        return Q(state=ItemState.SUBMITTED)
    if tab == "ended":
        return Q(state__in=[ItemState.CLOSED, ItemState.CANCELLED])
    if tab == "office":
        office = Q(department__is_coordination_office=True) | Q(state=ItemState.SUBMITTED, verifier=None)
        office |= Q(state=ItemState.RELEASING)
        return Q(state__in=ITEM_OPEN) & office
    return Q(state__in=ITEM_OPEN)
