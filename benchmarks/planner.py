"""How fast the ladder is: SIZE open obligations, of which DUE fall due this minute.

    SIZE=1000000 .venv/bin/python -m coordination.embedded.with_servers var/ladder -- .venv/bin/python -m benchmarks.planner

Prints the time of the planner, of a second planner that finds nothing, of the sender, and the growth of memory.
Works on a database of its own, never on one that holds people.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from coordination.embedded import places

STATE = Path(os.environ.get("STATE", "var/ladder")).resolve()
SIZE = int(os.environ.get("SIZE", "200000"))
DUE = int(os.environ.get("DUE", "2000"))
MORNING = datetime(2026, 10, 12, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DEPARTMENTS = 40

# Obligations due on 15 October have their first rung this morning; the others are due in the two months after.
FILL = """
INSERT INTO supervision_obligation
    (kind, subject_type, subject_id, number, url_name, url_args, holder_id, holder_department_id, since, due_at,
     original_due_at, due_version, urgency, on_lapse, ladder, state, outcome, warn_why)
SELECT 'execute', 'item', n, '督〔2026〕' || n || '号', 'home', '[]',
       (SELECT min(id) FROM organization_user) + n %% %(departments)s,
       (SELECT min(id) FROM organization_department) + n %% %(departments)s,
       '2026-09-01 09:00+08', due, due, 1, 'normal', 'nothing', true, 'open', '', ''
FROM (SELECT n, CASE WHEN n <= %(due)s THEN timestamptz '2026-10-15 17:30+08'
                     ELSE timestamptz '2026-10-22 17:30+08' + (n %% 60) * interval '1 day' END AS due
      FROM generate_series(1, %(size)s) n) x;
INSERT INTO supervision_rung (obligation_id, due_version, step, at, by_day)
SELECT id, 1, step, (due_at::date + days + time '09:00') AT TIME ZONE 'Asia/Shanghai', true
FROM supervision_obligation, (VALUES ('L1', -3), ('L2', -1), ('L3', 1)) AS s (step, days);
"""


def main() -> None:
    """Fill an empty database, run the planner and the sender once each, print what they took."""
    import django

    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True)
    # As the owner, who may switch the audit triggers off while the rows are made (not while they are measured).
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_OWNER_URL") or places.database_url(
        STATE, places.OWNER
    )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")
    os.environ.setdefault("SECRET_KEY", "only-for-this-measurement-0123456789-abcdefghijklmnop")
    django.setup()
    fill()
    measure()


def fill() -> None:
    from django.db import connection

    from audit.acting import SYSTEM, as_actor
    from organization.models import Department, Post, User

    if User.objects.exists():
        sys.exit("This database is in use: give STATE an empty folder.")
    began = time.monotonic()
    with as_actor(SYSTEM, reason="benchmark"):
        Department.objects.bulk_create(
            Department(code=f"B{n}", name=f"部门{n}", is_coordination_office=n == 0)
            for n in range(DEPARTMENTS)
        )
        User.objects.bulk_create(User(username=f"b{n}", name=f"人{n}") for n in range(DEPARTMENTS))
        Post.objects.bulk_create(
            Post(user=user, department=department, kind="liaison", since=MORNING.date())
            for user, department in zip(User.objects.all(), Department.objects.all(), strict=True)
        )
    with connection.cursor() as cursor:
        for table in ("supervision_obligation", "supervision_rung"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(FILL, {"size": SIZE, "due": DUE, "departments": DEPARTMENTS})
        for table in ("supervision_obligation", "supervision_rung"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute(f"VACUUM ANALYZE {table}")
    print(f"{SIZE} open obligations made in {time.monotonic() - began:.0f} s")


def measure() -> None:
    from audit.acting import at_moment
    from supervision import flows
    from supervision.models import Reminder

    with at_moment(MORNING):
        flows.plan(MORNING.replace(hour=8, minute=45))  # warm: connection, calendar, code
        before = memory()
        planned = timed("planner", lambda: flows.plan(MORNING))
        print(f"  memory + {memory() - before:.1f} MB")
        timed("second planner", lambda: flows.plan(MORNING))
        sent = timed("sender", lambda: flows.send(MORNING))
    assert planned == sent == Reminder.objects.filter(status="sent").count(), (planned, sent)


def timed(what: str, act: Callable[[], int]) -> int:
    began, used = time.monotonic(), time.process_time()
    count = act()
    took, used = time.monotonic() - began, time.process_time() - used
    rate = f", {count / took:.0f} a second" if count else ""
    print(f"{what}: {count} in {took:.2f} s ({used:.2f} s of them in Python){rate}")
    return count


def memory() -> float:
    """The peak of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
