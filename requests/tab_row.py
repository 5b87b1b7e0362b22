"""The tabs of a matter as its page shows them: what holds something, the most used in this stage first; the rest steps back.

What is empty stands behind one “more”, each with the button that begins it, if this person may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organization.models import User
from pages.addresses import address
from requests import circulation_panel, loan_panel, measure_panel, policies, public_notice_panel
from requests.case import Case, Step
from requests.change_view import may_ask_now
from requests.letter_policies import may_draft_letter
from requests.panels import Tab
from requests.states import ENDED, Stage

# What is opened most in each stage; whatever is not named keeps its place behind.
USED: dict[str, tuple[str, ...]] = {
    Stage.PROPOSAL: ("overview", "talks", "files", "discussion"),
    Stage.RETURNED: ("overview", "talks", "files", "discussion"),
    Stage.PREPARATION: ("overview", "opinions", "letters", "talks", "files", "discussion", "meetings"),
    Stage.DECISION: (
        "overview",
        "opinions",
        "meetings",
        "circulations",
        "notices",
        "disputes",
        "items",
        "plan",
    ),
    Stage.EXECUTION: ("overview", "items", "plan", "changes", "loans", "measures", "letters", "disputes"),
    Stage.FEEDBACK: ("overview", "items", "measures", "files", "story"),
}
AFTERWARDS = ("overview", "story", "items", "opinions", "meetings", "files")
# Parts that begin with a step which the page offers anyway.
STEPS = {
    "meetings": "meeting",
    "talks": "attempt",
    "items": "draft_item",
    "effects": "state_effect",
    "visits": "record_visit",
}


@dataclass(frozen=True)
class TabRow:
    """The row of tabs, and the empty parts with the step that begins each (None: not for this person, not now)."""

    shown: Sequence[Tab]
    empty: Sequence[tuple[Tab, Step | None]]


def arranged(offered: Sequence[Tab], here: str, case: Case, steps: Iterable[Step]) -> TabRow:
    """`here` is the open tab: it stands in the row even when it holds nothing."""
    places = {key: place for place, key in enumerate(USED.get(case.matter.stage, AFTERWARDS))}
    shown = [tab for tab in offered if tab.key == here or not tab.is_empty]
    shown.sort(key=lambda tab: places.get(tab.key, len(places)))
    by_key = {step.key: step for step in steps}
    empty = [tab for tab in offered if tab not in shown]
    return TabRow(shown, [(tab, _beginning(tab.key, case, by_key)) for tab in empty])


def _beginning(key: str, case: Case, steps: dict[str, Step]) -> Step | None:
    if key in STEPS:
        return steps.get(STEPS[key])
    if key not in STARTS or case.user is None:
        return None
    may, label, page, more = STARTS[key]
    return Step(key, label, f"{address(page, case.matter.pk)}{more}") if may(case, case.user) else None


def _may_write_letter(case: Case, user: User) -> bool:
    matter = case.matter
    if matter.stage == Stage.DRAFT or matter.stage in ENDED or matter.is_suspended:
        return False
    officer = user.authority.is_officer and policies.may_write(user)
    return officer or may_draft_letter(user, case.concerned)


def _may_attach(case: Case, user: User) -> bool:
    return policies.may_attach(case.matter, user, [row.department_id for row in case.participants])


May = Callable[[Case, User], bool]
STARTS: dict[str, tuple[May, str | Promise, str, str]] = {
    "letters": (_may_write_letter, _("Write a sheet"), "requests:new_letter", "?form=sheet"),
    "circulations": (
        lambda case, user: circulation_panel.may_begin(case),
        _("Send a paper round"),
        "requests:new_circulation",
        "",
    ),
    "notices": (
        lambda case, user: public_notice_panel.may_begin(case),
        _("Publish a draft result"),
        "requests:publish_notice",
        "",
    ),
    "measures": (
        lambda case, user: measure_panel.may_begin(case),
        _("Record a measure"),
        "requests:record_measure",
        "",
    ),
    "loans": (lambda case, user: loan_panel.may_begin(case), _("Record a loan"), "requests:new_loan", ""),
    "changes": (may_ask_now, _("Ask for a change"), "requests:new_change", ""),
    "files": (_may_attach, _("Add files"), "requests:attach", ""),
}
