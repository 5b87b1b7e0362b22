"""The simple track (R039): the answers to the sheet move a matter on; an objection brings it back to the full track."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.models import TransitionLog
from audit.refusals import NotReady, NotYours
from audit.transitions import why_not
from organization import people
from organization.models import Department, User
from requests import policies, rules, simple_rules
from requests.flows.shared import lock, speakers, tell_people, tell_story, what_it_owes
from requests.letter_states import Reply
from requests.merged import applicants
from requests.models import Addressee, CoordinationRequest, Letter, Participant
from requests.states import NEEDS_REASON, Handling, Opinion, Stage
from supervision.flows import discharge, owe
from supervision.states import Kind

OPINION_OF = {
    Reply.AGREE: Opinion.AGREE,
    Reply.CONDITIONS: Opinion.CONDITIONS,
    Reply.NOT_OURS: Opinion.DISAGREE,
    Reply.DISAGREE: Opinion.DISAGREE,
}


@flow
def leave_simple_track(*, matter_id: int, by: User, reason: str) -> CoordinationRequest:
    """The office sees that the simple track is not enough: everybody concerned is told, and why."""
    matter = lock(matter_id)
    if not policies.is_officer(matter, by):
        raise NotYours(_("Only the coordination office changes the track."))
    if not matter.is_settled_by_letters:
        raise NotReady(_("It is not on the simple track, or it has been decided."))
    rules.insist_on_reason(reason)
    leave(matter, by=by, why=reason.strip())
    return matter


def leave(matter: CoordinationRequest, *, by: User, why: str, department: Department | None = None) -> None:
    """Called under the lock of the matter. What was said so far stays; from here on nothing goes without the full track."""
    matter.handling, matter.handling_left_at, matter.handling_left_why = Handling.FULL, now(), why
    matter.save()
    concerned = speakers(matter.participants.values_list("department_id", flat=True))
    keeper = [matter.keeper] if matter.keeper else []
    tell_people(
        matter, {person.pk: person for person in (*applicants(matter), *keeper, *concerned)}.values(),
        _n("%(number)s moves to the full track: %(department)s objects.") if department
        else _n("%(number)s moves to the full track."),
        key=f"full-track:{now():%Y%m%d%H%M%S}", params={"department": department.name if department else ""},
    )  # fmt: skip
    tell_story(
        matter, "leave_simple_track",
        _n("%(department)s objects: it moves to the full track.") if department
        else _n("%(actor)s took it off the simple track: it moves to the full track."),
        by=by, reason=why, tone="warn", params={"department": department.name if department else ""},
    )  # fmt: skip


def is_round(letter: Letter) -> bool:
    """A sheet or letter of the office, on whose answers a matter on the simple track moves on."""
    return letter.matter.is_settled_by_letters and letter.department.is_coordination_office


def mark_sent(letter: Letter) -> None:
    """The sheet is what the departments are notified by (R045); whoever sends it stands for the own department."""
    matter = letter.matter
    if not is_round(letter):
        return
    moment = now()
    matter.material_delivered_at = matter.material_delivered_at or moment
    matter.save()
    reached = set(letter.addressees.values_list("department_id", flat=True))
    for row in matter.participants.all():
        if row.department_id in reached:
            row.notified_at = row.notified_at or moment
        elif row.department_id == letter.department_id and letter.signed_by is not None:
            row.notified_at = row.material_read_at = moment
            row.material_read_by = letter.signed_by
            _keep(row, Opinion.AGREE, "", letter.signed_by)
        row.save()


def take_answer(addressee: Addressee, by: User) -> None:
    """R039: the answer to a paper is the opinion of the department; the last consent opens the decision."""
    matter = addressee.letter.matter
    if not is_round(addressee.letter):
        return
    row = matter.participants.filter(department=addressee.department_id).first()
    if row is None:
        return
    row.notified_at = row.notified_at or now()
    row.material_read_at, row.material_read_by = row.material_read_at or now(), row.material_read_by or by
    _keep(row, OPINION_OF[Reply(addressee.reply)], addressee.reply_reason, by)
    row.save()
    weigh(matter, row, by)


def weigh(matter: CoordinationRequest, row: Participant, by: User) -> None:
    """What an opinion does to a matter on the simple track, in whatever way it was given."""
    if not matter.is_settled_by_letters:
        return
    if row.opinion in NEEDS_REASON:
        leave(matter, by=by, why=row.opinion_reason, department=row.department)
    elif matter.stage == Stage.PREPARATION and not matter.participants.filter(opinion="").exists():
        _open_decision(matter, by)


def insist_on_full_track(matter: CoordinationRequest) -> None:
    """The material of the full track is not sent beside the sheet that asks the same."""
    if matter.is_settled_by_letters:
        raise NotReady(
            _("It is on the simple track: the departments answer the sheet. Take the full track first.")
        )


def leave_if_barred(matter: CoordinationRequest, by: User) -> None:
    """Other departments take part than at the acceptance: does the simple track still hold?"""
    if not matter.is_settled_by_letters:
        return
    departments = [row.department for row in matter.participants.select_related("department")]
    if bar := simple_rules.bar_of(matter, departments):
        leave(matter, by=by, why=bar)


def steps_until_decision(matter: CoordinationRequest) -> int:
    """R039, the figure: the acts of the office on the way to the decision, with the decision itself."""
    verbs = list(TransitionLog.objects.of_case(matter.pk).values_list("verb", flat=True))
    together = sum(1 for verb in simple_rules.COUNTED_ONCE if verb in verbs)
    return sum(1 for verb in verbs if verb in simple_rules.COUNTED) + together + 1


def _keep(row: Participant, opinion: str, reason: str, by: User) -> None:
    row.opinion, row.opinion_reason, row.is_silent = opinion, reason, False
    row.opined_by, row.opined_at = by, now()


def _open_decision(matter: CoordinationRequest, by: User) -> None:
    """Everybody agrees: the preparation is over without a further act, as at the end of a countersigning."""
    if why_not(matter.start_decision) is not None:
        return
    matter.start_decision()
    matter.decision_started_at = now()
    matter.save()
    discharge(kind=Kind.PREPARE, subject_type=matter.SUBJECT, subject_id=matter.pk)
    owe(kind=Kind.DECIDE, holder_department=people.office(), asked_by=matter.filed_by, **what_it_owes(matter))
    heads = [person for person in (*people.office_heads(), matter.keeper) if person is not None]
    tell_people(
        matter,
        heads,
        _n("%(number)s: all departments agree in their answers; it can be decided."),
        key="agreed-by-letters",
    )
    tell_story(
        matter, "open_decision", _n("All departments agree in their answers; it can be decided."),
        by=by, came_from=Stage.PREPARATION, tone="ok",
    )  # fmt: skip
