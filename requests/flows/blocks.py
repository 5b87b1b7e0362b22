"""What stops a matter, or one question of it, from outside: a dispute (R134)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import NotReady
from requests.flows.shared import lock, tell_story
from requests.flows.simple import weigh_again
from requests.models import ActionItem, Block, CoordinationRequest, Question
from requests.states import Outcome, Stage
from supervision.flows import resume, suspend


@flow
def block(
    *,
    matter_id: int,
    subject_type: str,
    subject_id: int,
    number: str,
    reason: str,
    question_id: int | None = None,
) -> Block:
    """Something above stops the matter, or one question of it: its clocks stop, the rest runs on (R134)."""
    matter = lock(matter_id)
    if matter.stage not in (Stage.PREPARATION, Stage.DECISION, Stage.EXECUTION):
        raise NotReady(_("Only a matter under way can be blocked."))
    row = Block.objects.create(
        matter=matter, question_id=question_id, subject_type=subject_type, subject_id=subject_id,
        number=number, reason=reason, since=now(),
    )  # fmt: skip
    if question_id:
        Question.objects.filter(pk=question_id).update(outcome=Outcome.IN_DISPUTE)
    for held in _held_by(row):
        suspend(reason=number, cause=row.cause, **held)
    tell_story(
        matter,
        "block",
        _n("%(number)s blocks the matter."),
        params={"number": number},
        reason=reason,
        tone="bad",
    )
    return row


@flow
def unblock(*, subject_type: str, subject_id: int) -> int:
    """The dispute has ended: its blocks end, the clocks go on."""
    rows = Block.objects.select_for_update().filter(
        subject_type=subject_type, subject_id=subject_id, until=None
    )
    ended = 0
    for row in rows.select_related("matter"):
        row.until = now()
        row.save()
        ended += 1
        # Ended without an outcome: the question stands where it stood, not agreed.
        row.matter.questions.filter(blocks=row, outcome=Outcome.IN_DISPUTE).update(outcome=Outcome.NOT_AGREED)
        for held in _held_by(row):
            resume(cause=row.cause, **held)
        tell_story(
            row.matter,
            "unblock",
            _n("%(number)s no longer blocks the matter."),
            params={"number": row.number},
        )
        weigh_again(row.matter, None)
    return ended


def _held_by(row: Block) -> list[dict[str, Any]]:
    """What a block stops: the matter and its items, or the matter and the items of the one question (R134)."""
    items = row.matter.items.filter(number__isnull=False)
    if row.question_id:
        items = items.filter(question=row.question_id)
    held = [{"subject_type": CoordinationRequest.SUBJECT, "subject_id": row.matter_id}]
    return held + [
        {"subject_type": ActionItem.SUBJECT, "subject_id": pk} for pk in items.values_list("pk", flat=True)
    ]
