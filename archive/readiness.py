"""What still keeps a matter from being sealed, each in one sentence; everything at once (Q19)."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from disputes.models import Dispute
from meetings.models import Meeting
from meetings.states import MeetingState
from requests.models import CoordinationRequest
from requests.panels import held_by
from requests.states import Stage
from supervision.models import Obligation
from supervision.states import Kind


def missing(matter: CoordinationRequest) -> list[str]:
    """Empty when the dossier can be sealed."""
    found = [
        _stage(matter),
        *_items(matter),
        *_owed(matter),
        *_disputes(matter),
        *_blocks(matter),
        *_meetings(matter),
        *_gaps(matter),
    ]
    return [sentence for sentence in found if sentence]


def _stage(matter: CoordinationRequest) -> str:
    if matter.stage != Stage.FEEDBACK:
        return _("The matter stands at “%(stage)s”; it is sealed after the feedback.") % {
            "stage": matter.state_words()
        }
    if matter.feedback_ended_at is None:
        return _("The applicant has neither confirmed the result nor has the time to object run out.")
    return ""


def _items(matter: CoordinationRequest) -> list[str]:
    return [
        _("Action item %(number)s is not closed.") % {"number": item.number or item.text}
        for item in matter.items.unfinished().order_by("pk")
    ]


def _owed(matter: CoordinationRequest) -> list[str]:
    """What anyone still owes on the matter, the sealing itself left aside."""
    open_ones = Obligation.objects.of_case(matter.pk).open().exclude(kind__in=[Kind.ARCHIVE, Kind.SURVEY])
    return [
        _("%(kind)s is still owed by %(holder)s (%(number)s).")
        % {
            "kind": duty.get_kind_display(),
            "holder": duty.holder or duty.holder_department or "—",
            "number": duty.number,
        }
        for duty in open_ones.select_related("holder", "holder_department").order_by("pk")
    ]


def surveys_missing(matter: CoordinationRequest) -> list[str]:
    """Who has still time to answer the survey: the seal waits for them, unless it is said why not (R105)."""
    owed = Obligation.objects.of_case(matter.pk).open().filter(kind=Kind.SURVEY).order_by("pk")
    return [
        _("%(who)s may still answer the survey, until %(due)s.")
        % {"who": held_by(duty), "due": f"{timezone.localtime(duty.due_at):%Y-%m-%d}"}
        for duty in owed.select_related("holder", "holder_department")
    ]


def _disputes(matter: CoordinationRequest) -> list[str]:
    return [
        _("Dispute %(number)s is still open.") % {"number": dispute.number}
        for dispute in Dispute.objects.of_matter(matter.pk).open().order_by("pk")
    ]


def _blocks(matter: CoordinationRequest) -> list[str]:
    return [
        _("%(number)s still blocks the matter.") % {"number": block.number}
        for block in matter.blocks.filter(until=None)
    ]


def _meetings(matter: CoordinationRequest) -> list[str]:
    """A meeting that talked about the matter and has not published its minutes."""
    held = Meeting.objects.filter(items__matter=matter).exclude(
        state__in=[MeetingState.DOCUMENTED, MeetingState.CANCELLED]
    )
    return [
        _("The minutes of %(meeting)s are not published.") % {"meeting": meeting.number or meeting.title}
        for meeting in held.distinct().order_by("pk")
    ]


def _gaps(matter: CoordinationRequest) -> list[str]:
    count = matter.gaps.filter(answered_at=None).count()
    return [_("%(count)s gaps named in a return are unanswered.") % {"count": count}] if count else []
