"""Choices of the collaboration plan (协作计划书, form F3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanState(models.TextChoices):
    """Where a version of the plan stands; of each matter one version at most is in force."""

    DRAFT = "draft", pgettext_lazy("plan", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("plan", "Waits for approval")
    IN_FORCE = "in_force", pgettext_lazy("plan", "In force")
    SUPERSEDED = "superseded", pgettext_lazy("plan", "Superseded")


class PlanReach(models.TextChoices):
    """How far a version after the first one reaches, and so who has to agree (R094, §3.6)."""

    INTERNAL = "internal", pgettext_lazy("plan", "Inside the float of one task")
    OFFICE = "office", pgettext_lazy("plan", "Approved by the office")
    SETTLED = "settled", pgettext_lazy("plan", "Approved at the level of the decision")


BEING_WRITTEN = (PlanState.DRAFT, PlanState.SUBMITTED)
APPROVED = (PlanState.IN_FORCE, PlanState.SUPERSEDED)


class TeamRole(models.TextChoices):
    """What somebody is in the team of a plan (F3, 角色)."""

    LEAD = "lead", pgettext_lazy("team", "Project lead")
    DELEGATE = "delegate", pgettext_lazy("team", "Representative")
    RECORDER = "recorder", pgettext_lazy("team", "Recorder")
    QUALITY = "quality", pgettext_lazy("team", "Quality")
    RISK = "risk", pgettext_lazy("team", "Risk")


class Side(models.TextChoices):
    """What a measure of a task counts: what goes in, or what comes out (R080)."""

    INPUT = "input", pgettext_lazy("measure", "Input")
    OUTPUT = "output", pgettext_lazy("measure", "Output")


class Consent(models.TextChoices):
    """What the owner says to a task (R073). Silence is receipt, not consent."""

    NOT_ASKED = "not_asked", pgettext_lazy("task", "Not asked yet")
    WAITING = "waiting", pgettext_lazy("task", "Waits for the owner")
    ACCEPTED = "accepted", pgettext_lazy("task", "Accepted")
    DISPUTED = "disputed", pgettext_lazy("task", "Disputed")
    SILENT = "silent", pgettext_lazy("task", "Received, no word")
    UPHELD = "upheld", pgettext_lazy("task", "Disputed, upheld")


class MilestoneState(models.TextChoices):
    """Whether the stage that ends with a milestone has been accepted (R093)."""

    OPEN = "open", pgettext_lazy("milestone", "Open")
    ACCEPTED = "accepted", pgettext_lazy("milestone", "Accepted")
    WAIVED = "waived", pgettext_lazy("milestone", "Waived")


class Frequency(models.TextChoices):
    """How often the team meets or writes (R076)."""

    WEEKLY = "weekly", pgettext_lazy("frequency", "Weekly")
    FORTNIGHTLY = "fortnightly", pgettext_lazy("frequency", "Every two weeks")
    MONTHLY = "monthly", pgettext_lazy("frequency", "Monthly")
    AS_NEEDED = "as_needed", pgettext_lazy("frequency", "As needed")


class Form(models.TextChoices):
    """By what the team keeps in touch (R076)."""

    MEETING = "meeting", pgettext_lazy("channel of a plan", "Regular meeting")
    REPORT = "report", pgettext_lazy("channel of a plan", "Written report")
    PLATFORM = "platform", pgettext_lazy("channel of a plan", "On the platform")
    SITE = "site", pgettext_lazy("channel of a plan", "On site")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")


class RiskKind(models.TextChoices):
    """What a risk threatens (R078)."""

    TIME = "time", pgettext_lazy("risk", "Schedule")
    MONEY = "money", pgettext_lazy("risk", "Costs")
    QUALITY = "quality", pgettext_lazy("risk", "Quality")
    DUTY = "duty", pgettext_lazy("risk", "Duties")
    SECURITY = "security", pgettext_lazy("risk", "Information security")
    OUTSIDE = "outside", pgettext_lazy("risk", "From outside")


class RiskState(models.TextChoices):
    OPEN = "open", pgettext_lazy("risk", "Open")
    OCCURRED = "occurred", pgettext_lazy("risk", "Has occurred")
    CLOSED = "closed", pgettext_lazy("risk", "Closed")


class DelayMeasure(models.TextChoices):
    """What is done when time runs short (R098)."""

    PEOPLE = "people", pgettext_lazy("measure against delay", "More people")
    PRIORITY = "priority", pgettext_lazy("measure against delay", "Other order of work")
    SCOPE = "scope", pgettext_lazy("measure against delay", "Smaller scope first")
    DATE = "date", pgettext_lazy("measure against delay", "Another date")
    HELP = "help", pgettext_lazy("measure against delay", "Help of the office")


# Likelihood × effect from which a risk stands on the matter's page and on the officer's desk (R078).
HIGH_RISK = 15
