"""Papers that go round in the matter of tests/requests/world.py: the office drafts, supplies and staffing sign.

Sent round on Thursday 2026-09-10 at 11:00; the limit of three working days ends on Tuesday the 15th at 17:30.
"""

from __future__ import annotations

from audit.acting import at_moment
from requests import flows
from requests.models import Circulation, Countersign, PaperKind
from tests.kept import kept
from tests.requests import world

PAPER = {
    "title": "关于管焊工劳保服的协调方案",
    "text": "物资部采购三套同款劳保服。\n人力资源部补充合同条款。",
}


def kind(name="协调方案") -> PaperKind:
    return PaperKind.objects.get(name=name)


def draft(cast, matter, *, by=None, to=("supplies", "staffing"), of="协调方案", **changes) -> Circulation:
    with at_moment(world.moment(10, 10, 30)):
        return flows.draft_circulation(
            matter_id=matter.pk, by=by or cast.officer, kind=kind(of),
            departments=[getattr(cast, name) for name in to], **{**PAPER, **changes},
        )  # fmt: skip


@kept
def routing(cast, **changes) -> Circulation:
    paper = draft(cast, world.deciding(cast), **changes)
    with at_moment(world.moment(10, 11)):
        return flows.start_circulation(circulation_id=paper.pk, by=paper.drafted_by)


@kept
def routine(cast, **changes) -> Circulation:
    """A daily notice, on which silence counts as no objection."""
    return routing(cast, of="日常通知", silence="deemed", **changes)


def row(paper, department) -> Countersign:
    return paper.countersigns.current().get(department=department, added_by=None)


def sign(paper, by, opinion="agree", reason="", *, at=None, department=None, **more) -> Countersign:
    """The head signs for the own department."""
    found = row(paper, department or by.department)
    with at_moment(at or world.moment(11)):
        return flows.countersign(countersign_id=found.pk, by=by, opinion=opinion, reason=reason, **more)


def both_sign(cast, paper, supplies="agree", staffing="agree") -> Circulation:
    for head, opinion in ((cast.supplies_head, supplies), (cast.staffing_head, staffing)):
        sign(
            paper,
            head,
            opinion,
            "" if opinion in ("agree", "no_comment") else f"{head.department}认为预算未列。",
        )
    return now(paper)


def answer(paper, department, result="not_adopted", reason="预算已在三季度列支。"):
    return flows.answer_opinion(
        countersign_id=row(paper, department).pk, by=paper.drafted_by, result=result, reason=reason
    )


def now(paper) -> Circulation:
    return Circulation.objects.get(pk=paper.pk)


@kept
def signed_off(cast, **changes) -> Circulation:
    paper = both_sign(cast, routing(cast, **changes))
    with at_moment(world.moment(11, 10)):
        return flows.sign_off(circulation_id=paper.pk, by=cast.office_head)


@kept
def issued(cast, **changes) -> Circulation:
    paper = signed_off(cast, **changes)
    with at_moment(world.moment(11, 11)):
        return flows.issue_paper(circulation_id=paper.pk, by=cast.officer)
