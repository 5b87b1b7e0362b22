"""States and choices of contact sheets and letters (domain §4, forms F4 and F5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LetterForm(models.TextChoices):
    """Which of the two papers it is: they travel the same way and differ in their fields and their layout."""

    SHEET = "sheet", _("Work contact sheet")
    LETTER = "letter", _("Coordination letter")


class LetterState(models.TextChoices):
    """Where a paper between departments stands."""

    DRAFT = "draft", pgettext_lazy("letter", "Draft")
    SIGNING = "signing", pgettext_lazy("letter", "Waiting for the signature")
    SIGNED = "signed", pgettext_lazy("letter", "Signed")
    SENT = "sent", pgettext_lazy("letter", "Sent")
    CLOSED = "closed", pgettext_lazy("letter", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("letter", "Taken back")
    SUPERSEDED = "superseded", pgettext_lazy("letter", "Replaced")


# Before the signature it is the affair of the issuing department alone.
INTERNAL = (LetterState.DRAFT, LetterState.SIGNING)
# Somebody holds it: its signer, whoever sends it, whoever answers it.
UNDER_WAY = (LetterState.SIGNING, LetterState.SIGNED, LetterState.SENT)
# It has not gone out yet; it has gone out and holds.
UNSENT = (LetterState.DRAFT, LetterState.SIGNING, LetterState.SIGNED)
STANDING = (LetterState.SENT, LetterState.CLOSED)
NUMBERED = (LetterState.SIGNED, LetterState.SENT, LetterState.CLOSED, LetterState.SUPERSEDED)
# What other departments have received, or had received.
DELIVERED = (LetterState.SENT, LetterState.CLOSED, LetterState.SUPERSEDED, LetterState.WITHDRAWN)


class Reply(models.TextChoices):
    """What an addressed department answers (F4, 办理意见)."""

    AGREE = "agree", pgettext_lazy("letter reply", "Agree, will do it")
    CONDITIONS = "conditions", pgettext_lazy("letter reply", "With conditions")
    NOT_OURS = "not_ours", pgettext_lazy("letter reply", "Not the duty of this department")
    DISAGREE = "disagree", pgettext_lazy("letter reply", "Disagree")


class WishReason(models.TextChoices):
    """Why the system makes the draft of a special meeting: passed on too often (R100), or its lead asks for it (R050)."""

    THIRD = "third", _("Passed on for the third time")
    BACK = "back", _("Passed back to where it came from")
    LEAD = "lead", _("Asked for by the lead of the project")
    COUNTERSIGN = "sign", _("Departments disagree when countersigning")
