"""R054: beside the definitive measure an interim one, never without its end and its return."""

from datetime import date

import pytest

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import CoordinationRequest, Measure
from supervision.states import Kind
from tests.kept import kept
from tests.requests import world
from tests.requests.test_loans import lend

BORROW = {
    "definitive": "采购三套劳保服，列运行维持费。",
    "interim": "物资部先借三套。",
    "ends_on": date(2026, 9, 22),
    "return_duty": "到货后归还三套。",
}


def record(cast, matter, **changes):
    given = {**BORROW, "department": cast.repair, **changes}
    return flows.record_measure(matter_id=matter.pk, by=cast.officer, **given)


@kept
def recorded(cast) -> Measure:
    """On the matter that is carried out, Monday 2026-09-14 09:00."""
    matter = world.submitted(cast).matter
    with at_moment(world.moment(14)):
        return record(cast, matter)


def end(cast, measure, by=None):
    return flows.end_measure(
        measure_id=measure.pk, by=by or cast.repair_liaison, how_ended="新装到货，三套已归还。"
    )


@pytest.mark.parametrize(("name", "empty"), [("ends_on", None), ("return_duty", " "), ("department", None)])
def test_r054_an_interim_measure_without_end_or_return_is_refused(cast, name, empty):
    matter = world.executing(cast)

    with pytest.raises(Invalid) as refusal, at_moment(world.moment(14)):
        record(cast, matter, **{name: empty})

    assert set(refusal.value.fields) == {name}
    assert not Measure.objects.exists()


def test_r054_the_return_is_owed_by_its_day_on_the_ladder(cast):
    measure = recorded(cast)

    duty = world.owed(measure, Kind.END_INTERIM)

    assert (duty.holder_department, duty.due_at, duty.ladder) == (cast.repair, world.moment(22, 17, 30), True)


def test_r054_the_execution_is_not_completed_while_an_interim_measure_is_open(cast):
    measure = recorded(cast)
    with at_moment(world.moment(14, 10)):
        flows.close_item(item_id=measure.matter.items.get().pk, by=cast.officer)
        with pytest.raises(NotReady):
            flows.complete_execution(
                matter_id=measure.matter_id, by=cast.supplies_liaison, summary="已发放。"
            )
        end(cast, measure)

        flows.complete_execution(matter_id=measure.matter_id, by=cast.supplies_liaison, summary="已发放。")

    assert CoordinationRequest.objects.get(pk=measure.matter_id).stage == "feedback"
    assert world.owed(measure, Kind.END_INTERIM) is None


def test_r054_what_is_lent_comes_back_before_the_measure_ends(cast):
    matter = world.executing(cast)
    with at_moment(world.moment(14)):
        measure = record(cast, matter, loan=lend(cast, matter))

    with pytest.raises(NotReady):
        end(cast, measure)

    assert Measure.objects.get(pk=measure.pk).is_open


def test_r097_a_later_day_keeps_the_first_one_and_is_the_offices_word(cast):
    measure = recorded(cast)
    given = {"measure_id": measure.pk, "ends_on": date(2026, 9, 30), "reason": "采购未到货。"}
    with pytest.raises(NotYours):
        flows.prolong_measure(by=cast.repair_liaison, **given)

    with at_moment(world.moment(15)):
        measure = flows.prolong_measure(by=cast.officer, **given)

    assert (measure.ends_on, measure.original_ends_on) == (date(2026, 9, 30), date(2026, 9, 22))
    assert world.owed(measure, Kind.END_INTERIM).due_at == world.moment(30, 17, 30)


def test_r054_a_definitive_measure_alone_owes_nothing(cast):
    matter = world.executing(cast)

    with at_moment(world.moment(14)):
        measure = record(cast, matter, interim="", department=None, ends_on=None, return_duty="")

    assert not measure.is_open
    assert world.owed(measure, Kind.END_INTERIM) is None


def test_r054_nobody_else_ends_it(cast):
    measure = recorded(cast)

    with pytest.raises(NotYours):
        end(cast, measure, by=cast.staffing_liaison)

    assert Measure.objects.get(pk=measure.pk).is_open
