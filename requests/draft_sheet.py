"""Own drafts of matters in a workbook (form F1, a row each). A draft may be incomplete; what stands there has to have its shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from documents.sheets import Checked, Field, Line
from organization.goals import Goal
from organization.models import Department, User
from requests import rules, sheet_cells
from requests.models import CoordinationRequest
from requests.sheet_cells import Names, Wrong
from requests.states import OPEN_LEVEL_CHOICES, Category, Confidentiality, Stage
from supervision.states import Urgency

TITLE = gettext_lazy("Drafts of matters")
SEVERAL = gettext_lazy("Several with 、 between them.")
FIELDS = (
    Field(
        "title", pgettext_lazy("form", "Title"), 40,
        gettext_lazy("Like “Cooperation needed on …”, at most 60 characters."), needed=True,
    ),
    Field("category", gettext_lazy("Category"), 18, gettext_lazy("Choose one from the list.")),
    Field("urgency", gettext_lazy("Urgency"), 10, gettext_lazy("Empty: normal.")),
    Field(
        "urgency_reason", gettext_lazy("Reason for extra urgency"), 24,
        gettext_lazy("What happens, and when, if nobody acts at once?"),
    ),
    Field("background", gettext_lazy("Background"), 44, gettext_lazy("20 to 2000 characters when it is handed in.")),
    Field(
        "goal", gettext_lazy("Goal of the coordination"), 40,
        gettext_lazy("The state that is wanted, not who is asked to do what."),
    ),
    Field(
        "expected_result", gettext_lazy("Expected result"), 40,
        gettext_lazy("By what one will see that it is reached."),
    ),
    Field(
        "organization_goal", gettext_lazy("Goal of the organization served"), 30,
        gettext_lazy("A goal of the list in its words, or one of your own with the reason."),
    ),
    Field(
        "goal_reason", gettext_lazy("Why it is none of the list"), 24,
        gettext_lazy("Only where you write a goal of your own."),
    ),
    Field(
        "initial_scope", gettext_lazy("Initial scope"), 36,
        gettext_lazy("Who and what is concerned, and what is not."),
    ),
    Field("departments", gettext_lazy("Departments to take part"), 24, SEVERAL),
    Field("suggested_lead", gettext_lazy("Suggested lead department"), 18, gettext_lazy("Choose one from the list.")),
    Field("wished_on", gettext_lazy("Wished completion date"), 14, gettext_lazy("A working day, like 2026-11-20.")),
    Field("amount", gettext_lazy("Amount involved (CNY)"), 14, gettext_lazy("In digits.")),
    Field("has_personal_data", gettext_lazy("Personal data is involved"), 12, gettext_lazy("Empty: no.")),
    Field("confidentiality", gettext_lazy("Level"), 10, gettext_lazy("Empty: internal.")),
    Field("phone", gettext_lazy("Telephone"), 16, gettext_lazy("Empty: your own.")),
)  # fmt: skip
LONGEST = {name: most for name, (_least, most) in rules.LENGTHS.items()}
OTHERS = {"urgency_reason": 200, "goal_reason": rules.LONGEST_GOAL_REASON, "phone": 40}


def offered() -> dict[str, Sequence[str]]:
    """What the blank sheet lets people choose."""
    departments = list(Department.objects.active().exclude(kind="top").values_list("name", flat=True))
    return {
        "category": [str(label) for label in Category.labels], "urgency": [str(label) for label in Urgency.labels],
        "departments": departments, "suggested_lead": departments, "has_personal_data": [_("yes"), _("no")],
        "confidentiality": [str(label) for _value, label in OPEN_LEVEL_CHOICES],
    }  # fmt: skip


def checked(by: User, lines: Sequence[Line]) -> list[Checked]:
    """Every row with what it means and what is wrong with it."""
    names = Names(lines)
    own = CoordinationRequest.objects.filter(filed_by=by, stage=Stage.DRAFT)
    seen = set(own.exclude(title="").values_list("title", flat=True))
    goals = {goal.name: goal for goal in Goal.objects.active()}
    rows = []
    for line in lines:
        row = _checked(line, names, by)
        if goal := goals.get(row.values.get("organization_goal", "")):
            row.values["served_goal"] = goal
        title = row.values.get("title", "")
        if title and title in seen:
            row.faults.setdefault("title", _("You have a draft of this title already. Leave the row out."))
        seen.add(title)
        rows.append(row)
    return rows


def _checked(line: Line, names: Names, by: User) -> Checked:
    row = Checked(line, {}, {})
    for name, meaning in _meanings(names, by).items():
        try:
            row.values[name] = meaning(line.cells.get(name, ""))
        except Wrong as wrong:
            row.faults[name] = str(wrong)
    return row


def _meanings(names: Names, by: User) -> dict[str, Callable[[str], Any]]:
    lengths = {**LONGEST, **OTHERS}
    texts: dict[str, Callable[[str], Any]] = {
        name: lambda cell, most=most, name=name: sheet_cells.text(cell, most, needed=name == "title")  # type: ignore[misc]  # a lambda has no types
        for name, most in lengths.items()
    }
    return texts | {
        "category": lambda cell: sheet_cells.choice(cell, Category.choices),
        "urgency": lambda cell: sheet_cells.choice(cell, Urgency.choices, Urgency.NORMAL),
        "departments": lambda cell: _departments(cell, names, by),
        "suggested_lead": names.department,
        "wished_on": sheet_cells.day,
        "amount": sheet_cells.amount,
        "has_personal_data": sheet_cells.yes,
        "confidentiality": lambda cell: sheet_cells.choice(
            cell, OPEN_LEVEL_CHOICES, Confidentiality.INTERNAL
        ),
        "phone": lambda cell: sheet_cells.text(cell, OTHERS["phone"]) or by.phone,
    }


def _departments(cell: str, names: Names, by: User) -> Sequence[Department]:
    found = names.several(cell)
    if by.department in found:
        raise Wrong(_("Your own department takes part anyway. Leave it out."))
    return found
