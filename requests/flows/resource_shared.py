"""The end of requests for resources with the matter or its work."""

from __future__ import annotations

from audit.acting import now
from requests.models import CoordinationRequest, ResourceRequest
from requests.resource_states import AskState
from supervision import flows as supervision


def end_resource_requests(matter: CoordinationRequest) -> None:
    """Nothing is needed any more: what waits for an answer is withdrawn."""
    for asked in ResourceRequest.objects.open().filter(matter=matter):
        end_request(asked)


def end_request(asked: ResourceRequest, reason: str = "") -> None:
    """Without a reason where it ends with everything else."""
    asked.state, asked.reason, asked.answered_at = AskState.WITHDRAWN, reason, now()
    asked.save()
    supervision.cancel(subject_type=asked.SUBJECT, subject_id=asked.pk)
