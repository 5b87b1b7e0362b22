"""What the execution and the feedback leave in the dossier."""

from __future__ import annotations

from collections.abc import Iterator

from archive.canonical import picture
from archive.entry import Entry, of_matter, pictures
from archive.plans import whole_plan
from archive.states import EntryKind
from requests.models import CoordinationRequest, Extension, Plan, ProgressReport, Review
from supervision.models import Obligation, Reminder


def measures(matter: CoordinationRequest) -> Iterator[Entry]:
    rows = list(
        matter.measures.select_related("question", "item", "department", "loan", "recorded_by", "ended_by")
    )
    if rows:
        yield of_matter(matter, EntryKind.MEASURES, rows[-1].recorded_at, pictures(rows))


def items(matter: CoordinationRequest) -> Iterator[Entry]:
    rows = matter.items.select_related(
        "department", "assignee", "verifier", "question", "closed_by", "submitted_by"
    )
    for item in rows.order_by("pk"):
        reports = ProgressReport.objects.filter(item=item).select_related("reported_by").order_by("pk")
        snapshot = {
            **picture(item),
            "co_departments": list(item.co_departments.order_by("pk").values_list("name", flat=True)),
            "reports": pictures(reports),
            "acceptances": [
                {**picture(sheet), "defects": pictures(sheet.defects.all())}
                for sheet in item.acceptances.for_page()
            ],
            "obstacles": pictures(item.obstacles.select_related("department", "recorded_by", "ended_by")),
            "releases": pictures(
                item.releases.select_related(
                    "department", "asked_by", "right_owner", "ruled_by", "passed_to"
                ).order_by("pk")
            ),
        }
        yield Entry(
            kind=EntryKind.ITEM, responsible=f"{item.department_name} {item.assignee.name}", title=item.text[:200],
            at=item.issued_at or matter.created_at, source_type=item.SUBJECT, source_id=item.pk,
            number=item.number or "", snapshot=snapshot,
        )  # fmt: skip


def agreements(matter: CoordinationRequest) -> Iterator[Entry]:
    """What people of several departments agreed on, and what their heads said (R092)."""
    rows = list(matter.agreements.select_related("item", "recorded_by").order_by("recorded_at", "pk"))
    if rows:
        snapshot = [
            {**picture(row), "sides": pictures(row.sides.select_related("department", "person", "said_by"))}
            for row in rows
        ]
        yield of_matter(matter, EntryKind.AGREEMENTS, rows[-1].recorded_at, snapshot)


def appeals(matter: CoordinationRequest) -> Iterator[Entry]:
    """What departments had against the decision, and how it was ruled on (R060)."""
    rows = list(
        matter.appeals.select_related(
            "department", "asked_by", "ruler", "decided_by", "answered_by"
        ).order_by("pk")
    )
    if rows:
        yield of_matter(matter, EntryKind.APPEALS, rows[-1].asked_at, pictures(rows))


def progress_reviews(matter: CoordinationRequest) -> Iterator[Entry]:
    """How it went from time to time, and of each late task the cause and the measure (R088)."""
    rows = list(matter.progress_reviews.select_related("reviewed_by").order_by("reviewed_at", "pk"))
    if rows:
        snapshot = [
            {**picture(row), "late_tasks": pictures(row.late_tasks.select_related("item", "risk"))}
            for row in rows
        ]
        yield of_matter(matter, EntryKind.PROGRESS, rows[-1].reviewed_at, snapshot)


def loans(matter: CoordinationRequest) -> Iterator[Entry]:
    rows = list(
        matter.loans.select_related(
            "item", "lender", "borrower", "recorded_by", "reported_by", "confirmed_by"
        )
    )
    if rows:
        yield of_matter(matter, EntryKind.LOANS, rows[-1].recorded_at, pictures(rows))


def extensions(matter: CoordinationRequest) -> Iterator[Entry]:
    rows = list(
        Extension.objects.filter(item__matter=matter)
        .select_related("item", "asked_by", "answered_by")
        .order_by("pk")
    )
    if rows:
        yield of_matter(matter, EntryKind.EXTENSIONS, rows[-1].asked_at, pictures(rows))


def change_requests(matter: CoordinationRequest) -> Iterator[Entry]:
    """Every change of what was decided, with its values before and after and its receipts (R095)."""
    rows = matter.change_requests.select_related(
        "matter", "item", "appeal", "ordered_by", "asked_by", "approver", "assessed_by", "answered_by", "implemented_by", "verified_by"
    )  # fmt: skip
    for change in rows.order_by("pk"):
        snapshot = {
            **picture(change),
            "readings": pictures(change.readings.select_related("change", "person")),
        }
        yield Entry(
            kind=EntryKind.CHANGES, responsible=change.asked_by.name, title=str(change.get_object_display()),
            at=change.asked_at, source_type=change.SUBJECT, source_id=change.pk, number=change.number, snapshot=snapshot,
        )  # fmt: skip


def reminders(matter: CoordinationRequest) -> Iterator[Entry]:
    duties = Obligation.objects.of_case(matter.pk)
    rows = list(
        Reminder.objects.sent()
        .filter(obligation__in=duties)
        .select_related("obligation", "recipient")
        .order_by("sent_at")
    )
    if rows:
        snapshot = [
            {**picture(row), "number": row.obligation.number, "kind": row.obligation.kind} for row in rows
        ]
        yield of_matter(matter, EntryKind.REMINDERS, rows[-1].sent_at, snapshot)


def feedback(matter: CoordinationRequest) -> Iterator[Entry]:
    snapshot = {
        "is_confirmed": matter.is_confirmed, "feedback": matter.feedback, "rework_count": matter.rework_count,
    }  # fmt: skip
    yield of_matter(matter, EntryKind.FEEDBACK, matter.feedback_ended_at, snapshot)


def surveys(matter: CoordinationRequest) -> Iterator[Entry]:
    rows = list(matter.surveys.select_related("person"))
    if rows:
        yield of_matter(matter, EntryKind.SURVEY, rows[0].answered_at, pictures(rows))


def retrospect(matter: CoordinationRequest) -> Iterator[Entry]:
    """The issued review with what it wants bettered, as of the seal (F19)."""
    found = Review.objects.filter(matter=matter, issued_at__isnull=False).select_related(
        "drafted_by", "issued_by"
    )
    for row in found:
        snapshot = {
            **picture(row),
            "people": [person.name for person in row.people.order_by("pk")],
            "improvements": pictures(
                row.improvements.select_related("owner", "department", "matter", "review")
            ),
        }
        yield Entry(
            kind=EntryKind.RETROSPECT, responsible=row.issued_by.name, title=str(EntryKind.RETROSPECT.label),
            at=row.issued_at, source_type=row.SUBJECT, source_id=row.pk, number=row.number or "", snapshot=snapshot,
        )  # fmt: skip


def plans(matter: CoordinationRequest) -> Iterator[Entry]:
    """Every version of the plan that was ever in force, whole (F3, R074)."""
    rows = Plan.objects.filter(matter=matter, approved_at__isnull=False).order_by("version")
    for plan in rows.select_related("approved_by", "submitted_by", "drafted_by"):
        yield Entry(
            kind=EntryKind.PLAN, responsible=plan.approved_by.name if plan.approved_by else "", title=str(plan),
            at=plan.approved_at or plan.drafted_at, source_type=plan.SUBJECT, source_id=plan.pk, number=plan.number,
            snapshot=whole_plan(plan),
        )  # fmt: skip
