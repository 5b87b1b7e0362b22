"""The satisfaction survey (F15, R105, R170): who owes it, how it ends, what of it is shown."""

import pytest

from audit.acting import at_moment
from audit.refusals import NotReady, NotYours
from requests import flows, panels
from requests.models import Survey
from requests.states import Stage
from supervision import flows as supervision
from supervision.models import Obligation, Reminder
from supervision.states import Kind, Outcome, Step
from tests.requests import world

MARKS = dict.fromkeys(Survey.SCALES, 4)


def owed(matter):
    return Obligation.objects.of("matter", matter.pk).filter(kind=Kind.SURVEY)


def answer(matter, by, **marks):
    with at_moment(world.moment(15)):
        return flows.answer_survey(matter_id=matter.pk, by=by, marks={**MARKS, **marks})


def test_applicant_and_the_liaison_of_each_department_owe_it_for_five_working_days(cast):
    """F15, §6.1"""
    matter = world.in_feedback(cast)

    holders = set(owed(matter).open().values_list("holder", flat=True))
    assert holders == {cast.clerk.pk, cast.supplies_liaison.pk, cast.staffing_liaison.pk}
    assert set(owed(matter).values_list("due_at", flat=True)) == {world.moment(20, 17, 30)}
    assert world.told(cast.staffing_liaison, "satisfaction survey")


def test_whoever_answers_owes_it_no_more_and_the_others_still_do(cast):
    matter = world.in_feedback(cast)

    answer(matter, cast.supplies_liaison)

    assert owed(matter).get(holder=cast.supplies_liaison).outcome == Outcome.DONE
    assert owed(matter).open().count() == 2


def test_somebody_else_of_the_department_answers_for_it(cast):
    matter = world.in_feedback(cast)

    survey = answer(matter, cast.staffing_head)

    assert survey.department == cast.staffing
    assert not owed(matter).open().filter(holder_department=cast.staffing).exists()


def test_a_department_answers_once(cast):
    matter = world.in_feedback(cast)
    answer(matter, cast.staffing_head)

    with pytest.raises(NotReady):
        answer(matter, cast.staffing_liaison)

    assert Survey.objects.count() == 1


@pytest.mark.parametrize("name", ["planning_liaison", "supplies_clerk", "officer", "auditor", "outsider"])
def test_whoever_was_not_asked_does_not_answer(cast, name):
    matter = world.in_feedback(cast)

    with pytest.raises(NotYours):
        answer(matter, getattr(cast, name))

    assert not Survey.objects.exists()


def test_what_is_not_answered_lapses_and_is_told_once(cast):
    """R105: the archive does not wait beyond the limit."""
    matter = world.in_feedback(cast)

    for hour in (9, 10, 11):
        with at_moment(world.moment(21, hour)):
            supervision.tick(now=world.moment(21, hour))
            flows.act_on_lapses(world.moment(21, hour))

    assert set(owed(matter).values_list("outcome", flat=True)) == {Outcome.LAPSED}
    told = Reminder.objects.sent().filter(obligation__in=owed(matter))
    assert sorted(told.values_list("recipient", "step")) == sorted(
        (person.pk, Step.LAPSE) for person in (cast.clerk, cast.supplies_liaison, cast.staffing_liaison)
    )


def test_an_objection_takes_the_survey_back(cast):
    matter = world.in_feedback(cast)

    with at_moment(world.moment(14, 10)):
        matter = flows.object_to_result(matter_id=matter.pk, by=cast.clerk, defects="一人尺码不符。")

    assert matter.stage == Stage.EXECUTION
    assert set(owed(matter).values_list("outcome", flat=True)) == {Outcome.CANCELLED}


def test_marks_are_shown_from_three_answers_on(cast):
    """F15, R170: below that one could guess who said what."""
    matter = world.in_feedback(cast)
    assert panels.survey_result(matter) is None
    answer(matter, cast.clerk)
    answer(matter, cast.supplies_liaison, speed=5)

    few = panels.survey_result(matter)
    answer(matter, cast.staffing_liaison)
    enough = panels.survey_result(matter)

    assert (few.count, few.marks) == (2, [])
    assert (enough.count, enough.marks[0][1], len(enough.marks)) == (3, 4.3, 6)


def test_a_liaison_finds_the_survey_and_whoever_was_not_asked_does_not(client, cast, monday):
    matter = world.in_feedback(cast)
    address = f"/requests/{matter.pk}/survey/"

    client.force_login(cast.staffing_liaison)
    assert address in client.get(f"/requests/{matter.pk}/").content.decode()
    assert client.get(address).status_code == 200
    client.force_login(cast.officer)
    assert client.get(address).status_code == 403
