"""What every flow of an action item begins and ends with: the lock, the line of history, its obligation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.base import File as Upload
from django.utils.translation import gettext as _

from audit.refusals import Invalid, NotReady
from documents.flows import attach
from documents.models import File
from organization.models import User
from requests.flows.shared import lock, tell_story
from requests.models import ActionItem, CoordinationRequest, Milestone
from requests.states import Stage
from supervision import flows as supervision
from supervision.calendar import working_days
from supervision.models import Obligation
from supervision.states import Kind

ITEM = "requests:item"
EVIDENCE = "evidence"


def lock_item(item_id: int) -> ActionItem:
    """The item under its row lock, after its matter: everybody locks matter, item, extension in this one order."""
    lock(ActionItem.objects.values_list("matter_id", flat=True).get(pk=item_id))
    item: ActionItem = (
        ActionItem.objects.select_for_update(of=("self",))
        .select_related("matter", "matter__keeper", "department", "assignee", "verifier")
        .get(pk=item_id)
    )
    return item


def insist_on_running(item: ActionItem) -> None:
    """Neither the matter nor the item itself stands still (Q20, A12)."""
    if item.matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))
    if item.is_suspended:
        raise NotReady(_("The action item is suspended. Have it resumed first."))


def execution_of(item: ActionItem) -> Obligation | None:
    """The obligation that holds the item's due date."""
    duty: Obligation | None = (
        Obligation.objects.of(ActionItem.SUBJECT, item.pk).filter(kind=Kind.EXECUTE).order_by("-pk").first()
    )
    return duty


def close_of_office(day: date) -> datetime:
    """A limit that names a day ends at the close of office on it (domain §6)."""
    return working_days().close(day)


def item_owes(item: ActionItem, *, asked_by: User | None = None) -> dict[str, Any]:
    """What is common to the duties of an item. Unless somebody in particular asks, it is whoever keeps the matter."""
    return {
        "asked_by": asked_by or item.matter.keeper or item.matter.filed_by,
        "subject_type": ActionItem.SUBJECT,
        "subject_id": item.pk,
        "case_id": item.matter_id,
        "number": item.number or "",
        "url_name": ITEM,
        "url_args": [item.pk],
        "urgency": item.urgency,
    }


def tell_item(
    item: ActionItem, verb: str, sentence: str, *, by: User | None = None, params: dict[str, Any] | None = None,
    reason: str = "", tone: str = "",
) -> None:  # fmt: skip
    facts = {"number": item.number or "", "department": item.department_name, **(params or {})}
    tell_story(item.matter, verb, sentence, by=by, subject=item, params=facts, reason=reason, tone=tone)


def has_evidence(item: ActionItem) -> bool:
    """Whether a file that shows something is attached to the item and was not taken back."""
    return bool(File.objects.of(ActionItem.SUBJECT, item.pk).kept().exists())


def keep_evidence(item: ActionItem, uploads: Sequence[Upload[Any]], by: User) -> int:
    """Attach the papers to the item; a bad one is named beside the field, and none is kept."""
    for upload in uploads:
        try:
            attach(
                upload=upload, subject_type=ActionItem.SUBJECT, subject_id=item.pk, case_id=item.matter_id, by=by,
                kind=EVIDENCE,
            )  # fmt: skip
        except Invalid as refusal:
            sentence = f"{upload.name}: {refusal}"
            raise Invalid(sentence, fields={"evidence": [sentence]}) from refusal
    return len(uploads)


def ask_for_completion(matter: CoordinationRequest) -> None:
    """When the last item is done, the last defect mended and no stage of the plan open, the lead department owes the
    completion of the whole matter."""
    stages = Milestone.objects.open().in_force().filter(plan__matter=matter)
    if matter.stage == Stage.EXECUTION and not (
        matter.items.unfinished().exists() or matter.items.with_unmended_defects().exists() or stages.exists()
    ):
        supervision.owe(
            kind=Kind.CLOSE_EXECUTION, holder_department=matter.lead_department, asked_by=matter.filed_by,
            subject_type=matter.SUBJECT, subject_id=matter.pk, case_id=matter.pk, number=matter.number or "",
            url_name="requests:detail", url_args=[matter.pk], urgency=matter.urgency,
        )  # fmt: skip
