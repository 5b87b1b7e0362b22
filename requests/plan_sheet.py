"""The tasks of a plan in a workbook (form F3, a row each): what goes out comes back in, told apart by the WBS number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from audit.refusals import Invalid
from documents.sheets import Checked, Column, Field, Line
from organization.models import Post
from requests import plan_network as network
from requests import plan_rules, sheet_cells
from requests.models import Plan, PlanTask
from requests.plan_states import Side
from requests.sheet_cells import Names, Wrong

TITLE = gettext_lazy("Tasks and schedule")
FIELDS = (
    Field("wbs", gettext_lazy("WBS number"), 10, gettext_lazy("Like 1.2. A number that is there already changes that task."), needed=True),
    Field("name", pgettext_lazy("task", "Task"), 30, needed=True),
    Field("owner", gettext_lazy("Responsible person"), 14, gettext_lazy("The name; where two have the same, the login name."), needed=True),
    Field("standard", gettext_lazy("Standard of delivery"), 36, gettext_lazy("By what one sees that it is done."), needed=True),
    Field("begins_on", pgettext_lazy("task", "Begins"), 13, gettext_lazy("Like 2026-11-20."), needed=True),
    Field("ends_on", pgettext_lazy("task", "Ends"), 13, gettext_lazy("A working day, like 2026-11-20."), needed=True),
    Field("predecessors", gettext_lazy("Predecessors"), 14, gettext_lazy("Numbers of the tasks that have to be done before, like 1.1、1.2.")),
    Field("milestone", pgettext_lazy("milestone", "Stage"), 18, gettext_lazy("Choose one from the list.")),
    Field("resources", gettext_lazy("Resources"), 30, needed=True),
    Field("weight", gettext_lazy("Weight"), 8, gettext_lazy("Empty: 1.")),
    Field("is_critical", gettext_lazy("Critical task"), 10, gettext_lazy("Yes or no; empty: no.")),
    Field("side", pgettext_lazy("measure", "Side"), 10, gettext_lazy("Empty: output.")),
    Field("measure", pgettext_lazy("measure", "Measure"), 20, needed=True),
    Field("target", pgettext_lazy("measure", "Target"), 12, needed=True),
    Field("unit", pgettext_lazy("measure", "Unit"), 8, needed=True),
)  # fmt: skip
COLUMNS = [Column(field.heading, field.width, wrap=field.width > 20) for field in FIELDS]
LONGEST = {
    "wbs": 12,
    "name": 60,
    "standard": 300,
    "predecessors": 120,
    "resources": 300,
    "measure": 60,
    "target": 30,
    "unit": 12,
}
MEASURES = {"side": "side", "measure": "name", "target": "target", "unit": "unit"}


def offered(plan: Plan) -> dict[str, Sequence[str]]:
    """What the blank sheet lets people choose."""
    posts = Post.objects.current().filter(is_main=True, user__is_active=True)
    rows = posts.order_by("department__order", "user__name").values_list("user__name", flat=True)
    return {
        "owner": list(dict.fromkeys(rows)), "milestone": [row.name for row in plan.milestones.all()],
        "is_critical": [_("yes"), _("no")], "side": [str(label) for label in Side.labels],
    }  # fmt: skip


def rows_of(plan: Plan) -> Iterator[list[Any]]:
    """The tasks as the sheet has them, with the first of their measures."""
    for task in plan.tasks.for_plan_page():
        first = next(iter(task.measures.all()), None)
        yield [
            task.wbs, task.name, task.owner.name, task.standard, task.begins_on, task.ends_on, task.predecessors,
            task.milestone.name if task.milestone else "", task.resources, task.weight, _("yes") if task.is_critical else _("no"),
            *((first.get_side_display(), first.name, first.target, first.unit) if first else ("", "", "", "")),
        ]  # fmt: skip


def checked(plan: Plan, lines: Sequence[Line]) -> list[Checked]:
    """Every row with what it means and what is wrong with it; the order is looked at over all tasks, old and new."""
    names = Names(lines, ("owner",))
    stages = {row.name: row for row in plan.milestones.all()}
    rows = [_meant(line, names, stages) for line in lines]
    there = list(plan.tasks.all())
    for row in rows:
        if not row.faults:
            row.faults.update(_against_the_rules(row, rows, there))
    return rows


def _meant(line: Line, names: Names, stages: dict[str, Any]) -> Checked:
    row = Checked(line, {}, {})
    for name, meaning in _meanings(names, stages).items():
        try:
            row.values[name] = meaning(line.cells.get(name, ""))
        except Wrong as wrong:
            row.faults[name] = str(wrong)
    return row


def _meanings(names: Names, stages: dict[str, Any]) -> dict[str, Callable[[str], Any]]:
    def text(name: str) -> Callable[[str], str]:
        return lambda cell: sheet_cells.text(cell, LONGEST[name], needed=name != "predecessors")

    return {
        **{name: text(name) for name in LONGEST},
        "owner": lambda cell: names.person(cell, None, needed=True),
        "begins_on": _day,
        "ends_on": _day,
        "milestone": lambda cell: _stage(cell, stages),
        "weight": lambda cell: sheet_cells.whole(cell) or 1,
        "is_critical": sheet_cells.yes,
        "side": lambda cell: sheet_cells.choice(cell, Side.choices, Side.OUTPUT),
    }


def _day(cell: str) -> Any:
    found = sheet_cells.day(cell)
    if found is None:
        raise Wrong(_("Not filled in yet."))
    return found


def _stage(cell: str, stages: dict[str, Any]) -> Any:
    if cell and cell not in stages:
        raise Wrong(_("The plan has no such stage. Choose one from the list."))
    return stages.get(cell)


def _against_the_rules(row: Checked, rows: Sequence[Checked], there: Sequence[PlanTask]) -> dict[str, str]:
    """What the form of a task would say to the row, in the same words; the other rows of the sheet count as tasks."""
    wbs = row.values["wbs"]
    if sum(other.values.get("wbs") == wbs for other in rows) > 1:
        return {"wbs": _("This number stands in two rows. Take one out.")}
    written = {
        other.values.get("wbs"): other.values for other in rows if not other.faults and other is not row
    }
    nodes = [network.Node(task.wbs, task.begins_on, task.ends_on, network.numbers(task.predecessors))
             for task in there if task.wbs not in written and task.wbs != wbs]  # fmt: skip
    nodes += [network.Node(number, v["begins_on"], v["ends_on"], network.numbers(v["predecessors"]))
              for number, v in written.items() if number]  # fmt: skip
    try:
        plan_rules.insist_on_task(task_of(row.values) | {"measures": [measure_of(row.values)]}, nodes)
    except Invalid as refusal:
        return {name: str(said[0]) for name, said in refusal.fields.items()}
    return {}


def task_of(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in MEASURES}


def measure_of(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[column] for column, name in MEASURES.items()}
