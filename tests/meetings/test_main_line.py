"""A matter is decided by a meeting: from the plan to the published minutes."""

from audit.models import TransitionLog
from meetings.models import Meeting, Minutes
from requests.models import ActionItem, CoordinationRequest
from requests.states import ItemState, Outcome, Stage
from supervision.models import Obligation
from supervision.states import Kind
from tests.meetings import world


def test_published_minutes_decide_the_matter_and_hand_out_its_items(cast):
    minutes = world.published(cast)

    matter = CoordinationRequest.objects.get()
    assert (matter.stage, matter.decision_way, matter.decision_document) == (
        Stage.EXECUTION,
        "meeting",
        minutes.number,
    )
    assert matter.decided_by == cast.office_head
    assert {item.state for item in ActionItem.objects.all()} <= {ItemState.ISSUED, ItemState.ACKNOWLEDGED}
    assert {item.source_number for item in ActionItem.objects.all()} == {"纪〔2026〕1号"}
    assert {q.outcome for q in matter.questions.all()} == {Outcome.AGREED}


def test_the_history_names_the_chair_as_the_one_who_decided_and_the_secretary_as_the_one_who_registered(cast):
    world.published(cast)

    line = TransitionLog.objects.get(verb="decide")
    assert line.values["decider"] == cast.office_head.name
    assert line.sentence.startswith("%(decider)s decided")


def test_before_publication_nothing_has_reached_the_matter(cast):
    world.signed(cast)

    matter = CoordinationRequest.objects.get()
    assert matter.stage == Stage.DECISION
    assert not ActionItem.objects.exists()
    assert {q.outcome for q in matter.questions.all()} == {Outcome.OPEN}


def test_a_settled_question_is_carried_out_while_the_other_waits(cast):
    world.published(cast, second=world.disagree)

    matter = CoordinationRequest.objects.get()
    assert matter.stage == Stage.DECISION
    assert [q.outcome for q in matter.questions.all()] == [Outcome.AGREED, Outcome.NOT_AGREED]
    assert ActionItem.objects.get().number is not None
    assert matter.questions.last().differences.count() == 2


def test_meeting_and_minutes_have_their_numbers_and_last_states(cast):
    world.published(cast)

    meeting, minutes = Meeting.objects.get(), Minutes.objects.get()
    assert (meeting.number, meeting.state) == ("会〔2026〕1号", "documented")
    assert (minutes.number, minutes.state) == ("纪〔2026〕1号", "published")


def test_nobody_owes_anything_on_the_meeting_when_its_minutes_are_out(cast):
    minutes = world.published(cast)

    assert not Obligation.objects.open().of("meeting", minutes.meeting_id).exists()
    assert not Obligation.objects.open().of("minutes", minutes.pk).exists()


def test_every_step_was_owed_by_the_one_whose_turn_it_was(cast):
    world.published(cast)

    steps = Obligation.objects.filter(subject_type__in=["meeting", "minutes"]).order_by("pk")
    assert [(row.kind, row.holder) for row in steps] == [
        (Kind.MEETING_NOTICE, cast.officer), (Kind.RECEIPT, cast.repair_head), (Kind.RECEIPT, cast.supplies_liaison),
        (Kind.MINUTES_DRAFT, cast.secretary), (Kind.MINUTES_CONFIRM, cast.repair_head),
        (Kind.MINUTES_CONFIRM, cast.supplies_liaison), (Kind.MINUTES_SIGN, cast.office_head),
        (Kind.MINUTES_ISSUE, cast.secretary),
    ]  # fmt: skip


def test_the_story_of_the_matter_names_the_meeting_and_its_minutes(cast):
    minutes = world.published(cast)

    lines = TransitionLog.objects.of_case(CoordinationRequest.objects.get().pk).filter(subject_type="meeting")
    assert [line.verb for line in lines.order_by("pk")] == ["call", "publish"]
    assert lines.order_by("pk").last().params["minutes"] == minutes.number
