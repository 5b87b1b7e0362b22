"""Writing the transition log, and who looked into the event log."""

from __future__ import annotations

from typing import Any

from audit.acting import Actor, NoActor, current, now
from audit.flow import flow
from audit.models import Reading, TransitionLog

TONES = ("", "acc", "ok", "warn", "bad")


@flow
def record(
    *,
    subject_type: str,
    subject_id: int,
    verb: str,
    sentence: str,
    case_id: int | None = None,
    params: dict[str, Any] | None = None,
    from_state: str = "",
    to_state: str = "",
    reason_text: str = "",
    department_name: str = "",
    tone: str = "",
) -> TransitionLog:
    """Add one line to the story of a thing.

    `sentence` is an English gettext source (mark it with `gettext_noop`), filled with `%(actor)s` and `params` when
    shown; it never holds a title, which the reader might not be allowed to see. `tone` colours the dot of the
    timeline: one of TONES.
    """
    who = current()
    if who is None:  # pragma: no cover - @flow has refused already
        raise NoActor("record needs a flow around it")
    return TransitionLog.objects.create(
        subject_type=subject_type,
        subject_id=subject_id,
        case_id=case_id,
        verb=verb,
        from_state=from_state,
        to_state=to_state,
        at=now(),
        actor=who.key,
        actor_name=who.name,
        department_name=department_name,
        on_behalf_of=who.behalf,
        reason=reason_text or who.reason,
        sentence=sentence,
        params=params or {},
        tone=tone if tone in TONES else "",
    )


@flow
def note_read(*, what: str, by: Actor, filters: dict[str, str] | None = None) -> Reading:
    """Keep who looked, and at what, before the page goes out: no note, no page."""
    return Reading.objects.create(
        reader=by.audit_key, reader_name=by.audit_name, what=what, filters=filters or {}, at=now()
    )
