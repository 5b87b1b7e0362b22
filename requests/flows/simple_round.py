"""The sheet that goes round on the simple track (R039): whom it reaches, what its answers say, what is left when it no longer
stands."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.refusals import NotReady
from organization.models import Department, User
from requests.flows.letter_shared import ask_head
from requests.flows.shared import tell_people, tell_story, wait_while_blocked, what_it_owes
from requests.flows.simple import weigh
from requests.letter_states import STANDING, LetterForm, LetterState, Reply
from requests.models import Addressee, CoordinationRequest, HeldDecision, Letter, Participant
from requests.states import Opinion, Receipt, Stage
from supervision.flows import cancel, discharge, owe
from supervision.states import Kind

OPINION_OF = {
    Reply.AGREE: Opinion.AGREE,
    Reply.CONDITIONS: Opinion.CONDITIONS,
    Reply.NOT_OURS: Opinion.DISAGREE,
    Reply.DISAGREE: Opinion.DISAGREE,
}
# The same the other way round; whoever has nothing to say to it agrees.
REPLY_OF = {
    Opinion.AGREE: Reply.AGREE,
    Opinion.NO_COMMENT: Reply.AGREE,
    Opinion.CONDITIONS: Reply.CONDITIONS,
    Opinion.DISAGREE: Reply.DISAGREE,
}
# Until the decision an answer is an opinion, also while the applicant completes the form.
UNDECIDED = (Stage.PREPARATION, Stage.DECISION, Stage.RETURNED)


def asks_the_departments(letter: Letter, addressees: Collection[Department]) -> bool:
    """Whether this new draft is the round: the heir of one, or the office's sheet to departments that none has reached and
    that none is on its way to."""
    if letter.supersedes is not None:
        return letter.supersedes.is_round
    matter = letter.matter
    if not matter.is_simple or matter.stage not in UNDECIDED:
        return False
    if letter.form != LetterForm.SHEET or not letter.department.is_coordination_office:
        return False
    if matter.letters.rounds_waiting().exists():
        return False
    return bool(matter.participants.filter(notified_at=None, department__in=addressees).exists())


def moves_the_matter(letter: Letter) -> bool:
    """The round of a matter that is on the simple track still."""
    return letter.is_round and letter.matter.is_simple and letter.matter.stage in UNDECIDED


def mark_sent(letter: Letter) -> None:
    """The sheet is what the departments are notified by (R045); whoever sends it stands for the own department."""
    if not moves_the_matter(letter):
        return
    if letter.supersedes is not None:
        forget_answers(letter.supersedes, letter.matter)
    matter, moment = letter.matter, now()
    matter.material_delivered_at = matter.material_delivered_at or moment
    matter.save()
    reached = set(letter.addressees.values_list("department_id", flat=True))
    for row in matter.participants.filter(department__in=reached):
        row.notified_at = row.notified_at or moment
        row.save()
    stand_for_the_office(letter)


def stand_for_the_office(letter: Letter) -> None:
    """Where the office takes part itself, the signature under its sheet is its consent."""
    row = letter.matter.participants.filter(department=letter.department_id, opinion="").first()
    if row is None or letter.signed_by is None:
        return
    row.notified_at = row.material_read_at = now()
    row.material_read_by = letter.signed_by
    _keep(row, Opinion.AGREE, "", letter.signed_by)


def take_answer(addressee: Addressee, by: User) -> None:
    """R039: the answer to the sheet is the opinion of the department, on either track; the last consent opens the decision."""
    letter = addressee.letter
    if not letter.is_round or letter.matter.stage not in UNDECIDED:
        return
    row = letter.matter.participants.filter(department=addressee.department_id).first()
    if row is None:
        return
    row.notified_at = row.notified_at or now()
    row.material_read_at, row.material_read_by = row.material_read_at or now(), row.material_read_by or by
    _keep(row, OPINION_OF[Reply(addressee.reply)], addressee.reply_reason, by)
    for kind in (Kind.OPINION, Kind.RECEIPT):
        discharge(kind=kind, subject_type=Participant.SUBJECT, subject_id=row.pk)
    weigh(letter.matter, by)


def answer_sheets(row: Participant, by: User) -> None:
    """One word answers both: whoever gives the opinion on its own page has answered the sheet that asks the same, and the
    head is asked to confirm it as by the sheet (F4)."""
    asked = Addressee.objects.select_for_update(of=("self",)).filter(
        letter__matter=row.matter_id, letter__is_round=True, letter__state=LetterState.SENT, department=row.department_id
    )  # fmt: skip
    for addressee in asked.order_by("pk"):
        if not addressee.receipt:
            addressee.receipt, addressee.received_at, addressee.received_by = Receipt.REAL, now(), by
        stands = addressee.confirmed_at is not None and _says_the_same(addressee, row)
        addressee.reply, addressee.reply_reason = REPLY_OF[Opinion(row.opinion)], row.opinion_reason
        addressee.proposed_department = None
        addressee.answered_by, addressee.answered_at, addressee.dropped_at = by, now(), None
        if not stands:
            ask_head(addressee, by)
        addressee.save()
        cancel(
            subject_type=Addressee.SUBJECT, subject_id=addressee.pk,
            keep=(Kind.LETTER_REPLY, Kind.RECEIPT, Kind.APPROVE_DEPARTMENT),
        )  # fmt: skip
        for kind in (Kind.LETTER_REPLY, Kind.RECEIPT):
            discharge(kind=kind, subject_type=Addressee.SUBJECT, subject_id=addressee.pk)


def _says_the_same(addressee: Addressee, row: Participant) -> bool:
    """What the head has confirmed and nothing has changed in stays confirmed (F4)."""
    before = addressee.reply, addressee.reply_reason, addressee.proposed_department_id
    return before == (REPLY_OF[Opinion(row.opinion)], row.opinion_reason, None)


def forget_answers(letter: Letter, matter: CoordinationRequest) -> None:
    """The sheet no longer stands: what was answered to it is no opinion any more, and nothing is decided on it."""
    if letter.sent_at is None or not letter.is_round or not matter.is_simple or matter.stage not in UNDECIDED:
        return
    if matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))
    asked = {letter.department_id, *letter.addressees.values_list("department_id", flat=True)}
    for row in matter.participants.filter(department__in=asked):
        row.notified_at = row.material_read_at = row.opined_at = None
        row.material_read_by = row.opined_by = None
        row.opinion = row.opinion_reason = ""
        row.save()
    for other in matter.letters.filter(is_round=True, state__in=STANDING).exclude(pk=letter.pk):
        other.matter = matter
        stand_for_the_office(other)
    if matter.stage == Stage.DECISION:
        _back_to_preparation(matter)


def _keep(row: Participant, opinion: str, reason: str, by: User) -> None:
    row.opinion, row.opinion_reason, row.is_silent = opinion, reason, False
    row.opined_by, row.opined_at = by, now()
    row.save()


def _back_to_preparation(matter: CoordinationRequest) -> None:
    matter.ask_again()
    matter.save()
    HeldDecision.objects.filter(matter=matter).delete()
    discharge(kind=Kind.DECIDE, subject_type=matter.SUBJECT, subject_id=matter.pk, outcome="cancelled")
    owe(kind=Kind.PREPARE, holder=matter.keeper, **what_it_owes(matter))
    wait_while_blocked(matter)
    if matter.keeper:
        tell_people(
            matter, [matter.keeper], _n("%(number)s: its sheet no longer stands; the departments are asked anew."),
            key=f"asked-anew:{now():%Y%m%d%H%M%S}", to_do=True,
        )  # fmt: skip
    tell_story(
        matter, "ask_again", _n("Its sheet no longer stands; the departments are asked anew."),
        came_from=Stage.DECISION, tone="warn",
    )  # fmt: skip
