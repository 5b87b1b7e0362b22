"""States and choices of the matter and of what hangs on it (domain §3.1, §3.2, §4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """Where a matter stands (domain §3.1). Suspension is not a stage but a fact beside it."""

    DRAFT = "draft", pgettext_lazy("stage", "Draft")
    PROPOSAL = "proposal", pgettext_lazy("stage", "Proposal")
    PREPARATION = "preparation", pgettext_lazy("stage", "Preparation")
    DECISION = "decision", pgettext_lazy("stage", "Decision")
    EXECUTION = "execution", pgettext_lazy("stage", "Execution")
    FEEDBACK = "feedback", pgettext_lazy("stage", "Feedback")
    ARCHIVED = "archived", pgettext_lazy("stage", "Archive")
    RETURNED = "returned", pgettext_lazy("stage", "Returned for completion")
    REJECTED = "rejected", pgettext_lazy("stage", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("stage", "Withdrawn")
    MERGED = "merged", pgettext_lazy("stage", "Merged")


MAIN_LINE = (
    Stage.PROPOSAL, Stage.PREPARATION, Stage.DECISION, Stage.EXECUTION, Stage.FEEDBACK, Stage.ARCHIVED,
)  # fmt: skip
ACTIVE = (
    Stage.PROPOSAL, Stage.RETURNED, Stage.PREPARATION, Stage.DECISION, Stage.EXECUTION, Stage.FEEDBACK,
)  # fmt: skip
ENDED = (Stage.ARCHIVED, Stage.REJECTED, Stage.WITHDRAWN, Stage.MERGED)
BEFORE_ACCEPTANCE = (Stage.DRAFT, Stage.PROPOSAL, Stage.RETURNED)
# Until the decision a paper of the matter can be taken back.
PAPERS_MAY_GO = (Stage.DRAFT, Stage.RETURNED, Stage.PROPOSAL, Stage.PREPARATION, Stage.DECISION)
MERGEABLE = (Stage.PROPOSAL, Stage.PREPARATION)
SUSPENDABLE = (Stage.PREPARATION, Stage.DECISION, Stage.EXECUTION)


class Category(models.TextChoices):
    """The six kinds of matters (R041)."""

    INTERNAL = "internal", _("Internal affairs")
    SERVICE = "service", _("Public service")
    POLICY = "policy", _("Joint policy")
    PROJECT = "project", _("Major project")
    SAFETY = "safety", _("Emergency, safety, environment")
    DIGITAL = "digital", _("Digital collaboration")


# What belongs in each category, in one sentence (R041).
BELONGS = {
    Category.INTERNAL: _(
        "Duties, procedures, money and things inside the house that one department cannot settle."
    ),
    Category.SERVICE: _("Services to the public or to the staff that pass through several departments."),
    Category.POLICY: _("Rules and papers that several departments draft, countersign and publish together."),
    Category.PROJECT: _("Projects with a plan and a budget that several departments deliver together."),
    Category.SAFETY: _("Hazards, incidents and questions of the environment that cannot wait."),
    Category.DIGITAL: _("Sharing data, connecting systems, building platforms together."),
}


class Confidentiality(models.TextChoices):
    """The four levels of domain §5. The level only narrows what a relation allows."""

    PUBLIC = "public", pgettext_lazy("level", "Public")
    INTERNAL = "internal", pgettext_lazy("level", "Internal")
    RESTRICTED = "restricted", pgettext_lazy("level", "Restricted")
    CONFIDENTIAL = "confidential", pgettext_lazy("level", "Confidential")


# The levels that whole departments read; the highest one is read by persons only.
OPEN_LEVELS = (Confidentiality.PUBLIC, Confidentiality.INTERNAL, Confidentiality.RESTRICTED)
OPEN_LEVEL_CHOICES = [(level.value, level.label) for level in OPEN_LEVELS]
LEVEL_NOT_OFFERED = _("“Confidential” is chosen in the form itself, matter by matter. Choose another level.")

# Why somebody reads (`Reader.why`): whoever was named; and of the relations of persons that of the applicant alone
# opens a confidential matter.
NAMED = "named"
OPENS_CONFIDENTIAL = ("applicant", NAMED)


def is_stricter(level: str, other: str) -> bool:
    """Whether this level narrows more than the other one."""
    order = Confidentiality.values
    return order.index(level) > order.index(other)


class LevelState(models.TextChoices):
    """What became of a change of the level: raised at once, lowered by two persons (domain §5, R150)."""

    DONE = "done", pgettext_lazy("level", "Changed")
    PROPOSED = "proposed", pgettext_lazy("level", "Waits for the second person")
    REFUSED = "refused", pgettext_lazy("level", "Not agreed")
    WITHDRAWN = "withdrawn", pgettext_lazy("level", "Taken back")


class Route(models.TextChoices):
    """Whom the applicant hands the form to (R027)."""

    OFFICE = "office", _("Coordination office")
    OWN_HEAD = "own_head", _("Head of own department")


class GapCode(models.TextChoices):
    """What a form returned for completion lacks (Q2)."""

    GOAL = "goal", _("Goal unclear")
    REASON = "reason", _("Reason of a refusal missing")
    SCOPE = "scope", _("Scope unclear")
    DEPARTMENTS = "departments", _("Departments not right")
    MATERIAL = "material", _("Material missing")
    TALKS = "talks", _("Departments not asked first")
    OTHER = "other", _("Other")


class RejectionGround(models.TextChoices):
    """Why a matter is not taken on (Q9)."""

    NOT_CROSS_DEPARTMENT = "not_cross_department", _("Concerns one department only")
    NO_BASIS = "no_basis", _("No basis in law or rules")
    OUT_OF_POWER = "out_of_power", _("Beyond this institution's power")
    SETTLED = "settled", _("Already settled")
    NOT_APPROVED = "not_approved", pgettext_lazy("approval", "Not approved")


# What the office refuses on; that a level did not approve is said by that level alone (Q8).
OFFICE_GROUNDS = [choice for choice in RejectionGround.choices if choice[0] != RejectionGround.NOT_APPROVED]


class UrgencyWish(models.TextChoices):
    """What became of the wish for extra urgency (R040)."""

    ASKED = "asked", pgettext_lazy("urgency", "Waits for confirmation")
    CONFIRMED = "confirmed", pgettext_lazy("urgency", "Confirmed")
    DENIED = "denied", pgettext_lazy("urgency", "Not confirmed")


class OrderAnswer(models.TextChoices):
    """What the person who is said to have given an oral order says to it (Q23)."""

    CONFIRMED = "confirmed", pgettext_lazy("order", "Confirmed")
    DENIED = "denied", pgettext_lazy("order", "Not given")
    LEFT = "left", pgettext_lazy("order", "Not confirmed, the giver has left")


class ReviewLevel(models.TextChoices):
    """Who looks at a refusal again (R048): the first of these who neither refused nor filed it."""

    OFFICE_HEAD = "office_head", _("Head of the coordination office")
    LEADER = "leader", _("Leader in charge")
    CHAIR = "chair", _("Committee chair")


class ReviewOutcome(models.TextChoices):
    UPHELD = "upheld", pgettext_lazy("review", "Upheld")
    OVERTURNED = "overturned", pgettext_lazy("review", "Overturned")


# Why a condition of acceptance is not met (R028): the applicant can complete it, or it speaks against taking it on.
UNMET_CODES = [*GapCode.choices, *OFFICE_GROUNDS]


class Means(models.TextChoices):
    """How somebody was asked before filing (F1)."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By telephone")
    MESSAGE = "message", _("By message")
    LETTER = "letter", _("In writing")


# An order that was given in writing is no oral one.
ORAL = [choice for choice in Means.choices if choice[0] != Means.LETTER]


class Channel(models.TextChoices):
    """Where a message that was put on record was said (R068)."""

    WECOM = "wecom", _("WeCom")
    WECHAT = "wechat", _("WeChat")
    DINGTALK = "dingtalk", _("DingTalk")
    SMS = "sms", _("Text message")
    MAIL = "mail", pgettext_lazy("channel", "E-mail")
    PHONE = "phone", pgettext_lazy("channel", "Telephone")
    OTHER = "other", pgettext_lazy("channel", "Other")


class ListPage(models.TextChoices):
    """The lists whose filters are saved as tabs."""

    MATTERS = "matters", _("Matters")
    ITEMS = "items", _("Supervision register")


class Answer(models.TextChoices):
    """What the other side answered to an attempt (R033, R034)."""

    AGREED = "agreed", pgettext_lazy("answer", "Agreed")
    CONDITIONS = "conditions", pgettext_lazy("answer", "With conditions")
    REFUSED = "refused", pgettext_lazy("answer", "Refused")
    NO_ANSWER = "no_answer", pgettext_lazy("answer", "No answer")


class Role(models.TextChoices):
    LEAD = "lead", _("Lead department")
    CO = "co", _("Co-handling department")


class Opinion(models.TextChoices):
    """A department's position (R055)."""

    AGREE = "agree", pgettext_lazy("opinion", "Agree")
    CONDITIONS = "conditions", pgettext_lazy("opinion", "Agree with conditions")
    DISAGREE = "disagree", pgettext_lazy("opinion", "Disagree")
    NO_COMMENT = "no_comment", pgettext_lazy("opinion", "No comment")


NEEDS_REASON = (Opinion.CONDITIONS, Opinion.DISAGREE)


class Outcome(models.TextChoices):
    """What became of a core question (domain §3, Questions)."""

    OPEN = "open", pgettext_lazy("outcome", "Open")
    AGREED = "agreed", pgettext_lazy("outcome", "Agreed")
    IN_PRINCIPLE = "in_principle", pgettext_lazy("outcome", "Agreed in principle")
    DEFERRED = "deferred", pgettext_lazy("outcome", "Deferred")
    NOT_AGREED = "not_agreed", pgettext_lazy("outcome", "Not agreed")
    IN_DISPUTE = "in_dispute", pgettext_lazy("outcome", "In dispute")
    SETTLED = "settled", pgettext_lazy("outcome", "Settled")


class Track(models.TextChoices):
    """Which way a question goes (R051): straight to the decision of the office, or to the meeting."""

    UNDISPUTED = "undisputed", pgettext_lazy("question", "Undisputed")
    DISPUTED = "disputed", pgettext_lazy("question", "Disputed")


class Handling(models.TextChoices):
    """On which track a matter is handled (R039): the simple one is an acceptance and letters, without a meeting."""

    FULL = "full", pgettext_lazy("handling", "Full track")
    SIMPLE = "simple", pgettext_lazy("handling", "Simple track")


FINAL_OUTCOMES = (Outcome.AGREED, Outcome.IN_PRINCIPLE, Outcome.SETTLED)


class DecisionWay(models.TextChoices):
    """How a matter was decided."""

    MEETING = "meeting", _("By a meeting")
    OFFICE = "office", _("By the office on unanimous opinions")
    RULING = "ruling", _("By a ruling")
    SETTLED = "settled", _("By an agreement of the parties")
    COUNTERSIGN = "cosign", _("By countersigning")
    LETTERS = "letters", _("By letters of agreement")
    ORDER = "order", _("By an oral order")


class ItemState(models.TextChoices):
    """Where an action item stands (domain §3.2)."""

    DRAFTED = "drafted", pgettext_lazy("item", "Drafted")
    ISSUED = "issued", pgettext_lazy("item", "Issued")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("item", "Signed for")
    IN_PROGRESS = "in_progress", pgettext_lazy("item", "In progress")
    RELEASING = "releasing", pgettext_lazy("item", "Release asked")
    SUBMITTED = "submitted", pgettext_lazy("item", "Reported done")
    CLOSED = "closed", pgettext_lazy("item", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("item", "Cancelled")


ITEM_OPEN = (
    ItemState.ISSUED, ItemState.RELEASING, ItemState.ACKNOWLEDGED, ItemState.IN_PROGRESS, ItemState.SUBMITTED,
)  # fmt: skip

# Somebody else has the ball: the verifier, or the office that rules on a release.
WITH_OTHERS = (ItemState.SUBMITTED, ItemState.RELEASING)
BEING_WORKED_ON = (ItemState.ISSUED, ItemState.ACKNOWLEDGED, ItemState.IN_PROGRESS)


class Receipt(models.TextChoices):
    """How an item was received: signed for by a person, or counted as received (R101)."""

    REAL = "real", _("Signed")
    DEEMED = "deemed", _("Counted as received")


class ExtensionState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("extension", "Asked")
    APPROVED = "approved", pgettext_lazy("extension", "Approved")
    DENIED = "denied", pgettext_lazy("extension", "Denied")
    DROPPED = "dropped", pgettext_lazy("extension", "Fallen away")


class Approver(models.TextChoices):
    """Who decides on an extension, by its length in working days (A7)."""

    HEAD = "head", _("Department head")
    LEADER = "leader", _("Leader in charge")
    CHAIR = "chair", _("Committee chair")


class ReleaseState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("release", "Asked")
    GRANTED = "granted", pgettext_lazy("release", "Granted")
    REJECTED = "rejected", pgettext_lazy("release", "Not granted")
    DROPPED = "dropped", pgettext_lazy("release", "Fallen away")
