"""R086: each rung exactly once: two planners, redelivery, a worker killed in the middle (trust.md R1)."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import datetime

import pytest
from django.conf import settings
from django.db import connection, connections

from audit.acting import SYSTEM, as_actor, at_moment
from notifications.models import Notice
from supervision import flows
from supervision.models import Reminder
from supervision.states import Kind
from tests.conftest import SHANGHAI

pytestmark = pytest.mark.django_db(transaction=True)

MORNING = datetime(2026, 10, 12, 9, 0, tzinfo=SHANGHAI)
ITEMS = 60

WORKER = f"""
import django, datetime
django.setup()
from supervision.flows import plan, send_some
from audit.acting import SYSTEM, at_moment
now = datetime.datetime.fromisoformat({MORNING.isoformat()!r})
with at_moment(now):
    plan(now)
    claimed = 1
    while claimed:
        sent, claimed = send_some(now=now, limit=1, by=SYSTEM)
        print(sent, flush=True)
"""


@pytest.fixture
def due(cast):
    """Sixty items of which L1 is due this Monday morning: one reminder each, to 林佳."""
    begun = datetime(2026, 9, 21, 15, 0, tzinfo=SHANGHAI)
    due_at = datetime(2026, 10, 15, 17, 30, tzinfo=SHANGHAI)
    with as_actor(SYSTEM), at_moment(begun):
        for number in range(1, ITEMS + 1):
            flows.owe(
                kind=Kind.EXECUTE, subject_type="item", subject_id=number, number=f"督〔2026〕{number}号", url_name="home",
                url_args=[], holder=cast.supplies_liaison, holder_department=cast.supplies, due_at=due_at, ladder=True,
            )  # fmt: skip


def each_rung_went_out_once():
    told = Counter(Notice.objects.values_list("dedupe_key", "recipient_id"))
    sent = Counter(
        Reminder.objects.filter(status="sent").values_list("obligation_id", "step", "recipient_id")
    )
    return len(told) == len(sent) == ITEMS and set(told.values()) == set(sent.values()) == {1}


def at_once(*acts):
    """Run each act in a thread with a connection of its own, all starting together."""
    gate = threading.Barrier(len(acts))
    failures = []

    def run(act):
        try:
            gate.wait()
            act()
        except Exception as error:  # told to the test below
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_two_planners_and_two_senders_at_once(due):
    def plan():
        with at_moment(MORNING):
            flows.plan(MORNING)

    at_once(plan, plan)
    assert Reminder.objects.count() == ITEMS

    at_once(*[lambda: flows.send(MORNING, limit=5)] * 2)

    assert each_rung_went_out_once()


def test_a_tick_delivered_three_times_at_once(due):
    at_once(*[lambda: flows.tick(now=MORNING)] * 3)
    flows.tick(now=MORNING)

    assert each_rung_went_out_once()


def test_a_worker_killed_in_the_middle_of_sending_loses_and_doubles_nothing(due):
    rounds = 0
    while Reminder.objects.exclude(status="sent").exists() or not Reminder.objects.exists():
        rounds += 1
        assert rounds < 10, "the worker sends nothing"
        killed_after(7 * rounds)

    assert rounds > 2, "the worker was never killed before its end"
    assert each_rung_went_out_once()


def killed_after(lines):
    """Start a worker process on the test's database and kill it with SIGKILL after so many sent reminders."""
    database = connection.settings_dict
    address = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    environment = {
        **os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "coordination.settings",
        "SECRET_KEY": "a-key-for-the-killed-worker-only-0123456789-abcdefghij",
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", WORKER],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        for _ in range(lines):
            if not worker.stdout.readline():
                break
        worker.send_signal(signal.SIGKILL)
