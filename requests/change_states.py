"""Choices of the change request (变更申请, F13, domain §3.6)."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ChangeState(models.TextChoices):
    """Where it stands; until it is approved what was decided stays in force."""

    SUBMITTED = "submitted", pgettext_lazy("change", "Being assessed")
    APPROVAL = "approval", pgettext_lazy("change", "Waits for the level of the decision")
    APPROVED = "approved", pgettext_lazy("change", "Approved")
    DENIED = "denied", pgettext_lazy("change", "Not approved")
    IMPLEMENTED = "implemented", pgettext_lazy("change", "Carried out")
    VERIFIED = "verified", pgettext_lazy("change", "Checked")
    WITHDRAWN = "withdrawn", pgettext_lazy("change", "Withdrawn")
    VOID = "void", pgettext_lazy("change", "Void")


RUNNING = (ChangeState.SUBMITTED, ChangeState.APPROVAL, ChangeState.APPROVED, ChangeState.IMPLEMENTED)
APPROVED_CHANGES = (ChangeState.APPROVED, ChangeState.IMPLEMENTED, ChangeState.VERIFIED)
UNDONE = (ChangeState.SUBMITTED, ChangeState.APPROVAL, ChangeState.APPROVED)
UNANSWERED = (ChangeState.SUBMITTED, ChangeState.APPROVAL)


class ChangeObject(models.TextChoices):
    """What is changed (F13, 对象). A new object needs its line in `flows.change_objects.OBJECTS` and nothing else."""

    GOAL = "goal", pgettext_lazy("change", "Goal")
    SCOPE = "scope", pgettext_lazy("change", "Scope")
    TIME = "time", pgettext_lazy("change", "Completion date of the matter")
    RESOURCE = "resource", pgettext_lazy("change", "Lead department")
    BUDGET = "budget", pgettext_lazy("change", "Amount")
    TASK_DATE = "task_date", pgettext_lazy("change", "Due date of an action item")
    TASK_STANDARD = "task_standard", pgettext_lazy("change", "Standard of an action item")
    PLAN = "plan", pgettext_lazy("change", "Collaboration plan")


# What the approvals of a project fix: from then on it is changed at their top level.
FRAME = (ChangeObject.GOAL, ChangeObject.SCOPE, ChangeObject.TIME, ChangeObject.BUDGET)


class ChangeCause(models.TextChoices):
    INTERNAL = "internal", pgettext_lazy("cause", "From inside")
    EXTERNAL = "external", pgettext_lazy("cause", "From outside")


# The five views of the impact (R095), with what they are called.
IMPACTS = {
    "impact_goal": pgettext_lazy("impact", "On the goal"),
    "impact_scope": pgettext_lazy("impact", "On the scope"),
    "impact_resource": pgettext_lazy("impact", "On resources"),
    "impact_time": pgettext_lazy("impact", "On the time"),
    "impact_risk": pgettext_lazy("impact", "On risks"),
}
