"""What the auditor reads off a decision: its list, its story with event numbers, what to note, who did what (R192)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import Event, TransitionLog
from disputes.models import Dispute, Ruling
from meetings.models import Minutes
from requests.models import ActionItem, CoordinationRequest, Extension
from requests.states import ExtensionState, ItemState, Stage
from supervision.models import Obligation

LOG = "audit_transitionlog"


@dataclass(frozen=True)
class Told:
    """One thing with its light: what is to be noted, or whether two were kept apart."""

    shape: str
    words: str
    who: str = ""
    detail: str = ""


def _late() -> QuerySet[Any]:
    """An obligation of the matter that has lapsed, or ended after its original date."""
    missed = Q(lapsed_at__isnull=False) | Q(ended_at__gt=F("original_due_at"))
    return Obligation.objects.filter(missed, case_id=OuterRef("pk"))


def decided(user: Any) -> QuerySet[Any]:
    """Every decision that this person may see."""
    seen = CoordinationRequest.objects.visible_to(user).filter(decided_at__isnull=False)
    rows: QuerySet[Any] = seen.annotate(was_late=Exists(_late())).select_related(
        "decided_by", "lead_department", "filed_by_department", "dossier"
    )
    return rows.order_by("-decided_at", "-pk")


def narrowed(rows: QuerySet[Any], wanted: dict[str, Any]) -> QuerySet[Any]:
    """By number or title, period, department, chair, way, result and lateness."""
    if wanted.get("q"):
        rows = rows.search(wanted["q"])  # type: ignore[attr-defined]  # of matters
    if wanted.get("since"):
        rows = rows.filter(decided_at__gte=_start(wanted["since"]))
    if wanted.get("until"):
        rows = rows.filter(decided_at__lte=_start(wanted["until"], time.max))
    if wanted.get("department"):
        rows = rows.filter(
            Q(filed_by_department=wanted["department"]) | Q(lead_department=wanted["department"])
        )
    if wanted.get("decided_by"):
        rows = rows.filter(decided_by=wanted["decided_by"])
    if wanted.get("way"):
        rows = rows.filter(decision_way=wanted["way"])
    if wanted.get("overdue"):
        rows = rows.filter(was_late=True)
    return rows.filter(RESULTS[wanted["result"]]) if wanted.get("result") else rows


RESULTS = {
    "running": Q(stage=Stage.EXECUTION) | Q(stage=Stage.FEEDBACK, feedback_ended_at=None),
    "confirmed": Q(is_confirmed=True),
    "silent": Q(is_confirmed=None, feedback_ended_at__isnull=False),
    "archived": Q(stage=Stage.ARCHIVED),
}


def _start(day: Any, at: time = time.min) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def story(matter: CoordinationRequest) -> tuple[list[Any], int]:
    """Every line oldest first with the number of its event, and how many events lie under these lines.

    The number is that of the event that wrote the line: the log's own row, matched by its key.
    """
    lines = list(TransitionLog.objects.of_case(matter.pk).order_by("at", "pk"))
    written = Event.objects.filter(
        object_type=LOG, action="insert", object_id__in=[str(line.pk) for line in lines]
    )
    found = {event.object_id: event for event in written.only("pk", "object_id", "txid")}
    for line in lines:
        event = found.get(str(line.pk))
        line.event_number = event.pk if event else None
    count = Event.objects.filter(txid__in={event.txid for event in found.values()}).count()
    return lines, count


def to_note(matter: CoordinationRequest) -> list[Told]:
    """Late, not on time by the original date, without a reason, returned, reopened (应注意)."""
    return [
        *_late_duties(matter),
        *_late_items(matter),
        *_extended(matter),
        *_silent(matter),
        *_objected(matter),
    ]


def _late_duties(matter: CoordinationRequest) -> list[Told]:
    missed = Q(lapsed_at__isnull=False) | Q(ended_at__gt=F("original_due_at"))
    duties = Obligation.objects.of_case(matter.pk).filter(missed).exclude(kind="execute")
    return [
        Told(
            "bad", _("%(kind)s was late") % {"kind": duty.get_kind_display()},
            str(duty.holder_department or duty.holder or ""), duty.number,
        )
        for duty in duties.for_lists().order_by("since", "pk")
    ]  # fmt: skip


def _late_items(matter: CoordinationRequest) -> list[Told]:
    return [
        Told(
            "bad",
            _("%(number)s was not done by its original date") % {"number": item.number},
            item.department_name,
        )
        for item in matter.items.filter(is_on_time=False).order_by("pk")
    ]


def _extended(matter: CoordinationRequest) -> list[Told]:
    given = Extension.objects.filter(item__matter=matter, state=ExtensionState.APPROVED).select_related(
        "item"
    )
    return [
        Told(
            "warn", _("%(number)s was extended to %(day)s") % {"number": row.item.number, "day": row.wished_on},
            row.item.department_name, row.reason,
        )
        for row in given.order_by("pk")
    ]  # fmt: skip


def _silent(matter: CoordinationRequest) -> list[Told]:
    rows = matter.participants.filter(Q(is_silent=True) | Q(opinion="", notified_at__isnull=False))
    told = [Told("warn", _("gave no opinion"), row.department_name) for row in rows]
    refused = matter.attempts.filter(answer="refused", recorded_at__gt=F("held_at")).exclude(reason="")
    late = [row for row in refused if matter.submitted_at and row.recorded_at > matter.submitted_at]
    return told + [
        Told("warn", _("The reason of a refusal was written down later"), row.department.name) for row in late
    ]


def _objected(matter: CoordinationRequest) -> list[Told]:
    told = []
    returned = matter.gaps.values("round").distinct().count()
    if returned:
        told.append(Told("warn", _("Returned for completion %(times)s times") % {"times": returned}))
    if matter.rework_count:
        told.append(Told("bad", _("The applicant objected to the result")))
    if matter.feedback_ended_at and matter.is_confirmed is None:
        told.append(Told("warn", _("Counted as confirmed; the applicant did not answer")))
    return told


def kept_apart(matter: CoordinationRequest) -> list[Told]:
    """Whether the duties that must be two persons' were (分权检查, domain §5)."""
    found = [
        _apart(matter.filed_by_id != matter.keeper_id, _("Applicant and case officer are two persons")),
        _apart(matter.filed_by_id != matter.decided_by_id, _("Applicant and decider are two persons")),
    ]
    items = ActionItem.objects.filter(matter=matter, state=ItemState.CLOSED)
    if items.exists():
        own = items.filter(Q(closed_by=F("assignee")) | Q(closed_by=F("submitted_by"))).exists()
        found.append(_apart(not own, _("Doer and verifier are two persons")))
    minutes = Minutes.objects.filter(meeting__items__matter=matter, signed_by__isnull=False)
    if minutes.exists():
        found.append(
            _apart(
                not minutes.filter(signed_by=F("meeting__recorder")).exists(),
                _("Recorder and signing chair are two persons"),
            )
        )
    rulings = Ruling.objects.filter(dispute__matter=matter)
    if rulings.exists():
        negotiated = Dispute.objects.filter(matter=matter, talks__people=F("ruling__ruled_by")).exists()
        found.append(_apart(not negotiated, _("Whoever ruled did not negotiate")))
    dossier = getattr(matter, "dossier", None)
    if dossier is not None:
        found.append(
            _apart(
                dossier.sealed_by_id != matter.keeper_id,
                _("Case officer and records administrator are two persons"),
            )
        )
    return found


def _apart(holds: bool, words: str) -> Told:  # noqa: FBT001 - the answer to the words beside it
    return Told("ok" if holds else "bad", words)
