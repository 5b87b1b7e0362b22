"""One matter ready to be decided, and its special meeting, brought to any point of its life by the real flows."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from audit.acting import SYSTEM, as_actor, at_moment
from documents import flows as documents
from meetings import flows
from meetings.models import Material, Meeting, Minutes
from requests import flows as requests
from requests.models import CoordinationRequest
from tests.conftest import SHANGHAI
from tests.kept import kept
from tests.requests.world import all_met

FORM = {
    "title": "关于解决管焊工劳保服配置问题的协作需求",
    "category": "internal",
    "background": "工艺班现有3名外包管焊工，即将参加机组检修，至今没有领到劳保服。",
    "goal": "检修开工前三名焊工穿上与本公司员工同款的劳保服。",
    "expected_result": "劳保服发到本人，并明确今后由哪个部门归口。",
    "initial_scope": "检修部工艺班",
    "organization_goal": "机组检修安全目标",
}
QUESTIONS = ["由谁采购三套劳保服？", "今后外包合同是否写明劳保用品？"]


def at(text: str) -> datetime:
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


def on(text: str):
    return at_moment(at(text))


@kept
def ready_matter(cast, **changes) -> CoordinationRequest:
    """Prepared, every opinion in, two open questions; lead 检修部, with 物资部."""
    with on("09-07 09:00"):
        matter = requests.file_at_once(by=cast.clerk, departments=[cast.supplies], fields={**FORM, **changes})
        requests.accept(
            matter_id=matter.pk, by=cast.officer, lead_department=cast.repair, co_departments=[cast.supplies],
            fit=4, feasibility=4, complexity=3, risk=3, resource_limits=2, assessment="职责有交叉。", conditions=all_met(),
        )  # fmt: skip
        requests.write_preparation(
            matter_id=matter.pk, by=cast.officer, facts="已核实", scope="三人", expected_goal=FORM["goal"],
            questions=QUESTIONS,
        )  # fmt: skip
        requests.deliver_material(matter_id=matter.pk, by=cast.officer)
    with on("09-10 09:00"):
        for participant in matter.participants.order_by("pk"):
            speaker = (
                cast.repair_head if participant.department_id == cast.repair.pk else cast.supplies_liaison
            )
            requests.give_opinion(participant_id=participant.pk, by=speaker, opinion="agree")
        requests.start_decision(matter_id=matter.pk, by=cast.officer)
    return CoordinationRequest.objects.get(pk=matter.pk)


@kept
def planned(cast, matter=None, **changes) -> Meeting:
    """Monday 14th: a meeting on Friday 18th, 09:30 to 10:20, one item for each question."""
    matter = matter or ready_matter(cast)
    plan = {
        "by": cast.officer, "title": "管焊工劳保服配置专题协调会", "starts_at": at("09-18 09:30"),
        "ends_at": at("09-18 10:20"), "place": "协调办301", "chair": cast.office_head, "recorder": cast.secretary,
        "attendees": [cast.repair_head, cast.supplies_liaison],
        "items": [{"text": q.text, "matter": matter, "question": q} for q in matter.questions.all()],
        **changes,
    }  # fmt: skip
    with on("09-14 10:00"):
        return flows.plan(**plan)


def paper(name="数据.txt", content="劳保服在库12套。") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode(), "text/plain")


def material(cast, meeting, item=None) -> Material:
    """A paper of the meeting from the hand of the secretary, whatever the meeting's state."""
    with on("09-15 10:00"), as_actor(SYSTEM):
        file = documents.attach(
            upload=paper(), subject_type="meeting", subject_id=meeting.pk, case_id=None, by=cast.secretary
        )
        return Material.objects.create(meeting=meeting, item=item, file=file, due_on=date(2026, 9, 15))


@kept
def called(cast, **changes) -> Meeting:
    meeting = planned(cast, **changes)
    with on("09-14 10:30"):
        return flows.call(meeting_id=meeting.pk, by=cast.officer)


@kept
def in_session(cast, **changes) -> Meeting:
    meeting = called(cast, **changes)
    with on("09-18 09:25"):
        for row in meeting.invitations.filter(capacity="attend"):
            flows.mark_arrival(invitation_id=row.pk, by=cast.secretary)
    with on("09-18 09:30"):
        return flows.open_session(meeting_id=meeting.pk, by=cast.office_head)


def action(cast, **changes):
    return {
        "text": "采购三套劳保服并发到焊工本人手中", "standard": "本人签领", "department": cast.supplies,
        "assignee": cast.supplies_liaison, "due_on": date(2026, 9, 29), **changes,
    }  # fmt: skip


def agree(cast, item, **changes):
    values = {
        "result": "agreed",
        "resolution": "同意采购三套，费用由检修部列支。",
        "actions": [action(cast)],
        **changes,
    }
    return flows.record_result(item_id=item.pk, by=cast.secretary, **values)


def disagree(cast, item, **changes):
    values = {
        "result": "not_agreed",
        "differences": [
            {"department": cast.repair, "position": "应由物资部统一采购"},
            {"department": cast.supplies, "position": "应由外包单位提供"},
        ],
        **changes,
    }
    return flows.record_result(item_id=item.pk, by=cast.secretary, **values)


@kept
def closed(cast, *, second=agree, **changes) -> Minutes:
    meeting = in_session(cast, **changes)
    with on("09-18 10:00"):
        first, *others = meeting.items.all()
        agree(cast, first)
        for item in others:
            second(cast, item)
    with on("09-18 10:20"):
        return flows.close(meeting_id=meeting.pk, by=cast.office_head)


@kept
def sent(cast, **changes) -> Minutes:
    minutes = closed(cast, **changes)
    with on("09-18 14:30"):
        return flows.send_for_confirmation(minutes_id=minutes.pk, by=cast.secretary)


@kept
def signed(cast, **changes) -> Minutes:
    minutes = sent(cast, **changes)
    with on("09-18 15:00"):
        for row in minutes.confirmations.all():
            flows.confirm(minutes_id=minutes.pk, by=row.person)
        return flows.sign(minutes_id=minutes.pk, by=cast.office_head)


@kept
def published(cast, **changes) -> Minutes:
    minutes = signed(cast, **changes)
    with on("09-18 16:00"):
        return flows.publish(minutes_id=minutes.pk, by=cast.secretary)


def minutes_later(moment: datetime, n: float):
    return at_moment(moment + timedelta(minutes=n))
