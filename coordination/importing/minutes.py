"""Old minutes as meetings, agenda items and action items: held again through the real flows, at their own dates.

What the office knows of a meeting by its minutes alone is little (no hour, seldom a chair or an owner): what is
filled in is remarked by line, and the whole wording stays in the minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from audit.acting import IMPORT, as_actor, at_moment
from audit.refusals import Refusal
from coordination.importing.organization import Importer
from coordination.importing.report import Report, cut
from meetings import flows as meetings
from meetings.models import Meeting
from meetings.states import ItemKind
from organization import people
from organization.models import Department, User
from organization.states import PostKind
from requests import flows as matters
from requests.flows.conditions import all_met
from requests.models import CoordinationRequest
from supervision.calendar import working_days

ZONE = ZoneInfo("Asia/Shanghai")
WHY = "按原纪要补录"
DEFAULT_DAYS = 10
TOPIC_MINUTES = 10


@dataclass(frozen=True)
class Office:
    """The people in whose names the office takes over."""

    officer: User
    head: User
    secretary: User


@dataclass(frozen=True)
class Topic:
    text: str
    resolution: str
    discussion: str
    tasks: tuple[dict[str, Any], ...]

    @property
    def kind(self) -> str:
        """What only was told was for information; the rest was decided."""
        return ItemKind.DECISION if self.resolution or self.tasks else ItemKind.REPORT


class MinutesImporter:
    """Takes over one meeting a call; a meeting that is refused leaves nothing behind and is remarked."""

    def __init__(self, office: Office, importer: Importer, report: Report) -> None:
        self.office = office
        self.importer = importer
        self.report = report

    def take_over(self, line: str, record: dict[str, Any]) -> Meeting | None:
        day = _day(record)
        if day is None:
            self.report.remark(
                line, f"no date ({record.get('date')!r}), so it cannot be placed; not taken over"
            )
            return None
        before = self.report.counts.copy()
        try:
            with as_actor(
                IMPORT, reason=f"{line} {record.get('id', '')}", flow="coordination.import_minutes"
            ):
                return self._held(line, record, day)
        except Refusal as refusal:
            told = "; ".join(
                f"{name}: {sentence}" for name, found in refusal.fields.items() for sentence in found
            )
            self.report.remark(line, f"not taken over: {refusal} {told}".strip())
            self.report.counts = before  # what it had counted was rolled back with it
            self.importer.forget()
            return None

    def _held(self, line: str, record: dict[str, Any], day: date) -> Meeting | None:
        department = self.importer.department(_committee(record), line)
        present = self._present(line, record, department)
        if not present:
            self.report.remark(line, "nobody attended by name; not taken over")
            return None
        chair = self._chair(line, record, present, department)
        topics = list(self._topics(line, record))
        begins = datetime.combine(day, time(10, 0), ZONE)
        asker = next((person for person in present if person.pk != chair.pk), self.office.head)
        matter = self._matter(line, record, topics, asker, department, begins)
        meeting = self._plan(line, record, topics, chair, department, begins, matter, present)
        self._session(meeting, topics, chair, department, begins)
        self._minutes(meeting, record, chair, begins + _length(topics))
        self.report.took("meetings")
        self.report.took("agenda items", len(topics))
        return meeting

    def _present(self, line: str, record: dict[str, Any], department: Department) -> list[User]:
        found: list[int] = []
        speaks = bool(people.liaisons(department.pk))
        for number, person in enumerate(record["attendees"], start=1):
            kind = PostKind.STAFF if speaks else PostKind.LIAISON
            user = self.importer.member(department, person, kind, f"{line} attendee {number}")
            if user is not None:
                speaks = True
                found.append(user.pk)
        as_they_are = User.objects.in_bulk(found)  # read again: what a person may do is kept with the object
        return [as_they_are[pk] for pk in dict.fromkeys(found)]

    def _chair(self, line: str, record: dict[str, Any], present: list[User], department: Department) -> User:
        named = str(record.get("chair") or "")
        for person in present:
            if named and named in (person.name, person.username):
                return person
        self.report.remark(line, f"chair {named or 'not named'}: {present[0].name} stands for the chair")
        return present[0]

    def _topics(self, line: str, record: dict[str, Any]) -> list[Topic]:
        rows = record["items"] or [{"title": text} for text in record["agenda"]]
        topics = []
        for number, row in enumerate(rows, start=1):
            where = f"{line} item {number}"
            tasks = [task for task in row.get("leftover") or [] if str(task.get("text") or "").strip()]
            if len(tasks) < len(row.get("leftover") or []):
                self.report.remark(where, "a task without words; no action item")
            topics.append(
                Topic(
                    cut(str(row.get("title") or "") or f"议题{number}", 200, where, self.report),
                    "\n".join(row.get("conclusions") or []),
                    "\n".join(row.get("notes") or []),
                    tuple(tasks),
                )
            )
        loose = [action for action in record["actions"] if len(str(action.get("text") or "")) > 3]
        for action in record["actions"]:
            if action not in loose:
                self.report.remark(line, f"no action item: {action.get('text')!r}")
        if loose:
            topics.append(Topic("会议行动项", "按原纪要办理。", "", tuple(loose)))
        return topics or [Topic("会议记录", "", "", ())]

    def _matter(
        self, line: str, record: dict[str, Any], topics: list[Topic], asker: User, department: Department, begins: datetime
    ) -> CoordinationRequest | None:  # fmt: skip
        """Action items hang on a matter: the topics that leave something to do become its core questions.

        Somebody else than the chair asks for it: nobody decides on the own matter.
        """
        open_topics = [topic for topic in topics if topic.tasks]
        office = people.office()
        if not open_topics or office is None:
            return None
        calendar = working_days()
        filed = calendar.opening(calendar.next_day(begins.date(), -6)) + timedelta(minutes=30)
        with at_moment(filed):
            matter = matters.file_at_once(
                by=asker, departments=[office.pk],
                fields={
                    "title": f"{department.name[:30]} {record['date']} 会议遗留事项", "category": "internal",
                    "background": f"来自{department.name} {record['date']} 会议纪要的遗留事项，按原纪要补录。",
                    "goal": f"{record['date']} 会议的遗留事项全部办结。", "expected_result": "遗留事项逐项办结并有记录。",
                    "initial_scope": department.name, "organization_goal": "按纪要办理",
                    "goal_reason": "按原会议纪要补录。",
                },
            )  # fmt: skip
            officer = self.office.officer
            matters.accept(
                matter_id=matter.pk, by=officer, lead_department=department, co_departments=[], fit=3, feasibility=3,
                complexity=3, risk=3, resource_limits=2, assessment=WHY, conditions=all_met(),
            )  # fmt: skip
            matters.write_preparation(
                matter_id=matter.pk, by=officer, facts=WHY, scope=department.name, expected_goal=matter.goal,
                questions=[topic.text for topic in open_topics],
            )  # fmt: skip
            matters.deliver_material(matter_id=matter.pk, by=officer)
            participant = matter.participants.get()
            matters.give_opinion(
                participant_id=participant.pk, by=people.liaisons(department.pk)[0], opinion="no_comment"
            )
        with at_moment(calendar.opening(calendar.next_day(begins.date(), -1))):
            matters.start_decision(matter_id=matter.pk, by=officer)
        self.report.took("matters")
        return CoordinationRequest.objects.get(pk=matter.pk)

    def _plan(
        self, line: str, record: dict[str, Any], topics: list[Topic], chair: User, department: Department,
        begins: datetime, matter: CoordinationRequest | None, present: list[User],
    ) -> Meeting:  # fmt: skip
        questions = {question.text: question for question in matter.questions.all()} if matter else {}
        calendar = working_days()
        with at_moment(calendar.opening(calendar.next_day(begins.date(), -1)) + timedelta(hours=1)):
            meeting = meetings.plan(
                by=self.office.officer, title=cut(str(record["title"] or department.name), 80, line, self.report),
                starts_at=begins, ends_at=begins + _length(topics), chair=chair, recorder=self.office.secretary,
                kind="regular", place="见原纪要", attendees=[person for person in present if person.pk != chair.pk],
                clash_reason=WHY,
                items=[
                    {"text": topic.text, "kind": topic.kind, "department": department, "length": TOPIC_MINUTES,
                     "matter": matter if topic.text in questions else None, "question": questions.get(topic.text)}
                    for topic in topics
                ],
            )  # fmt: skip
            for item in meeting.items.waiting_for_the_chair():
                meetings.agree_to_late_item(item_id=item.pk, by=chair)
            meetings.call(meeting_id=meeting.pk, by=self.office.officer, notice_reason=WHY, clash_reason=WHY)
        return meeting

    def _session(
        self, meeting: Meeting, topics: list[Topic], chair: User, department: Department, begins: datetime
    ) -> None:
        recorder = self.office.secretary
        with at_moment(begins):
            for seat in meeting.invitations.exclude(person=recorder):
                meetings.mark_arrival(invitation_id=seat.pk, by=recorder)
            meetings.open_session(meeting_id=meeting.pk, by=chair, quorum_reason=WHY)
            for item, topic in zip(meeting.items.order_by("order"), topics, strict=True):
                meetings.record_result(
                    item_id=item.pk, by=recorder, **self._result(topic, chair, department, begins)
                )
        with at_moment(begins + _length(topics)):
            meetings.close(meeting_id=meeting.pk, by=chair)

    def _result(self, topic: Topic, chair: User, department: Department, begins: datetime) -> dict[str, Any]:
        if not topic.resolution and not topic.tasks:
            return {"result": "noted", "discussion": topic.discussion}
        actions = [self._action(topic, task, chair, department, begins) for task in topic.tasks]
        self.report.took("action items", len(actions))
        return {
            "result": "agreed", "resolution": topic.resolution or "遗留事项按下列任务办理。", "discussion": topic.discussion,
            "actions": actions, "no_action_reason": "" if actions else "原纪要未列任务。",
        }  # fmt: skip

    def _action(
        self, topic: Topic, task: dict[str, Any], chair: User, department: Department, begins: datetime
    ) -> dict[str, Any]:
        text = " ".join(str(task["text"]).split())
        where = f"task “{text[:20]}”"
        if len(text) < 10:
            text = f"按原纪要办理会议遗留事项：{text}"
        owner = User.objects.filter(name=task.get("owner") or "", posts__department=department).first()
        if owner is None:
            self.report.remark(
                where, f"owner {task.get('owner') or 'not named'}: given to the chair {chair.name}"
            )
        calendar = working_days()
        due = task.get("due")
        if not due or due < f"{begins:%Y-%m-%d}":
            self.report.remark(
                where, f"due date {due or 'not named'}: {DEFAULT_DAYS} working days after the meeting"
            )
            due_on = calendar.next_day(begins.date(), DEFAULT_DAYS)
        else:
            due_on = calendar.next_day(datetime.fromisoformat(due).date() - timedelta(days=1))
        return {
            "text": cut(text, 300, where, self.report), "standard": f"达到原纪要“{topic.text[:60]}”的要求",
            "department": department, "assignee": owner or chair, "due_on": due_on,
        }  # fmt: skip

    def _minutes(self, meeting: Meeting, record: dict[str, Any], chair: User, ended: datetime) -> None:
        minutes = Meeting.objects.get(pk=meeting.pk).minutes
        recorder = self.office.secretary
        with at_moment(ended + timedelta(hours=1)):
            meetings.write_minutes(minutes_id=minutes.pk, by=recorder, summary=record["raw"])
            meetings.send_for_confirmation(minutes_id=minutes.pk, by=recorder)
            for row in minutes.confirmations.select_related("person"):
                meetings.confirm(minutes_id=minutes.pk, by=row.person)
            meetings.sign(minutes_id=minutes.pk, by=chair)
            meetings.publish(minutes_id=minutes.pk, by=recorder)


def _day(record: dict[str, Any]) -> date | None:
    try:
        return datetime.fromisoformat(str(record.get("date"))).date()
    except ValueError:
        return None


def _length(topics: list[Topic]) -> timedelta:
    """The minutes do not tell how long the meeting took: long enough for its topics, an hour at least."""
    return max(timedelta(hours=1), timedelta(minutes=TOPIC_MINUTES * len(topics)))


def _committee(record: dict[str, Any]) -> str:
    """`sig/sig_knowlege/meetings` is the unit sig_knowlege."""
    parts = [
        part
        for part in str(record["committee"]).split("/")
        if part.lower() not in ("meetings", "sig", "sigs")
    ]
    return parts[-1] if parts else str(record["committee"])
