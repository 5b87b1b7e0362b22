"""Kinds, states and outcomes of obligations, and the steps of the ladder."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What somebody owes. Every kind but EXECUTE, END_INTERIM, MEND, IMPROVE, RESTART, RETURN_LOAN and LEVEL has a default limit in `TimeLimit`
    (domain 6.1); LEVEL has that of an approval by the office."""

    ACCEPT = "accept", _("Acceptance")
    CONFIRM_URGENCY = "confirm_urgency", _("Confirmation of extra urgency")
    COMPLETE = "complete", _("Completion by the applicant")
    PAPERS = "papers", _("Papers after an oral start")
    CONFIRM_ORDER = "confirm_order", _("Answer to an oral order")
    REVIEW_WINDOW = "review_window", _("Period for a review of a refusal")
    REVIEW_REFUSAL = "review_refusal", _("Review of a refusal")
    RECEIPT = "receipt", _("Receipt")
    FIRST_REPLY = "first_reply", _("First substantive reply")
    LETTER_REPLY = "letter_reply", _("Reply to a letter")
    OPINION = "opinion", _("Opinion")
    COUNTERSIGN = "countersign", _("Countersigning")
    CHANGE_ASSESS = "change_assess", _("Assessment of a change")
    CHANGE_APPROVE = "change_approve", _("Approval of a change")
    CHANGE_APPLY = "change_apply", _("Carrying out of a change")
    CHANGE_READ = "change_read", _("Signature for a change")
    CHANGE_VERIFY = "change_verify", _("Check of a change")
    FILL_POST = "fill_post", _("Filling of a vacant post")
    NAME_READER = "name_reader", _("Naming of a reader")
    DUTY_RULING = "duty_ruling", _("Ruling on whose duty it is")
    CONSOLIDATE = "consolidate", _("Merging of the opinions")
    ISSUE_PAPER = "issue_paper", _("Issue of a paper")
    APPROVE_DEPARTMENT = "approve_department", _("Approval by the department")
    APPROVE_OFFICE = "approve_office", _("Approval by the coordination office")
    APPROVE_LEADER = "approve_leader", _("Approval by the leadership")
    PREPARE = "prepare", _("Preparation")
    DECIDE = "decide", _("Decision")
    ISSUE_ACTION_ITEMS = "issue_action_items", _("Issuing of action items")
    MEETING_NOTICE = "meeting_notice", _("Notice of the meeting")
    MINUTES_DRAFT = "minutes_draft", _("Draft of the minutes")
    MINUTES_CONFIRM = "minutes_confirm", _("Confirmation of the minutes")
    MINUTES_SIGN = "minutes_sign", _("Signature of the minutes")
    MINUTES_ISSUE = "minutes_issue", _("Issue of the minutes")
    EXECUTE = "execute", _("Execution")
    PROGRESS = "progress", _("Progress report")
    RELEASE_WINDOW = "release_window", _("Period for a release request")
    RELEASE_REPLY = "release_reply", _("Reply to a release request")
    EXTENSION_REPLY = "extension_reply", _("Reply to an extension request")
    VERIFY = "verify", _("Verification")
    MEND = "mend", _("Mending of a defect")
    CLOSE_EXECUTION = "close_execution", _("Completion of the execution")
    RESTART = "restart", _("Restart after a suspension")
    CONFIRM = "confirm", _("Confirmation by the applicant")
    SURVEY = "survey", _("Satisfaction survey")
    NOTICE_WINDOW = "notice_window", _("Period of a public notice")
    OBJECTION_REPLY = "objection_reply", _("Answer to an objection")
    END_INTERIM = "end_interim", _("End of an interim measure")
    LEVEL = "level", _("Lowering of the level")
    ARCHIVE = "archive", _("Archiving")
    NEGOTIATE = "negotiate", _("Negotiation")
    MEDIATE = "mediate", _("Mediation")
    RULE = "rule", _("Ruling")
    APPEAL_WINDOW = "appeal_window", _("Period for an appeal")
    APPEAL_DECISION = "appeal_decision", _("Decision on the appeal")
    COMPLAINT_SCREENING = "complaint_screening", _("Screening of a complaint")
    COMPLAINT_ANSWER = "complaint_answer", _("Answer to a complaint")
    COMPLAINT_INVESTIGATION = "complaint_investigation", _("Investigation of a complaint")
    COMPLAINT_APPEAL = "complaint_appeal", _("Period for a review request")
    COMPLAINT_REVIEW = "complaint_review", _("Review of a complaint")
    RETURN_LOAN = "return_loan", _("Return of a loan")
    CONFIRM_RETURN = "confirm_return", _("Confirmation of a return")
    REVIEW = "review", _("Review after the end")
    IMPROVE = "improve", _("Improvement")
    CONSENT = "consent", _("Word on the tasks of a plan")
    SETTLE_TASKS = "settle_tasks", _("Settlement of disputed tasks")
    ACCEPT_STAGE = "accept_stage", _("Acceptance of a stage")
    WATCH_RISK = "watch_risk", _("Look at a high risk")
    HEADS_WORD = "heads_word", _("Word of the head on an agreement")
    REVIEW_PROGRESS = "review_progress", _("Progress review")
    SHARING_CHECK = "sharing_check", _("Check of a sharing request")
    SHARING_PROVIDE = "sharing_provide", _("Answer of the providing department")


# What a person owes in the own name: it stays with whoever only changes posts.
PERSONAL = (
    Kind.COMPLETE,
    Kind.PAPERS,
    Kind.CONFIRM_ORDER,
    Kind.RECEIPT,
    Kind.MINUTES_CONFIRM,
    Kind.CONFIRM,
    Kind.SURVEY,
    Kind.CHANGE_READ,
)

# Nobody gives another's word: of a closed account it goes to the head of the office, who closes it with a reason (Q23).
OWN_WORD = (Kind.CONFIRM_ORDER,)

# What the coordination office owes as the office: it waits for its officers. Whoever only speaks for the office as a
# department, among others its secretary, reads none of these matters and would follow a row into nothing.
OFFICE_WORK = (
    Kind.ACCEPT, Kind.DECIDE, Kind.VERIFY, Kind.ARCHIVE, Kind.RULE, Kind.CHANGE_VERIFY, Kind.FILL_POST,
)  # fmt: skip


class Urgency(models.TextChoices):
    NORMAL = "normal", pgettext_lazy("urgency", "Normal")
    URGENT = "urgent", pgettext_lazy("urgency", "Urgent")
    EXTRA = "extra", pgettext_lazy("urgency", "Extra urgent")


class Unit(models.TextChoices):
    DAYS = "days", _("working days")
    HOURS = "hours", _("working hours")


class Warned(models.TextChoices):
    """Why a duty is yellow although its date is still far (R085, R089)."""

    REPORT = "report", _("no report in time")
    FORECAST = "forecast", _("expected late")
    BEHIND = "behind", _("behind the time")


class State(models.TextChoices):
    OPEN = "open", pgettext_lazy("obligation", "Open")
    SUSPENDED = "suspended", pgettext_lazy("obligation", "Suspended")
    DISCHARGED = "discharged", pgettext_lazy("obligation", "Discharged")
    CANCELLED = "cancelled", pgettext_lazy("obligation", "Cancelled")


RUNNING = (State.OPEN.value, State.SUSPENDED.value)


class Outcome(models.TextChoices):
    """How an obligation ended; empty while it runs."""

    DONE = "done", pgettext_lazy("obligation", "Done")
    DEEMED = "deemed", pgettext_lazy("obligation", "Deemed done")
    LAPSED = "lapsed", pgettext_lazy("obligation", "Lapsed")
    HANDED_OVER = "handed_over", pgettext_lazy("obligation", "Handed over")
    CANCELLED = "cancelled", pgettext_lazy("obligation", "Cancelled")


# Silence has spoken: the step that says so still goes out, at the next opening of the office.
TOLD_AFTERWARDS = (Outcome.DEEMED.value, Outcome.LAPSED.value)


class OnLapse(models.TextChoices):
    """What the app that owns the kind does when the limit passes unanswered."""

    NOTHING = "nothing", _("Nothing")
    DEEMED = "deemed", _("Counts as done")


class Scope(models.TextChoices):
    """What a pause holds: the clock, or only the rungs from the first overdue one on (domain 6.2)."""

    CLOCK = "clock", _("The clock")
    RUNGS = "rungs", _("Only the reminders")


class Step(models.TextChoices):
    """Rungs of the ladder (domain 6.2), lowest first; LAPSE stands for every obligation without a ladder."""

    L0 = "L0", _("Counted as received")
    L1 = "L1", _("Friendly reminder")
    L2 = "L2", _("Reminder on the eve")
    L3 = "L3", _("First overdue reminder")
    LAPSE = "lapse", _("Limit passed")


# Held back while a pause of scope RUNGS is open: a pending extension freezes L3, not L1 and L2 (domain 6.2).
FROZEN_BY_RUNGS = (Step.L3.value, Step.LAPSE.value)


# What may be told of an obligation that ended by silence.
STEPS_OF_SILENCE = (Step.L0.value, Step.LAPSE.value)


class ReminderStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("reminder", "Planned")
    SENT = "sent", pgettext_lazy("reminder", "Sent")
    OBSOLETE = "obsolete", pgettext_lazy("reminder", "Obsolete")
    SUPERSEDED = "superseded", pgettext_lazy("reminder", "Superseded")
