"""Papers from outside and to outside are registered, linked to a matter, answered, struck out (R066)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.files.base import File as Upload
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now, today
from audit.flow import flow
from audit.flows import record
from audit.reasons import IN_A_LINE
from audit.refusals import Invalid, NotReady, NotYours
from documents.flows import attach
from documents.numbers import take
from documents.states import Series
from organization.models import Department, User
from requests import outside_paper_policies as policies
from requests import rules
from requests.flows.outside_paper_shared import (
    WHO,
    insist_on_standing,
    lock_outside_paper,
    owe_answer,
    owe_answer_again,
    tell_handlers,
    tell_register,
)
from requests.flows.papers import insist_on_one
from requests.flows.shared import lock, tell_story
from requests.models import CoordinationRequest, OutsidePaper
from requests.outside_paper_rules import insist_on_line
from requests.outside_paper_states import OutsideSort, PaperDirection
from requests.states import ENDED, Confidentiality, Stage
from supervision import flows as supervision
from supervision.states import Kind

SERIES = {PaperDirection.IN: Series.INCOMING, PaperDirection.OUT: Series.OUTGOING}
AGAIN = _n("The answer to %(number)s was struck out: it waits for an answer again.")


@flow
def register_paper(
    *,
    by: User,
    direction: str,
    unit: str,
    title: str,
    sort: str = OutsideSort.OFFICIAL,
    their_number: str = "",
    dated_on: date | None = None,
    passed_on: date | None = None,
    confidentiality: str = Confidentiality.INTERNAL,
    reply_due_on: date | None = None,
    department: Department | None = None,
    handler: User | None = None,
    note: str = "",
    matter_id: int | None = None,
    answers: OutsidePaper | None = None,
    papers: Iterable[Upload[Any]] = (),
) -> OutsidePaper:
    """R066: it has its number in the register, and whoever sees to it owes the answer by its day; what it answers is settled."""
    if not policies.may_register(by):
        raise NotYours(_(WHO))
    matter = _the_matter(matter_id, by) if matter_id is not None else None
    passed = passed_on or today()
    department = department or (handler.department if handler else None)
    insist_on_line(
        direction=direction, sort=sort, unit=unit, title=title, dated_on=dated_on, passed_on=passed,
        reply_due_on=reply_due_on, department=department, handler=handler,
    )  # fmt: skip
    answered = _lock_answered(answers, direction) if answers else None
    paper = OutsidePaper.objects.create(
        number=take(SERIES[PaperDirection(direction)]), direction=direction, sort=sort, unit=unit.strip(), title=title.strip(),
        their_number=their_number.strip(), dated_on=dated_on, passed_on=passed, confidentiality=confidentiality,
        reply_due_on=reply_due_on, department=department, department_name=department.name if department else "",
        handler=handler, note=note.strip(), matter=matter, answers=answered, registered_by=by, registered_at=now(),
    )  # fmt: skip
    _attach(paper, papers, by)
    owe_answer(paper, by)
    tell_register(paper, "register_paper", _n("%(actor)s registered %(number)s."), by)
    tell_handlers(paper, by)
    if matter is not None:
        _tell_matter(paper, "link_paper", _n("%(actor)s registered %(number)s to this matter."), by)
    if answered is not None and answered.is_waiting:
        _settle(answered, by, paper.number)
    return paper


@flow
def add_to_paper(*, paper_id: int, by: User, papers: Sequence[Upload[Any]]) -> OutsidePaper:
    """A scan that comes later: all of these files or, when one cannot be taken, none."""
    paper = lock_outside_paper(paper_id)
    if not policies.may_register(by):
        raise NotYours(_(WHO))
    insist_on_standing(paper)
    insist_on_one(papers)
    _attach(paper, papers, by)
    return paper


@flow
def link_paper(*, paper_id: int, by: User, matter_id: int) -> OutsidePaper:
    """The paper belongs to this matter: whoever sees the matter finds it among its files."""
    matter = _the_matter(matter_id, by)
    paper = lock_outside_paper(paper_id)
    if not policies.may_register(by):
        raise NotYours(_(WHO))
    insist_on_standing(paper)
    if paper.matter_id == matter.pk:
        raise NotReady(_("It is linked to this matter already."))
    paper.matter = matter
    paper.save()
    _tell_matter(paper, "link_paper", _n("%(actor)s linked %(number)s to this matter."), by)
    return paper


@flow
def settle_paper(*, paper_id: int, by: User, how: str) -> OutsidePaper:
    """It is answered, or needs no answer any more, and the register says how."""
    paper = lock_outside_paper(paper_id)
    if not policies.may_settle_paper(
        paper, by, owes=OutsidePaper.objects.owed_by(by).filter(pk=paper.pk).exists()
    ):
        raise NotYours(_("Whoever sees to the paper settles it, or who keeps the register."))
    insist_on_standing(paper)
    if not paper.is_waiting:
        raise NotReady(_("No answer is due on this paper."))
    if not how.strip():
        sentence = _("Write how it was settled.")
        raise Invalid(sentence, fields={"how": [sentence]})
    _settle(paper, by, how.strip())
    return paper


@flow
def strike_paper(*, paper_id: int, by: User, reason: str) -> OutsidePaper:
    """Registered by mistake: the line and its number stay, struck out with the reason; nobody owes anything on it, and what
    it settled waits for its answer again."""
    paper = lock_outside_paper(paper_id)
    if not policies.may_register(by):
        raise NotYours(_(WHO))
    insist_on_standing(paper)
    settled = _lock_settled(paper)
    rules.insist_on_reason(reason, most=IN_A_LINE)
    paper.struck_at, paper.struck_why = now(), reason.strip()
    paper.save()
    supervision.cancel(subject_type=OutsidePaper.SUBJECT, subject_id=paper.pk)
    tell_register(paper, "strike_paper", _n("%(actor)s struck out %(number)s."), by, reason)
    if settled is not None:
        _wait_again(settled, by, paper.number)
    return paper


def _the_matter(matter_id: int, by: User) -> CoordinationRequest:
    """Under its lock; one that this person does not see, or that has ended, is refused at its field."""
    sentence = ""
    if not CoordinationRequest.objects.inside(by).filter(pk=matter_id).exists():
        sentence = _("There is no such matter for you. See whether the number is right.")
    elif lock(matter_id).stage in ENDED:
        sentence = _("This matter has ended: no paper is linked to it any more.")
    if sentence:
        raise Invalid(sentence, fields={"matter": [sentence]})
    return lock(matter_id)


def _lock_answered(answers: OutsidePaper, direction: str) -> OutsidePaper:
    answered = lock_outside_paper(answers.pk)
    sentence = ""
    if answered.direction == direction:
        sentence = _("An incoming paper is answered by an outgoing one, and the other way round.")
    elif answered.struck_at is not None:
        sentence = _("This paper was struck out of the register.")
    if sentence:
        raise Invalid(sentence, fields={"answers": [sentence]})
    return answered


def _lock_settled(paper: OutsidePaper) -> OutsidePaper | None:
    """What this line settled and nothing else did; of an archived matter it stays, and so does its answer."""
    settled = lock_outside_paper(paper.answers_id) if paper.answers_id else None
    if settled is None or settled.struck_at is not None or settled.how_settled != paper.number:
        return None
    if settled.matter is not None and settled.matter.stage == Stage.ARCHIVED:
        raise NotReady(_("It answered a paper of an archived matter: it stays as it is."))
    return settled


def _attach(paper: OutsidePaper, papers: Iterable[Upload[Any]], by: User) -> None:
    for upload in papers:
        try:
            # Not a file of the matter: the paper has its own level, and may be linked later.
            attach(upload=upload, subject_type=OutsidePaper.SUBJECT, subject_id=paper.pk, case_id=None, by=by)
        except Invalid as refusal:
            sentence = f"{upload.name}: {refusal}"
            raise Invalid(sentence, fields={"papers": [sentence]}) from refusal


def _wait_again(paper: OutsidePaper, by: User, struck: str) -> None:
    """The answer is struck out: another one that stands has settled it, else it is due as it was."""
    other = paper.answered_by.standing().order_by("pk").last()
    if other is not None:
        paper.settled_by, paper.settled_at, paper.how_settled = (
            other.registered_by,
            other.registered_at,
            other.number,
        )
        paper.save()
        return
    paper.settled_by, paper.settled_at, paper.how_settled = None, None, ""
    paper.save()
    owe_answer_again(paper, by)
    record(
        subject_type=OutsidePaper.SUBJECT, subject_id=paper.pk, verb="wait_again",
        sentence=_n("%(actor)s struck out the answer %(number)s: the paper waits for its answer again."),
        params={"number": struck}, department_name=by.department_name,
    )  # fmt: skip
    tell_handlers(paper, by, AGAIN, f"again:{struck}")


def _settle(paper: OutsidePaper, by: User, how: str) -> None:
    paper.settled_by, paper.settled_at, paper.how_settled = by, now(), how
    paper.save()
    supervision.discharge(kind=Kind.LETTER_REPLY, subject_type=OutsidePaper.SUBJECT, subject_id=paper.pk)
    tell_register(paper, "settle_paper", _n("%(actor)s settled %(number)s."), by, how)


def _tell_matter(paper: OutsidePaper, verb: str, sentence: str, by: User) -> None:
    """Of a paper of the highest level the story of the matter says nothing: not everybody there may know of it."""
    if paper.matter is not None and paper.confidentiality != Confidentiality.CONFIDENTIAL:
        tell_story(paper.matter, verb, sentence, by=by, params={"number": paper.number})
