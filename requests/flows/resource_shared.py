"""The end of requests for resources, with the matter, with its work or alone."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _n

from audit.acting import now
from organization.models import User
from requests.flows.shared import speakers, tell_people
from requests.models import CoordinationRequest, ResourceRequest
from requests.resource_states import AskState
from supervision import flows as supervision

PAGE = "requests:resource_request"


def end_resource_requests(matter: CoordinationRequest) -> None:
    """Nothing is needed any more: what waits for an answer is withdrawn."""
    for asked in ResourceRequest.objects.open().filter(matter=matter):
        end_request(asked)


def end_request(asked: ResourceRequest, *, by: User | None = None, why: str = "") -> None:
    """Without a reason where it ends with everything else. What was answered stays as it was said."""
    asked.state, asked.withdrawn_by, asked.withdrawn_at, asked.withdrawn_why = (
        AskState.WITHDRAWN,
        by,
        now(),
        why,
    )
    asked.save()
    supervision.cancel(subject_type=asked.SUBJECT, subject_id=asked.pk)


def tell_ended(asked: ResourceRequest) -> None:
    """Whoever speaks for the department, and whoever has answered for it."""
    heard = {person.pk: person for person in speakers([asked.department_id])}
    if asked.answered_by is not None:
        heard[asked.answered_by.pk] = asked.answered_by
    tell_people(
        asked.matter, heard.values(), _n("%(number)s: a resource asked of your department is no longer needed."),
        key=f"resource:{asked.pk}:withdrawn", url_name=PAGE, url_args=[asked.pk],
    )  # fmt: skip
