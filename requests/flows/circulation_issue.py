"""A countersigned paper is signed off or given back, issued with its number, put on file (§3.5, Q13, R057)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import NotReady
from audit.transitions import insist
from documents.numbers import take
from documents.states import Series
from organization.models import User
from requests import circulation_rules, rules
from requests.circulation_guards import MANY
from requests.circulation_states import OBJECTIONS, SignState
from requests.flows.circulation_shared import (
    askers,
    close_rows,
    end_duties,
    lock_countersign,
    lock_paper,
    paper_owes,
    row_owes,
    tell_about,
    tell_paper,
)
from requests.flows.decide import decide_if_ready, insist_on_settleable, record_outcome
from requests.models import Circulation, Countersign, Question
from requests.states import FINAL_OUTCOMES, DecisionWay, Outcome, Stage
from supervision import flows as supervision
from supervision.states import Kind
from supervision.states import Outcome as Ending


@flow
def sign_off(*, circulation_id: int, by: User, version: int | None = None) -> Circulation:
    """定稿签发: every opinion has its answer. The table of opinions goes back to each department, which signs for it."""
    paper = lock_paper(circulation_id)
    insist(paper.sign_off, by)
    circulation_rules.insist_on_matter(paper.matter)
    circulation_rules.insist_on_seen(paper, version)
    paper.sign_off()
    paper.signed_off_by, paper.signed_off_at = by, now()
    paper.save()
    supervision.discharge(kind=Kind.APPROVE_OFFICE, subject_type=Circulation.SUBJECT, subject_id=paper.pk)
    end_duties(paper)
    for row in paper.countersigns.current().select_related("department", "person"):
        row.circulation = paper
        _return_result(row, by)
    supervision.owe(
        kind=Kind.ISSUE_PAPER, holder=paper.drafted_by, holder_department=paper.department, asked_by=by,
        **paper_owes(paper),
    )  # fmt: skip
    tell_paper(
        paper, "sign_off", _n("%(actor)s signed “%(kind)s” off, version %(version)s."), by=by, tone="ok"
    )
    return paper


@flow
def give_back_paper(*, circulation_id: int, by: User, reason: str) -> Circulation:
    """The signer does not sign it like this: the drafter has it again, changes it and sends it round; nothing is lost."""
    paper = lock_paper(circulation_id)
    insist(paper.give_back, by)
    rules.insist_on_reason(reason)
    end_duties(paper)
    paper.give_back()
    paper.pulled_reason = reason.strip()
    paper.save()
    supervision.owe(
        kind=Kind.CONSOLIDATE, holder=paper.drafted_by, holder_department=paper.department, asked_by=by,
        **paper_owes(paper),
    )  # fmt: skip
    tell_about(
        paper, [paper.drafted_by], _n("%(number)s: “%(kind)s” was given back; the reason stands in its story."),
        key=f"back:{now():%Y%m%d%H%M%S}", to_do=True,
    )  # fmt: skip
    tell_paper(
        paper,
        "give_back_paper",
        _n("%(actor)s gave “%(kind)s” back to its drafter."),
        by=by,
        reason=reason,
        tone="warn",
    )
    return paper


@flow
def issue_paper(*, circulation_id: int, by: User) -> Circulation:
    """印发: it takes its number. One that decides settles its question by countersign (Q13), with it as the document."""
    paper = lock_paper(circulation_id)
    insist(paper.issue, by)
    circulation_rules.insist_on_matter(paper.matter)
    if paper.decides:
        insist_on_settleable(paper.matter, paper.question)
    paper.issue()
    paper.issued_by, paper.issued_at = by, now()
    paper.number = take(Series.PAPER)
    paper.save()
    supervision.discharge(kind=Kind.ISSUE_PAPER, subject_type=Circulation.SUBJECT, subject_id=paper.pk)
    rows = paper.countersigns.current().select_related("department", "person")
    tell_about(
        paper, [person for row in rows for person in askers(row)], _n("%(number)s: “%(kind)s” has been issued."),
        key="issued",
    )  # fmt: skip
    tell_paper(paper, "issue_paper", _n("%(actor)s issued “%(kind)s” as %(number)s."), by=by, tone="ok")
    if paper.decides:
        _decide(paper, by)
    return paper


@flow
def put_on_file(*, circulation_id: int, by: User) -> Circulation:
    """It is put away; what was not read yet counts as read."""
    paper = lock_paper(circulation_id)
    insist(paper.put_on_file, by)
    paper.put_on_file()
    paper.ended_at = now()
    paper.save()
    end_duties(paper)
    close_rows(paper)
    tell_paper(paper, "put_on_file", _n("%(actor)s put %(number)s on file."), by=by)
    return paper


@flow
def leave_open(*, circulation_id: int, by: User) -> Circulation:
    """§3.5: two departments stand against it, the meeting did not settle it: its question is recorded as not agreed,
    with the point of difference of each, and is ready for a dispute."""
    paper = lock_paper(circulation_id)
    insist(paper.pull_back, by)
    circulation_rules.insist_on_matter(paper.matter)
    rows = list(paper.countersigns.current().unresolved().select_related("department"))
    question = paper.question
    if len(rows) < MANY or question is None:
        raise NotReady(_("A question is left not agreed when at least two departments disagree on it."))
    if question.outcome in FINAL_OUTCOMES:
        raise NotReady(_("This question is settled already; ask for a change instead."))
    record_outcome(question_id=question.pk, by=by, outcome=Outcome.NOT_AGREED, differences=[
        {"department": row.department, "position": row.reason, "basis": ""} for row in rows
    ])  # fmt: skip
    supervision.discharge(kind=Kind.CONSOLIDATE, subject_type=Circulation.SUBJECT, subject_id=paper.pk)
    tell_paper(
        paper, "leave_open", _n("%(actor)s recorded the question of “%(kind)s” as not agreed: %(departments)s disagree."),
        by=by, tone="bad", params={"departments": "、".join(row.department_name for row in rows)},
    )  # fmt: skip
    return paper


@flow
def deem_result_read(*, countersign_id: int, by: Any) -> Countersign:
    """The result was returned and nobody signed for it in time: it counts as received, by the system."""
    row = lock_countersign(countersign_id)
    supervision.discharge(
        kind=Kind.RECEIPT, subject_type=Countersign.SUBJECT, subject_id=row.pk, outcome=Ending.DEEMED
    )
    return row


def _return_result(row: Countersign, by: User) -> None:
    supervision.owe(
        kind=Kind.RECEIPT, holder=row.person, holder_department=row.department, on_lapse="deemed", asked_by=by,
        **row_owes(row),
    )  # fmt: skip
    tell_about(
        row.circulation, askers(row), _n("%(number)s: the opinions on “%(kind)s” have been answered; read the result."),
        key=f"{row.pk}:result", row=row, to_do=True,
    )  # fmt: skip


def _decide(paper: Circulation, by: User) -> None:
    """Q13: agreed, or every objection answered. What a department keeps to stands beside it as its reservation (R059)."""
    questions = Question.objects.filter(matter=paper.matter_id)
    open_ones = [paper.question] if paper.question else list(questions.filter(outcome=Outcome.OPEN))
    kept = [
        {"department": row.department, "text": row.reason}
        for row in paper.countersigns.current().select_related("department")
        if row.opinion in OBJECTIONS and row.state != SignState.ADOPTED
    ]
    for question in open_ones:
        if question.outcome not in FINAL_OUTCOMES:
            record_outcome(
                question_id=question.pk, by=by, outcome=Outcome.AGREED, resolution=paper.text,
                reservations=kept, source_number=paper.number or "",
            )  # fmt: skip
    if paper.matter.stage == Stage.DECISION:
        decide_if_ready(
            matter_id=paper.matter_id, by=by, way=DecisionWay.COUNTERSIGN, resolution=paper.text,
            document=paper.number or "", decided_by=paper.signed_off_by,
        )  # fmt: skip
