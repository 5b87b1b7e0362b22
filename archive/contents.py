"""What goes into a dossier: everything that was written down in the matter, in the order of its life."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.canonical import picture, plain
from archive.entry import Entry, Source, of_matter, pictures
from archive.execution_contents import (
    agreements,
    appeals,
    change_requests,
    extensions,
    feedback,
    items,
    loans,
    measures,
    plans,
    progress_reviews,
    reminders,
    retrospect,
    surveys,
)
from archive.states import EntryKind
from audit.models import TransitionLog
from disputes.models import Dispute, PointPosition
from documents.models import File
from meetings.models import Minutes
from requests.letter_querysets import NARROW
from requests.models import (
    Circulation,
    CoordinationRequest,
    Digest,
    Effect,
    Letter,
    OralOrder,
    OutsidePaper,
    ProjectApplication,
    RefusalReview,
    Reservation,
    SiteVisit,
)
from requests.states import Confidentiality


def entries(matter: CoordinationRequest) -> list[Entry]:
    """The whole contents of the dossier, in the order of the catalogue."""
    return [entry for source in SOURCES for entry in source(matter)]


def form(matter: CoordinationRequest) -> Iterator[Entry]:
    wished = list(matter.wished_departments.order_by("pk").values_list("name", flat=True))
    snapshot = {**picture(matter), "wished_departments": wished}
    yield of_matter(matter, EntryKind.FORM, matter.submitted_at, snapshot)


def attempts(matter: CoordinationRequest) -> Iterator[Entry]:
    rows = list(matter.attempts.select_related("department", "recorded_by"))
    if rows:
        yield of_matter(matter, EntryKind.ATTEMPTS, rows[-1].held_at, pictures(rows))


def checks(matter: CoordinationRequest) -> Iterator[Entry]:
    """What was found on the conditions of acceptance (R028)."""
    rows = list(matter.checks.select_related("condition", "checked_by"))
    if rows:
        last = max(row.checked_at for row in rows)
        yield of_matter(matter, EntryKind.CHECKS, last, pictures(rows))


def approvals(matter: CoordinationRequest) -> Iterator[Entry]:
    """The project application with every step of its approvals, also those of earlier rounds (R036, R038)."""
    papers = ProjectApplication.objects.filter(matter=matter)
    for paper in papers.select_related(
        "matter", "lead_person", "lead_department", "drafted_by", "submitted_by"
    ):
        steps = paper.steps.select_related("application", "asked", "on_behalf_of", "applicant", "answered_by")
        yield Entry(
            kind=EntryKind.APPROVALS, responsible=f"{matter.department_name} {paper.drafted_by.name}", title=paper.title,
            at=paper.submitted_at or paper.drafted_at, source_type=paper.SUBJECT, source_id=paper.pk,
            number=paper.number or "", snapshot={**picture(paper), "steps": pictures(steps)},
        )  # fmt: skip


def order(matter: CoordinationRequest) -> Iterator[Entry]:
    """The oral order that it began on, with its answer and the day of the papers (Q23)."""
    for row in OralOrder.objects.filter(matter=matter).select_related("ordered_by", "recorded_by"):
        yield of_matter(matter, EntryKind.ORDER, row.recorded_at, picture(row))


def review(matter: CoordinationRequest) -> Iterator[Entry]:
    """A refusal that was overturned, with the words of all three (R048)."""
    rows = RefusalReview.objects.filter(matter=matter)
    for row in rows.select_related("refused_by", "asked_by", "answered_by", "department"):
        yield of_matter(matter, EntryKind.REVIEW, row.asked_at, picture(row))


def gaps(matter: CoordinationRequest) -> Iterator[Entry]:
    rows = list(matter.gaps.select_related("named_by"))
    if rows:
        yield of_matter(matter, EntryKind.GAPS, rows[-1].named_at, pictures(rows))


def files(matter: CoordinationRequest) -> Iterator[Entry]:
    """Every file of the matter and of what hangs on it, all versions; one taken back stays out."""
    for file in (
        File.objects.of_case(matter.pk).kept().select_related("uploaded_by").order_by("uploaded_at", "pk")
    ):
        yield Entry(
            kind=EntryKind.FILE, responsible=file.uploaded_by.name if file.uploaded_by else "", title=file.name,
            at=file.uploaded_at, source_type="file", source_id=file.pk, file=file,
        )  # fmt: skip


def messages(matter: CoordinationRequest) -> Iterator[Entry]:
    """What was said elsewhere and put on record (R068); comments settle nothing and stay outside."""
    rows = list(matter.messages.select_related("kept_by"))
    if rows:
        yield of_matter(matter, EntryKind.MESSAGES, rows[-1].kept_at, pictures(rows))


def opinions(matter: CoordinationRequest) -> Iterator[Entry]:
    rows = list(matter.participants.select_related("department", "opined_by", "material_read_by"))
    if rows:
        last = max((row.opined_at for row in rows if row.opined_at), default=matter.accepted_at)
        yield of_matter(matter, EntryKind.OPINIONS, last, pictures(rows))


def letters(matter: CoordinationRequest) -> Iterator[Entry]:
    """Every sheet and letter that was signed, with receipts and answers, also one taken back (R064, R065)."""
    rows = Letter.objects.filter(matter=matter, signed_at__isnull=False).order_by("signed_at", "pk")
    for letter in rows.select_related("signed_by", "drafted_by", "signer", "department"):
        snapshot = {
            **picture(letter),
            "asks": pictures(letter.asks.all()),
            "copies": list(letter.copies.order_by("pk").values_list("name", flat=True)),
            "addressees": pictures(
                letter.addressees.select_related("department", "received_by", "answered_by", "confirmed_by")
            ),
            "files": fingerprints(Letter.SUBJECT, letter.pk),
        }
        narrow = letter.confidentiality in NARROW
        yield Entry(
            kind=EntryKind.LETTER, responsible=f"{letter.department_name} {letter.signed_by.name}",
            # The catalogue is read by more people than a restricted letter is.
            title=str(letter.get_form_display()) if narrow else letter.title,
            at=letter.signed_at, source_type=Letter.SUBJECT, source_id=letter.pk, number=letter.number or "",
            snapshot=snapshot,
        )  # fmt: skip


def circulations(matter: CoordinationRequest) -> Iterator[Entry]:
    """Every paper that went round: all versions of its text, all signatures, the answers to the opinions (R062, R063)."""
    rows = Circulation.objects.filter(matter=matter, started_at__isnull=False).order_by("started_at", "pk")
    for paper in rows.with_people():
        snapshot = {
            **picture(paper),
            "texts": pictures(paper.texts.select_related("written_by")),
            "countersigns": pictures(paper.countersigns.with_people().order_by("pk")),
        }
        yield Entry(
            kind=EntryKind.CIRCULATION, responsible=f"{paper.department_name} {paper.drafted_by.name}", title=paper.title,
            at=paper.issued_at or paper.started_at, source_type=Circulation.SUBJECT, source_id=paper.pk,
            number=paper.number or "", snapshot=snapshot,
        )  # fmt: skip


def notices(matter: CoordinationRequest) -> Iterator[Entry]:
    """Draft results that were published, with the objections and their answers (R053)."""
    rows = list(matter.public_notices.select_related("published_by", "question"))
    if rows:
        snapshot = [
            {
                **picture(row),
                "departments": list(row.departments.order_by("pk").values_list("name", flat=True)),
                "objections": pictures(
                    row.objections.select_related("department", "given_by", "answered_by")
                ),
            }
            for row in rows
        ]
        yield of_matter(matter, EntryKind.NOTICES, rows[-1].published_at, snapshot)


def effects(matter: CoordinationRequest) -> Iterator[Entry]:
    """What it gave to the departments and took from them, and what made up for it (R083)."""
    rows = list(
        Effect.objects.filter(matter=matter).select_related(
            "department", "stated_by", "compensated_by", "goal"
        )
    )
    if rows:
        yield of_matter(matter, EntryKind.EFFECTS, max(row.stated_at for row in rows), pictures(rows))


def visits(matter: CoordinationRequest) -> Iterator[Entry]:
    """On-site coordination, also what was taken back; the photos stand among the files (R046)."""
    rows = list(
        SiteVisit.objects.filter(matter=matter).select_related("recorded_by").order_by("visited_on", "pk")
    )
    if rows:
        snapshot = [{**picture(row), "is_late": row.is_late} for row in rows]
        yield of_matter(matter, EntryKind.VISITS, rows[-1].recorded_at, snapshot)


def digest(matter: CoordinationRequest) -> Iterator[Entry]:
    """The one page that the leaders read, as it was worded last, and whom it was laid before (R067)."""
    rows = Digest.objects.filter(matter=matter).select_related("written_by", "presented_by")
    for row in rows:
        names = list(row.presented_to.order_by("pk").values_list("name", flat=True))
        yield of_matter(matter, EntryKind.DIGEST, row.written_at, {**picture(row), "presented_to": names})


def outside_papers(matter: CoordinationRequest) -> Iterator[Entry]:
    """The lines of the register that belong to it, each with its files and their fingerprints (R066)."""
    yield from _lines(matter, matter.outside_papers.exclude(confidentiality=Confidentiality.CONFIDENTIAL))


def closed_papers(matter: CoordinationRequest) -> Iterator[Entry]:
    """Those of the highest level stand last: the numbers before them are the same for whoever may not know of them."""
    yield from _lines(matter, matter.outside_papers.filter(confidentiality=Confidentiality.CONFIDENTIAL))


def fingerprints(subject_type: str, subject_id: int) -> list[dict[str, Any]]:
    """The files of a thing that has readers of its own: name, version and fingerprint."""
    rows = File.objects.of(subject_type, subject_id).kept().order_by("pk")
    return list(rows.values("name", "version", "sha256"))


def _lines(matter: CoordinationRequest, found: Any) -> Iterator[Entry]:
    rows = found.standing().select_related("registered_by", "handler", "department", "answers")
    for row in rows.order_by("registered_at", "pk"):
        told = TransitionLog.objects.of(OutsidePaper.SUBJECT, row.pk).filter(verb="correct_paper")
        corrections = [
            {"at": one.at.isoformat(), "by": one.actor_name, "what": one.reason} for one in told.order_by("at", "pk")
        ]  # fmt: skip
        shown = {
            **picture(row),
            "files": fingerprints(OutsidePaper.SUBJECT, row.pk),
            "corrections": corrections,
        }
        yield of_matter(matter, EntryKind.OUTSIDE, row.registered_at, shown)


def handovers(matter: CoordinationRequest) -> Iterator[Entry]:
    rows = list(matter.handovers.select_related("from_department", "to_department", "addressee"))
    if rows:
        yield of_matter(matter, EntryKind.HANDOVERS, rows[-1].at, pictures(rows))


def minutes(matter: CoordinationRequest) -> Iterator[Entry]:
    """The published minutes of every meeting that had the matter on its agenda, with the items about it."""
    found = Minutes.objects.filter(meeting__items__matter=matter, published_at__isnull=False).distinct()
    for row in found.select_related("meeting", "signed_by", "published_by").order_by("published_at"):
        items = row.meeting.items.filter(matter=matter).select_related(
            "meeting", "matter", "question", "department"
        )
        yield Entry(
            kind=EntryKind.MINUTES, responsible=row.signed_by.name if row.signed_by else "", title=row.meeting.title,
            at=row.published_at, source_type=row.SUBJECT, source_id=row.pk, number=row.number or "",
            snapshot={**picture(row), **_told_of(row, matter), "items": pictures(items)},
        )  # fmt: skip


def _told_of(minutes: Minutes, matter: CoordinationRequest) -> dict[str, Any]:
    """What was signed, without the confidential topics of other matters: whoever reads this dossier need not read those."""
    signed = minutes.snapshot or {}
    ids = {item["matter_id"] for item in signed.get("items", ()) if item["matter_id"]} - {matter.pk}
    closed = CoordinationRequest.objects.filter(pk__in=ids, confidentiality=Confidentiality.CONFIDENTIAL)
    hidden = set(closed.values_list("pk", flat=True))
    if not hidden:
        return {}
    kept = [
        {"order": item["order"], "matter": item["matter"]} if item["matter_id"] in hidden else item
        for item in signed["items"]
    ]
    return {"summary": "", "snapshot": plain({**signed, "summary": "", "items": kept})}


def resolution(matter: CoordinationRequest) -> Iterator[Entry]:
    questions = [
        {
            **picture(question),
            "reservations": pictures(
                Reservation.objects.filter(question=question).select_related("department")
            ),
            "differences": pictures(question.differences.select_related("department")),
            "opinions": pictures(question.opinions.select_related("department", "given_by")),
        }
        for question in matter.questions.all()
    ]
    snapshot = {
        "way": matter.decision_way, "resolution": matter.resolution, "document": matter.decision_document,
        "decided_by": str(matter.decided_by or ""), "questions": questions,
    }  # fmt: skip
    yield Entry(
        kind=EntryKind.RESOLUTION, responsible=matter.decided_by.name if matter.decided_by else "",
        title=str(EntryKind.RESOLUTION.label), at=matter.decided_at or matter.created_at,
        source_type=matter.SUBJECT, source_id=matter.pk, number=matter.decision_document, snapshot=snapshot,
    )  # fmt: skip


def disputes(matter: CoordinationRequest) -> Iterator[Entry]:
    for dispute in Dispute.objects.of_matter(matter.pk).select_related("registered_by").order_by("pk"):
        ruling = getattr(dispute, "ruling", None)
        snapshot = {
            **picture(dispute),
            "parties": pictures(dispute.parties.select_related("department", "signed_by")),
            "points": pictures(dispute.points.all()),
            "positions": pictures(
                PointPosition.objects.filter(point__dispute=dispute)
                .select_related("point", "party")
                .order_by("pk")
            ),
            "talks": [
                {**picture(talk), "people": [person.name for person in talk.people.order_by("pk")]}
                for talk in dispute.talks.select_related("recorded_by")
            ],
            "items": pictures(dispute.items.select_related("department", "assignee")),
            "ruling": picture(ruling) if ruling else None,
            "decisions": pictures(ruling.decisions.select_related("point")) if ruling else [],
        }
        yield Entry(
            kind=EntryKind.DISPUTE, responsible=dispute.registered_by.name, title=str(EntryKind.DISPUTE.label),
            at=dispute.registered_at, source_type=dispute.SUBJECT, source_id=dispute.pk, number=dispute.number,
            snapshot=snapshot,
        )  # fmt: skip


def timeline(matter: CoordinationRequest) -> Iterator[Entry]:
    rows = list(TransitionLog.objects.of_case(matter.pk).order_by("at", "pk"))
    yield of_matter(matter, EntryKind.TIMELINE, rows[-1].at if rows else None, pictures(rows))


SOURCES: tuple[Source, ...] = (
    form, order, attempts, checks, approvals, review, gaps, files, messages, opinions, letters, circulations, notices, effects, digest,
    visits, outside_papers, handovers, minutes, disputes, resolution, appeals, plans, items, agreements, progress_reviews, measures, loans,
    change_requests, extensions, reminders, feedback, surveys,
    retrospect, timeline, closed_papers,
)  # fmt: skip
