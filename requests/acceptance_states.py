"""Choices of the acceptance sheet (验收单, form F14)."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AcceptanceKind(models.TextChoices):
    """验收类型: while the work goes on, or at its end (R102)."""

    STAGE = "stage", pgettext_lazy("acceptance", "Stage acceptance")
    FINAL = "final", pgettext_lazy("acceptance", "Final acceptance")


class Judgement(models.TextChoices):
    """How completion, quality and time stand against the standard (R103)."""

    MET = "met", pgettext_lazy("acceptance", "Met")
    MOSTLY = "mostly", pgettext_lazy("acceptance", "Mostly met")
    MISSED = "missed", pgettext_lazy("acceptance", "Not met")


class Conclusion(models.TextChoices):
    """结论: follows from the judgements (`acceptance_rules.conclusion_of`)."""

    PASSED = "passed", pgettext_lazy("acceptance", "Passed")
    CONDITIONAL = "conditional", pgettext_lazy("acceptance", "Passed with conditions")
    FAILED = "failed", pgettext_lazy("acceptance", "Not passed")


class Severity(models.TextChoices):
    """严重度 of a defect."""

    MINOR = "minor", pgettext_lazy("defect", "Minor")
    MAJOR = "major", pgettext_lazy("defect", "Major")
    CRITICAL = "critical", pgettext_lazy("defect", "Critical")


class DefectState(models.TextChoices):
    """Where a defect stands. `listed`: its item is owed as a whole again, so the defect is not owed beside it."""

    LISTED = "listed", pgettext_lazy("defect", "Listed")
    OPEN = "open", pgettext_lazy("defect", "To be mended")
    REPORTED = "reported", pgettext_lazy("defect", "To be checked")
    MENDED = "mended", pgettext_lazy("defect", "Mended")


UNMENDED = (DefectState.OPEN, DefectState.REPORTED)
