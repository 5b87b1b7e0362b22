"""Choices of the three approvals of a major matter (R035–R038) and of the project application (form F2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from supervision.states import Kind


class ApprovalLevel(models.TextChoices):
    """The three levels, lowest first (三级审批, Q5–Q7)."""

    DEPARTMENT = "department", _("First review by the department")
    OFFICE = "office", _("Second review by the coordination office")
    LEADER = "leader", _("Final review by the leadership")


# What each level owes while a paper waits for it.
OWED = {
    ApprovalLevel.DEPARTMENT: Kind.APPROVE_DEPARTMENT,
    ApprovalLevel.OFFICE: Kind.APPROVE_OFFICE,
    ApprovalLevel.LEADER: Kind.APPROVE_LEADER,
}


class Chain(models.TextChoices):
    """Which levels a rule asks for (R038)."""

    NONE = "none", pgettext_lazy("chain", "None beyond the acceptance")
    DEPARTMENT = "department", pgettext_lazy("chain", "Department")
    OFFICE = "office", pgettext_lazy("chain", "Department and coordination office")
    ALL = "all", pgettext_lazy("chain", "All three levels")


LEVELS_OF = {
    Chain.NONE: (),
    Chain.DEPARTMENT: (ApprovalLevel.DEPARTMENT,),
    Chain.OFFICE: (ApprovalLevel.DEPARTMENT, ApprovalLevel.OFFICE),
    Chain.ALL: (ApprovalLevel.DEPARTMENT, ApprovalLevel.OFFICE, ApprovalLevel.LEADER),
}


class StepOutcome(models.TextChoices):
    """What came of one level; empty while it waits (Q8)."""

    APPROVED = "approved", pgettext_lazy("approval", "Approved")
    RETURNED = "returned", pgettext_lazy("approval", "Returned one level")
    REJECTED = "rejected", pgettext_lazy("approval", "Not approved")


class ApplicationState(models.TextChoices):
    """Where the project application stands."""

    DRAFTED = "drafted", pgettext_lazy("application", "Being written")
    IN_APPROVAL = "in_approval", pgettext_lazy("application", "Being approved")
    APPROVED = "approved", pgettext_lazy("application", "Approved")
    REJECTED = "rejected", pgettext_lazy("application", "Not approved")
    ENDED = "ended", pgettext_lazy("application", "Ended with its matter")


class Check(models.TextChoices):
    """What every approver looks at (R037)."""

    REASONABLE = "reasonable", _("Reasonableness")
    FEASIBLE = "feasible", _("Feasibility")
    RISK = "risk", _("Risk under control")
    COMPLIANT = "compliant", _("Compliance")
    DUTIES = "duties", _("Clear duties")


class Power(models.TextChoices):
    """What the lead of a project may do for it (F2, 授权范围)."""

    MEETINGS = "meetings", _("Call meetings")
    ITEMS = "items", _("Assign tasks")
    RESOURCES = "resources", _("Use resources")
    MONEY = "money", _("Decide on money")
    DAYS = "days", _("Decide on more time")


class Willingness(models.TextChoices):
    """What a department said when it was asked (F2, 意向)."""

    WILLING = "willing", pgettext_lazy("department", "Willing")
    CONDITIONS = "conditions", pgettext_lazy("department", "With conditions")
    UNWILLING = "unwilling", pgettext_lazy("department", "Not willing")


class ResourceKind(models.TextChoices):
    """人/物/财."""

    PEOPLE = "people", pgettext_lazy("resource", "People")
    THINGS = "things", pgettext_lazy("resource", "Things")
    MONEY = "money", pgettext_lazy("resource", "Money")
