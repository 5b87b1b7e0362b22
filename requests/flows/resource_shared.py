"""The end of requests for resources, with the matter, with its work or alone."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.words import word
from organization import people
from organization.models import User
from requests.flows.shared import speakers, tell_people, tell_story
from requests.models import CoordinationRequest, ResourceRequest
from requests.resource_answers import living_needs
from requests.resource_states import AskState
from supervision import flows as supervision

PAGE = "requests:resource_request"


def end_resource_requests(matter: CoordinationRequest) -> None:
    """Nothing is needed any more: what waits for an answer is withdrawn."""
    for asked in ResourceRequest.objects.open().filter(matter=matter):
        end_request(asked)


def end_idle_requests(matter: CoordinationRequest, by: User) -> None:
    """What no version names any more is not owed, and whoever was asked hears it. An answer that was given stays."""
    waiting = list(ResourceRequest.objects.open().filter(matter=matter).for_list_page())
    named = living_needs(matter.pk) if waiting else set()
    for asked in waiting:
        if asked.need not in named:
            asked.matter = matter
            withdraw(asked, by)


def withdraw(asked: ResourceRequest, by: User, why: str = "") -> None:
    """Ended, told to whoever was asked, and in the story of the matter."""
    end_request(asked, by=by, why=why)
    _tell_ended(asked)
    tell_resource(
        asked, "withdraw_resource", _n("%(actor)s withdrew the request for a resource to %(department)s."), by, why
    )  # fmt: skip


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


def _tell_ended(asked: ResourceRequest) -> None:
    """Whoever speaks for the department, and whoever has answered or was to answer for it."""
    heard = {person.pk: person for person in speakers([asked.department_id])}
    head = asked.answered_by or people.head(asked.department_id)
    if head is not None:
        heard[head.pk] = head
    tell_people(
        asked.matter, heard.values(), _n("%(number)s: a resource asked of your department is no longer needed."),
        key=f"resource:{asked.pk}:withdrawn", url_name=PAGE, url_args=[asked.pk],
    )  # fmt: skip


def tell_resource(
    asked: ResourceRequest, verb: str, sentence: str, by: User, reason: str, **more: Any
) -> None:
    facts = {"department": asked.department_name, "kind": word(asked.get_kind_display()), **more}
    tell_story(asked.matter, verb, sentence, by=by, subject=asked, params=facts, reason=reason)
