"""The level of a matter: raised by one at any time, lowered by two (R150, domain §5)."""

import pytest
from django.db import IntegrityError, transaction

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import CoordinationRequest, LevelChange
from supervision.states import Kind
from tests.requests import world

WHY = "涉及供应商报价，暂不宜公开。"


@pytest.fixture
def matter(cast):
    return world.accepted(cast)


@pytest.fixture
def closed(cast, matter):
    return raised(cast, matter)


def raised(cast, matter, *, by=None, level="confidential"):
    with at_moment(world.moment(8)):
        return flows.raise_level(matter_id=matter.pk, by=by or cast.officer, level=level, reason=WHY)


def propose(matter, by, level="internal"):
    with at_moment(world.moment(8, 10)):
        return flows.lower_level(matter_id=matter.pk, by=by, level=level, reason="报价已公开。")


def answered(matter, by, *, agree=True, answer=""):
    with at_moment(world.moment(8, 11)):
        return flows.answer_lowering(matter_id=matter.pk, by=by, agree=agree, answer=answer)


def level_of(matter):
    return CoordinationRequest.objects.get(pk=matter.pk).confidentiality


@pytest.mark.parametrize("role", ["clerk", "officer", "office_head"])
def test_one_person_raises_it_at_once_and_the_level_before_stays_written(cast, matter, role):
    raised(cast, matter, by=getattr(cast, role))

    change = LevelChange.objects.get()
    assert level_of(matter) == "confidential"
    assert (change.before, change.after, change.state, change.reason) == (
        "internal",
        "confidential",
        "done",
        WHY,
    )
    assert TransitionLog.objects.of_case(matter.pk).first().params["before"] == {
        "context": "level",
        "word": "Internal",
    }
    assert world.told(cast.clerk, "the level was raised")


@pytest.mark.parametrize("role", ["supplies_head", "repair_head", "auditor", "chair", "secretary"])
def test_nobody_else_raises_it(cast, matter, role):
    with pytest.raises(NotYours):
        raised(cast, matter, by=getattr(cast, role))

    assert level_of(matter) == "internal"
    assert not LevelChange.objects.exists()


@pytest.mark.parametrize("level", ["public", "internal", "secret", ""])
def test_raising_takes_a_stricter_level(cast, matter, level):
    with pytest.raises(Invalid) as refusal:
        raised(cast, matter, level=level)

    assert list(refusal.value.fields) == ["level"]
    assert level_of(matter) == "internal"


def test_whoever_would_read_it_no_longer_does_not_raise_it_to_the_highest(cast, matter):
    with at_moment(world.moment(7, 16)):
        flows.change_keeper(
            matter_id=matter.pk, by=cast.office_head, keeper=cast.office_head, reason="改由我办。"
        )

    with pytest.raises(NotYours):
        raised(cast, matter, by=cast.officer)

    assert level_of(matter) == "internal"


def test_what_was_proposed_changes_nothing_until_the_second_person_agrees(cast, closed):
    propose(closed, cast.clerk)

    assert level_of(closed) == "confidential"
    duty = world.owed(closed, Kind.LEVEL)
    assert (duty.holder, duty.asked_by) == (cast.office_head, cast.clerk)
    assert world.told(cast.office_head, "takes your word")


@pytest.mark.parametrize(("first", "second"), [("clerk", "office_head"), ("office_head", "clerk")])
def test_applicant_and_head_of_the_office_lower_it_together(cast, closed, first, second):
    propose(closed, getattr(cast, first))

    answered(closed, getattr(cast, second))

    change = LevelChange.objects.get(is_lowering=True)
    assert level_of(closed) == "internal"
    assert (change.before, change.state, change.answered_by) == (
        "confidential",
        "done",
        getattr(cast, second),
    )
    assert not world.owed(closed, Kind.LEVEL)
    assert world.told(cast.officer, "the level was lowered")


@pytest.mark.parametrize("first", ["clerk", "office_head"])
def test_the_same_person_does_not_answer(cast, closed, first):
    propose(closed, getattr(cast, first))

    with pytest.raises(NotYours, match="Two persons"):
        answered(closed, getattr(cast, first))

    assert level_of(closed) == "confidential"
    assert world.owed(closed, Kind.LEVEL)


@pytest.mark.parametrize("role", ["officer", "auditor", "chair", "supplies_head"])
def test_nobody_else_proposes_or_answers(cast, closed, role):
    with pytest.raises(NotYours):
        propose(closed, getattr(cast, role))
    propose(closed, cast.clerk)
    with pytest.raises(NotYours):
        answered(closed, getattr(cast, role))

    assert level_of(closed) == "confidential"


def test_who_does_not_agree_says_why_and_the_level_stays(cast, closed):
    propose(closed, cast.clerk)
    with pytest.raises(Invalid):
        answered(closed, cast.office_head, agree=False)

    answered(closed, cast.office_head, agree=False, answer="报价尚未全部公开。")

    assert level_of(closed) == "confidential"
    assert LevelChange.objects.get(is_lowering=True).state == "refused"
    assert world.told(cast.clerk, "the level stays")


def test_a_second_proposal_waits_for_the_first(cast, closed):
    propose(closed, cast.clerk)

    with pytest.raises(NotReady):
        propose(closed, cast.office_head)

    assert LevelChange.objects.filter(is_lowering=True).count() == 1


def test_whoever_proposed_it_takes_it_back(cast, closed):
    propose(closed, cast.clerk)
    with pytest.raises(NotYours):
        flows.withdraw_lowering(matter_id=closed.pk, by=cast.office_head)

    flows.withdraw_lowering(matter_id=closed.pk, by=cast.clerk)

    assert LevelChange.objects.get(is_lowering=True).state == "withdrawn"
    assert not world.owed(closed, Kind.LEVEL)


def test_raising_it_meanwhile_ends_the_proposal(cast, matter):
    raised(cast, matter, level="restricted")
    propose(matter, cast.clerk)

    raised(cast, matter)

    assert level_of(matter) == "confidential"
    assert not LevelChange.objects.open().exists()
    with pytest.raises(NotReady):
        answered(matter, cast.office_head)


def test_for_an_applicant_who_has_left_the_head_of_the_department_answers(cast, matter):
    raised(cast, matter, level="restricted")
    with as_actor(SYSTEM):
        type(cast.clerk).objects.filter(pk=cast.clerk.pk).update(is_active=False)

    assert propose(matter, cast.office_head).asked == cast.repair_head


def test_the_database_too_wants_two_persons(cast, closed):
    propose(closed, cast.clerk)

    with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
        LevelChange.objects.open().update(state="done", answered_by=cast.clerk)

    assert level_of(closed) == "confidential"
