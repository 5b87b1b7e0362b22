"""A line of the register that was written wrongly is corrected in the sight of all: before, after, and why (R066)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n
from django.utils.translation import override

from audit.flow import flow
from audit.flows import record
from audit.refusals import Conflict, Invalid, NotReady, NotYours
from audit.words import word
from organization.collisions import ago, fingerprint, hand_on, insist_on_seen, last_hand
from organization.models import User
from requests import outside_paper_policies as policies
from requests import rules
from requests.flows.item_shared import close_of_office
from requests.flows.outside_paper_shared import (
    WHO,
    insist_on_standing,
    lock_outside_paper,
    owe_answer,
    tell_handlers,
)
from requests.models import OutsidePaper
from requests.outside_paper_rules import insist_on_line
from requests.states import is_stricter
from supervision import flows as supervision
from supervision.models import Obligation

# Its direction gave it its number; matter and answer have verbs of their own.
CORRECTABLE = (
    "sort", "unit", "their_number", "title", "dated_on", "passed_on", "confidentiality", "reply_due_on", "department",
    "handler", "note",
)  # fmt: skip
WHOSE = {"department", "handler"}


@flow
def correct_paper(*, paper_id: int, by: User, reason: str, seen: str = "", **line: Any) -> OutsidePaper:
    """R066: while no answer has left, what was written wrongly is put right; the story keeps each word as it stood before.

    What is not given stays. The duty to answer follows: another day, another department, or none any more.
    Raises Conflict, with the name of the other person, when it would undo what was corrected since it was `seen`.
    """
    paper = lock_outside_paper(paper_id)
    if not policies.may_register(by):
        raise NotYours(_(WHO))
    insist_on_standing(paper)
    if paper.settled_at is not None or paper.answered_by.standing().exists():
        raise NotReady(_("Its answer has been registered: the line stays as it was answered."))
    rules.insist_on_reason(reason)
    _insist_on_seen(paper, seen, line)
    before = {name: getattr(paper, name) for name in CORRECTABLE}
    _write(paper, line)
    changed = [name for name in CORRECTABLE if getattr(paper, name) != before[name]]
    if not changed:
        raise NotReady(_("Nothing is different from before. Change what is wrong, or go back."))
    _insist_on_level(paper, str(before["confidentiality"]), by)
    paper.save()
    _insist_on_reader(paper, by)
    _mind_duty(paper, before, by)
    _tell_correction(paper, before, changed, by, reason)
    if WHOSE & set(changed):
        tell_handlers(paper, by, key=f"corrected:{paper.history.count()}")
    return paper


def seen_of_paper(paper: Any) -> str:
    """What somebody who opens the correction sees of the line, as it stands or stood."""
    return fingerprint(*(getattr(paper, _field(name).attname) for name in CORRECTABLE))


def _insist_on_seen(paper: OutsidePaper, seen: str, line: dict[str, Any]) -> None:
    """What somebody else put right meanwhile is not undone unseen: each such field says who did it, and what stands there."""
    standing = seen_of_paper(paper)
    if not seen or seen == standing:
        return
    shown = next((row for row in paper.history.all()[:100] if seen_of_paper(row) == seen), None)
    if shown is None:
        name, at = last_hand(paper)
        insist_on_seen(seen, standing, name=name, at=at)
        return
    moved = {
        name: [_moved(paper, name)]
        for name in CORRECTABLE
        if name in line and _is_undone(paper, shown, name, line[name])
    }
    if moved:
        raise Conflict(next(iter(moved.values()))[0], fields=moved, seen=standing)


def _is_undone(paper: OutsidePaper, shown: Any, name: str, yours: Any) -> bool:
    """It was corrected since it was shown, and this one would write something else there."""
    key = _field(name).attname
    yours = yours.strip() if isinstance(yours, str) else yours
    return getattr(shown, key) != getattr(paper, key) and yours != getattr(paper, name)


def _moved(paper: OutsidePaper, name: str) -> str:
    who, at = hand_on(paper, _field(name).attname)
    return _("%(name)s changed it to “%(theirs)s” %(ago)s. Compare, then save again.") % {
        "name": who or _("Somebody"), "theirs": _said(name, getattr(paper, name)), "ago": ago(at),
    }  # fmt: skip


def _write(paper: OutsidePaper, line: dict[str, Any]) -> None:
    """Fill the line and refuse what cannot be right in it, all at once."""
    for name, value in line.items():
        if name not in CORRECTABLE:
            raise Invalid(_("This cannot be changed."), fields={name: [_("This cannot be changed.")]})
        setattr(paper, name, value.strip() if isinstance(value, str) else value)
    paper.department = paper.department or (paper.handler.department if paper.handler else None)
    paper.department_name = paper.department.name if paper.department else ""
    insist_on_line(
        direction=paper.direction, sort=paper.sort, unit=paper.unit, title=paper.title, dated_on=paper.dated_on,
        passed_on=paper.passed_on, reply_due_on=paper.reply_due_on, department=paper.department, handler=paper.handler,
    )  # fmt: skip


def _insist_on_level(paper: OutsidePaper, before: str, by: User) -> None:
    """Raised by whoever keeps the register, lowered by the head of the office alone (domain §5)."""
    if is_stricter(before, paper.confidentiality) and not by.authority.is_office_head:
        sentence = _("Only the head of the office lowers the level of a paper.")
        raise Invalid(sentence, fields={"confidentiality": [sentence]})


def _insist_on_reader(paper: OutsidePaper, by: User) -> None:
    if not OutsidePaper.objects.visible_to(by).filter(pk=paper.pk).exists():
        sentence = _("At this level you would not read the paper any more. Ask the head of the office.")
        raise Invalid(sentence, fields={"confidentiality": [sentence]})


def _mind_duty(paper: OutsidePaper, before: dict[str, Any], by: User) -> None:
    """Who owes the answer, and by when, follows the line; a duty that was handed over meanwhile stays where it is."""
    if paper.reply_due_on is None:
        supervision.cancel(subject_type=OutsidePaper.SUBJECT, subject_id=paper.pk)
        return
    duties = Obligation.objects.open().of(OutsidePaper.SUBJECT, paper.pk)
    duty = duties.first()
    if duty is None:
        owe_answer(paper, by)
        duty = duties.get()
    elif paper.reply_due_on != before["reply_due_on"]:
        supervision.change_due(obligation_id=duty.pk, due_at=close_of_office(paper.reply_due_on))
    if any(getattr(paper, name) != before[name] for name in WHOSE):
        supervision.hand_over(obligation_id=duty.pk, holder=paper.handler, holder_department=paper.department)


def _tell_correction(
    paper: OutsidePaper, before: dict[str, Any], changed: list[str], by: User, reason: str
) -> None:
    """One line in the story of the paper: which fields, why, and what stood there (in the language of the house)."""
    labels = {name: _field(name).verbose_name for name in changed}
    with override(settings.LANGUAGE_CODE):
        told = [
            f"{labels[name]}：{_said(name, before[name])} → {_said(name, getattr(paper, name))}"
            for name in changed
        ]
    record(
        subject_type=OutsidePaper.SUBJECT, subject_id=paper.pk, verb="correct_paper",
        sentence=_n("%(actor)s corrected %(number)s: %(fields)s."), department_name=by.department_name, tone="warn",
        params={"number": paper.number, "fields": [word(labels[name]) for name in changed]},
        reason_text="\n".join([reason.strip(), *told]),
    )  # fmt: skip


def _said(name: str, value: Any) -> str:
    """A value as a person reads it: 2026-09-18, the label of a choice, or — for nothing."""
    if value in ("", None):
        return "—"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    choices = _field(name).choices
    return str(dict(choices).get(value, value)) if choices else str(value)


def _field(name: str) -> Any:
    return OutsidePaper._meta.get_field(name)
