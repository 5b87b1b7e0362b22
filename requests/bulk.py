"""Acts on several rows of a list: who is offered them, what is asked once, the flow that each row goes through.

What will happen to a row is known by rehearsing its flow (`audit.one_by_one`), so that the preview refuses in the same
words. Each row carries the fingerprint of what the preview showed: whoever was quicker is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from audit.acting import day_of
from audit.one_by_one import Outcome, attempt, rehearse
from audit.refusals import Invalid, NotReady
from organization.collisions import fingerprint
from organization.models import User
from pages.addresses import address
from requests import flows, policies, register
from requests.flows.item_shared import execution_of
from requests.forms import bulk as shapes
from requests.models import CoordinationRequest
from requests.states import BEING_WORKED_ON, ItemState
from supervision.calendar import working_days

MOST = 100

Words = str | Promise
Given = Mapping[str, Any]


@dataclass(frozen=True)
class BulkAct:
    """One act: for whom, its words, its form; `flow(row, by, given, seen)`; `told(row, result, given)` says what it does."""

    may: Callable[[User], bool]
    label: Words
    form: type[shapes.BulkForm]
    flow: Callable[[Any, User, Given, str], Any]
    told: Callable[[Any, Any, Given], Words]
    advice: Words = ""
    seen: Callable[[Any], str] = lambda row: ""


@dataclass(frozen=True)
class Line:
    """A chosen row as preview and result show it; of what does not exist for the reader only that."""

    outcome: Outcome[Any] | None
    row: Any = None
    number: str = ""
    title: str = ""
    url: str = ""
    told: Words = ""
    seen: str = ""

    @property
    def refusal(self) -> str:
        return self.outcome.refusal if self.outcome else ""

    @property
    def is_done(self) -> bool:
        return self.outcome is not None and not self.outcome.refusal


@dataclass(frozen=True)
class Listing:
    """A list with what can be done with several of its rows."""

    name: str
    page: str
    row_page: str
    heading: Words
    column: Words
    rows: Callable[[User, Sequence[int]], Iterable[Any]]
    title: Callable[[Any], str]
    acts: Mapping[str, BulkAct]
    # What only takes the rows away: for whom, its page, the word on its button.
    papers: Sequence[tuple[Callable[[User], bool], str, Words]]

    def offered(self, user: User) -> list[tuple[str, Words]]:
        """What this person is offered, with the name of each one's page."""
        acts = [
            (f"requests:{self.name}_{name}", act.label) for name, act in self.acts.items() if act.may(user)
        ]
        return [*acts, *((page, label) for may, page, label in self.papers if may(user))]

    def found(self, user: User, ids: Sequence[int]) -> dict[int, Any]:
        """Those of these rows that exist for this person."""
        return {row.pk: row for row in self.rows(user, ids)}


def whole_numbers(values: Iterable[str]) -> list[int]:
    """The ids among them, each once; what no id can be is left out."""
    return list(dict.fromkeys(int(one) for one in values if one.isdecimal() and len(one) < 19))


def chosen(values: Iterable[str]) -> list[int]:
    """The ids that were ticked, each once. Raises Invalid for none and for too many."""
    ids = whole_numbers(values)
    if not ids:
        raise Invalid(_("Nothing is chosen. Tick the rows that you mean, then choose what to do with them."))
    if len(ids) > MOST:
        raise Invalid(
            _(
                "%(chosen)s rows are chosen; at most %(most)s can be dealt with at once. Do it in several parts."
            )
            % {"chosen": len(ids), "most": MOST}
        )
    return ids


class Round:
    """One act on the chosen rows: as they stand, rehearsed with what was written, or carried out."""

    def __init__(self, listing: Listing, act: BulkAct, ids: Sequence[int], by: User) -> None:
        self.listing, self.act, self.ids, self.by = listing, act, ids, by
        self.found = listing.found(by, ids)

    @property
    def rows(self) -> list[Any]:
        """In the one order in which everybody locks."""
        return [self.found[pk] for pk in sorted(self.found)]

    def shown(self) -> list[Line]:
        return self._lines({}, {})

    def rehearsed(self, given: Given) -> list[Line]:
        return self._lines(_by_row(rehearse(self.rows, self._flow(given, {}))), given)

    def carried_out(self, given: Given, ticked: Iterable[int], seen: Mapping[int, str]) -> list[Line]:
        """Only the rows that were ticked in the preview; of the others it says why they were not, or that they were left out."""
        kept, act = set(ticked), self._flow(given, seen)
        outcomes = attempt([row for row in self.rows if row.pk in kept], act)
        others = rehearse([row for row in self.rows if row.pk not in kept], act)
        left = [Outcome(one.row, refusal=one.refusal or _("Left out.")) for one in others]
        return self._lines(_by_row([*outcomes, *left]), given)

    def stamp(self, given: Given) -> str:
        """What the preview was of: other words need another preview."""
        return fingerprint(*sorted(self.ids), *(f"{name}={_key(given[name])}" for name in sorted(given)))

    def _flow(self, given: Given, seen: Mapping[int, str]) -> Callable[[Any], Any]:
        return lambda row: self.act.flow(row, self.by, given, seen.get(row.pk, ""))

    def _lines(self, outcomes: Mapping[int, Outcome[Any]], given: Given) -> list[Line]:
        return [self._line(pk, outcomes.get(pk), given) for pk in self.ids]

    def _line(self, pk: int, outcome: Outcome[Any] | None, given: Given) -> Line:
        row = self.found.get(pk)
        if row is None:
            return Line(Outcome(None, refusal=_("There is no such row, or it is not for you to see.")))
        done = outcome is not None and not outcome.refusal
        return Line(
            outcome,
            row,
            number=row.number or "",
            title=self.listing.title(row),
            url=address(self.listing.row_page, pk),
            told=self.act.told(row, outcome.result if outcome else None, given) if done else "",
            seen=self.act.seen(row),
        )


def _key(value: Any) -> Any:
    """Two people may have one name."""
    return getattr(value, "pk", value)


def _by_row(outcomes: Iterable[Outcome[Any]]) -> dict[int, Outcome[Any]]:
    return {outcome.row.pk: outcome for outcome in outcomes}


def _matters(user: User, ids: Sequence[int]) -> Any:
    return CoordinationRequest.objects.visible_to(user).filter(pk__in=ids).with_people()


def _items(user: User, ids: Sequence[int]) -> Any:
    return (
        register.items_for(user)
        .filter(pk__in=ids)
        .select_related("matter", "department", "assignee", "verifier")
    )


def _remind_matter(matter: Any, by: User, given: Given, seen: str) -> int:
    items = register.items_for(by).filter(matter=matter).open().values_list("pk", flat=True)
    if not items:
        raise NotReady(_("No action item of it is under way, so there is nobody to remind."))
    reminded: int = flows.remind(item_ids=list(items), by=by)
    return reminded


def _ask_matter(matter: Any, by: User, given: Given, seen: str) -> int:
    """Every item that is being worked on; refused where none of them can be asked of."""
    items = register.items_for(by).filter(matter=matter, state__in=BEING_WORKED_ON).order_by("pk")
    outcomes = attempt(items, lambda item: flows.ask_status(item_id=item.pk, by=by))
    asked = sum(not outcome.refusal for outcome in outcomes)
    if not asked:
        raise NotReady(outcomes[0].refusal if outcomes else _("No action item of it is being worked on."))
    return asked


def _extend(item: Any, by: User, given: Given, seen: str) -> Any:
    duty = execution_of(item)
    due = duty.due_at if duty is not None else None
    wished = working_days().next_day(day_of(due), given["days"]) if due else item.agreed_due_on
    wish = flows.ask_extension(
        item_id=item.pk, by=by, wished_on=wished, reason=given["reason"], progress=given["progress"]
    )
    if seen and seen != fingerprint(wish.from_due_at):  # taken back with its savepoint (audit.one_by_one)
        raise NotReady(
            _("Its date was changed meanwhile, to %(date)s. Look at the preview again.")
            % {"date": f"{day_of(wish.from_due_at):%m-%d}"}
        )
    return wish


def _seen_date(item: Any) -> str:
    duty = execution_of(item)
    return fingerprint(duty.due_at) if duty is not None else ""


def _told_extension(item: Any, wish: Any, given: Given) -> str:
    words = {
        "before": f"{day_of(wish.from_due_at):%m-%d}",
        "after": f"{wish.wished_on:%m-%d}",
        "approver": wish.get_approver_display(),
    }
    return _("Asked: %(before)s → %(after)s; decided by: %(approver)s") % words


def _told_reminder(item: Any, result: Any, given: Given) -> str:
    if item.state == ItemState.SUBMITTED:
        return _("Reminder to whoever checks it")
    if item.state == ItemState.RELEASING:
        return _("Reminder to the coordination office")
    return _("Reminder to %(department)s %(person)s") % {
        "department": item.department_name,
        "person": item.assignee.name,
    }


def _asks(user: User) -> bool:
    """The side that asked for the coordination (R091); of which row, the flow says."""
    return policies.may_write(user) and not user.authority.is_officer


def _reassigns(user: User) -> bool:
    return policies.may_write(user) and (bool(user.authority.speaks_for) or user.authority.is_officer)


MATTERS = Listing(
    name="matters",
    page="requests:list",
    row_page="requests:detail",
    heading=gettext_lazy("Matters"),
    column=gettext_lazy("Matter"),
    rows=_matters,
    title=lambda matter: matter.title,
    acts={
        "remind": BulkAct(
            policies.may_remind, gettext_lazy("Remind"), shapes.BulkForm, _remind_matter,
            lambda matter, count, given: _("Reminders of %(n)s action items") % {"n": count},
            gettext_lazy("Whoever has the open action items of these matters is reminded, once a day for each item."),
        ),
        "ask": BulkAct(
            _asks, gettext_lazy("Ask how far it is"), shapes.BulkForm, _ask_matter,
            lambda matter, count, given: _("Reports on %(n)s action items are due within one working day") % {"n": count},
            gettext_lazy("Of every action item that is being worked on; of each at most once in three working days."),
        ),
        "keeper": BulkAct(
            lambda user: user.authority.is_office_head and policies.may_write(user),
            pgettext_lazy("bulk", "Hand to an officer"), shapes.KeepersForm,
            lambda matter, by, given, seen: flows.change_keeper(matter_id=matter.pk, by=by, seen=seen, **given),
            lambda matter, result, given: f"{matter.keeper.name} → {given['keeper'].name}",
            gettext_lazy("What each case officer owes passes on with the same dates; both are told."),
            lambda matter: fingerprint(matter.keeper_id),
        ),
    },
    papers=(
        (policies.may_export_matters, "requests:matters_export", gettext_lazy("Export Excel")),
        (policies.may_export_matters, "requests:matters_print", gettext_lazy("Print")),
    ),
)  # fmt: skip

ITEMS = Listing(
    name="items",
    page="requests:items",
    row_page="requests:item",
    heading=gettext_lazy("Supervision register"),
    column=gettext_lazy("Action item"),
    rows=_items,
    title=lambda item: item.text,
    acts={
        "remind": BulkAct(
            policies.may_remind, gettext_lazy("Remind"), shapes.BulkForm,
            lambda item, by, given, seen: flows.remind(item_ids=[item.pk], by=by),
            _told_reminder, gettext_lazy("Once a day for each item."),
        ),
        "ask": BulkAct(
            _asks, gettext_lazy("Ask how far it is"), shapes.BulkForm,
            lambda item, by, given, seen: flows.ask_status(item_id=item.pk, by=by),
            lambda item, result, given: _("%(department)s %(person)s reports within one working day")
            % {"department": item.department_name, "person": item.assignee.name},
            gettext_lazy("At most once in three working days. The date stays as it is."),
        ),
        "extend": BulkAct(
            policies.may_write, gettext_lazy("Ask for a later date"), shapes.ExtendManyForm, _extend, _told_extension,
            gettext_lazy("Asked after the due date it stays recorded as overdue. Whether it was on time is judged by the original date."),
            _seen_date,
        ),
        "reassign": BulkAct(
            _reassigns, gettext_lazy("Reassign"), shapes.ReassignManyForm,
            lambda item, by, given, seen: flows.reassign(item_id=item.pk, by=by, seen=seen, **given),
            lambda item, result, given: f"{item.assignee.name} → {given['assignee'].name}",
            gettext_lazy("The date stays as it is."),
            lambda item: fingerprint(item.assignee_id),
        ),
    },
    papers=(
        (policies.may_export_register, "requests:items_export_chosen", gettext_lazy("Export Excel")),
        (policies.may_export_matters, "requests:items_print", gettext_lazy("Print")),
    ),
)  # fmt: skip
