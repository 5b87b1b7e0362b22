"""Fixtures that every test may use. People of the cast are fixtures of their own: `clerk`, `officer`, `chair` …"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from coordination import messages
from pages import figures
from supervision import calendar
from tests import cast as the_cast
from tests import database

database.install()

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY_MORNING = datetime(2026, 9, 14, 9, 0, tzinfo=SHANGHAI)


def pytest_configure(config):
    """The catalogues that Django reads are built, not kept: bring them up to date before anything is shown."""
    if not hasattr(config, "workerinput"):
        for app in messages.apps():
            messages.compile_changed(app)


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
    return the_cast.build()


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
