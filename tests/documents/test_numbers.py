"""Numbers are given out once, in order, without gaps, from 1 each year."""

import threading
from datetime import datetime

import pytest
from django.db import close_old_connections, connection

from audit.acting import SYSTEM, NoActor, as_actor, at_moment
from audit.flow import flow
from documents import numbers
from documents.models import NumberSeries
from documents.states import Series
from tests.conftest import SHANGHAI


def take(series=Series.REQUEST):
    with as_actor(SYSTEM):
        return numbers.take(series)


@flow
def take_and_fail(*, by):
    numbers.take(Series.REQUEST)
    raise LookupError


def test_numbers_of_a_series_follow_each_other(db, monday):
    assert [take() for _ in range(3)] == ["协〔2026〕1号", "协〔2026〕2号", "协〔2026〕3号"]
    assert take(Series.SLIP) == "督单〔2026〕1号"


def test_a_rolled_back_flow_leaves_no_gap(db, monday):
    take()
    with pytest.raises(LookupError):
        take_and_fail(by=SYSTEM)

    assert take() == "协〔2026〕2号"


def test_the_first_number_of_a_year_given_back_is_given_out_again(db, monday):
    with pytest.raises(LookupError):
        take_and_fail(by=SYSTEM)

    assert not NumberSeries.objects.exists()
    assert take() == "协〔2026〕1号"


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (datetime(2026, 12, 31, 23, 59, tzinfo=SHANGHAI), "协〔2026〕2号"),
        (datetime(2027, 1, 1, 0, 0, tzinfo=SHANGHAI), "协〔2027〕1号"),
    ],
)
def test_the_new_year_of_the_office_starts_at_one(db, monday, moment, number):
    take()

    with at_moment(moment):
        assert take() == number


def test_a_late_paper_of_the_old_year_goes_on_where_the_old_year_stopped(db, monday):
    take()
    with at_moment(datetime(2027, 1, 4, 9, 0, tzinfo=SHANGHAI)):
        take()

    assert take() == "协〔2026〕2号"


def test_a_number_is_taken_only_inside_a_flow(db):
    with pytest.raises(NoActor):
        numbers.take(Series.REQUEST)

    assert not NumberSeries.objects.exists()


def test_an_unknown_series_is_a_mistake(db):
    with pytest.raises(ValueError, match="XX"), as_actor(SYSTEM):
        numbers.take("XX")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", [0, 4])
def test_two_at_once_never_get_the_same_number_and_none_is_left_out(before):
    for _ in range(before):
        take()
    found: list[str] = []
    start = threading.Barrier(4)

    def work():
        close_old_connections()
        start.wait()
        found.extend([take() for _ in range(5)])
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    expected = [numbers.format("协", int(found[0][2:6]), n) for n in range(before + 1, before + 21)]
    assert sorted(found, key=lambda number: int(number[7:-1])) == expected
