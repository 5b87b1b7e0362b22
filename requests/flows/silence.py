"""Whoever does not answer in time holds up nobody: the office records the silence, everybody sees it (Q13, R055)."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import NotReady, NotYours
from organization import people
from organization.models import User
from requests import policies
from requests.flows.decide import WHILE_AWAITED, take_held_decision
from requests.flows.prepare import lock_participant
from requests.flows.shared import speakers, tell_people, tell_story
from requests.flows.simple import insist_on_full_track
from requests.models import Participant
from requests.states import Stage
from supervision.flows import discharge
from supervision.models import Obligation
from supervision.states import Kind, Outcome


@flow
def record_silence(*, participant_id: int, by: User) -> Participant:
    """The limit for the opinion has passed: the decision no longer waits for it. Silence is no consent, so the office
    does not decide without a meeting; until the decision the department can still answer."""
    participant = lock_participant(participant_id)
    if not policies.is_officer(participant.matter, by):
        raise NotYours(_("Only the coordination office records that a department was silent."))
    _insist_on_silence(participant)
    participant.is_silent = True
    participant.save()
    discharge(
        kind=Kind.OPINION, subject_type=Participant.SUBJECT, subject_id=participant.pk, outcome=Outcome.LAPSED
    )
    facts = {"department": participant.department_name}
    head = people.head(participant.department_id)
    told = [*speakers([participant.department_id]), *([head] if head else [])]
    tell_people(
        participant.matter, {person.pk: person for person in told}.values(),
        _n("%(number)s goes on without the opinion of %(department)s; until the decision you can still give it."),
        key=f"silent:{participant.pk}:{participant.notified_at:%Y%m%d%H%M%S}", params=facts, url_name="requests:opinion",
        url_args=[participant.matter_id, participant.pk],
    )  # fmt: skip
    tell_story(
        participant.matter, "record_silence", _n("%(department)s gave no opinion in time; %(actor)s recorded its silence."),
        by=by, subject=participant, params=facts, tone="warn",
    )  # fmt: skip
    take_held_decision(participant.matter, WHILE_AWAITED)
    return participant


def _insist_on_silence(participant: Participant) -> None:
    matter = participant.matter
    if matter.stage not in (Stage.PREPARATION, Stage.DECISION):
        raise NotReady(_("Opinions are taken while the matter is being prepared and decided."))
    if matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))
    insist_on_full_track(matter)
    if participant.notified_at is None or participant.opinion or participant.is_silent:
        raise NotReady(_("This department has answered, was not asked, or its silence is recorded already."))
    owed = Obligation.objects.of(Participant.SUBJECT, participant.pk).open().filter(kind=Kind.OPINION)
    until = owed.values_list("due_at", flat=True).first()
    if until is not None and until >= now():
        raise NotReady(
            _("The department has until %(day)s. Remind it; afterwards its silence can be recorded.")
            % {"day": f"{timezone.localtime(until):%Y-%m-%d %H:%M}"}
        )
