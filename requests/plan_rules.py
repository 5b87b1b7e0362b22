"""What a plan must hold (form F3), and the sentences that say what is missing, beside the part where it is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from audit.acting import today
from audit.refusals import Invalid, NotReady, Sentence
from requests import plan_network as network
from requests.approval_states import ResourceKind
from requests.plan_states import PlanState, TeamRole
from requests.states import Stage
from supervision.calendar import working_days

if TYPE_CHECKING:
    from requests.models import CoordinationRequest, Plan, PlanTask

# The six parts of R074 in the order of the paper; the escalation path belongs to the communication.
PARTS: tuple[tuple[str, Any], ...] = (
    ("goal", pgettext_lazy("plan", "Goal")),
    ("team", gettext_lazy("Team and duties")),
    ("tasks", gettext_lazy("Tasks and schedule")),
    ("deliverables", gettext_lazy("Deliverables")),
    ("channels", gettext_lazy("Communication")),
    ("risks", gettext_lazy("Risks and contingency")),
)
PLANNABLE = (Stage.PREPARATION, Stage.DECISION, Stage.EXECUTION)
APPROVABLE = (Stage.DECISION, Stage.EXECUTION)
FILL = gettext_lazy("Fill this in, or remove the row.")


def insist_on_stage(matter: CoordinationRequest) -> None:
    if matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))
    if matter.stage not in PLANNABLE:
        raise NotReady(_("A plan is written from the preparation on, until the matter has been carried out."))


def insist_on_draft(plan: Plan) -> None:
    if plan.state == PlanState.SUBMITTED:
        raise NotReady(_("It waits for its approval. Take it back first, then change it."))
    if plan.state != PlanState.DRAFT:
        raise NotReady(_("An approved version never changes. Begin a new version."))


def insist_on_rows(prefix: str, rows: Sequence[Mapping[str, Any]], needed: Sequence[str]) -> None:
    """Every row of a part is complete; each gap is told beside its field."""
    fields: dict[str, list[Sentence]] = {
        f"{prefix}-{index}-{name}": [FILL]
        for index, row in enumerate(rows)
        for name in needed
        if row.get(name) in (None, "")
    }
    if fields:
        raise Invalid(_("Something is still missing."), fields=fields)


def insist_on_resources(rows: Sequence[Mapping[str, Any]], tasks: Collection[str]) -> None:
    """R079: money has its amount, and what is needed for a task names one of this plan."""
    fields: dict[str, list[Sentence]] = {}
    for index, row in enumerate(rows):
        if row["kind"] == ResourceKind.MONEY and row.get("amount") is None:
            fields[f"rows-{index}-amount"] = [_("Write how much money it is.")]
        if row.get("task") and row["task"] not in tasks:
            fields[f"rows-{index}-task"] = [_("The plan has no task of this number.")]
    if fields:
        raise Invalid(_("Something is still missing."), fields=fields)


def insist_on_task(given: Mapping[str, Any], others: Sequence[network.Node]) -> None:
    """R072, R080: a task has all its parts, a number of its own, and a place in the order of the others."""
    fields: dict[str, list[Sentence]] = defaultdict(list)
    for name in ("wbs", "name", "owner", "standard", "begins_on", "ends_on", "resources"):
        if given.get(name) in (None, ""):
            fields[name].append(_("Every task has this; fill it in."))
    if given.get("owner") is not None and given["owner"].department is None:
        fields["owner"].append(_("Choose somebody who has a department."))
    if not given.get("measures"):
        fields["measures"].append(_("Give at least one measure with its target and unit."))
    if any(task.wbs == given.get("wbs") for task in others):
        fields["wbs"].append(_("Another task has this number. Choose one that is free."))
    if fields:
        raise Invalid(_("The task is not complete."), fields=dict(fields))
    _insist_on_dates(given)
    _insist_on_place(given, others)


def _insist_on_dates(given: Mapping[str, Any]) -> None:
    if given["ends_on"] < given["begins_on"]:
        sentence = _("%(task)s ends before it begins. Write a later end.") % {"task": given["wbs"]}
        raise Invalid(sentence, fields={"ends_on": [sentence]})
    if not working_days().is_working(given["ends_on"]):
        raise Invalid(
            _("The task is not complete."),
            fields={"ends_on": [_("This is a day off. Choose a working day.")]},
        )


def _insist_on_place(given: Mapping[str, Any], others: Sequence[network.Node]) -> None:
    after = network.numbers(given.get("predecessors", ""))
    own = network.Node(given["wbs"], given["begins_on"], given["ends_on"], after)
    nodes = [*others, own]
    wrong = [said for wbs, said in _problems(nodes) if wbs == own.wbs]
    if wrong:
        raise Invalid(wrong[0], fields={"predecessors": list(wrong)})


def node_of(task: PlanTask) -> network.Node:
    """A task as the network sees it."""
    return network.Node(task.wbs, task.begins_on, task.ends_on, network.numbers(task.predecessors))


def _problems(nodes: Sequence[network.Node]) -> Iterator[tuple[str, str]]:
    """What is wrong with the order, with the task that it is told of."""
    for wbs, missing in network.unknown(nodes):
        yield (
            wbs,
            _("%(task)s waits for %(other)s, which is not in the plan.") % {"task": wbs, "other": missing},
        )
    circle = network.cycle(nodes)
    for wbs in dict.fromkeys(circle):
        chain = " → ".join(circle)
        yield (
            wbs,
            _("These tasks wait for each other: %(chain)s. Take one predecessor out.") % {"chain": chain},
        )
    for wbs, before in network.too_early(nodes):
        yield (
            wbs,
            _("%(task)s begins before %(other)s ends, for which it waits. Let it begin later.")
            % {"task": wbs, "other": before},
        )


def gaps(plan: Plan) -> dict[str, list[Sentence]]:
    """Everything that keeps this version from being approved, by part; empty when it is whole (R074)."""
    found: dict[str, list[Sentence]] = {
        "goal": [] if plan.goal.strip() else [_("Write the goal.")],
        "team": list(_gaps_of_team(plan)),
        "tasks": list(_gaps_of_tasks(plan)),
        "deliverables": [] if plan.deliverables.exists() else [_("Name at least one deliverable.")],
        "channels": list(_gaps_of_channels(plan)),
        "risks": [] if plan.risks.exists() else [_("Name at least one risk and its contingency.")],
    }
    return {part: said for part, said in found.items() if said}


def _gaps_of_team(plan: Plan) -> Iterator[str]:
    roles = list(plan.team.values_list("role", flat=True))
    leads = roles.count(TeamRole.LEAD)
    if leads != 1:
        yield _("A plan has exactly one project lead; here are %(count)s.") % {"count": leads}
    if TeamRole.RECORDER not in roles:
        yield _("Name at least one recorder.")


def _gaps_of_tasks(plan: Plan) -> Iterator[str]:
    tasks = list(plan.tasks.select_related("item"))
    if not tasks:
        yield _("Write at least one task.")
    yield from dict.fromkeys(said for _wbs, said in _problems([node_of(task) for task in tasks]))
    for task in tasks:
        if task.item is None and task.ends_on < today():
            yield _("%(task)s has not begun, and its end has passed. Give it a later one.") % {
                "task": task.wbs
            }


def _gaps_of_channels(plan: Plan) -> Iterator[str]:
    if not plan.channels.exists():
        yield _("Say how and how often the team keeps in touch.")
    if not plan.escalation.exists():
        yield _("Write the escalation path: who is asked next, after how many working days.")


def insist_on_whole(plan: Plan) -> None:
    """R074: all gaps at once, each beside its part."""
    found = gaps(plan)
    if found:
        labels = dict(PARTS)
        said = [f"{labels[part]}：{sentence}" for part, lines in found.items() for sentence in lines]
        raise Invalid(_("The plan is not whole yet.") + " " + " ".join(said), fields=found)
