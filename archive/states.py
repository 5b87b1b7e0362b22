"""Choices of the dossier (form F20)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Characters of an archive number: fonds and office are fixed by the archive, the sign by the category.
SIGNS = {"administrative": "WS", "project": "XM", "data": "SJ", "experience": "JY"}


class DossierCategory(models.TextChoices):
    """What the dossier is kept as (R187)."""

    ADMINISTRATIVE = "administrative", pgettext_lazy("dossier", "Administrative")
    PROJECT = "project", pgettext_lazy("dossier", "Project")
    DATA = "data", pgettext_lazy("dossier", "Data")
    EXPERIENCE = "experience", pgettext_lazy("dossier", "Experience")


class EntryKind(models.TextChoices):
    """What one entry of the catalogue is."""

    FORM = "form", _("Request form")
    ATTEMPTS = "attempts", _("Talks before filing")
    CHECKS = "checks", _("Conditions of acceptance")
    APPROVALS = "approvals", _("Project application and approvals")
    REVIEW = "review", _("Review of the refusal")
    ORDER = "order", _("Oral order")
    GAPS = "gaps", _("Returns for completion")
    FILE = "file", _("File")
    MESSAGES = "messages", _("Messages on record")
    OPINIONS = "opinions", _("Opinions of the departments")
    LETTER = "letter", _("Contact sheet or letter")
    NOTICES = "notices", _("Public notices with objections")
    MEASURES = "measures", _("Definitive and interim measures")
    CIRCULATION = "circulation", _("Countersigned paper")
    EFFECTS = "effects", _("Gains and losses")
    VISITS = "visits", _("Site visits")
    DIGEST = "digest", _("Digest for the leaders")
    OUTSIDE = "outside", _("Incoming and outgoing papers")
    HANDOVERS = "handovers", _("Hand-overs")
    MINUTES = "minutes", _("Minutes")
    RESOLUTION = "resolution", _("Resolution")
    APPEALS = "appeals", _("Appeals against the decision")
    PLAN = "plan", _("Collaboration plan")
    ITEM = "item", _("Action item with its reports")
    AGREEMENTS = "agreements", _("Agreements of the departments")
    PROGRESS = "progress", _("Progress reviews")
    LOANS = "loans", _("Ledger of loans")
    CHANGES = "changes", _("Change requests")
    EXTENSIONS = "extensions", _("Extensions")
    REMINDERS = "reminders", _("Reminders sent")
    DISPUTE = "dispute", _("Dispute papers")
    FEEDBACK = "feedback", _("Feedback")
    SURVEY = "survey", _("Satisfaction survey")
    RETROSPECT = "retrospect", _("Review after the end")
    TIMELINE = "timeline", _("Course of the matter")
