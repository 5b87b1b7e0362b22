"""States and choices of meetings, agenda items and minutes (domain §3.4, forms F6 to F9)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(models.TextChoices):
    """Why people meet (F6)."""

    SPECIAL = "special", _("Special coordination meeting")
    JOINT = "joint", _("Joint meeting")
    REGULAR = "regular", _("Regular meeting")
    TALK = "talk", _("Open talk")


# These come round: topics are collected until a cut-off, and the material is out earlier (M2).
COLLECTS_TOPICS = (MeetingKind.JOINT, MeetingKind.REGULAR)


class MeetingState(models.TextChoices):
    """Where a meeting stands (domain §3.4)."""

    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    CALLED = "called", pgettext_lazy("meeting", "Called")
    IN_SESSION = "in_session", pgettext_lazy("meeting", "In session")
    CLOSED = "closed", pgettext_lazy("meeting", "Closed")
    DOCUMENTED = "documented", pgettext_lazy("meeting", "Minutes published")
    POSTPONED = "postponed", pgettext_lazy("meeting", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


COMING = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.POSTPONED)
# Only a meeting that will take place, or does, keeps its people and its room.
TAKES_TIME = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.IN_SESSION)


class ItemKind(models.TextChoices):
    """What an agenda item is for (F7)."""

    DECISION = "decision", pgettext_lazy("agenda", "Decision")
    REPORT = "report", pgettext_lazy("agenda", "Report")
    DISCUSSION = "discussion", pgettext_lazy("agenda", "Discussion")


class Result(models.TextChoices):
    """What became of an agenda item (M6); `noted` is for reports and discussions."""

    AGREED = "agreed", pgettext_lazy("result", "Agreed")
    IN_PRINCIPLE = "in_principle", pgettext_lazy("result", "Agreed in principle")
    DEFERRED = "deferred", pgettext_lazy("result", "Deferred")
    NOT_AGREED = "not_agreed", pgettext_lazy("result", "Not agreed")
    TO_DISPUTE = "to_dispute", pgettext_lazy("result", "Passed to dispute")
    NOTED = "noted", pgettext_lazy("result", "Noted")


AGREED = (Result.AGREED, Result.IN_PRINCIPLE)
NEEDS_DIFFERENCES = (Result.NOT_AGREED, Result.TO_DISPUTE)


class Capacity(models.TextChoices):
    """As what a person sits at the table (F8)."""

    ATTEND = "attend", pgettext_lazy("capacity", "Attending")
    SUBSTITUTE = "substitute", pgettext_lazy("capacity", "Substitute")
    SIT_IN = "sit_in", pgettext_lazy("capacity", "Sitting in")
    RECORDER = "recorder", pgettext_lazy("capacity", "Recorder")


MEMBERS = (Capacity.ATTEND, Capacity.SUBSTITUTE)


class Reply(models.TextChoices):
    """The answer to the notice (M4)."""

    WAITING = "waiting", pgettext_lazy("reply", "No answer yet")
    YES = "yes", pgettext_lazy("reply", "Will come")
    SUBSTITUTE = "substitute", pgettext_lazy("reply", "Sends a substitute")
    LEAVE = "leave", pgettext_lazy("reply", "Asks for leave")


class Attendance(models.TextChoices):
    """Who was there (F8)."""

    OPEN = "open", pgettext_lazy("attendance", "Not arrived")
    PRESENT = "present", pgettext_lazy("attendance", "Present")
    LATE = "late", pgettext_lazy("attendance", "Late")
    LEFT = "left", pgettext_lazy("attendance", "Left early")
    EXCUSED = "excused", pgettext_lazy("attendance", "On leave")
    ABSENT = "absent", pgettext_lazy("attendance", "Absent")


CAME = (Attendance.PRESENT, Attendance.LATE, Attendance.LEFT)
IN_ROOM = (Attendance.PRESENT, Attendance.LATE)


class MinutesState(models.TextChoices):
    """Where the minutes stand (domain §3.4)."""

    DRAFTING = "drafting", pgettext_lazy("minutes", "Being drafted")
    CONFIRMING = "confirming", pgettext_lazy("minutes", "Being confirmed")
    SIGNED = "signed", pgettext_lazy("minutes", "Signed")
    PUBLISHED = "published", pgettext_lazy("minutes", "Published")


class ConfirmationState(models.TextChoices):
    """What an attendee says to the draft (M9)."""

    WAITING = "waiting", pgettext_lazy("confirmation", "Waiting")
    CONFIRMED = "confirmed", pgettext_lazy("confirmation", "Confirmed")
    OBJECTED = "objected", pgettext_lazy("confirmation", "Objected")
    NO_REPLY = "no_reply", pgettext_lazy("confirmation", "No reply")
