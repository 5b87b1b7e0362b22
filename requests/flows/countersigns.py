"""A department countersigns: receives the paper, says its opinion, passes the signature on; or the system speaks (§3.5)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM, now
from audit.flow import flow
from audit.one_by_one import each
from audit.refusals import Invalid, NotReady, NotYours
from audit.words import word
from organization import people
from organization.models import Department, User
from requests import circulation_policies as policies
from requests import circulation_rules
from requests.circulation_states import OBJECTIONS, UNDER_WAY, PaperState, SignOpinion, SignState, Silence
from requests.flows.circulation_shared import (
    askers,
    end_signing,
    go_on,
    lock_countersign,
    owe_ruling,
    row_owes,
    tell_about,
    tell_paper,
)
from requests.flows.shared import let_read
from requests.models import Countersign
from supervision import flows as supervision
from supervision.calendar import working_days
from supervision.models import Obligation
from supervision.states import Kind, Outcome


@flow
def receive_paper(*, countersign_id: int, by: User) -> Countersign:
    """已收: somebody of the department has it on the table; its clock runs on."""
    row = lock_countersign(countersign_id)
    _insist_on_speaker(row, by)
    _insist_on_turn(row)
    if row.state == SignState.WAITING:
        row.receive()
        row.received_by, row.received_at = by, now()
        row.save()
    return row


@flow
def draft_countersign(
    *,
    countersign_id: int,
    by: User,
    opinion: str,
    reason: str = "",
    proposed_department: Department | None = None,
    version: int | None = None,
) -> Countersign:
    """The liaison writes what the head is to sign (§5: LI drafts, DH signs); the signature waits for the head then."""
    row = lock_countersign(countersign_id)
    _insist_on_speaker(row, by)
    _insist_on_turn(row)
    head = people.head(row.department_id)
    if row.is_signed or row.person_id is not None or head is None:
        raise NotReady(_("There is nothing to be drafted here."))
    circulation_rules.insist_on_seen(row.circulation, version)
    circulation_rules.insist_on_opinion(row, opinion=opinion, reason=reason, proposed=proposed_department)
    row.opinion, row.reason, row.drafted_by = opinion, reason.strip(), by
    row.proposed_department = proposed_department if opinion == SignOpinion.NOT_OURS else None
    if row.state == SignState.WAITING:
        row.receive()
        row.received_by, row.received_at = by, now()
    row.save()
    duty = _duty(row)
    if duty is not None and duty.holder_id != head.pk:
        supervision.hand_over(obligation_id=duty.pk, holder=head, holder_department=row.department)
    tell_about(
        row.circulation, [head], _n("%(number)s: the opinion on “%(kind)s” is drafted and waits for your signature."),
        key=f"{row.pk}:drafted:{now():%Y%m%d%H%M%S}", row=row, to_do=True,
    )  # fmt: skip
    return row


@flow
def countersign(
    *,
    countersign_id: int,
    by: User,
    opinion: str,
    reason: str = "",
    proposed_department: Department | None = None,
    version: int | None = None,
) -> Countersign:
    """已会签: the head, or whoever holds the signature, speaks for the department; changeable until the sign-off.

    One disagreement ends nothing: the round goes on, and everybody keeps seeing the paper.
    """
    row = lock_countersign(countersign_id)
    if not policies.may_countersign(row, by):
        raise NotYours(
            _("The head of the department signs, or the person to whom the signature was passed on.")
        )
    _insist_on_turn(row)
    circulation_rules.insist_on_seen(row.circulation, version)
    circulation_rules.insist_on_opinion(row, opinion=opinion, reason=reason, proposed=proposed_department)
    _insist_on_own_duty(row, opinion)
    row.opine()
    row.opinion, row.reason = opinion, reason.strip()
    row.proposed_department = proposed_department if opinion == SignOpinion.NOT_OURS else None
    row.signed_by, row.signed_at, row.on_behalf_of = by, now(), _head_for(row, by)
    row.is_deemed, row.answer_reason, row.answered_by, row.answered_at = False, "", None, None
    if row.received_at is None:
        row.received_by, row.received_at = by, row.signed_at
    row.version = row.circulation.version
    row.save()
    end_signing(row)
    _owe_ruling(row, by)
    _tell_signature(row, by)
    go_on(row.circulation, by)
    return row


@flow
def transfer_countersign(*, countersign_id: int, by: User, person: User) -> Countersign:
    """转签: somebody else of the own department signs, by the same date, for its head."""
    row = lock_countersign(countersign_id)
    _insist_on_passing(row, by, person)
    if row.is_signed or row.added_by_id:
        raise NotReady(_("It is signed already, or was asked of one person only."))
    row.person = person
    row.save()
    let_read(row.circulation.matter, users=[person.pk], why="circulation")
    duty = _duty(row)
    if duty is not None:
        supervision.hand_over(obligation_id=duty.pk, holder=person, holder_department=row.department)
    _tell_passed(row, by, _n("%(actor)s passed the signature of %(department)s on to %(person)s."))
    return row


@flow
def add_signer(*, countersign_id: int, by: User, person: User) -> Countersign:
    """加签: one more person of the own department signs too; both signatures are shown, and both are waited for."""
    row = lock_countersign(countersign_id)
    _insist_on_passing(row, by, person)
    paper = row.circulation
    if paper.countersigns.current().filter(person=person).exists():
        raise NotReady(_("This person is asked to sign already."))
    added = Countersign.objects.create(
        circulation=paper, department=row.department, department_name=row.department_name, person=person,
        added_by=by, place=row.place, version=paper.version,
    )  # fmt: skip
    added.circulation = paper
    let_read(paper.matter, users=[person.pk], why="circulation")
    if paper.state == PaperState.CONSOLIDATING:
        paper.route_again()
        paper.save()
    _tell_passed(added, by, _n("%(actor)s asked %(person)s of %(department)s to sign too."))
    go_on(paper, by)
    return added


@flow
def settle_silence(*, countersign_id: int, by: Any) -> Countersign:
    """The limit has passed. Routine: deemed no objection, in the system's name. Else the head is asked, one working day
    more, on the ladder. What money, duty or personal data is touched by is never settled so, nor an objection unsaid.
    """
    row = lock_countersign(countersign_id)
    if row.is_signed or not row.is_current or row.circulation.state != PaperState.ROUTING or row.escalated_at:
        return row
    if _may_be_deemed(row):
        return _deem(row)
    head = people.head(row.department_id)
    row.escalated_at = now()
    row.save()
    end_signing(row, Outcome.LAPSED)
    supervision.owe(
        kind=Kind.COUNTERSIGN, holder=head or row.person, holder_department=row.department, ladder=True,
        due_at=working_days().add_days(now(), 1), **row_owes(row),
    )  # fmt: skip
    tell_about(
        row.circulation, [head] if head else askers(row),
        _n("%(number)s: the signature of your department on “%(kind)s” is overdue; one working day is left."),
        key=f"{row.pk}:escalated", row=row, to_do=True,
    )  # fmt: skip
    tell_paper(
        row.circulation, "escalate_countersign", _n("%(department)s has not signed “%(kind)s” in time; its head is asked."),
        subject=row, params={"department": row.department_name}, tone="warn",
    )  # fmt: skip
    return row


def settle_silences(_now: datetime) -> int:
    """Take every signature whose limit has passed for the first time, each in a transaction of its own."""
    lapsed = Obligation.objects.lapsed_unanswered(Kind.COUNTERSIGN).filter(ladder=False)
    ids = list(
        dict.fromkeys(
            lapsed.filter(subject_type=Countersign.SUBJECT).values_list("subject_id", flat=True)[:1000]
        )
    )
    return each(ids, lambda pk: settle_silence(countersign_id=pk, by=SYSTEM))


def _may_be_deemed(row: Countersign) -> bool:
    paper = row.circulation
    if paper.silence != Silence.DEEMED or paper.touches or not paper.kind.is_routine or row.opinion:
        return False
    earlier = paper.countersigns.filter(
        department=row.department_id, is_current=False, opinion__in=OBJECTIONS
    )
    return not earlier.exists()


def _deem(row: Countersign) -> Countersign:
    row.deem()
    row.opinion, row.is_deemed, row.signed_at = SignOpinion.NO_COMMENT, True, now()
    row.version = row.circulation.version
    row.save()
    end_signing(row, Outcome.DEEMED)
    tell_paper(
        row.circulation, "deem_countersign",
        _n("%(department)s did not sign “%(kind)s” in time: deemed no objection, by the system."),
        subject=row, params={"department": row.department_name}, tone="warn",
    )  # fmt: skip
    tell_about(
        row.circulation, askers(row), _n("%(number)s: the limit for “%(kind)s” has passed; your department counts as without objection."),
        key=f"{row.pk}:deemed", row=row,
    )  # fmt: skip
    go_on(row.circulation, None)
    return row


def _insist_on_speaker(row: Countersign, by: User) -> None:
    if not policies.may_speak_to(row, by):
        raise NotYours(_("Only the head or the liaison of the department does this."))


def _insist_on_turn(row: Countersign) -> None:
    circulation_rules.insist_on_current(row)
    circulation_rules.insist_on_matter(row.circulation.matter)
    if row.circulation.state not in UNDER_WAY:
        state = row.circulation.state_words()
        raise NotReady(_("This is not possible now: it stands at “%(state)s”.") % {"state": state})
    if row.asked_at is None:
        raise NotReady(_("It is not your turn yet: the departments before you sign first."))
    if row.ruling:
        raise NotReady(_("The office has ruled on it already."))


def _insist_on_own_duty(row: Countersign, opinion: str) -> None:
    held = row.circulation.countersigns.held_to().filter(department=row.department_id)
    if opinion == SignOpinion.NOT_OURS and held.exists():
        sentence = _(
            "The office has ruled that it is the duty of your department. Say what you think of the paper."
        )
        raise Invalid(sentence, fields={"opinion": [sentence]})


def _insist_on_passing(row: Countersign, by: User, person: User) -> None:
    if not policies.may_pass_on(row, by):
        raise NotYours(_("The head of the department, or whoever holds the signature, does this."))
    _insist_on_turn(row)
    inside = row.department_id in person.authority.departments and not person.is_external
    if not inside or person.pk == by.pk:
        sentence = _("Choose somebody else of the own department.")
        raise Invalid(sentence, fields={"person": [sentence]})


def _head_for(row: Countersign, by: User) -> User | None:
    """Whose signature it counts as when somebody else of the department gives it; one who was added signs as oneself."""
    if row.added_by_id or row.department_id in by.authority.headed:
        return None
    return people.head(row.department_id)


def _owe_ruling(row: Countersign, by: User) -> None:
    """§3.5: the office says within one working day whose duty it is; another opinion ends that question."""
    if row.opinion != SignOpinion.NOT_OURS:
        supervision.discharge(
            kind=Kind.DUTY_RULING,
            subject_type=Countersign.SUBJECT,
            subject_id=row.pk,
            outcome=Outcome.CANCELLED,
        )
        return
    owe_ruling(row, by)


def _duty(row: Countersign) -> Obligation | None:
    duties = Obligation.objects.of(Countersign.SUBJECT, row.pk).open().filter(kind=Kind.COUNTERSIGN)
    found: Obligation | None = duties.first()
    return found


def _tell_signature(row: Countersign, by: User) -> None:
    paper, facts = (
        row.circulation,
        {"department": row.department_name, "opinion": word(SignOpinion(row.opinion).label)},
    )
    if row.on_behalf_of is not None:
        facts["head"] = row.on_behalf_of.name
    tell_about(
        paper, [paper.drafted_by], _n("%(number)s: %(department)s countersigned “%(kind)s”: %(opinion)s."),
        key=f"{row.pk}:signed:{row.signed_at:%Y%m%d%H%M%S}", params=facts,
    )  # fmt: skip
    tell_paper(
        paper, "countersign",
        _n("%(department)s %(actor)s countersigned “%(kind)s” for %(head)s: %(opinion)s.") if row.on_behalf_of
        else _n("%(department)s %(actor)s countersigned “%(kind)s”: %(opinion)s."),
        by=by, subject=row, params=facts, reason=row.reason, tone="bad" if row.opinion == SignOpinion.DISAGREE else "",
    )  # fmt: skip


def _tell_passed(row: Countersign, by: User, sentence: str) -> None:
    assert row.person is not None  # noqa: S101 - set by both callers
    tell_about(
        row.circulation, [row.person], _n("%(number)s: “%(kind)s” waits for your signature; %(actor)s asks you for it."),
        key=f"{row.pk}:passed:{row.person_id}", row=row, params={"actor": by.name}, to_do=True,
    )  # fmt: skip
    tell_paper(
        row.circulation, "pass_signature", sentence, by=by, subject=row,
        params={"department": row.department_name, "person": row.person.name},
    )  # fmt: skip
