"""The list of goals (R031, R083): added, changed, retired, taken up again; never deleted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from audit.acting import now
from audit.flow import flow
from audit.reasons import IN_SHORT, insist_on_reason
from audit.refusals import Invalid, NotReady, Sentence
from organization import policies
from organization.flows.steps import changed, require, tell, unique
from organization.goals import Goal
from organization.models import Department, User

KEEPERS = _("The coordination office keeps the list of goals.")
NAME_TAKEN = _("This goal stands in the list already.")


@flow
def add_goal(
    *, name: str, by: User, department_id: int | None = None, parent_id: int | None = None, measure: str = ""
) -> Goal:
    """A goal of the organization, or of a department, which names the goal that it serves."""
    require(allowed=policies.may_keep_goals(by), sentence=KEEPERS)
    goal = Goal(
        name=name.strip(), department_id=department_id, parent_id=parent_id, measure=measure.strip(), added_by=by,
        added_at=now(),
    )  # fmt: skip
    if parent_id is not None:  # so that it is not retired while this one is put below it
        Goal.objects.select_for_update(of=("self",)).filter(pk=parent_id).first()
    _insist_on_place(goal)
    with unique("name", NAME_TAKEN):
        goal.save(force_insert=True)
    tell(goal, "add_goal", gettext_noop("%(actor)s added the goal."))
    return goal


@flow
def change_goal(
    *, goal_id: int, name: str, by: User, department_id: int | None = None, parent_id: int | None = None,
    measure: str = "",
) -> Goal:  # fmt: skip
    """Put into other words, or given another place in the tree. Matters keep the words under which they were filed."""
    goal = _lock(goal_id, by)
    _insist_on_use(goal)
    values = {
        "name": name.strip(),
        "department_id": department_id,
        "parent_id": parent_id,
        "measure": measure.strip(),
    }
    names = changed(goal, values)
    _insist_on_place(goal)
    if names:
        with unique("name", NAME_TAKEN):
            goal.save()
        tell(goal, "change_goal", gettext_noop("%(actor)s changed the goal."), fields=names)
    return goal


@flow
def retire_goal(*, goal_id: int, by: User, reason: str) -> Goal:
    """No longer offered; what has been chosen stays. The goals of departments that serve it go first."""
    goal = _lock(goal_id, by)
    _insist_on_use(goal)
    insist_on_reason(reason, most=IN_SHORT)
    if goal.children.active().exists():
        raise NotReady(
            _("Goals of departments still serve it. Retire them first, or let them serve another one.")
        )
    goal.retired_at, goal.retired_why = now(), reason.strip()
    goal.save()
    tell(goal, "retire_goal", gettext_noop("%(actor)s retired the goal."))
    return goal


@flow
def take_up_goal(*, goal_id: int, by: User) -> Goal:
    """Offered again, where it stood."""
    goal = _lock(goal_id, by)
    if goal.is_active:
        raise NotReady(_("This goal is in the list."))
    goal.retired_at, goal.retired_why = None, ""
    _insist_on_place(goal)
    with unique("name", NAME_TAKEN):
        goal.save()
    tell(goal, "take_up_goal", gettext_noop("%(actor)s took the goal up again."))
    return goal


def _lock(goal_id: int, by: User) -> Goal:
    """All changes of the tree go one after the other, so that no two of them make a circle."""
    require(allowed=policies.may_keep_goals(by), sentence=KEEPERS)
    rows = {goal.pk: goal for goal in Goal.objects.select_for_update(of=("self",)).order_by("pk")}
    found: Goal = rows[goal_id]
    return found


def _insist_on_use(goal: Goal) -> None:
    if not goal.is_active:
        raise NotReady(_("This goal has been retired. Take it up again first."))


def _insist_on_place(goal: Goal) -> None:
    """R083: the goal of a department serves another one, that of the organization none."""
    fields: dict[str, list[Sentence]] = {}
    if not goal.name:
        fields["name"] = [_("Write the goal.")]
    if (
        goal.department_id is not None
        and not Department.objects.active().filter(pk=goal.department_id).exists()
    ):
        fields["department"] = [_("This department no longer exists. Choose one in use.")]
    if sentence := _wrong_parent(goal):
        fields["parent"] = [sentence]
    if fields:
        raise Invalid(_("The entry is not complete."), fields=fields)


def _wrong_parent(goal: Goal) -> Sentence:
    if goal.department_id is None:
        return (
            ""
            if goal.parent_id is None
            else _("A goal of the organization serves no other one. Leave it empty.")
        )
    if goal.parent_id is None:
        return _("Choose which goal this one serves.")
    parents = dict(Goal.objects.active().values_list("pk", "parent_id"))
    if goal.parent_id not in parents:
        return _("This goal has been retired. Choose one that is in the list.")
    above: int | None = goal.parent_id
    while above is not None:
        if above == goal.pk:
            return _("The goal would serve itself. Choose one that stands above it.")
        above = parents.get(above)
    return ""
