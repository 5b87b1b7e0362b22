"""Where several plans want something of the same department at the same time (R081): what is critical and of the highest
priority stands first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from organization.models import User
from requests.approval_states import ResourceKind
from requests.models import CoordinationRequest, Plan, PlanResource, PlanTask, ResourceRequest
from requests.models.resource_requests import need_of
from requests.plan_states import PlanState
from requests.states import ACTIVE


@dataclass(frozen=True)
class Want:
    """One need of a plan with the time in which it is there: from its day to the end of its task, else of the plan."""

    need: PlanResource
    until: date
    is_critical: bool
    answer: ResourceRequest | None = None

    @property
    def matter(self) -> CoordinationRequest:
        return self.need.plan.matter

    @property
    def since(self) -> date:
        return self.need.needed_on

    @property
    def priority(self) -> int:
        return self.matter.priority or 0

    @property
    def weight(self) -> tuple[bool, int, date]:
        """Critical tasks first, then the priority of the matter, then who needs it earlier."""
        return (not self.is_critical, -self.priority, self.since)


@dataclass(frozen=True)
class Conflict:
    """What several matters want of one department in overlapping time, the most important first."""

    wants: Sequence[Want]

    @property
    def department(self) -> str:
        return self.wants[0].need.department.name

    @property
    def kind(self) -> str:
        return str(ResourceKind(self.wants[0].need.kind).label)

    @property
    def since(self) -> date:
        return min(want.since for want in self.wants)

    @property
    def until(self) -> date:
        return max(want.until for want in self.wants)


def conflicts(user: User, department_id: int | None = None, kind: str = "") -> list[Conflict]:
    """Of the plans that this person may read; whoever does not read everything, of the departments they speak for."""
    seen = CoordinationRequest.objects.inside(user).filter(stage__in=ACTIVE).values("pk")
    rows = PlanResource.objects.filter(_counts(), plan__matter__in=seen)
    if not user.authority.reads_all:
        rows = rows.filter(department__in=user.authority.speaks_for)
    if department_id is not None:
        rows = rows.filter(department=department_id, kind=kind)
    found: dict[tuple[int, str], list[Want]] = defaultdict(list)
    for want in _wants(rows.select_related("plan__matter", "department").order_by("needed_on", "pk")):
        found[want.need.department_id, want.need.kind].append(want)
    clashes = [Conflict(group) for wants in found.values() for group in _overlapping(wants)]
    return sorted(clashes, key=lambda clash: (clash.wants[0].weight, clash.department))


def _counts() -> Q:
    """The version in force, or the one that waits for its approval where none holds yet."""
    holding = Plan.objects.in_force().values("matter")
    first = Q(plan__state=PlanState.SUBMITTED) & ~Q(plan__matter__in=holding)
    return Q(plan__state=PlanState.IN_FORCE) | first


def _wants(needs: Iterable[PlanResource]) -> Iterator[Want]:
    rows = list(needs)
    plans = {need.plan_id for need in rows}
    tasks: dict[int, dict[str, PlanTask]] = defaultdict(dict)
    for task in PlanTask.objects.filter(plan__in=plans).only("plan_id", "wbs", "ends_on", "is_critical"):
        tasks[task.plan_id][task.wbs] = task
    asked = ResourceRequest.objects.standing().filter(matter__in={need.plan.matter_id for need in rows})
    answers = {(row.matter_id, row.need): row for row in asked}
    for need in rows:
        of_plan = tasks[need.plan_id]
        task = of_plan.get(need.task)
        ends = [task.ends_on] if task else [one.ends_on for one in of_plan.values()]
        yield Want(
            need, max([need.needed_on, *ends]), bool(task and task.is_critical),
            answers.get((need.plan.matter_id, need_of(need))),
        )  # fmt: skip


def _overlapping(wants: list[Want]) -> Iterator[list[Want]]:
    """Runs of needs whose times touch each other, by two matters or more; they come in the order of their beginning."""
    run: list[Want] = []
    for want in [*wants, None]:
        if want is not None and (not run or want.since <= max(one.until for one in run)):
            run.append(want)
            continue
        if len({one.matter.pk for one in run}) > 1:
            yield sorted(run, key=lambda one: one.weight)
        run = [want] if want is not None else []
