"""What every flow of a change begins and ends with: the locks, the write into the matter, its obligations, the story."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from audit.acting import now
from audit.words import word
from organization.models import Department, User
from requests.change_states import ChangeObject
from requests.flows.change_objects import OBJECTS
from requests.flows.intake import name_participants
from requests.flows.item_shared import lock_item
from requests.flows.shared import lock, tell_people, tell_story
from requests.models import ChangeRequest
from supervision import flows as supervision
from supervision.states import Outcome

PAGE = "requests:change"


def lock_change(change_id: int) -> ChangeRequest:
    """The change under its row lock, after its matter and its item."""
    matter_id, item_id = ChangeRequest.objects.values_list("matter_id", "item_id").get(pk=change_id)
    matter = lock(matter_id)
    item = lock_item(item_id) if item_id else None
    change: ChangeRequest = (
        ChangeRequest.objects.select_for_update(of=("self",))
        .select_related("asked_by", "approver", "ordered_by")
        .get(pk=change_id)
    )
    change.matter = matter
    if item is not None:
        change.item = item
    return change


def write_change(change: ChangeRequest, by: User) -> None:
    """What stood there at this moment is what was changed, whatever stood there when it was asked (R095)."""
    kind = OBJECTS[change.object]
    value = kind.read(change.matter, change.item)
    if value != change.old_value:
        change.old_value, change.before = value, kind.words(value)
    kind.write(change.matter, change.item, change.value)
    change.applied_at = now()
    change.save()


def leave_as_decided(change: ChangeRequest) -> None:
    """Not approved, or taken back: what was decided holds, and whatever waited for the answer waits no longer."""
    if change.applied_at is not None:
        write_back(change)
    OBJECTS[change.object].let_go(change)


def write_back(change: ChangeRequest) -> None:
    """An urgent change that was not approved: what was decided holds again, unless something later was decided since."""
    kind = OBJECTS[change.object]
    if kind.read(change.matter, change.item) == change.value:
        kind.write(change.matter, change.item, change.old_value)
        if change.object == ChangeObject.RESOURCE:
            _leave_again(change)


def _leave_again(change: ChangeRequest) -> None:
    """A department that takes part only since an order that does not hold takes part no longer, unless it has work here."""
    matter, newcomer = change.matter, int(change.value)
    row = matter.participants.filter(department=newcomer).first()
    added = (
        row is not None and row.history.filter(history_type="+", history_date__gte=change.asked_at).exists()
    )
    concerned = Q(department=newcomer) | Q(co_departments=newcomer)
    if not added or matter.lead_department is None or matter.items.filter(concerned).exists():
        return
    others = Department.objects.filter(pk__in=matter.participants.values("department")).exclude(
        pk__in=[newcomer, matter.lead_department_id]
    )
    name_participants(matter, matter.lead_department, list(others))


def end_duty(change: ChangeRequest, kind: str, outcome: str = Outcome.DONE) -> None:
    supervision.discharge(
        kind=kind, subject_type=ChangeRequest.SUBJECT, subject_id=change.pk, outcome=outcome
    )


def what_is_owed(change: ChangeRequest, *, url_name: str = PAGE) -> dict[str, Any]:
    matter = change.matter
    return {
        "subject_type": ChangeRequest.SUBJECT, "subject_id": change.pk, "case_id": matter.pk, "number": change.number,
        "url_name": url_name, "url_args": [change.pk], "urgency": matter.urgency,
    }  # fmt: skip


def tell_change(
    change: ChangeRequest,
    verb: str,
    sentence: str,
    by: User | None,
    to: Iterable[User | None],
    *,
    reason: str = "",
    tone: str = "",
    notice: str = "",
    to_do: bool = False,
    **params: Any,
) -> None:
    """`notice`: what people are told where the story says more; a notice bears no text of the matter (architecture §4)."""
    named = {"number": change.number, "object": word(ChangeObject(change.object).label)}
    facts = {**named, **params}
    doer = by.pk if by is not None else None
    others = {person.pk: person for person in to if person is not None and person.pk != doer}
    tell_people(
        change.matter, others.values(), notice or sentence, key=f"change:{change.pk}:{verb}",
        params={**(named if notice else facts), "actor": by.name if by is not None else ""},
        url_name=PAGE, url_args=[change.pk], number=change.number, to_do=to_do,
    )  # fmt: skip
    tell_story(change.matter, verb, sentence, by=by, subject=change, params=facts, reason=reason, tone=tone)
