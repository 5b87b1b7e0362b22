"""Material comes to a meeting and is taken back (M2, F6, F7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.base import File as Upload
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import today
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from documents import flows as documents
from meetings import notice_rules, policies
from meetings.flows.shared import insist_on_state, invited, lock, stamp, tell_people, tell_story
from meetings.models import AgendaItem, Material, Meeting
from meetings.states import COMING, MeetingState
from organization.models import User


@flow
def add_material(
    *,
    meeting_id: int,
    by: User,
    uploads: Sequence[Upload[Any]],
    item: AgendaItem | None = None,
    due_on: date | None = None,
    late_reason: str = "",
) -> list[Material]:
    """Add all of these papers, or none. Later than the rule allows they need the chair, or a reason (M2)."""
    meeting = lock(meeting_id)
    if not policies.may_add_material(meeting, item, by):
        raise NotYours(
            _("Only those who arrange the meeting, or put or present the topic, add its material.")
        )
    insist_on_state(meeting, *COMING, MeetingState.IN_SESSION)
    _insist_on_papers(meeting, item, uploads)
    latest = notice_rules.latest_material(meeting)
    day = due_on or max(latest, today())
    is_chair = policies.is_chair(meeting, by)
    reason = late_reason.strip()
    notice_rules.insist_on_material_day(meeting, day, latest, has_leave=is_chair or bool(reason))
    rows = [
        Material.objects.create(
            meeting=meeting, item=item, file=_kept(meeting, item, upload, by=by), due_on=day, is_late=day > latest,
            late_reason=reason if day > latest else "", agreed_by=by if is_chair and day > latest else None,
        )
        for upload in uploads
    ]  # fmt: skip
    if meeting.state == MeetingState.CALLED:
        tell_people(
            meeting, invited(meeting), _n("There is new material for the meeting %(number)s."),
            key=f"material:{stamp()}",
        )  # fmt: skip
    tell_story(
        meeting, "add_material", _n("%(actor)s added %(count)s files of material, until %(day)s."), by=by,
        params={"count": len(rows), "day": f"{day:%Y-%m-%d}"}, reason=reason,
        tone="warn" if day > latest else "",
    )  # fmt: skip
    return rows


@flow
def remove_material(*, material_id: int, by: User) -> None:
    """Take an own paper back while nobody has been told of it; afterwards a newer version takes its place."""
    meeting = lock(Material.objects.values_list("meeting_id", flat=True).get(pk=material_id))
    row: Material = Material.objects.select_related("file").get(pk=material_id)
    if row.file.uploaded_by_id != by.pk:
        raise NotYours(_("Only the person who uploaded a file may remove it."))
    if meeting.state not in (MeetingState.PLANNED, MeetingState.POSTPONED):
        raise NotReady(_("The notice has gone out and people read this. Add a newer version instead."))
    documents.remove(file_id=row.file_id, by=by)


def _insist_on_papers(meeting: Meeting, item: AgendaItem | None, uploads: Sequence[Any]) -> None:
    if item is not None and item.meeting_id != meeting.pk:
        raise Invalid(
            _("Choose a topic of this meeting."), fields={"item": [_("Choose a topic of this meeting.")]}
        )
    if not uploads:
        raise Invalid(_("Choose at least one file."), fields={"uploads": [_("Choose at least one file.")]})


def _kept(meeting: Meeting, item: AgendaItem | None, upload: Upload[Any], *, by: User) -> Any:
    """Material of a topic lies with the topic's matter, so that its dossier holds it."""
    try:
        return documents.attach(
            upload=upload, subject_type=Meeting.SUBJECT, subject_id=meeting.pk, by=by,
            case_id=item.matter_id if item else None, kind=f"item:{item.pk}" if item else "material",
        )  # fmt: skip
    except Invalid as refusal:
        sentence = f"{upload.name}: {refusal}"
        raise Invalid(sentence, fields={"uploads": [sentence]}) from refusal
