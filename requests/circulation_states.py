"""States and choices of papers that go round for countersigning (domain §3.5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PaperState(models.TextChoices):
    """Where a circulating paper stands."""

    DRAFT = "draft", pgettext_lazy("circulation", "Draft")
    ROUTING = "routing", pgettext_lazy("circulation", "Going round")
    CONSOLIDATING = "consolidating", pgettext_lazy("circulation", "Opinions being merged")
    SIGNED_OFF = "signed_off", pgettext_lazy("circulation", "Signed off")
    ISSUED = "issued", pgettext_lazy("circulation", "Issued")
    FILED = "filed", pgettext_lazy("circulation", "Put on file")
    PULLED_BACK = "pulled_back", pgettext_lazy("circulation", "Pulled back")
    SUPERSEDED = "superseded", pgettext_lazy("circulation", "Replaced")


UNDER_WAY = (PaperState.ROUTING, PaperState.CONSOLIDATING)
# Before it has its number: with its matter it ends wherever it lies.
OUT = (*UNDER_WAY, PaperState.SIGNED_OFF)
CHANGEABLE = (*UNDER_WAY, PaperState.PULLED_BACK)
SIGNED = (PaperState.SIGNED_OFF, PaperState.ISSUED, PaperState.FILED, PaperState.SUPERSEDED)
NUMBERED = (PaperState.ISSUED, PaperState.FILED, PaperState.SUPERSEDED)


class SignState(models.TextChoices):
    """Where one department's signature stands; that it is overdue is told by its obligation."""

    WAITING = "waiting", pgettext_lazy("countersign", "Not signed yet")
    RECEIVED = "received", pgettext_lazy("countersign", "Received")
    OPINED = "opined", pgettext_lazy("countersign", "Countersigned")
    ADOPTED = "adopted", pgettext_lazy("countersign", "Adopted")
    PARTLY = "partly", pgettext_lazy("countersign", "Partly adopted")
    NOT_ADOPTED = "not_adopted", pgettext_lazy("countersign", "Not adopted")


UNSIGNED = (SignState.WAITING, SignState.RECEIVED)
ANSWERS = (SignState.ADOPTED, SignState.PARTLY, SignState.NOT_ADOPTED)
ANSWER_CHOICES = [(one.value, one.label) for one in ANSWERS]


class SignOpinion(models.TextChoices):
    """What a department says to the paper."""

    AGREE = "agree", pgettext_lazy("countersign", "Agree")
    CONDITIONS = "conditions", pgettext_lazy("countersign", "Agree with conditions")
    DISAGREE = "disagree", pgettext_lazy("countersign", "Disagree")
    NO_COMMENT = "no_comment", pgettext_lazy("countersign", "No comment")
    NOT_OURS = "not_ours", pgettext_lazy("countersign", "Not our duty")


OBJECTIONS = (SignOpinion.CONDITIONS, SignOpinion.DISAGREE)
NEED_REASON = (*OBJECTIONS, SignOpinion.NOT_OURS)


class Silence(models.TextChoices):
    """What silence means when the limit has passed (§3.5): the head is asked, or there is no objection."""

    ESCALATE = "escalate", _("The head is asked, one working day more")
    DEEMED = "deemed", _("Counts as no objection")


class DutyRuling(models.TextChoices):
    """What the office said to “not our duty”."""

    UPHELD = "upheld", pgettext_lazy("duty", "Not its duty")
    REJECTED = "rejected", pgettext_lazy("duty", "Its duty")
