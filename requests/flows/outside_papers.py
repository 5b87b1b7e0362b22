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
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from documents.flows import attach
from documents.numbers import take
from documents.states import Series
from notifications.flows import announce
from notifications.states import NoticeKind
from organization.models import Department, User
from requests import outside_paper_policies as policies
from requests import rules
from requests.flows.item_shared import close_of_office
from requests.flows.papers import insist_on_one
from requests.flows.shared import lock, speakers, tell_story
from requests.models import CoordinationRequest, OutsidePaper
from requests.outside_paper_states import OutsideSort, PaperDirection
from requests.states import ENDED, Confidentiality, Stage
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import Kind

PAGE = "requests:outside_paper"
SERIES = {PaperDirection.IN: Series.INCOMING, PaperDirection.OUT: Series.OUTGOING}
REGISTERED = _n("%(number)s was registered; you see to it.")
AGAIN = _n("The answer to %(number)s was struck out: it waits for an answer again.")
WHO = _n("Only the coordination office, its secretary and the records administrator keep this register.")


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
    _insist_on_line(
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
    _owe_answer(paper, by)
    _tell(paper, "register_paper", _n("%(actor)s registered %(number)s."), by)
    _tell_handlers(paper, by)
    if matter is not None:
        _tell_matter(paper, "link_paper", _n("%(actor)s registered %(number)s to this matter."), by)
    if answered is not None and answered.is_waiting:
        _settle(answered, by, paper.number)
    return paper


@flow
def add_to_paper(*, paper_id: int, by: User, papers: Sequence[Upload[Any]]) -> OutsidePaper:
    """A scan that comes later: all of these files or, when one cannot be taken, none."""
    paper = _lock(paper_id)
    if not policies.may_register(by):
        raise NotYours(_(WHO))
    _insist_on_standing(paper)
    insist_on_one(papers)
    _attach(paper, papers, by)
    return paper


@flow
def link_paper(*, paper_id: int, by: User, matter_id: int) -> OutsidePaper:
    """The paper belongs to this matter: whoever sees the matter finds it among its files."""
    matter = _the_matter(matter_id, by)
    paper = _lock(paper_id)
    if not policies.may_register(by):
        raise NotYours(_(WHO))
    _insist_on_standing(paper)
    if paper.matter_id == matter.pk:
        raise NotReady(_("It is linked to this matter already."))
    paper.matter = matter
    paper.save()
    _tell_matter(paper, "link_paper", _n("%(actor)s linked %(number)s to this matter."), by)
    return paper


@flow
def settle_paper(*, paper_id: int, by: User, how: str) -> OutsidePaper:
    """It is answered, or needs no answer any more, and the register says how."""
    paper = _lock(paper_id)
    if not policies.may_settle_paper(
        paper, by, owes=OutsidePaper.objects.owed_by(by).filter(pk=paper.pk).exists()
    ):
        raise NotYours(_("Whoever sees to the paper settles it, or who keeps the register."))
    _insist_on_standing(paper)
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
    paper = _lock(paper_id)
    if not policies.may_register(by):
        raise NotYours(_(WHO))
    _insist_on_standing(paper)
    settled = _lock_settled(paper)
    rules.insist_on_reason(reason, most=IN_A_LINE)
    paper.struck_at, paper.struck_why = now(), reason.strip()
    paper.save()
    supervision.cancel(subject_type=OutsidePaper.SUBJECT, subject_id=paper.pk)
    _tell(paper, "strike_paper", _n("%(actor)s struck out %(number)s."), by, reason)
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


def _lock(paper_id: int) -> OutsidePaper:
    paper: OutsidePaper = (
        OutsidePaper.objects.select_for_update(of=("self",)).select_related("matter", "handler", "department").get(pk=paper_id)
    )  # fmt: skip
    return paper


def _lock_answered(answers: OutsidePaper, direction: str) -> OutsidePaper:
    answered = _lock(answers.pk)
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
    settled = _lock(paper.answers_id) if paper.answers_id else None
    if settled is None or settled.struck_at is not None or settled.how_settled != paper.number:
        return None
    if settled.matter is not None and settled.matter.stage == Stage.ARCHIVED:
        raise NotReady(_("It answered a paper of an archived matter: it stays as it is."))
    return settled


def _insist_on_standing(paper: OutsidePaper) -> None:
    if paper.struck_at is not None:
        raise NotReady(_("This paper was struck out of the register."))
    if paper.matter is not None and paper.matter.stage == Stage.ARCHIVED:
        raise NotReady(_("Its matter is archived: the paper stays as it is."))


def _insist_on_line(
    *, direction: str, sort: str, unit: str, title: str, dated_on: date | None, passed_on: date,
    reply_due_on: date | None, department: Department | None, handler: User | None,
) -> None:  # fmt: skip
    wrong = {
        "direction": direction not in PaperDirection.values and _("Choose incoming or outgoing."),
        "sort": sort not in OutsideSort.values and _("Choose what kind of paper it is."),
        "unit": not unit.strip() and _("Write the unit that it comes from or goes to."),
        "title": not title.strip() and _("Write the title of the paper."),
        "dated_on": dated_on is not None
        and dated_on > passed_on
        and _("A paper is not received or sent before its date."),
        "passed_on": passed_on > today() and _("This day has not come yet. Choose today or earlier."),
        "reply_due_on": reply_due_on is not None
        and reply_due_on < passed_on
        and _("The answer is due after the paper came or went."),
        "department": reply_due_on is not None
        and department is None
        and _("An answer is due: name the department that sees to it."),
        "handler": handler is not None
        and not policies.may_see_to(handler)
        and _("Choose somebody of the house who settles it: not the auditor, nor a technical account."),
    }
    fields: dict[str, list[Sentence]] = {name: [sentence] for name, sentence in wrong.items() if sentence}
    if fields:
        raise Invalid(_("The line of the register is not complete."), fields=fields)


def _attach(paper: OutsidePaper, papers: Iterable[Upload[Any]], by: User) -> None:
    for upload in papers:
        try:
            # Not a file of the matter: the paper has its own level, and may be linked later.
            attach(upload=upload, subject_type=OutsidePaper.SUBJECT, subject_id=paper.pk, case_id=None, by=by)
        except Invalid as refusal:
            sentence = f"{upload.name}: {refusal}"
            raise Invalid(sentence, fields={"papers": [sentence]}) from refusal


def _owe_answer(paper: OutsidePaper, by: User) -> None:
    if paper.reply_due_on is None:
        return
    # Owed again, by whoever owed it last: the duty may have been handed over since the line was written.
    last = Obligation.objects.of(OutsidePaper.SUBJECT, paper.pk).for_lists().order_by("pk").last()
    holder, department = (last.holder, last.holder_department) if last else (paper.handler, paper.department)
    supervision.owe(
        kind=Kind.LETTER_REPLY, subject_type=OutsidePaper.SUBJECT, subject_id=paper.pk, number=paper.number, url_name=PAGE,
        url_args=[paper.pk], holder=holder, holder_department=department,
        due_at=close_of_office(paper.reply_due_on), asked_by=by, ladder=True,
    )  # fmt: skip


def _tell_handlers(
    paper: OutsidePaper, by: User, sentence: str = REGISTERED, key: str = "registered"
) -> None:
    """Whoever sees to it: the person, else who speaks for the department."""
    duty = Obligation.objects.open().of(OutsidePaper.SUBJECT, paper.pk).for_lists().first()
    handler, department_id = (
        (duty.holder, duty.holder_department_id) if duty else (paper.handler, paper.department_id)
    )
    seeing = [handler] if handler else speakers([department_id] if department_id else [])
    announce(
        recipients=[person for person in seeing if person.pk != by.pk], sentence=sentence,
        number=paper.number, url_name=PAGE, url_args=[paper.pk], dedupe_key=f"outside_paper:{paper.pk}:{key}",
        kind=NoticeKind.TASK if paper.is_waiting else NoticeKind.INFO,
    )  # fmt: skip


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
    _owe_answer(paper, by)
    record(
        subject_type=OutsidePaper.SUBJECT, subject_id=paper.pk, verb="wait_again",
        sentence=_n("%(actor)s struck out the answer %(number)s: the paper waits for its answer again."),
        params={"number": struck}, department_name=by.department_name,
    )  # fmt: skip
    _tell_handlers(paper, by, AGAIN, f"again:{struck}")


def _settle(paper: OutsidePaper, by: User, how: str) -> None:
    paper.settled_by, paper.settled_at, paper.how_settled = by, now(), how
    paper.save()
    supervision.discharge(kind=Kind.LETTER_REPLY, subject_type=OutsidePaper.SUBJECT, subject_id=paper.pk)
    _tell(paper, "settle_paper", _n("%(actor)s settled %(number)s."), by, how)


def _tell(paper: OutsidePaper, verb: str, sentence: str, by: User, reason: str = "") -> None:
    record(
        subject_type=OutsidePaper.SUBJECT, subject_id=paper.pk, verb=verb, sentence=sentence, params={"number": paper.number},
        reason_text=reason, department_name=by.department_name,
    )  # fmt: skip


def _tell_matter(paper: OutsidePaper, verb: str, sentence: str, by: User) -> None:
    """Of a paper of the highest level the story of the matter says nothing: not everybody there may know of it."""
    if paper.matter is not None and paper.confidentiality != Confidentiality.CONFIDENTIAL:
        tell_story(paper.matter, verb, sentence, by=by, params={"number": paper.number})
