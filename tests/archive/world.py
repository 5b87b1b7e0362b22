"""A matter that has ended, made by walking the real flows, and its dossier.

Ruled on Tuesday 2026-09-15 after a dispute, so that its dossier has everything: talks, a returned form, a file, an
extension, a survey. Sealed on Monday 2026-09-28.
"""

from __future__ import annotations

from datetime import date

from django.core.files.base import ContentFile

from archive import flows
from archive.models import Dossier, RetentionClass
from audit.acting import at_moment
from documents.flows import attach
from meetings import flows as meetings
from requests import flows as matters
from requests.models import CoordinationRequest, Survey
from supervision.models import Obligation
from tests.disputes import world as disputes
from tests.disputes.world import moment
from tests.kept import kept

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@kept(files=True)
def executing(cast) -> CoordinationRequest:
    """A ruled matter with one issued item of the supplies clerk, due on 2026-09-24, and one file."""
    dispute = disputes.to_be_ruled(cast)
    matter = dispute.matter
    with at_moment(moment(14, 10)):
        matters.record_attempt(
            matter_id=matter.pk, by=cast.clerk,
            department=cast.supplies, person_name="林佳", held_at=moment(4), means="phone", our_goal="领三套",
            answer="refused", reason="不是本公司员工",
        )  # fmt: skip
        attach(
            upload=ContentFile(PDF, "清单.pdf"), subject_type="matter", subject_id=matter.pk, case_id=matter.pk,
            by=cast.clerk,
        )  # fmt: skip
    with at_moment(moment(15)):
        disputes.rule(cast, dispute)
    return CoordinationRequest.objects.get(pk=matter.pk)


@kept(files=True)
def in_feedback(cast) -> CoordinationRequest:
    matter = executing(cast)
    item = matter.items.get()
    with at_moment(moment(16)):
        matters.start(item_id=item.pk, by=cast.supplies_clerk, first_step="询价")
    with at_moment(moment(23)):
        matters.submit_item(
            item_id=item.pk,
            by=cast.supplies_clerk,
            result="三人已签领",
            evidence_note="签领单存库房，可现场核对。",
        )
        matters.close_item(item_id=item.pk, by=cast.officer)
        matters.complete_execution(matter_id=matter.pk, by=cast.supplies_liaison, summary="三人已穿上劳保服")
    return CoordinationRequest.objects.get(pk=matter.pk)


@kept(files=True)
def ended(cast) -> CoordinationRequest:
    """Confirmed by the applicant; nothing is open but the sealing itself."""
    matter = in_feedback(cast)
    with at_moment(moment(24)):
        for row in list(Obligation.objects.of_case(matter.pk).open().filter(kind="survey")):
            matters.answer_survey(matter_id=matter.pk, by=row.holder, marks=dict.fromkeys(Survey.SCALES, 4))
        matters.confirm(matter_id=matter.pk, by=cast.clerk, feedback="已解决")
    return CoordinationRequest.objects.get(pk=matter.pk)


def confirmed(cast) -> CoordinationRequest:
    """Confirmed by the applicant, with nobody's survey in."""
    matter = in_feedback(cast)
    with at_moment(moment(24)):
        matters.confirm(matter_id=matter.pk, by=cast.clerk, feedback="已解决")
    return CoordinationRequest.objects.get(pk=matter.pk)


def seal(cast, matter, *, by=None, **changes) -> Dossier:
    given = {
        "retention": RetentionClass.objects.get(code="D30"), "category": "administrative", "explanation": "", **changes,
    }  # fmt: skip
    return flows.seal(matter_id=matter.pk, by=by or cast.records_admin, **given)


@kept(files=True)
def sealed(cast) -> Dossier:
    matter = ended(cast)
    with at_moment(moment(28)):
        return seal(cast, matter)


def meeting_on(cast, matter):
    """A meeting on Wednesday, called, that is to hear how the matter went."""
    meeting = meetings.plan(
        by=cast.officer, title="劳保服发放情况通报会", starts_at=moment(30, 9), ends_at=moment(30, 10),
        place="协调办301", chair=cast.office_head, recorder=cast.secretary,
        attendees=[cast.repair_head, cast.supplies_liaison],
        items=[{"text": "劳保服发放情况", "kind": "report", "matter": matter}],
    )  # fmt: skip
    return meetings.call(meeting_id=meeting.pk, by=cast.officer, notice_reason="本周通报")


def owed(matter) -> list[str]:
    return list(Obligation.objects.of_case(matter.pk).open().values_list("kind", flat=True))


DAY = date(2026, 9, 28)
