"""What a plan, a notice, a result and a draft must hold before a flow takes them: sentences that say what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from audit.acting import now, today
from audit.reasons import insist_on_reason as insist_on_reason
from audit.refusals import Invalid, Sentence
from meetings import levels
from meetings.states import AGREED, NEEDS_DIFFERENCES, ItemKind, MeetingKind, Result
from pages.sentences import run_on
from requests import item_rules
from requests.states import Confidentiality, Stage

if TYPE_CHECKING:
    from meetings.models import AgendaItem, Meeting, Minutes, ResolvedAction

# An objection to the minutes and its answer, in characters.
MOST_OF_OBJECTION = 1000
# How long a result can be taken back or put differently while the meeting is in session.
UNDO = timedelta(minutes=5)
# What can become of a topic where nothing is decided (R123).
IN_A_TALK = (Result.NOTED, Result.DEFERRED)
# Stages in which a matter can stand on an agenda.
ON_AGENDA = (Stage.PREPARATION, Stage.DECISION, Stage.EXECUTION)
# A decision reaches its matter only in these (Q12 comes before the meeting).
DECIDABLE = (Stage.DECISION, Stage.EXECUTION)


def insist_on_plan(*, title: str, chair: Any, recorder: Any, starts_at: datetime, ends_at: datetime) -> None:
    """Raise Invalid with every gap of the plan at once (F6)."""
    fields: dict[str, list[Sentence]] = {}
    if not title.strip():
        fields["title"] = [_("Write the name of the meeting.")]
    if chair.pk == recorder.pk:
        fields["recorder"] = [_("The chair signs the minutes and cannot record. Choose somebody else.")]
    for name, person in (("chair", chair), ("recorder", recorder)):
        if not person.is_active or person.is_external or person.authority.changes_nothing:
            fields[name] = [_("This person cannot do that at a meeting. Choose somebody else.")]
    if ends_at <= starts_at:
        fields["ends_at"] = [_("The end lies before the beginning.")]
    if starts_at <= now():
        fields["starts_at"] = [_("This moment has passed. Choose a later one.")]
    if fields:
        raise Invalid(_("The plan is not complete."), fields=fields)


def insist_on_contact(contact: Any) -> None:
    """F6: whoever is asked about the meeting is of the house and still there."""
    if contact is not None and (not contact.is_active or contact.is_external):
        sentence = _("Name somebody of the house whom people can ask.")
        raise Invalid(sentence, fields={"contact": [sentence]})


def insist_on_impartial_chair(meeting: Meeting) -> None:
    """§5: the applicant decides nothing of the own matter, so they do not chair the meeting that treats it."""
    own = meeting.items.filter(matter__filed_by=meeting.chair_id).select_related("matter").first()
    if own is not None and own.matter is not None:
        sentence = _("The chair has filed %(number)s, which stands on the agenda. Choose somebody else.") % {
            "number": own.matter.number or ""
        }
        raise Invalid(sentence, fields={"chair": [sentence]})
    insist_on_disinterested_chair(meeting)


def insist_on_disinterested_chair(meeting: Meeting) -> None:
    """F7: whoever has an interest in a topic leaves the chair to somebody else."""
    own = meeting.items.filter(interested=meeting.chair_id).order_by("order").first()
    if own is not None:
        sentence = _(
            "The chair has an interest in topic %(order)s. Choose another chair, or take the topic off."
        ) % {"order": own.order}
        raise Invalid(sentence, fields={"chair": [sentence], "interested": [sentence]})


def insist_on_no_clash(clashes: Sequence[str], reason: str) -> None:
    """R114: a clash of people or room is accepted only with a reason."""
    if clashes and not reason.strip():
        sentence = _("At that time: %(clashes)s. Choose another time, or write why it has to be then.") % {
            "clashes": "；".join(clashes)
        }
        raise Invalid(sentence, fields={"clash_reason": [sentence]})


def insist_on_result(
    item: AgendaItem,
    *,
    result: str,
    resolution: str,
    deferred_until: Any,
    reservations: Iterable[Mapping[str, Any]],
    differences: Sequence[Mapping[str, Any]],
    actions: Sequence[Mapping[str, Any]],
) -> None:
    """Raise Invalid with everything that this result lacks (R057, R058)."""
    sentences = {
        "result": _wrong_result(item, result),
        "resolution": _("Write what was agreed.") if result in AGREED and not resolution.strip() else "",
        "differences": _wrong_differences(result, differences),
        "reservations": _("Write the reserved opinion.")
        if any(not row.get("text", "").strip() for row in reservations)
        else "",
        "deferred_until": _("This day has passed. Choose today or later.")
        if result == Result.DEFERRED and deferred_until is not None and deferred_until < today()
        else "",
        "actions": _wrong_actions(item, result, actions) if actions else "",
    }
    fields: dict[str, list[Sentence]] = {name: [text] for name, text in sentences.items() if text}
    if fields:
        raise Invalid(_("The result is not complete."), fields=fields)


def insist_on_no_names(meeting: Meeting, **texts: str) -> None:
    """R123: what was said in an open talk is put down without saying who said it."""
    if meeting.kind != MeetingKind.TALK:
        return
    names = [row.person.name for row in meeting.invitations.select_related("person")]
    fields: dict[str, list[Sentence]] = {}
    for field, text in texts.items():
        named = [name for name in names if name in text]
        if named:
            fields[field] = [
                _("An open talk is put down without names: take out %(names)s.") % {"names": "、".join(named)}
            ]
    if fields:
        raise Invalid(_("The notes of an open talk name nobody."), fields=fields)


def _wrong_result(item: AgendaItem, result: str) -> str:
    if result not in Result.values:
        return _("Choose a result.")
    if result == Result.NOTED and (item.kind == ItemKind.DECISION or item.question_id):
        return _("This item is to be decided: noting it is not enough.")
    if item.meeting.kind == MeetingKind.TALK and result not in IN_A_TALK:
        return _("An open talk decides nothing: note the topic or defer it.")
    return ""


def _wrong_differences(result: str, differences: Sequence[Mapping[str, Any]]) -> str:
    if any(not row.get("position", "").strip() for row in differences):
        return _("Write the position of each department.")
    if result in NEEDS_DIFFERENCES and len({row["department"].pk for row in differences}) < 2:
        return _("Write where at least two departments stand.")
    return ""


def _wrong_actions(item: AgendaItem, result: str, actions: Sequence[Mapping[str, Any]]) -> str:
    if result not in AGREED:
        return _("Only what was agreed is carried out.")
    if not item.matter_id:
        return _("An action item belongs to a matter. Link the topic to its matter first.")
    interested = {person.pk: person.name for person in item.interested.all()}
    for row in actions:
        verifier = row.get("verifier")
        if verifier is not None and verifier.pk in interested:
            return _(
                "%(name)s has an interest in this topic and verifies nothing of it. Choose somebody else."
            ) % {"name": verifier.name}
    return ""


def gaps_of_draft(items: Iterable[AgendaItem]) -> list[str]:
    """What keeps the draft from going out: each agreed item needs action items with owner, date and standard (R061),
    or the reason why nothing has to be carried out."""
    gaps: list[str] = []
    for item in items:
        if not item.is_agreed or item.no_action_reason.strip():
            continue
        actions = list(item.actions.all())
        if not actions:
            gaps.append(
                _("Item %(order)s: name who carries it out, or write why nothing has to be done.")
                % {"order": item.order}
            )
        for n, action in enumerate(actions, start=1):
            gaps += [
                _("Item %(order)s, action %(n)s: %(what)s") % {"order": item.order, "n": n, "what": sentence}
                for sentence in gaps_of_action(action)
            ]
    return gaps


def gaps_of_action(action: ResolvedAction) -> list[str]:
    missing = []
    if action.assignee is None:
        missing.append(_("the responsible person is missing."))
    if action.due_on is None:
        missing.append(_("the due date is missing."))
    if not action.standard.strip():
        missing.append(_("the standard is missing."))
    if missing or action.assignee is None:
        return missing
    try:
        item_rules.insist_on_item(
            text=action.text,
            standard=action.standard,
            department=action.department,
            assignee=action.assignee,
            due_on=action.due_on,
            verifier=action.verifier,
        )
    except Invalid as refusal:
        return [str(sentence) for sentences in refusal.fields.values() for sentence in sentences]
    return []


def insist_on_level(minutes: Minutes) -> None:
    """F9: minutes are as closed as the strictest matter that they tell of, or more."""
    if minutes.confidentiality not in Confidentiality.values:
        raise Invalid(_("Choose a level."), fields={"confidentiality": [_("Choose a level.")]})
    floor = levels.strictest(minutes.meeting)
    if levels.is_below(minutes.confidentiality, floor):
        sentence = _("A matter of this meeting is “%(level)s”: choose that level or a stricter one.") % {
            "level": Confidentiality(floor).label
        }
        raise Invalid(sentence, fields={"confidentiality": [sentence]})


def insist_on_complete_draft(items: Iterable[AgendaItem]) -> None:
    """Raise Invalid naming all gaps at once (M8)."""
    gaps = gaps_of_draft(items)
    if gaps:
        raise Invalid(_("Something is still missing: %(gaps)s") % {"gaps": run_on(gaps)}, fields={})
