"""What became of each topic (M6): recorded during the session, worded in the draft, carried to the matters only
when the minutes are published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from audit.words import word
from meetings import policies, rules
from meetings.flows.shared import insist_on_state, lock_item, tell_story
from meetings.models import AgendaItem, ItemDifference, ItemReservation, ResolvedAction
from meetings.states import MeetingState, MinutesState, Result
from organization.models import User

Rows = Sequence[Mapping[str, Any]]


@flow
def record_result(
    *,
    item_id: int,
    by: User,
    result: str,
    resolution: str = "",
    common_ground: str = "",
    discussion: str = "",
    deferred_until: date | None = None,
    no_action_reason: str = "",
    reservations: Rows = (),
    differences: Rows = (),
    actions: Rows = (),
) -> AgendaItem:
    """M6: the recorder notes the result. It can be put differently for five minutes, then it stands.

    Not agreed needs the position of at least two departments (R058); what was agreed needs its wording.
    """
    item = lock_item(item_id)
    _insist_on_recording(item, by)
    _write(
        item, result=result, resolution=resolution, common_ground=common_ground, discussion=discussion,
        deferred_until=deferred_until, no_action_reason=no_action_reason, reservations=reservations,
        differences=differences, actions=actions,
    )  # fmt: skip
    item.recorded_at = now()
    item.save()
    tell_story(
        item.meeting, "record_result", _n("Item %(order)s: %(result)s."), by=by,
        params={"order": item.order, "result": word(Result(result).label)},
        tone="ok" if item.is_agreed else "bad" if item.is_disputed else "",
    )  # fmt: skip
    return item


@flow
def undo_result(*, item_id: int, by: User) -> AgendaItem:
    """Take a result back within five minutes, while the meeting is in session."""
    item = lock_item(item_id)
    _insist_on_recording(item, by)
    if not item.result:
        raise NotReady(_("This item has no result yet."))
    came = Result(item.result).label
    for rows in (item.actions, item.reservations, item.differences):
        _clear(rows)
    item.result = item.resolution = item.common_ground = item.no_action_reason = ""
    item.deferred_until = item.recorded_at = None
    item.save()
    tell_story(
        item.meeting, "undo_result", _n("%(actor)s took back the result of item %(order)s (%(result)s)."), by=by,
        params={"order": item.order, "result": word(came)}, tone="warn",
    )  # fmt: skip
    return item


@flow
def revise_item(
    *,
    item_id: int,
    by: User,
    resolution: str = "",
    common_ground: str = "",
    discussion: str = "",
    deferred_until: date | None = None,
    no_action_reason: str = "",
    reservations: Rows = (),
    differences: Rows = (),
    actions: Rows = (),
) -> AgendaItem:
    """Word a topic while the minutes are being drafted: text and action items, never the result itself."""
    item = lock_item(item_id)
    insist_on_state(item.meeting, MeetingState.CLOSED)
    minutes = item.meeting.minutes
    if not policies.may_edit_draft(minutes, by):
        raise NotYours(_("Only the recorder drafts the minutes."))
    if minutes.state != MinutesState.DRAFTING:
        raise NotReady(_("The minutes are no longer a draft. Take them back first."))
    _write(
        item, result=item.result, resolution=resolution, common_ground=common_ground, discussion=discussion,
        deferred_until=deferred_until, no_action_reason=no_action_reason, reservations=reservations,
        differences=differences, actions=actions,
    )  # fmt: skip
    item.save()
    return item


def can_still_change(item: AgendaItem) -> bool:
    """Within five minutes of its recording a result can be taken back."""
    return item.recorded_at is None or now() - item.recorded_at <= rules.UNDO


def _insist_on_recording(item: AgendaItem, by: User) -> None:
    if not policies.may_record(item.meeting, by):
        raise NotYours(_("Only the recorder notes the results."))
    insist_on_state(item.meeting, MeetingState.IN_SESSION)
    if item.result and not can_still_change(item):
        raise NotReady(
            _("This result stands: five minutes have passed. Put the question on the agenda anew.")
        )


def _write(
    item: AgendaItem, *, result: str, reservations: Rows, differences: Rows, actions: Rows, **texts: Any
) -> None:
    rules.insist_on_result(
        item, result=result, resolution=texts["resolution"], deferred_until=texts["deferred_until"],
        reservations=reservations, differences=differences, actions=actions,
    )  # fmt: skip
    rules.insist_on_no_names(
        item.meeting, discussion=texts["discussion"], common_ground=texts["common_ground"], resolution=texts["resolution"]
    )  # fmt: skip
    item.result = result
    for name, value in texts.items():
        setattr(item, name, value.strip() if isinstance(value, str) else value)
    for rows in (item.actions, item.reservations, item.differences):
        _clear(rows)
    for row in reservations:
        ItemReservation.objects.create(item=item, department=row["department"], text=row["text"].strip())
    for row in differences:
        ItemDifference.objects.create(item=item, **row)
    for row in actions:
        _write_action(item, **row)


def _clear(rows: Any) -> None:
    for row in rows.all():
        row.delete()


def _write_action(item: AgendaItem, *, text: str, co_departments: Sequence[Any] = (), **fields: Any) -> None:
    if not text.strip():
        sentence = _("Write what is to be done.")
        raise Invalid(sentence, fields={"actions": [sentence]})
    action = ResolvedAction.objects.create(item=item, text=text.strip(), **fields)
    action.co_departments.set(co_departments)
