"""Who may do what to a circulating paper and to a signature on it (domain §3.5, §5 “Countersign opinion”). Pure: no queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from requests.policies import may_prepare, may_write
from supervision.policies import may_arrange

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import Circulation, CoordinationRequest, Countersign


def may_circulate(matter: CoordinationRequest, user: User) -> bool:
    """The office and whoever speaks for the lead department send papers round."""
    return may_prepare(matter, user)


def may_edit_paper(paper: Circulation, user: User) -> bool:
    """Write it, change it, answer the opinions, pull it back: the drafter, whoever speaks for the department, its officers."""
    speaks = paper.department_id in user.authority.speaks_for
    officer = user.authority.is_officer and paper.department_id in user.authority.departments
    return may_write(user) and (paper.drafted_by_id == user.pk or speaks or officer)


def may_sign_off(paper: Circulation, user: User) -> bool:
    """定稿签发: the head of the issuing department, chair or top leader; never the drafter, nor on a decision the applicant."""
    leads = user.authority.is_chair or user.authority.is_arbiter
    own = paper.drafted_by_id == user.pk or (paper.decides and paper.matter.filed_by_id == user.pk)
    return may_write(user) and not own and (paper.department_id in user.authority.headed or leads)


def may_issue(paper: Circulation, user: User) -> bool:
    """Send it out; a paper that decides the matter is never issued by the applicant."""
    own = paper.decides and paper.matter.filed_by_id == user.pk
    return not own and (may_edit_paper(paper, user) or (user.authority.is_officer and may_write(user)))


def may_countersign(row: Countersign, user: User) -> bool:
    """The head of the department, or the one person to whom the signature was passed on (§5)."""
    return may_write(user) and (
        row.department_id in user.authority.headed if row.person_id is None else _is_asked(row, user)
    )


def _is_asked(row: Countersign, user: User) -> bool:
    return row.person_id == user.pk or (row.department_id in user.authority.headed and not row.added_by_id)


def may_speak_to(row: Countersign, user: User) -> bool:
    """Sign for it, draft the opinion for the head, read the result: head, liaisons, and the person who is asked."""
    return may_write(user) and (row.department_id in user.authority.speaks_for or row.person_id == user.pk)


def may_pass_on(row: Countersign, user: User) -> bool:
    """加签 and 转签 stay inside the own department: its head, or the person who holds the signature."""
    return may_countersign(row, user)


def may_rule_duty(row: Countersign, user: User) -> bool:
    """The office says whose duty it is, never whoever said that it is not theirs."""
    return user.authority.is_officer and may_write(user) and row.signed_by_id != user.pk


def may_write_kinds(user: User) -> bool:
    """The kinds of papers with their silence policy are rules of the office, like its limits."""
    return may_arrange(user)
