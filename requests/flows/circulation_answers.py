"""The drafter answers each opinion, the office says whose duty it is, each department reads the result (R063, §3.5)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from audit.words import word
from organization.models import Department, User
from requests import circulation_policies as policies
from requests import circulation_rules
from requests.circulation_states import OBJECTIONS, SIGNED, UNDER_WAY, DutyRuling, SignState
from requests.flows.circulation_shared import askers, go_on, lock_countersign, tell_about, tell_paper, weigh
from requests.flows.handovers import pass_on
from requests.flows.shared import let_read
from requests.models import Countersign
from supervision import flows as supervision
from supervision.states import Kind


@flow
def answer_opinion(*, countersign_id: int, by: User, result: str, reason: str = "") -> Countersign:
    """Adopted, partly or not adopted, with the reason; the department is told at once."""
    row = lock_countersign(countersign_id)
    paper = row.circulation
    if not policies.may_edit_paper(paper, by):
        raise NotYours(_("Only the drafter and whoever speaks for the issuing department do this."))
    circulation_rules.insist_on_matter(paper.matter)
    circulation_rules.insist_on_current(row)
    if paper.state not in UNDER_WAY or not row.is_signed or row.opinion not in OBJECTIONS:
        raise NotReady(_("There is no opinion here that waits for an answer."))
    circulation_rules.insist_on_answer(result, reason)
    {
        SignState.ADOPTED.value: row.adopt,
        SignState.PARTLY.value: row.adopt_partly,
        SignState.NOT_ADOPTED.value: row.turn_down,
    }[result]()
    row.answer_reason, row.answered_by, row.answered_at = reason.strip(), by, now()
    row.save()
    facts = {"to": row.department_name, "result": word(SignState(result).label)}
    tell_about(
        paper, [row.signed_by] if row.signed_by else askers(row),
        _n("%(number)s: your opinion on “%(kind)s” has its answer: %(result)s."),
        key=f"{row.pk}:answer:{now():%Y%m%d%H%M%S}", params=facts,
    )  # fmt: skip
    tell_paper(
        paper, "answer_opinion", _n("%(actor)s answered the opinion of %(to)s on “%(kind)s”: %(result)s."),
        by=by, subject=row, params=facts, reason=reason,
    )  # fmt: skip
    if paper.state == "consolidating":
        weigh(paper, by)
    return row


@flow
def rule_duty(
    *, countersign_id: int, by: User, uphold: bool, reason: str, department: Department | None = None
) -> Countersign:
    """Not its duty: it is passed on, counted, to the right department, which signs now. Its duty: it is asked again."""
    row = lock_countersign(countersign_id)
    paper = row.circulation
    if not policies.may_rule_duty(row, by):
        raise NotYours(_("The coordination office rules on it, never the person who asked."))
    circulation_rules.insist_on_matter(paper.matter)
    circulation_rules.insist_on_current(row)
    if not row.waits_for_ruling or paper.state not in UNDER_WAY:
        raise NotReady(_("There is no “not our duty” here that waits for a ruling."))
    target = (department or row.proposed_department) if uphold else row.department
    _insist_on_ruling(row, reason, target, uphold=uphold)
    row.ruling = DutyRuling.UPHELD if uphold else DutyRuling.REJECTED
    row.ruling_reason, row.ruled_by, row.ruled_at, row.is_current = reason.strip(), by, now(), False
    row.save()
    supervision.discharge(kind=Kind.DUTY_RULING, subject_type=Countersign.SUBJECT, subject_id=row.pk)
    assert target is not None  # noqa: S101 - insisted on above
    if uphold:
        let_read(paper.matter, departments=[target.pk], why="circulation")
        pass_on(
            paper.matter, from_department=row.department, to_department=target, reason=row.reason,
            by=row.signed_by or by, number=paper.number or "",
        )  # fmt: skip
    if not paper.countersigns.current().filter(department=target, added_by=None).exists():
        Countersign.objects.create(
            circulation=paper,
            department=target,
            department_name=target.name,
            place=row.place,
            version=paper.version,
        )
    _tell_ruling(row, by, target)
    if paper.state == "consolidating":
        paper.route_again()
        paper.save()
    go_on(paper, by)
    return row


@flow
def read_result(*, countersign_id: int, by: User) -> Countersign:
    """Somebody of the department has read what became of its opinion (回告签收)."""
    row = lock_countersign(countersign_id)
    if not policies.may_speak_to(row, by):
        raise NotYours(_("Only the head or the liaison of the department does this."))
    if row.circulation.state not in SIGNED or not row.is_current:
        raise NotReady(_("There is no result to be read yet."))
    if row.read_at is None:
        row.read_by, row.read_at = by, now()
        row.save()
        supervision.discharge(kind=Kind.RECEIPT, subject_type=Countersign.SUBJECT, subject_id=row.pk)
    return row


def _insist_on_ruling(row: Countersign, reason: str, target: Department | None, *, uphold: bool) -> None:
    fields: dict[str, list[Sentence]] = {}
    if not reason.strip():
        fields["reason"] = [_("Write the reason; both departments read it.")]
    if target is None:
        fields["department"] = [_("Name the department whose duty it is, by its charter.")]
    elif uphold and target.pk == row.department_id:
        fields["department"] = [_("It is with this department already. Choose another one.")]
    elif uphold and target.pk == row.circulation.department_id:
        fields["department"] = [_("It goes out from this department. Choose others.")]
    if fields:
        raise Invalid(_("The ruling is not complete."), fields=fields)


def _tell_ruling(row: Countersign, by: User, target: Department) -> None:
    paper, upheld = row.circulation, row.ruling == DutyRuling.UPHELD
    facts = {"from": row.department_name, "to": target.name}
    tell_about(
        paper, [row.signed_by] if row.signed_by else askers(row),
        _n("%(number)s: the signature on “%(kind)s” passes from %(from)s to %(to)s.") if upheld
        else _n("%(number)s: the office rules that %(from)s signs “%(kind)s”."),
        key=f"{row.pk}:ruled", params=facts, to_do=True,
    )  # fmt: skip
    tell_paper(
        paper, "rule_duty",
        _n("%(actor)s ruled: not the duty of %(from)s; %(to)s signs “%(kind)s”.") if upheld
        else _n("%(actor)s ruled: it is the duty of %(from)s to sign “%(kind)s”."),
        by=by, subject=row, params=facts, reason=row.ruling_reason, tone="warn",
    )  # fmt: skip
