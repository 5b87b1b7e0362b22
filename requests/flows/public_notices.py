"""A draft result is published to departments, objected to, answered; nothing is decided before (公示, R053)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from organization.models import Department, User
from requests import policies, rules
from requests.flows.decide import WHILE_SHOWN, take_held_decision
from requests.flows.shared import let_read, lock, speakers, tell_people, tell_story
from requests.models import CoordinationRequest, NoticeObjection, PublicNotice, Question
from requests.states import Stage
from supervision import flows as supervision
from supervision.calendar import working_days
from supervision.states import Kind, Outcome

PAGE = "requests:public_notice"
ANSWER = "requests:objection_answer"
MOST_DAYS = 30
STAGES = (Stage.PREPARATION, Stage.DECISION)


@flow
def publish_notice(
    *, matter_id: int, by: User, text: str, departments: Sequence[Department], days: int,
    question: Question | None = None,
) -> PublicNotice:  # fmt: skip
    """Show the draft result to these departments for so many working days; each of them may object."""
    matter = lock(matter_id)
    if not policies.may_prepare(matter, by):
        raise NotYours(_("Only the coordination office and the lead department publish a draft result."))
    _insist_on_matter(matter)
    _insist_on_notice(matter, text, departments, days, question)
    notice = PublicNotice.objects.create(
        matter=matter, question=question, text=text.strip(), days=days, published_by=by, published_at=now()
    )
    notice.departments.set(departments)
    let_read(matter, departments=[row.pk for row in departments], why="notice")
    due_at = working_days().add_days(now(), days)
    supervision.owe(kind=Kind.NOTICE_WINDOW, due_at=due_at, asked_by=by, **_owes(notice))
    facts = {"departments": "、".join(row.name for row in departments), "days": days}
    tell_people(
        matter, speakers([row.pk for row in departments]),
        _n("%(number)s: a draft result is shown to you for %(days)s working days; object if you have to."),
        key=f"notice:{notice.pk}", params=facts, url_name=PAGE, url_args=[notice.pk],
    )  # fmt: skip
    tell_story(
        matter, "publish_notice", _n("%(actor)s published a draft result to %(departments)s for %(days)s working days."),
        by=by, subject=notice, params=facts, tone="acc",
    )  # fmt: skip
    return notice


@flow
def object_to_notice(
    *, notice_id: int, by: User, reason: str, department: Department | None = None
) -> NoticeObjection:
    """A department objects within the period, with its reason; whoever published it owes the answer."""
    notice = lock_notice(notice_id)
    mine = [
        row
        for row in notice.departments.all()
        if row.pk in by.authority.speaks_for and (department is None or row.pk == department.pk)
    ]
    if not mine or not policies.may_write(by):
        raise NotYours(_("Only the departments that it is shown to object to it, by their head or liaison."))
    if not notice.is_running:
        raise NotReady(_("The period of this notice has ended."))
    if len(mine) > 1:
        sentence = _("You speak for several departments. Say for which one.")
        raise Invalid(sentence, fields={"department": [sentence]})
    rules.insist_on_reason(reason, most=rules.MOST_OF_OBJECTION)
    if notice.objections.filter(department=mine[0]).exists():
        raise NotReady(_("Your department has objected already; the answer is under way."))
    row = NoticeObjection.objects.create(
        notice=notice, department=mine[0], department_name=mine[0].name, reason=reason.strip(), given_by=by, given_at=now()
    )  # fmt: skip
    supervision.owe(
        kind=Kind.OBJECTION_REPLY, holder=notice.published_by, asked_by=by,
        **{**_owes(notice), "subject_type": NoticeObjection.SUBJECT, "subject_id": row.pk, "url_name": ANSWER,
           "url_args": [notice.pk, row.pk]},
    )  # fmt: skip
    tell_people(
        notice.matter, [notice.published_by], _n("%(number)s: %(department)s objects to the draft result."),
        key=f"objection:{row.pk}", params={"department": row.department_name}, url_name=ANSWER,
        url_args=[notice.pk, row.pk], to_do=True,
    )  # fmt: skip
    tell_story(
        notice.matter, "object_to_notice", _n("%(department)s %(actor)s objected to the draft result."), by=by,
        subject=notice, params={"department": row.department_name}, reason=reason, tone="warn",
    )  # fmt: skip
    return row


@flow
def answer_objection(*, objection_id: int, by: User, is_followed: bool, answer: str) -> NoticeObjection:
    """Each objection has its answer before anything is decided; the department is told."""
    notice = lock_notice(NoticeObjection.objects.values_list("notice_id", flat=True).get(pk=objection_id))
    row: NoticeObjection = (
        NoticeObjection.objects.select_for_update(of=("self",))
        .select_related("given_by")
        .get(pk=objection_id)
    )
    if not policies.may_prepare(notice.matter, by):
        raise NotYours(_("Only the coordination office and the lead department answer it."))
    if row.answered_at is not None or notice.withdrawn_at is not None:
        raise NotReady(_("This objection has been answered, or its notice was taken back."))
    if not answer.strip():
        sentence = _("Write the answer; the department reads it.")
        raise Invalid(sentence, fields={"answer": [sentence]})
    row.is_followed, row.answer, row.answered_by, row.answered_at = is_followed, answer.strip(), by, now()
    row.save()
    supervision.discharge(kind=Kind.OBJECTION_REPLY, subject_type=NoticeObjection.SUBJECT, subject_id=row.pk)
    tell_people(
        notice.matter, [row.given_by], _n("%(number)s: your objection to the draft result has its answer."),
        key=f"objection:{row.pk}:answer", url_name=PAGE, url_args=[notice.pk],
    )  # fmt: skip
    tell_story(
        notice.matter, "answer_objection",
        _n("%(actor)s followed the objection of %(department)s.") if is_followed
        else _n("%(actor)s did not follow the objection of %(department)s."),
        by=by, subject=notice, params={"department": row.department_name}, reason=answer,
    )  # fmt: skip
    take_held_decision(notice.matter, WHILE_SHOWN)
    return row


@flow
def withdraw_notice(*, notice_id: int, by: User, reason: str) -> PublicNotice:
    """Taken back in the sight of all; its objections need no answer any more."""
    notice = lock_notice(notice_id)
    if not policies.may_prepare(notice.matter, by):
        raise NotYours(_("Only the coordination office and the lead department publish a draft result."))
    if notice.withdrawn_at is not None:
        raise NotReady(_("This notice has been taken back already."))
    rules.insist_on_reason(reason)
    take_back(
        notice, reason.strip(),
        _n("%(number)s: the draft result that was shown to you has been taken back; the reason stands in its story."),
    )  # fmt: skip
    tell_story(
        notice.matter, "withdraw_notice", _n("%(actor)s took the published draft result back."), by=by, subject=notice,
        reason=reason, tone="warn",
    )  # fmt: skip
    take_held_decision(notice.matter, WHILE_SHOWN)
    return notice


def take_back(notice: PublicNotice, reason: str, sentence: str) -> None:
    """Called off, with a word to whoever was shown it and to whoever objected; its objections wait for no answer."""
    notice.withdrawn_at, notice.withdrawn_reason = now(), reason
    notice.save()
    supervision.cancel(subject_type=PublicNotice.SUBJECT, subject_id=notice.pk)
    objections = list(notice.objections.select_related("given_by"))
    for row in objections:
        supervision.cancel(subject_type=NoticeObjection.SUBJECT, subject_id=row.pk)
    shown_to = speakers(notice.departments.values_list("pk", flat=True))
    tell_people(
        notice.matter, {one.pk: one for one in (*shown_to, *(row.given_by for row in objections))}.values(), sentence,
        key=f"notice:{notice.pk}:back", url_name=PAGE, url_args=[notice.pk],
    )  # fmt: skip


@flow
def end_notice(*, notice_id: int, by: Any) -> PublicNotice:
    """The period has passed: the system ends it, and says how many objected."""
    notice = lock_notice(notice_id)
    if not notice.is_running:
        return notice
    notice.ended_at = now()
    notice.save()
    supervision.discharge(
        kind=Kind.NOTICE_WINDOW,
        subject_type=PublicNotice.SUBJECT,
        subject_id=notice.pk,
        outcome=Outcome.LAPSED,
    )
    facts = {"count": notice.objections.count()}
    tell_people(
        notice.matter, [notice.published_by], _n("%(number)s: the period of the notice has ended with %(count)s objections."),
        key=f"notice:{notice.pk}:ended", params=facts, url_name=PAGE, url_args=[notice.pk],
    )  # fmt: skip
    tell_story(
        notice.matter, "end_notice", _n("The period of the public notice ended; objections: %(count)s."), subject=notice,
        params=facts,
    )  # fmt: skip
    take_held_decision(notice.matter, WHILE_SHOWN)
    return notice


def lock_notice(notice_id: int) -> PublicNotice:
    """The notice under its row lock, after its matter."""
    matter = lock(PublicNotice.objects.values_list("matter_id", flat=True).get(pk=notice_id))
    notice: PublicNotice = (
        PublicNotice.objects.select_for_update(of=("self",)).select_related("published_by").get(pk=notice_id)
    )
    notice.matter = matter
    return notice


def _owes(notice: PublicNotice) -> dict[str, Any]:
    return {
        "subject_type": PublicNotice.SUBJECT,
        "subject_id": notice.pk,
        "case_id": notice.matter_id,
        "number": notice.matter.number or "",
        "url_name": PAGE,
        "url_args": [notice.pk],
        "urgency": notice.matter.urgency,
    }


def _insist_on_matter(matter: CoordinationRequest) -> None:
    if matter.stage not in STAGES:
        raise NotReady(_("A draft result is published before the decision."))
    if matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))


def _insist_on_notice(
    matter: CoordinationRequest,
    text: str,
    departments: Sequence[Department],
    days: int,
    question: Question | None,
) -> None:
    fields: dict[str, list[Sentence]] = {}
    if not text.strip():
        fields["text"] = [_("Write the draft result.")]
    if not departments:
        fields["departments"] = [_("None is chosen. Choose at least one department.")]
    if not 0 < days <= MOST_DAYS:
        fields["days"] = [_("Write a number of working days from 1 to %(most)s.") % {"most": MOST_DAYS}]
    if question is not None and question.matter_id != matter.pk:
        fields["question"] = [_("This question belongs to another matter. Choose one of this matter.")]
    if fields:
        raise Invalid(_("The notice is not complete."), fields=fields)
