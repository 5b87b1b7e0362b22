"""A returned form that its applicant does not complete: after twice the limit the office may withdraw it (Q3)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.refusals import NotReady
from organization.models import User
from requests.flows.shared import speakers, tell_people, tell_story
from requests.models import CoordinationRequest
from requests.states import Stage
from supervision import limits
from supervision.models import Obligation
from supervision.states import Kind


def waited_for_until(matter: CoordinationRequest) -> datetime | None:
    """The end of the limit for completing it, counted twice; None where nobody owes it any more."""
    owed = Obligation.objects.of(matter.SUBJECT, matter.pk).open().filter(kind=Kind.COMPLETE)
    duty = owed.exclude(due_at=None).first()
    return limits.due(Kind.COMPLETE, duty.urgency, duty.due_at) if duty is not None else None


def is_given_up(matter: CoordinationRequest) -> bool:
    until = waited_for_until(matter)
    return matter.stage == Stage.RETURNED and (until is None or until < now())


def insist_on_silence(matter: CoordinationRequest) -> None:
    """Nobody takes a matter from its applicant while there is time to complete it."""
    until = waited_for_until(matter)
    if until is not None and until >= now():
        raise NotReady(
            _("The applicant has until %(day)s to complete it. Remind the applicant; afterwards it can be withdrawn.")
            % {"day": f"{timezone.localtime(until):%Y-%m-%d %H:%M}"}
        )  # fmt: skip


def tell_given_up(matter: CoordinationRequest, *, by: User, reason: str) -> None:
    """The applicant hears it, and that the way is open to file it again; who filed what was merged in did not leave it
    open, and is told otherwise."""
    tell_people(
        matter, [matter.filed_by],
        _n("%(number)s was withdrawn by the coordination office: it was not completed in twice the time. You can file it again."),
        key="given-up",
    )  # fmt: skip
    tell_people(
        matter, speakers(matter.participants.values_list("department_id", flat=True)),
        _n("%(number)s was withdrawn by the coordination office: the applicant did not complete it."), key="withdrawn",
    )  # fmt: skip
    tell_story(
        matter, "give_up", _n("%(actor)s withdrew it: it was not completed in twice the time."), by=by,
        came_from=Stage.RETURNED, reason=reason, tone="warn",
    )  # fmt: skip
