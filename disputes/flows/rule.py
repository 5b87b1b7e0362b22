"""The dispute goes up and is ruled (D6, D7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now, today
from audit.flow import flow
from audit.refusals import Invalid, NotYours, Sentence
from audit.transitions import insist
from disputes import policies, recusal
from disputes.flows.shared import (
    carry_out,
    end,
    everybody,
    insist_on_texts,
    lock,
    parties_of,
    tell_people,
    tell_story,
    what_it_owes,
    write_items,
)
from disputes.models import Dispute, PointDecision, Ruling
from disputes.states import DisputeState, ItemSource
from documents.numbers import take
from documents.states import Series
from organization import people
from organization.models import User
from requests.flows.shared import let_read
from requests.states import DecisionWay
from supervision.calendar import working_days
from supervision.flows import discharge, owe
from supervision.states import Kind


@flow
def to_ruling(*, dispute_id: int, by: User, reason: str = "") -> Dispute:
    """D6: the talks have failed; the head of the office rules, the top leader where the head is recused."""
    dispute = lock(dispute_id)
    if not policies.may_record(dispute, by, parties_of(dispute)):
        raise NotYours(_("Only the sides and the coordination office ask for a ruling."))
    insist(dispute.go_to_ruling, by)
    discharge(kind=Kind.NEGOTIATE, subject_type=Dispute.SUBJECT, subject_id=dispute.pk)
    came_from = dispute.state
    hand_to_ruler(dispute)
    tell_story(
        dispute, "to_ruling", _n("%(actor)s asked for a ruling on %(number)s."), by=by, came_from=came_from,
        reason=reason, tone="warn",
    )  # fmt: skip
    return dispute


def hand_to_ruler(dispute: Dispute) -> None:
    """The transition itself, and who owes the ruling; for the office's decision and for the lapsed limit alike."""
    dispute.go_to_ruling()
    ruler = recusal.ruler_of(dispute)
    duty = owe(
        kind=Kind.RULE,
        holder=ruler,
        holder_department=None if ruler else people.office(),
        **what_it_owes(dispute),
    )
    dispute.owner = ruler or dispute.owner
    dispute.next_on = timezone.localtime(duty.due_at).date() if duty.due_at else today()
    dispute.save()
    if ruler is not None:
        let_read(dispute.matter, users=[ruler.pk], why="ruler")
        tell_people(
            dispute, [ruler], _n("Dispute %(number)s waits for your ruling."), key="to-rule", to_do=True
        )


@flow
def rule(
    *,
    dispute_id: int,
    by: User,
    facts: str,
    basis: str,
    decisions: Mapping[int, str],
    changes_duties: bool,
    duty_note: str,
    items: Sequence[Mapping[str, Any]] = (),
    is_stayed: bool = False,
    stay_reason: str = "",
    stayed_until: date | None = None,
) -> Ruling:
    """D7: cites at least one basis, answers every point, says who does what by when and what becomes of the duties.

    `decisions` maps the point's id to its answer. A stayed ruling keeps the matter blocked until its day.
    """
    dispute = lock(dispute_id)
    insist(dispute.rule, by)
    barred = recusal.why_not_ruler(dispute, by)
    if barred:
        raise NotYours(barred)
    _insist_on_form(dispute, facts, basis, decisions, duty_note, is_stayed, stay_reason, stayed_until)
    if is_stayed and stayed_until is not None:
        _insist_on_dates_after_the_stay(items, stayed_until)
    ruling = Ruling.objects.create(
        dispute=dispute, number=take(Series.RULING), ruled_by=by, ruled_at=now(), facts=facts.strip(),
        basis=basis.strip(), changes_duties=changes_duties, duty_note=duty_note.strip(), is_stayed=is_stayed,
        stay_reason=stay_reason.strip(), served_at=now(),
    )  # fmt: skip
    for point in dispute.points.all():
        PointDecision.objects.create(ruling=ruling, point=point, text=decisions[point.pk].strip())
    write_items(dispute, items, source=ItemSource.RULING)
    dispute.rule()
    dispute.owner = by
    if is_stayed:
        dispute.stayed_until = dispute.next_on = stayed_until
    else:
        end(dispute)
    dispute.save()
    discharge(kind=Kind.RULE, subject_type=Dispute.SUBJECT, subject_id=dispute.pk)
    if not is_stayed:
        _carry_out(dispute, ruling, by)
    heads = [head for pk in parties_of(dispute) if (head := people.head(pk))]
    tell_people(
        dispute, [*heads, *everybody(dispute)], _n("Dispute %(number)s has been ruled; the ruling is served on you."),
        key="ruled",
    )  # fmt: skip
    tell_story(
        dispute, "rule", _n("%(actor)s ruled on %(number)s: %(ruling)s, %(count)s points answered."), by=by,
        came_from=DisputeState.RULING, params={"ruling": ruling.number, "count": len(decisions)}, tone="acc",
        reason=resolution_of(ruling),
    )  # fmt: skip
    return ruling


@flow
def end_stay(*, dispute_id: int, by: Any) -> Dispute | None:
    """The day of the stay has come, or the ruler ends it: the ruling is carried out."""
    dispute = lock(dispute_id)
    if not dispute.is_stayed:
        return None
    ruling = dispute.ruling
    if isinstance(by, User) and by.pk != ruling.ruled_by_id:
        raise NotYours(_("Only the person who ruled ends the stay before its day."))
    dispute.stayed_until = None
    end(dispute)
    dispute.save()
    _move_passed_dates(dispute)
    _carry_out(dispute, ruling, ruling.ruled_by)
    tell_story(dispute, "end_stay", _n("The stay of %(number)s has ended; the ruling is carried out."))
    return dispute


def _insist_on_dates_after_the_stay(items: Sequence[Mapping[str, Any]], stayed_until: date) -> None:
    """Nobody is to be late with what the stay forbids them to begin."""
    if any(row["due_on"] < stayed_until for row in items):
        sentence = _("An item falls due before the stay ends. Choose %(day)s or a later day.") % {
            "day": stayed_until.isoformat()
        }
        raise Invalid(sentence, fields={"items": [sentence]})


def _move_passed_dates(dispute: Dispute) -> None:
    """The stay can end later than its day (an outage): a date that has passed becomes the next working day."""
    day = working_days().next_day(today(), 1)
    dispute.items.filter(due_on__lt=today()).update(due_on=day)


def resolution_of(ruling: Ruling) -> str:
    """The answers to the points, in their order: what the matter keeps as its resolution."""
    return "\n".join(ruling.decisions.values_list("text", flat=True))


def _carry_out(dispute: Dispute, ruling: Ruling, by: User) -> None:
    carry_out(
        dispute, by=by, way=DecisionWay.RULING, resolution=resolution_of(ruling), document=ruling.number,
        decided_by=ruling.ruled_by,
    )  # fmt: skip


def _insist_on_form(
    dispute: Dispute, facts: str, basis: str, decisions: Mapping[int, str], duty_note: str,
    is_stayed: bool, stay_reason: str, stayed_until: date | None,  # noqa: FBT001 - one form, handed on whole
) -> None:  # fmt: skip
    points = set(dispute.points.values_list("pk", flat=True))
    answered = {pk for pk, text in decisions.items() if text.strip()}
    if points - answered or set(decisions) - points:
        sentence: Sentence = _("Answer every point of the dispute (%(count)s without an answer).") % {
            "count": len(points - answered)
        }
        raise Invalid(sentence, fields={"decisions": [sentence]})
    if is_stayed and (stayed_until is None or stayed_until <= today()):
        raise Invalid(
            _("Name the day until which it is stayed."), fields={"stayed_until": [_("Name a day ahead.")]}
        )
    insist_on_texts(
        facts=(facts, _("Write the facts that were found.")),
        basis=(basis, _("Cite at least one basis: a duty, a procedure, a goal or an earlier case.")),
        duty_note=(duty_note, _("Write what changes in duties or procedures, or why nothing does.")),
        stay_reason=(stay_reason if is_stayed else "-", _("Write why the execution is stayed.")),
    )
