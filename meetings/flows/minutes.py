"""The minutes from draft to signature (M8, M9, M10)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import NotReady, NotYours
from audit.transitions import insist
from documents.numbers import take
from documents.states import Series
from meetings import document, policies, rules
from meetings.flows.shared import (
    MINUTES,
    is_owed,
    lock_minutes,
    stamp,
    tell_people,
    tell_story,
    what_minutes_owe,
)
from meetings.models import Confirmation, Minutes
from meetings.states import CAME, MEMBERS, ConfirmationState, MinutesState
from organization import people
from organization.collisions import fingerprint, insist_on_seen, last_hand
from organization.models import Department, User
from supervision import flows as supervision
from supervision import limits
from supervision.states import Kind


def seen_of(minutes: Minutes) -> str:
    """What somebody who opens the draft sees of the texts beside the topics."""
    return fingerprint(minutes.summary, minutes.next_meeting, minutes.confidentiality)


@flow
def write_minutes(
    *,
    minutes_id: int,
    by: User,
    summary: str = "",
    next_meeting: str = "",
    distribution: Sequence[Department] | None = None,
    distribution_people: Sequence[User] | None = None,
    confidentiality: str = "",
    seen: str = "",
) -> Minutes:
    """What stands beside the topics: course, next meeting, level, who gets the minutes; never below a matter's level.

    Two may write them: whoever saves second is told who was first (peers.md §2.7, 12).
    """
    minutes = lock_minutes(minutes_id)
    if not policies.may_edit_draft(minutes, by):
        raise NotYours(_("Only the recorder drafts the minutes."))
    if minutes.state != MinutesState.DRAFTING:
        raise NotReady(_("The minutes are no longer a draft. Take them back first."))
    if seen:
        name, at = last_hand(minutes)
        insist_on_seen(seen, seen_of(minutes), name=name, at=at)
    rules.insist_on_no_names(minutes.meeting, summary=summary)
    minutes.summary, minutes.next_meeting = summary.strip(), next_meeting.strip()
    minutes.confidentiality = confidentiality or minutes.confidentiality
    rules.insist_on_level(minutes)
    minutes.save()
    if distribution is not None:
        minutes.distribution.set(distribution)
    if distribution_people is not None:
        minutes.distribution_people.set(distribution_people)
    return minutes


@flow
def send_for_confirmation(*, minutes_id: int, by: User) -> Minutes:
    """M8: to everybody who sat at the table. Refused while a resolution lacks owner, date or standard."""
    minutes = lock_minutes(minutes_id)
    insist(minutes.send, by)
    meeting = minutes.meeting
    rules.insist_on_level(minutes)
    rules.insist_on_complete_draft(meeting.items.for_meeting_page())
    minutes.sent_at = now()
    minutes.send()
    minutes.save()
    supervision.discharge(kind=Kind.MINUTES_DRAFT, subject_type=Minutes.SUBJECT, subject_id=minutes.pk)
    asked = _ask_attendees(minutes)
    for person in asked:
        supervision.owe(
            kind=Kind.MINUTES_CONFIRM,
            holder=person,
            asked_by=by,
            on_lapse="deemed",
            **what_minutes_owe(minutes),
        )
    tell_people(
        meeting,
        asked,
        _n("Please confirm the minutes of %(number)s."),
        key=f"confirm:{minutes.round}",
        url_name=MINUTES,
        to_do=True,
    )
    tell_story(
        meeting, "send_minutes", _n("%(actor)s sent the draft of the minutes to %(count)s people."), by=by,
        params={"count": len(asked)},
    )  # fmt: skip
    _ask_for_signature(minutes)
    return minutes


@flow
def confirm(*, minutes_id: int, by: User) -> Confirmation:
    """M9: it was said so."""
    minutes = lock_minutes(minutes_id)
    row = _speak(minutes, by)
    row.state, row.text, row.spoke_at = ConfirmationState.CONFIRMED, "", now()
    row.save()
    supervision.discharge(
        kind=Kind.MINUTES_CONFIRM, subject_type=Minutes.SUBJECT, subject_id=minutes.pk, holder=by
    )
    tell_story(minutes.meeting, "confirm_minutes", _n("%(actor)s confirmed the minutes."), by=by, tone="ok")
    _ask_for_signature(minutes)
    return row


@flow
def object_to_minutes(*, minutes_id: int, by: User, text: str) -> Confirmation:
    """M9: the own words, or the text of a resolution, were put down wrongly. Later only an addendum helps."""
    minutes = lock_minutes(minutes_id)
    row = _speak(minutes, by)
    rules.insist_on_reason(text, field="text", most=rules.MOST_OF_OBJECTION)
    row.state, row.text, row.spoke_at = ConfirmationState.OBJECTED, text.strip(), now()
    row.save()
    supervision.discharge(
        kind=Kind.MINUTES_CONFIRM, subject_type=Minutes.SUBJECT, subject_id=minutes.pk, holder=by
    )
    meeting = minutes.meeting
    tell_people(
        meeting, [meeting.recorder, meeting.chair], _n("%(name)s objects to the minutes of %(number)s."),
        key=f"objection:{row.pk}:{minutes.round}", params={"name": by.name}, url_name=MINUTES, to_do=True,
    )  # fmt: skip
    tell_story(
        meeting, "object_to_minutes", _n("%(actor)s objected to the minutes."), by=by, reason=text, tone="bad"
    )
    return row


@flow
def answer_objection(*, confirmation_id: int, by: User, answer: str) -> Confirmation:
    """What was done about an objection: the recorder or the chair answers; then it can be signed."""
    minutes = lock_minutes(Confirmation.objects.values_list("minutes_id", flat=True).get(pk=confirmation_id))
    row: Confirmation = (
        Confirmation.objects.select_for_update(of=("self",)).select_related("person").get(pk=confirmation_id)
    )
    if not policies.may_take_back(minutes, by):
        raise NotYours(_("Only the recorder and the chair answer an objection."))
    if minutes.state != MinutesState.CONFIRMING or row.state != ConfirmationState.OBJECTED:
        raise NotReady(_("There is no objection to answer."))
    rules.insist_on_reason(answer, field="answer", most=rules.MOST_OF_OBJECTION)
    row.answer, row.answered_at = answer.strip(), now()
    row.save()
    tell_people(
        minutes.meeting, [row.person], _n("Your objection to the minutes of %(number)s was answered."),
        key=f"answered:{row.pk}:{stamp()}", url_name=MINUTES,
    )  # fmt: skip
    tell_story(
        minutes.meeting, "answer_objection", _n("%(actor)s answered the objection of %(name)s."), by=by,
        params={"name": row.person.name}, reason=answer,
    )  # fmt: skip
    _ask_for_signature(minutes)
    return row


@flow
def deem_confirmed(*, minutes_id: int, person_id: int, by: Any) -> Confirmation | None:
    """M9: the limit has passed in silence: the minutes count as confirmed, marked “no reply”."""
    minutes = lock_minutes(minutes_id)
    row: Confirmation | None = (
        minutes.confirmations.select_for_update(of=("self",))
        .select_related("person")
        .filter(person_id=person_id, state=ConfirmationState.WAITING)
        .first()
    )
    if row is None or minutes.state != MinutesState.CONFIRMING:
        return None
    row.state = ConfirmationState.NO_REPLY
    row.save()
    supervision.discharge(
        kind=Kind.MINUTES_CONFIRM, subject_type=Minutes.SUBJECT, subject_id=minutes.pk, holder=row.person,
        outcome="deemed",
    )  # fmt: skip
    tell_story(
        minutes.meeting, "deem_confirmed", _n("%(name)s did not answer: the minutes count as confirmed."),
        params={"name": row.person.name},
    )  # fmt: skip
    _ask_for_signature(minutes)
    return row


@flow
def take_back(*, minutes_id: int, by: User, reason: str) -> Minutes:
    """Back to the draft before publication: the text changes, so everybody confirms anew."""
    minutes = lock_minutes(minutes_id)
    insist(minutes.take_back, by)
    rules.insist_on_reason(reason)
    minutes.take_back()
    minutes.signed_by = minutes.signed_at = minutes.snapshot = None
    minutes.sha256 = ""
    minutes.save()
    supervision.cancel(subject_type=Minutes.SUBJECT, subject_id=minutes.pk)
    meeting = minutes.meeting
    supervision.owe(
        kind=Kind.MINUTES_DRAFT, holder=meeting.recorder, asked_by=by, **what_minutes_owe(minutes)
    )
    tell_story(
        meeting, "take_back_minutes", _n("%(actor)s took the minutes back to the draft."), by=by, reason=reason,
        tone="warn",
    )  # fmt: skip
    return minutes


@flow
def sign(*, minutes_id: int, by: User) -> Minutes:
    """M10: the chair signs, never the recorder. The text is kept as it stands, with its hash; it takes its number."""
    minutes = lock_minutes(minutes_id)
    insist(minutes.sign, by)
    minutes.number = minutes.number or take(Series.MINUTES)
    minutes.signed_by, minutes.signed_at = by, now()
    minutes.snapshot = document.of_minutes(minutes)
    minutes.sha256 = hash_of(minutes.snapshot)
    minutes.sign()
    minutes.save()
    supervision.discharge(kind=Kind.MINUTES_SIGN, subject_type=Minutes.SUBJECT, subject_id=minutes.pk)
    meeting = minutes.meeting
    publisher = meeting.recorder if policies.may_publish(minutes, meeting.recorder) else None
    supervision.owe(
        kind=Kind.MINUTES_ISSUE, holder=publisher, holder_department=None if publisher else people.office(),
        asked_by=by, due_at=limits.due(Kind.MINUTES_ISSUE, meeting.urgency, meeting.closed_at or now()),
        **what_minutes_owe(minutes),
    )  # fmt: skip
    tell_people(
        meeting, [publisher] if publisher else people.officers(), _n("%(number)s is signed and can be published."),
        key=f"signed:{minutes.round}", url_name=MINUTES, number=minutes.number, to_do=True,
    )  # fmt: skip
    tell_story(
        meeting,
        "sign_minutes",
        _n("%(actor)s signed %(minutes)s."),
        by=by,
        params={"minutes": minutes.number},
        tone="ok",
    )
    return minutes


def hash_of(snapshot: Any) -> str:
    """SHA-256 of the signed text in one fixed writing."""
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _ask_attendees(minutes: Minutes) -> list[User]:
    """Everybody at the table but chair and recorder; those asked before are asked anew."""
    meeting = minutes.meeting
    minutes.confirmations.all().delete()
    seats = (
        meeting.invitations.filter(attendance__in=CAME, capacity__in=MEMBERS)
        .exclude(person__in=[meeting.chair_id, meeting.recorder_id])
        .select_related("person")
    )
    asked = [row.person for row in seats]
    Confirmation.objects.bulk_create(Confirmation(minutes=minutes, person=person) for person in asked)
    return asked


def _speak(minutes: Minutes, by: User) -> Confirmation:
    row: Confirmation | None = (
        minutes.confirmations.select_for_update(of=("self",)).filter(person=by, reads_only=False).first()
    )
    if row is None or not policies.may_confirm(row, by):
        raise NotYours(_("Only those who sat at the table confirm the minutes."))
    if minutes.state != MinutesState.CONFIRMING:
        raise NotReady(_("The minutes are not being confirmed now. Ask for an addendum."))
    if row.state not in (ConfirmationState.WAITING, ConfirmationState.CONFIRMED):
        raise NotReady(_("You have spoken already, or the limit has passed. Ask for an addendum."))
    return row


def _ask_for_signature(minutes: Minutes) -> None:
    """When nobody is waited for and every objection is answered, the chair owes the signature."""
    rows = minutes.confirmations.filter(reads_only=False)
    unsettled = rows.filter(state=ConfirmationState.WAITING) | rows.filter(
        state=ConfirmationState.OBJECTED, answered_at=None
    )
    if unsettled.exists() or is_owed(Kind.MINUTES_SIGN, minutes):
        return
    meeting = minutes.meeting
    supervision.owe(
        kind=Kind.MINUTES_SIGN, holder=meeting.chair, asked_by=meeting.recorder, **what_minutes_owe(minutes)
    )
    tell_people(
        meeting, [meeting.chair], _n("The minutes of %(number)s wait for your signature."),
        key=f"sign:{minutes.round}", url_name=MINUTES, to_do=True,
    )  # fmt: skip
