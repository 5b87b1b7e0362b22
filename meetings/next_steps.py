"""What is this person's turn at this meeting: one main act, the others under “…”. The flows decide again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meetings import policies
from meetings.states import ConfirmationState, MeetingState, MinutesState, Reply
from requests.policies import may_write

if TYPE_CHECKING:
    from meetings.models import Confirmation, Invitation, Meeting, Minutes
    from organization.models import User

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """One act: the word on its button, where it is done, and the sentence that asks for it; `is_post` for a lone button."""

    label: Words
    url: str
    sentence: Words = ""
    is_post: bool = False


@dataclass(frozen=True)
class NextSteps:
    main: Step | None = None
    others: list[Step] = field(default_factory=list)


def next_steps(meeting: Meeting, user: User) -> NextSteps:
    """`invitations`, `items` and the minutes with `confirmations` are prefetched."""
    found = list(_acts(meeting, user))
    main = next((step for step in found if step.sentence), None)
    return NextSteps(main, [step for step in found if step is not main])


def _acts(meeting: Meeting, user: User) -> Iterator[Step]:
    if meeting.state in (MeetingState.PLANNED, MeetingState.POSTPONED):
        yield from _before_notice(meeting, user)
    elif meeting.state == MeetingState.CALLED:
        yield from _after_notice(meeting, user)
    elif meeting.state == MeetingState.IN_SESSION:
        yield from _in_session(meeting, user)
    elif meeting.state in (MeetingState.CLOSED, MeetingState.DOCUMENTED):
        yield from of_minutes(meeting.minutes, user)


def _before_notice(meeting: Meeting, user: User) -> Iterator[Step]:
    if policies.may_call(meeting, user):
        yield Step(
            _("Send the notice"), _at("call", meeting), _("look through the plan and send the notice.")
        )
    if policies.may_arrange(meeting, user):
        yield Step(_("Change the plan"), _at("edit", meeting))
        yield from _arranging(meeting)
    if policies.may_drop(meeting, user):
        yield Step(_("Postpone"), _at("postpone", meeting))
        yield Step(_("Cancel the meeting"), _at("cancel", meeting))


def _arranging(meeting: Meeting) -> Iterator[Step]:
    yield Step(_("Add a topic"), _at("add_item", meeting))
    yield Step(_("Add material"), _at("add_material", meeting))
    yield Step(_("Invite somebody"), _at("invite", meeting))


def _after_notice(meeting: Meeting, user: User) -> Iterator[Step]:
    if policies.is_chair(meeting, user):
        yield Step(
            _("Open the meeting"), _at("open", meeting), _("open the meeting when enough people are there.")
        )
    mine = _seat_of(meeting, user)
    if mine and user.pk not in (meeting.chair_id, meeting.recorder_id):
        sentence = _("answer the notice: come, send somebody, or ask for leave.")
        yield Step(
            _("Answer the notice") if mine.reply == Reply.WAITING else _("Change my answer"),
            _at("answer", meeting), sentence if mine.reply == Reply.WAITING else "",
        )  # fmt: skip
    if policies.may_record(meeting, user):
        yield Step(
            _("Mark who is there"), _at("live", meeting), _("mark who has come; the chair opens the meeting.")
        )
    if policies.may_call(meeting, user):
        yield Step(_("Name another chair or recorder"), _at("officers", meeting))
    if policies.may_arrange(meeting, user):
        yield from _arranging(meeting)
    if policies.may_drop(meeting, user):
        yield Step(_("Postpone"), _at("postpone", meeting))
        yield Step(_("Cancel the meeting"), _at("cancel", meeting))


def _in_session(meeting: Meeting, user: User) -> Iterator[Step]:
    done = all(item.result for item in meeting.items.all())
    if policies.is_chair(meeting, user):
        yield Step(
            _("Close the meeting"), _at("close", meeting),
            _("every topic has its result; read them out and close the meeting.") if done else "",
        )  # fmt: skip
        yield Step(_("Add a topic"), _at("add_item", meeting))
    if policies.may_record(meeting, user) or _seat_of(meeting, user) or policies.is_chair(meeting, user):
        yield Step(
            _("To the session"), _at("live", meeting),
            _("the meeting is in session; the results are noted there."),
        )  # fmt: skip


def of_minutes(minutes: Minutes, user: User) -> Iterator[Step]:
    """The acts on the minutes, from draft to reading."""
    meeting = minutes.meeting
    if minutes.state == MinutesState.DRAFTING and policies.may_edit_draft(minutes, user):
        yield Step(
            _("Work on the draft"), _at("draft", meeting),
            _("look through the draft and send it to those who were there."),
        )  # fmt: skip
    elif minutes.state == MinutesState.CONFIRMING:
        yield from _while_confirming(minutes, user)
    elif minutes.state == MinutesState.SIGNED and policies.may_publish(minutes, user):
        yield Step(
            _("Publish"), _at("publish", meeting),
            _("the minutes are signed; publish them, and the action items go out."),
        )  # fmt: skip
    elif minutes.state == MinutesState.PUBLISHED:
        mine = _word_of(minutes, user)
        if mine and mine.reads_only and mine.read_at is None:
            yield Step(
                _("Confirm reading"),
                _at("read", meeting),
                _("you were away; read the minutes and confirm it."),
                is_post=True,
            )
    if minutes.state in (MinutesState.CONFIRMING, MinutesState.SIGNED) and policies.may_take_back(
        minutes, user
    ):
        yield Step(_("Back to the draft"), _at("take_back", meeting))


def _while_confirming(minutes: Minutes, user: User) -> Iterator[Step]:
    meeting = minutes.meeting
    mine = _word_of(minutes, user)
    if mine and mine.state == ConfirmationState.WAITING:
        yield Step(
            _("Confirm the minutes"), _at("confirm", meeting),
            _("read what was put down; confirm it or object."), is_post=True,
        )  # fmt: skip
        yield Step(_("Object"), _at("object", meeting))
    rows = [row for row in minutes.confirmations.all() if not row.reads_only]
    unanswered = [row for row in rows if row.state == ConfirmationState.OBJECTED and row.answered_at is None]
    if unanswered and policies.may_edit_draft(minutes, user):
        yield Step(
            _("Answer the objection"), reverse("meetings:answer_objection", args=[meeting.pk, unanswered[0].pk]),
            _("somebody objects to the minutes; answer before they are signed."),
        )  # fmt: skip
    ready = not unanswered and not any(row.state == ConfirmationState.WAITING for row in rows)
    if ready and may_write(user) and policies.may_sign(minutes, user):
        yield Step(_("Sign the minutes"), _at("sign", meeting), _("everybody has spoken; sign the minutes."))


def _seat_of(meeting: Meeting, user: User) -> Invitation | None:
    return next((row for row in meeting.invitations.all() if row.person_id == user.pk), None)


def _word_of(minutes: Minutes, user: User) -> Confirmation | None:
    return next((row for row in minutes.confirmations.all() if row.person_id == user.pk), None)


def _at(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk])
