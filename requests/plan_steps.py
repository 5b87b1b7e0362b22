"""What of the plan of a matter is this person's turn, and what else they may do with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pages.addresses import link
from requests import policies
from requests.case import Case, Step
from requests.plan_rules import PLANNABLE
from requests.states import ENDED, Stage

if TYPE_CHECKING:
    from organization.models import User


def plan_steps(case: Case, user: User) -> Iterator[Step]:
    """Approve a version that waits; write the plan of a project; read it, its group and its board."""
    yield from _plan(case, user)
    yield from _group(case, user)
    if case.has_plan:
        yield Step("board", _("Board of tasks"), link("requests:board", case.matter.pk))


def _plan(case: Case, user: User) -> Iterator[Step]:
    matter = case.matter
    page = link("requests:plan", matter.pk)
    decides = case.plan_approver == user.pk if case.plan_approver else user.authority.is_officer
    if case.plan_waits and decides:
        yield Step("plan", _("Read the plan"), page, _("a version of the plan waits for its approval."))
    elif case.has_plan and not case.needs_plan:
        yield Step("plan", _("Open the plan"), page)
    elif matter.stage in PLANNABLE and policies.may_prepare(matter, user):
        is_project = case.needs_plan and matter.stage in (Stage.PREPARATION, Stage.DECISION)
        asked = _("this is a project: write its plan before it is decided.") if is_project else ""
        is_asked = policies.speaks_for_lead(matter, user) or (user.authority.is_officer and case.is_delivered)
        yield Step("plan", _("Write the plan"), page, asked if is_asked else "")
    elif case.has_plan:
        yield Step("plan", _("Open the plan"), page)


def _group(case: Case, user: User) -> Iterator[Step]:
    matter = case.matter
    if case.has_group:
        yield Step("group", _("Open the group"), link("requests:group", matter.pk))
    elif matter.accepted_at and matter.stage not in ENDED and policies.may_set_up_group(matter, user):
        yield Step("group", _("Set up a group"), link("requests:group_new", matter.pk))
