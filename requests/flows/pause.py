"""Suspending a matter and taking it up again (Q20)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from organization.models import User
from requests import policies, rules
from requests.flows.decide import take_held_decision
from requests.flows.issue import issue_held
from requests.flows.shared import lock, speakers, tell_people, tell_story, what_it_owes
from requests.flows.simple import weigh_again
from requests.merged import applicants
from requests.models import CoordinationRequest
from requests.states import SUSPENDABLE
from supervision import flows as supervision
from supervision.calendar import working_days
from supervision.states import Kind

SUSPENDED = "suspended"


@flow
def suspend(
    *, matter_id: int, by: User, reason: str, until: date, interim_measure: str
) -> CoordinationRequest:
    """Stop all clocks of a matter until an expected day, at most 20 working days ahead, with an interim measure."""
    matter = lock(matter_id)
    if not policies.may_suspend(matter, by):
        raise NotYours(_("Only the head of the coordination office suspends a matter."))
    if matter.stage not in SUSPENDABLE or matter.is_suspended:
        raise NotReady(
            _("Only a matter in preparation, decision or execution can be suspended, and once at a time.")
        )
    rules.insist_on_reason(reason)
    _insist_on_restart(until, interim_measure)
    matter.suspended_since, matter.suspended_until = now(), until
    matter.suspension_reason, matter.interim_measure = reason, interim_measure
    matter.save()
    supervision.suspend(case_id=matter.pk, reason=reason, cause=SUSPENDED)
    supervision.owe(
        kind=Kind.RESTART, holder=matter.keeper, asked_by=by,
        due_at=working_days().add_days(now(), rules.CHECK_DAYS), **what_it_owes(matter),
    )  # fmt: skip
    concerned = speakers(matter.participants.values_list("department_id", flat=True))
    tell_people(
        matter, [*applicants(matter), *concerned], _n("%(number)s is suspended until about %(until)s."),
        key=f"suspended:{now():%Y%m%d%H%M}", params={"until": f"{until:%Y-%m-%d}"},
    )  # fmt: skip
    tell_story(
        matter, "suspend", _n("%(actor)s suspended it until about %(until)s."), by=by,
        params={"until": f"{until:%Y-%m-%d}"}, reason=reason, tone="warn",
    )  # fmt: skip
    return matter


@flow
def resume(*, matter_id: int, by: User, reason: str = "") -> CoordinationRequest:
    """Take a suspended matter up again; every clock goes on with what was left of it."""
    matter = lock(matter_id)
    if not (policies.may_suspend(matter, by) or matter.keeper_id == by.pk):
        raise NotYours(_("Only the head of the coordination office or the case officer resumes a matter."))
    if not matter.is_suspended:
        raise NotReady(_("The matter is not suspended."))
    end_suspension(matter)
    take_held_decision(matter)
    issue_held(matter)
    concerned = speakers(matter.participants.values_list("department_id", flat=True))
    tell_people(
        matter,
        [*applicants(matter), *concerned],
        _n("%(number)s goes on."),
        key=f"resumed:{now():%Y%m%d%H%M}",
    )
    tell_story(matter, "resume", _n("%(actor)s resumed it."), by=by, reason=reason)
    weigh_again(matter, by)
    return matter


def end_suspension(matter: CoordinationRequest) -> None:
    """Nothing stands still any more; the caller holds the lock and says what goes on."""
    matter.suspended_since = matter.suspended_until = None
    matter.suspension_reason = matter.interim_measure = ""
    matter.save()
    supervision.discharge(kind=Kind.RESTART, subject_type=matter.SUBJECT, subject_id=matter.pk)
    supervision.resume(case_id=matter.pk, cause=SUSPENDED)


def _insist_on_restart(until: date, interim_measure: str) -> None:
    fields = {}
    if wrong := rules.wrong_restart(until):
        fields["until"] = [wrong]
    if not interim_measure.strip():
        fields["interim_measure"] = [_("Write what holds until then, or “none needed” and why.")]
    if fields:
        raise Invalid(_("The suspension is not complete."), fields=fields)
