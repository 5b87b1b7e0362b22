"""The number series of the office."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Series(models.TextChoices):
    """The sign before the year in a number (domain §4): 协〔2026〕41号."""

    REQUEST = "协", _("Coordination requests")
    PROJECT = "立", _("Project applications")
    PLAN = "计", _("Plans")
    CONTACT_SHEET = "联", _("Contact sheets")
    LETTER = "协函", _("Coordination letters")
    MEETING = "会", _("Meeting notices")
    MINUTES = "纪", _("Minutes")
    ACTION_ITEM = "督", _("Action items")
    SLIP = "督单", _("Supervision slips")
    CHANGE = "变", _("Change requests")
    ACCEPTANCE = "验", _("Acceptance forms")
    DISPUTE = "争", _("Disputes")
    RULING = "裁", _("Rulings")
    COMPLAINT = "诉", _("Complaints")
    REVIEW = "复", _("Reviews")
    DOSSIER = "案", _("Dossiers")
    PAPER = "协调", _("Countersigned papers")
    INCOMING = "收文", _("Incoming papers")
    OUTGOING = "发文", _("Outgoing papers")
