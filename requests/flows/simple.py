"""The simple track (R039): what all departments agree on goes to the decision; an objection brings the full track back."""

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
from requests.flows.letter_shared import end_letter
from requests.flows.shared import lock, opinion_owes, speakers, tell_people, tell_story, what_it_owes
from requests.merged import applicants
from requests.models import CoordinationRequest
from requests.states import NEEDS_REASON, Handling, Outcome, Stage
from supervision.flows import discharge, owe
from supervision.states import Kind


@flow
def leave_simple_track(*, matter_id: int, by: User, reason: str) -> CoordinationRequest:
    """The office sees that the simple track is not enough: everybody concerned is told, and why."""
    matter = lock(matter_id)
    if not policies.is_officer(matter, by):
        raise NotYours(_("Only the coordination office changes the track."))
    if not matter.is_settled_by_letters:
        raise NotReady(_("It is not on the simple track, or it has been decided."))
    if matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))
    rules.insist_on_reason(reason)
    leave(matter, by=by, why=reason.strip())
    return matter


def leave(
    matter: CoordinationRequest, *, by: User | None, why: str, department: Department | None = None
) -> None:
    """Called under the lock of the matter. What was said so far stays, whoever is silent goes on owing its word; from here
    on nothing goes without the full track."""
    matter.handling, matter.handling_left_at, matter.handling_left_why = Handling.FULL, now(), why
    matter.save()
    for sheet in matter.letters.rounds_waiting():  # the material of the full track asks the same
        sheet.withdraw()
        end_letter(sheet, why)
    _owe_opinions(matter, by)
    concerned = speakers(matter.participants.values_list("department_id", flat=True))
    keeper = [matter.keeper] if matter.keeper else []
    tell_people(
        matter, {person.pk: person for person in (*applicants(matter), *keeper, *concerned)}.values(),
        _n("%(number)s moves to the full track: %(department)s objects.") if department
        else _n("%(number)s moves to the full track."),
        key=f"full-track:{now():%Y%m%d%H%M%S}", params={"department": department.name if department else ""}, to_do=True,
    )  # fmt: skip
    tell_story(
        matter, "leave_simple_track",
        _n("%(department)s objects: it moves to the full track.") if department
        else _n("%(actor)s took it off the simple track: it moves to the full track."),
        by=by, reason=why, tone="warn", params={"department": department.name if department else ""},
    )  # fmt: skip


def weigh(matter: CoordinationRequest, by: User | None) -> None:
    """What the opinions so far do to a matter on the simple track, in whatever way they were given. While it stands still
    nothing moves: it is weighed again when it goes on."""
    if not matter.is_settled_by_letters or matter.is_suspended:
        return
    rows = list(matter.participants.select_related("department"))
    objecting = next((row for row in rows if row.opinion in NEEDS_REASON), None)
    if objecting is not None:
        leave(matter, by=by, why=objecting.opinion_reason, department=objecting.department)
    elif matter.stage == Stage.PREPARATION and all(row.opinion for row in rows):
        _open_decision(matter, by)


def weigh_again(matter: CoordinationRequest, by: User | None) -> None:
    """It goes on after a suspension, a dispute, a return, with other departments: does the simple track still hold, and has
    everybody agreed meanwhile?"""
    leave_if_barred(matter, by)
    weigh(matter, by)


def insist_on_full_track(matter: CoordinationRequest) -> None:
    """The material of the full track is not sent beside the sheet that asks the same."""
    if matter.is_settled_by_letters:
        raise NotReady(
            _("It is on the simple track: the departments answer the sheet. Take the full track first.")
        )


def leave_if_barred(matter: CoordinationRequest, by: User | None) -> None:
    """Other departments take part than at the acceptance, or the form says something else: does the simple track still
    hold?"""
    if not matter.is_settled_by_letters or matter.is_suspended:
        return
    departments = [row.department for row in matter.participants.select_related("department")]
    if bar := simple_rules.bar_of(matter, departments) or _left_apart(matter):
        leave(matter, by=by, why=bar)


def steps_until_decision(matter: CoordinationRequest) -> int:
    """R039, the figure: the acts of the office on the way to the decision, with the decision itself."""
    verbs = list(TransitionLog.objects.of_case(matter.pk).values_list("verb", flat=True))
    together = sum(1 for verb in simple_rules.COUNTED_ONCE if verb in verbs)
    return sum(1 for verb in verbs if verb in simple_rules.COUNTED) + together + 1


def _left_apart(matter: CoordinationRequest) -> str:
    """A dispute that ended without an outcome leaves its question to a meeting."""
    if not matter.questions.filter(outcome__in=(Outcome.DEFERRED, Outcome.NOT_AGREED)).exists():
        return ""
    return _("A core question was deferred or not agreed. Call a meeting.")


def _owe_opinions(matter: CoordinationRequest, by: User | None) -> None:
    """Whoever has the sheet and has said nothing yet owes its opinion like everybody on the full track (R055)."""
    silent = matter.participants.filter(opinion="").exclude(notified_at=None)
    for row in silent.select_related("department"):
        owe(kind=Kind.OPINION, **opinion_owes(matter, row, by))


def _open_decision(matter: CoordinationRequest, by: User | None) -> None:
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
        to_do=True,
    )
    tell_story(
        matter, "open_decision", _n("All departments agree in their answers; it can be decided."),
        by=by, came_from=Stage.PREPARATION, tone="ok",
    )  # fmt: skip
