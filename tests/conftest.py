"""Fixtures that every test may use. People of the cast are fixtures of their own: `clerk`, `officer`, `chair` …"""

from __future__ import annotations

import gc
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from coordination import messages
from pages import figures
from supervision import calendar
from tests import cast as the_cast
from tests import database
from tests.kept import keeper

database.install()

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY_MORNING = datetime(2026, 9, 14, 9, 0, tzinfo=SHANGHAI)


def pytest_configure(config):
    """The catalogues that Django reads are built, not kept: bring them up to date before anything is shown."""
    if not hasattr(config, "workerinput"):
        for app in messages.apps():
            messages.compile_changed(app)


def pytest_collection_finish():
    """What the office and its tests are made of stays until the end: nobody looks through it for rubbish again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(
    request, django_test_environment, django_db_blocker, django_db_keepdb, django_db_createdb
):
    """A copy of the migrated database for this process (tests/database.py)."""
    process = getattr(request.config, "workerinput", {})
    worker = process.get("workerid", "main")
    with django_db_blocker.unblock():
        database.work_in_a_copy(
            run=process.get("testrunuid", ""), worker=worker, keep=django_db_keepdb and not django_db_createdb
        )
    yield
    with django_db_blocker.unblock():
        keeper.forget()
        database.leave_the_copy(worker=worker, keep=django_db_keepdb)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown():
    """A test that stood in a kept world leaves it after its transaction is rolled back (tests/kept.py)."""
    try:
        return (yield)
    finally:
        keeper.go_home()


@pytest.fixture(autouse=True, scope="session")
def _calendar_is_read_once():
    """A second look at the calendar's stamp would be one query more in whichever test it falls into."""
    calendar.LOOK_AGAIN_SECONDS = 3600.0


@pytest.fixture(autouse=True, scope="session")
def _figures_are_counted_for_every_page():
    """What one test left in memory is no figure of the next."""
    figures.COUNT_AGAIN_SECONDS = 0


@pytest.fixture
def cast(db):
    """All departments and people, written in the name of the system."""
    return keeper.the_cast(the_cast.build)


@pytest.fixture
def monday():
    """The clock stands on Monday 2026-09-14 09:00 in Shanghai, a working day; move it with `.shift()`."""
    with time_machine.travel(MONDAY_MORNING, tick=False) as clock:
        yield clock


def _member(name: str):
    def member(cast):
        return getattr(cast, name)

    member.__name__ = name
    return pytest.fixture(name=name)(member)


for _name in (*the_cast.PEOPLE, *the_cast.DEPARTMENTS, "company", "committee", "outsider", "unit"):
    globals()[f"_{_name}"] = _member(_name)
