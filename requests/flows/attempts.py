"""Talks before and during the matter: whom, when, with which answer (R033)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import NotYours
from organization import people
from organization.models import User
from requests import policies, rules
from requests.channels import OF_MEANS
from requests.flows.shared import lock, tell_people, tell_story
from requests.form_reads import TALKS_BY
from requests.models import Attempt, CoordinationRequest
from requests.states import Means, Stage


@flow
def record_attempt(*, matter_id: int, by: User, **attempt: Any) -> Attempt:
    """Add one talk to a matter that is under way; a refusal needs its reason (R033)."""
    matter = lock(matter_id)
    if not (policies.is_applicant(matter, by) or policies.may_prepare(matter, by)):
        raise NotYours(_("Only the applicant, the lead department and the office record talks."))
    rules.insist_on_open_matter(matter)
    rules.insist_on_attempt(attempt)
    row = write_attempt(matter, by, attempt)
    tell_story(
        matter, "record_attempt", _n("%(actor)s recorded a talk with %(department)s."),
        by=by, params={"department": row.department.name, "channel": OF_MEANS[Means(row.means)]},
    )  # fmt: skip
    ask_for_help(matter)
    return row


def write_attempt(matter: CoordinationRequest, by: User, attempt: Mapping[str, Any]) -> Attempt:
    """One talk, with the name that the department bears today (domain §9, 19)."""
    name = attempt["department"].name
    return Attempt.objects.create(
        matter=matter, recorded_by=by, recorded_at=now(), department_name=name, **attempt
    )


def replace_attempts(matter: CoordinationRequest, attempts: Sequence[Mapping[str, Any]], by: User) -> bool:
    """The own talks become these. One that stands already keeps its moment; those of others are not touched. True when any
    came, changed or went."""
    for attempt in attempts:
        rules.insist_on_attempt(attempt)
    missing, gone = list(attempts), 0
    for row in TALKS_BY(matter.pk, by.pk):
        same = next((new for new in missing if all(getattr(row, key) == new[key] for key in new)), None)
        if same is None:
            row.delete()
            gone += 1
        else:
            missing.remove(same)
    for attempt in missing:
        write_attempt(matter, by, attempt)
    return bool(missing or gone)


def ask_for_help(matter: CoordinationRequest) -> None:
    """R033: two talks without a reason, and the office is asked to step in, once."""
    if matter.stage == Stage.DRAFT or not rules.needs_help(matter):
        return
    tell_people(
        matter, [matter.keeper] if matter.keeper else people.officers(),
        _n("%(number)s: twice asked, twice without a reason. Please help the applicant to an answer."), key="talks-help", to_do=True,
    )  # fmt: skip
