"""Q13, R055: the opinion of every department or its recorded silence; nobody holds a decision up by not answering."""

import pytest

from audit.acting import at_moment
from audit.refusals import NotReady, NotYours
from requests import flows
from requests.models import CoordinationRequest, Participant
from requests.panels import load_case, open_duties, silent_ones
from requests.states import DecisionWay, Outcome, Stage
from supervision.states import Kind
from tests.kept import kept
from tests.requests import world

IN_TIME, TOO_LATE = world.moment(11, 10), world.moment(14)


@kept
def unanswered(cast) -> Participant:
    """In decision since Thursday; staffing has until Friday 2026-09-11 and says nothing."""
    matter = world.prepared(cast)
    with at_moment(world.moment(9, 10)):
        lead = matter.participants.get(department=cast.supplies)
        flows.give_opinion(participant_id=lead.pk, by=cast.supplies_liaison, opinion="agree")
    with at_moment(world.moment(10)):
        flows.start_decision(matter_id=matter.pk, by=cast.officer)
        world.draft_item(cast, matter)
    return matter.participants.get(department=cast.staffing)


def record(cast, row, *, by=None, moment=TOO_LATE):
    with at_moment(moment):
        return flows.record_silence(participant_id=row.pk, by=by or cast.officer)


def meet(cast, matter):
    """The minutes of a meeting settle the only question and decide what can be decided."""
    act = {"by": cast.secretary, "resolution": "由物资部采购。"}
    with at_moment(TOO_LATE):
        flows.record_outcome(question_id=matter.questions.get().pk, outcome=Outcome.AGREED, **act)
        flows.decide_if_ready(
            matter_id=matter.pk,
            way=DecisionWay.MEETING,
            document="纪〔2026〕1号",
            decided_by=cast.chair,
            **act,
        )
    return CoordinationRequest.objects.get(pk=matter.pk)


def test_with_its_silence_recorded_a_department_holds_up_no_meeting(cast):
    row = record(cast, unanswered(cast))

    assert (row.opinion, row.is_silent, world.owed(row, Kind.OPINION)) == ("", True, None)
    assert world.told(cast.staffing_liaison, "until the decision you can still give it")
    assert meet(cast, row.matter).stage == Stage.EXECUTION


def test_silence_is_recorded_by_the_office_and_not_before_the_time_is_over(cast):
    row = unanswered(cast)

    with pytest.raises(NotReady, match="2026-09-11 17:30"):
        record(cast, row, moment=IN_TIME)
    with pytest.raises(NotYours):
        record(cast, row, by=cast.supplies_head)

    row.refresh_from_db()
    assert not row.is_silent


def test_who_has_answered_was_not_silent(cast):
    row = unanswered(cast).matter.participants.get(department=cast.supplies)

    with pytest.raises(NotReady):
        record(cast, row)


def test_silence_is_no_consent_so_the_office_does_not_decide_alone(cast):
    matter = record(cast, unanswered(cast)).matter

    with pytest.raises(NotReady), at_moment(TOO_LATE):
        flows.decide_as_office(matter_id=matter.pk, by=cast.office_head, resolution="由物资部采购。")

    assert CoordinationRequest.objects.get().stage == Stage.DECISION


def test_until_the_decision_a_silent_department_can_still_answer(cast):
    row = record(cast, unanswered(cast))

    with at_moment(TOO_LATE):
        flows.give_opinion(participant_id=row.pk, by=cast.staffing_liaison, opinion="agree")
        flows.decide_as_office(matter_id=row.matter_id, by=cast.office_head, resolution="由物资部采购。")

    row.refresh_from_db()
    assert (row.is_silent, CoordinationRequest.objects.get().stage) == (False, Stage.EXECUTION)


def test_what_a_meeting_decides_waits_for_the_missing_opinion_and_takes_effect_by_itself(cast):
    row = unanswered(cast)
    assert meet(cast, row.matter).stage == Stage.DECISION
    assert world.told(cast.officer, "waits for missing opinions")

    record(cast, row)

    matter = CoordinationRequest.objects.get()
    assert (matter.stage, matter.decided_by, matter.decision_document) == (
        Stage.EXECUTION, cast.chair, "纪〔2026〕1号",
    )  # fmt: skip


def test_the_office_is_offered_it_beside_the_department_when_the_time_is_over(cast):
    row = unanswered(cast)
    case = load_case(row.matter, cast.officer)

    with at_moment(IN_TIME):
        assert silent_ones(case, open_duties(row.matter)) == set()
    with at_moment(TOO_LATE):
        assert silent_ones(case, open_duties(row.matter)) == {row.pk}
        assert silent_ones(load_case(row.matter, cast.supplies_head), open_duties(row.matter)) == set()
