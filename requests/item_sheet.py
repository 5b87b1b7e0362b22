"""Action items in a workbook (form F10, a row each): the columns, the lists to choose from, what each row means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.refusals import Invalid
from documents.sheets import Checked, Field, Line
from organization.models import Department, Post
from requests import item_rules, sheet_cells
from requests.models import CoordinationRequest, Question
from requests.sheet_cells import Names, Wrong
from requests.states import ItemState
from supervision.states import Urgency

TITLE = gettext_lazy("Action items")
MOST = 300
FIELDS = (
    Field(
        "text", gettext_lazy("What is to be done"), 44,
        gettext_lazy("10 to 300 characters: one thing that one person can do."), needed=True,
    ),
    Field(
        "standard", gettext_lazy("Standard of delivery"), 36, gettext_lazy("By what one sees that it is done."),
        needed=True,
    ),
    Field(
        "department", gettext_lazy("Responsible department"), 18, gettext_lazy("Choose one from the list."), needed=True,
    ),
    Field(
        "assignee", gettext_lazy("Responsible person"), 14,
        gettext_lazy("The name; where two have the same, the login name."), needed=True,
    ),
    Field("due_on", gettext_lazy("Due date"), 14, gettext_lazy("A working day, like 2026-11-20."), needed=True),
    Field(
        "verifier", gettext_lazy("Verifier"), 14, gettext_lazy("Not the responsible person. Empty: the office."),
    ),
    Field("urgency", gettext_lazy("Urgency"), 10, gettext_lazy("Empty: normal.")),
    Field(
        "report_every", gettext_lazy("Reporting cycle"), 12,
        gettext_lazy("Working days from one report to the next. Empty: 5, urgent 2, extra urgent 1."),
    ),
    Field("question", gettext_lazy("Core question"), 36, gettext_lazy("Choose one from the list.")),
    Field(
        "co_departments", gettext_lazy("Supporting departments"), 24, gettext_lazy("Several with 、 between them."),
    ),
)  # fmt: skip
PEOPLE = ("assignee", "verifier")


def offered(matter: CoordinationRequest) -> dict[str, Sequence[str]]:
    """What the blank sheet lets people choose."""
    departments = list(Department.objects.active().exclude(kind="top").values_list("name", flat=True))
    posts = Post.objects.current().filter(is_main=True, user__is_active=True)
    rows = posts.order_by("department__order", "user__name").values_list("user__name", flat=True)
    people = list(dict.fromkeys(rows))
    return {
        "department": departments, "assignee": people, "verifier": people,
        "urgency": [str(label) for label in Urgency.labels], "question": [row.text for row in _questions(matter)],
    }  # fmt: skip


def checked(matter: CoordinationRequest, lines: Sequence[Line]) -> list[Checked]:
    """Every row with what it means and what is wrong with it."""
    names, questions = Names(lines, PEOPLE), {row.text: row for row in _questions(matter)}
    drafted = matter.items.filter(state=ItemState.DRAFTED).values_list("text", flat=True)
    seen = set(drafted)
    rows = []
    for line in lines:
        row = _checked(line, names, questions)
        text = row.values.get("text", "")
        if text and text in seen:
            row.faults.setdefault("text", _("This one has been drafted already. Leave the row out."))
        seen.add(text)
        rows.append(row)
    return rows


def _questions(matter: CoordinationRequest) -> Sequence[Question]:
    return list(matter.questions.all())


def _checked(line: Line, names: Names, questions: dict[str, Question]) -> Checked:
    row = Checked(line, {}, {})
    for name, meaning in _meanings(names, questions, row.values).items():
        try:
            row.values[name] = meaning(line.cells.get(name, ""))
        except Wrong as wrong:
            row.faults[name] = str(wrong)
    if not row.faults.keys() & {"department", "assignee", "due_on", "verifier", "report_every"}:
        row.faults.update(_against_the_rules(row.values, row.faults))
    return row


def _meanings(
    names: Names, questions: dict[str, Question], values: dict[str, Any]
) -> dict[str, Callable[[str], Any]]:
    return {
        "text": lambda cell: sheet_cells.text(cell, MOST, needed=True),
        "standard": lambda cell: sheet_cells.text(cell, MOST, needed=True),
        "department": lambda cell: names.department(cell, needed=True),
        "assignee": lambda cell: names.person(cell, values.get("department"), needed=True),
        "due_on": _due_on,
        "verifier": lambda cell: names.person(cell, None),
        "urgency": lambda cell: sheet_cells.choice(cell, Urgency.choices, Urgency.NORMAL),
        "report_every": sheet_cells.whole,
        "question": lambda cell: _question(cell, questions),
        "co_departments": names.several,
    }


def _due_on(cell: str) -> Any:
    found = sheet_cells.day(cell)
    if found is None:
        raise Wrong(_("Not filled in yet."))
    return found


def _question(cell: str, questions: dict[str, Question]) -> Question | None:
    if cell and cell not in questions:
        raise Wrong(_("This is not a core question of the matter. Choose one from the list."))
    return questions.get(cell)


def _against_the_rules(values: dict[str, Any], known: dict[str, str]) -> dict[str, str]:
    """What the form F10 would say to the row, in the same words."""
    try:
        item_rules.insist_on_item(
            text=values.get("text", ""), standard=values.get("standard", ""), department=values["department"],
            assignee=values["assignee"], due_on=values["due_on"], verifier=values["verifier"],
            report_every=values["report_every"],
        )  # fmt: skip
    except Invalid as refusal:
        return {name: str(said[0]) for name, said in refusal.fields.items() if name not in known}
    return {}
