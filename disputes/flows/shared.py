"""What every flow of this app begins and ends with, and how an ended dispute reaches its matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from audit.acting import now
from audit.flows import record
from audit.refusals import Invalid, Sentence
from disputes.models import Dispute, DisputeItem
from notifications.flows import announce
from notifications.states import NoticeKind
from organization.models import User
from requests import flows as requests_flows
from requests.flows.shared import lock as lock_matter
from requests.flows.shared import speakers
from requests.item_rules import insist_on_item
from requests.models import CoordinationRequest
from requests.states import Outcome, Stage

DETAIL = "disputes:detail"


def lock(dispute_id: int) -> Dispute:
    """The dispute under its row lock, after its matter: every flow takes the two in this order."""
    matter_id = Dispute.objects.values_list("matter_id", flat=True).get(pk=dispute_id)
    matter = lock_matter(matter_id)
    dispute: Dispute = (
        Dispute.objects.select_for_update(of=("self",)).select_related("question").get(pk=dispute_id)
    )
    dispute.matter = matter
    return dispute


def parties_of(dispute: Dispute) -> list[int]:
    return list(dispute.parties.values_list("department_id", flat=True))


def what_it_owes(dispute: Dispute) -> dict[str, Any]:
    return {
        "subject_type": Dispute.SUBJECT,
        "subject_id": dispute.pk,
        "case_id": dispute.matter_id,
        "number": dispute.number,
        "url_name": DETAIL,
        "url_args": [dispute.pk],
        "urgency": dispute.matter.urgency,
        "asked_by": dispute.registered_by,
    }


def tell_story(
    dispute: Dispute,
    verb: str,
    sentence: str,
    *,
    by: User | None = None,
    came_from: str = "",
    params: dict[str, Any] | None = None,
    reason: str = "",
    tone: str = "",
) -> None:
    """One line in the story of the dispute and of its matter."""
    record(
        subject_type=Dispute.SUBJECT,
        subject_id=dispute.pk,
        case_id=dispute.matter_id,
        verb=verb,
        from_state=came_from,
        to_state=dispute.state if came_from else "",
        sentence=sentence,
        params={"number": dispute.number, **(params or {})},
        reason_text=reason,
        department_name=by.department_name if by else "",
        tone=tone,
    )


def tell_people(
    dispute: Dispute, recipients: Iterable[User], sentence: str, *, key: str, to_do: bool = False
) -> None:
    """One notice each, told once. What they have to do comes at once, whatever they chose (R069)."""
    announce(
        recipients=list({person.pk: person for person in recipients}.values()),
        sentence=sentence,
        params={"number": dispute.number},
        number=dispute.number,
        url_name=DETAIL,
        url_args=[dispute.pk],
        dedupe_key=f"dispute:{dispute.pk}:{key}",
        kind=NoticeKind.TASK if to_do else NoticeKind.INFO,
    )


def everybody(dispute: Dispute) -> list[User]:
    """The sides' speakers, the registrant and the case officer."""
    found = [*speakers(parties_of(dispute)), dispute.registered_by]
    return found + ([dispute.matter.keeper] if dispute.matter.keeper else [])


def insist_on_texts(**texts: tuple[str, str]) -> None:
    """Each is (what was written, the sentence when it was not); every gap at once."""
    fields: dict[str, list[Sentence]] = {
        name: [sentence] for name, (text, sentence) in texts.items() if not text.strip()
    }
    if fields:
        raise Invalid(_("Something is still missing."), fields=fields)


def write_items(dispute: Dispute, items: Sequence[Mapping[str, Any]], *, source: str) -> None:
    """What follows, as drafts of this dispute; a new text replaces the earlier one."""
    dispute.items.all().delete()
    for row in items:
        insist_on_item(**row, verifier=None)
        DisputeItem.objects.create(dispute=dispute, source=source, **row)


def carry_out(
    dispute: Dispute, *, by: User, way: str, resolution: str, document: str, decided_by: User | None = None
) -> CoordinationRequest:
    """The end of the dispute reaches its matter: outcome, items, no more block, and the decision when it is ripe."""
    if dispute.question_id:
        requests_flows.record_outcome(
            question_id=dispute.question_id, by=by, outcome=Outcome.SETTLED, resolution=resolution,
            source_number=document,
        )  # fmt: skip
    matter = dispute.matter
    for row in dispute.items.select_related("department", "assignee"):
        requests_flows.write_item(
            matter=matter, question=dispute.question, text=row.text, standard=row.standard,
            department=row.department, assignee=row.assignee, due_on=row.due_on, source_number=document,
        )  # fmt: skip
    requests_flows.unblock(subject_type=Dispute.SUBJECT, subject_id=dispute.pk)
    requests_flows.decide_if_ready(
        matter_id=matter.pk, by=by, way=way, resolution=resolution, document=document, decided_by=decided_by
    )
    if dispute.question_id is None and matter.stage == Stage.EXECUTION:
        # A dispute about the whole matter: no question holds its items back.
        requests_flows.issue_items(matter_id=matter.pk)
    requests_flows.take_up_papers(matter_id=matter.pk, by=by)
    return matter


def end(dispute: Dispute) -> None:
    dispute.ended_at, dispute.next_on = now(), None
