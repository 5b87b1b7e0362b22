"""Run inside the measured office: builds the data, logs two people in, counts queries, prints the facts as JSON."""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks import data  # noqa: E402
from coordination import tokens  # noqa: E402
from organization.models import Department, User  # noqa: E402
from requests.models import CoordinationRequest  # noqa: E402
from requests.states import Stage  # noqa: E402

BACKEND = "django.contrib.auth.backends.ModelBackend"
CSRF = "a" * 32
PLAN_TASKS = 200


def session_of(person: User) -> dict[str, str]:
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = BACKEND
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return {settings.SESSION_COOKIE_NAME: str(store.session_key), "csrftoken": CSRF}


def queries(person: User, path: str) -> int:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person, backend=BACKEND)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def form(departments: list[int]) -> dict[str, object]:
    return {
        "title": "关于检修备件供应的协作需求", "category": "internal", "urgency": "normal",
        "background": "备件到货与检修计划对不上，三个班组先后停工等料，已两次沟通。", "goal": "检修开工前备件全部到位并有人对账。",
        "expected_result": "每月一次备件对账并形成清单。", "initial_scope": "检修与物资两个部门",
        "organization_goal": "年度检修安全目标", "departments": departments,
    }  # fmt: skip


if __name__ == "__main__":
    data.build(int(sys.argv[1]))
    member, officer = User.objects.get(username="liaison03"), User.objects.get(username="officer")
    shown = list(CoordinationRequest.objects.visible_to(member).values_list("pk", flat=True)[:20])
    planned = CoordinationRequest.objects.visible_to(officer).filter(stage=Stage.EXECUTION)[0]
    data.plan(planned, tasks=PLAN_TASKS)
    departments = list(Department.objects.filter(code__in=["B05", "B06"]).values_list("pk", flat=True))
    read_by_officer = {
        f"{view}, {PLAN_TASKS} tasks": f"/requests/{planned.pk}/{view}/"
        for view in ("plan", "gantt", "board")
    }
    paths = {
        "list": "/requests/",
        "inbox": "/",
        "show": f"/requests/{shown[0]}/",
        "REST list": "/api/v1/matters/",
    }
    facts = {
        "member": session_of(member),
        "officer": session_of(officer),
        "token": tokens.issue_token(by=member).key,
        "shown": shown,
        "planned": read_by_officer,
        "csrf": CSRF,
        "form": form(departments),
        "queries": {op: queries(member, path) for op, path in paths.items()}
        | {op: queries(officer, path) for op, path in read_by_officer.items()},
    }
    print(json.dumps(facts))
