"""An office with SIZE matters and their history, written in bulk."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.apps import apps
from django.db import connection

from audit.acting import SystemActor, as_actor, now, today
from documents.models import NumberSeries
from organization.models import Department, Post, User
from organization.states import PostKind
from requests.models import ActionItem, CoordinationRequest, Plan, PlanTask
from requests.plan_states import PlanState
from requests.states import ItemState

BENCH = SystemActor("system:bench", "系统（测量）")
DEPARTMENTS = 20
SINCE = date(2025, 1, 1)

MATTERS = """
INSERT INTO requests_coordinationrequest (number, title, filed_by_id, filed_by_department_id, department_name, phone,
    category, urgency, urgency_reason, urgency_wish, background, goal, expected_result, initial_scope, organization_goal,
    priority_marks, priority_reason, has_personal_data, route, confidentiality, stage, returned_from, revision, keeper_id, lead_department_id, assessment,
    rejection_ground, ending_reason, facts, scope, expected_goal, back_count, decision_way, resolution,
    decision_document, feedback, rework_count, suspension_reason, interim_measure, created_at, submitted_at,
    accepted_at, decided_at, feedback_ended_at, ended_at)
SELECT '协〔' || (2000 + n / 5000) || '〕' || (n %% 5000 + 1) || '号',
    '关于第' || n || '号' || (ARRAY['检修备件供应','临时用电分工','培训签到数据接入','仓库门禁权限','合同范本修订'])[n %% 5 + 1] || '的协作需求',
    staff.ids[n %% 20 + 1], departments.ids[n %% 20 + 1], '部门' || (n %% 20), '', 'internal',
    (ARRAY['normal','normal','normal','urgent'])[n %% 4 + 1], '', '', '背景说明，需要几个部门共同办理，先后沟通两次未果。',
    '在年底前由牵头部门完成并形成书面制度。', '形成书面制度并印发。', '本部门与相关部门', '年度目标', '{}', '',
    false, 'office', 'internal',
    CASE WHEN n %% 10 < 7 THEN 'feedback' WHEN n %% 10 = 7 THEN 'execution' WHEN n %% 10 = 8 THEN 'preparation' ELSE 'proposal' END,
    '', 1, staff.officer, departments.ids[n %% 20 + 1], '可行', '', '', '事实已核', '范围', '目标', 0, 'meeting', '议定',
    '纪〔2026〕1号', '', 0, '', '', t.at, t.at, t.at, t.at, CASE WHEN n %% 10 < 7 THEN t.at END, NULL
FROM generate_series(1, %(size)s) n
    CROSS JOIN LATERAL (SELECT now() - (%(size)s - n) * interval '5 minutes' AS at) t,
    (SELECT array_agg(id ORDER BY id) ids FROM organization_department WHERE code LIKE 'B%%') departments,
    (SELECT array_agg(id ORDER BY id) FILTER (WHERE username LIKE 'staff%%') ids,
            max(id) FILTER (WHERE username = 'officer') officer FROM organization_user) staff
"""

READERS = """
INSERT INTO requests_reader (matter_id, user_id, department_id, why)
SELECT id, filed_by_id, NULL::bigint, 'applicant' FROM requests_coordinationrequest
UNION ALL
SELECT m.id, NULL, departments.ids[(m.id * 7 + k * 3) %% 20 + 1], 'participant'
FROM requests_coordinationrequest m, generate_series(0, 3) k,
    (SELECT array_agg(id ORDER BY id) ids FROM organization_department WHERE code LIKE 'B%%') departments
"""

PARTICIPANTS = """
INSERT INTO requests_participant (matter_id, department_id, department_name, role, notified_at, opinion, opinion_reason,
    opined_at, is_silent)
SELECT matter_id, department_id, '部门',
    CASE WHEN row_number() OVER (PARTITION BY matter_id ORDER BY department_id) = 1 THEN 'lead' ELSE 'co' END,
    now(), 'agree', '', now(), false
FROM requests_reader WHERE department_id IS NOT NULL
"""

QUESTIONS = """
INSERT INTO requests_question (matter_id, "order", text, outcome, resolution, common_ground, source_number)
SELECT id, o, '核心问题' || o, 'agreed', '议定', '', '' FROM requests_coordinationrequest, generate_series(1, 2) o
"""

STORY = """
INSERT INTO audit_transitionlog (subject_type, subject_id, case_id, verb, from_state, to_state, at, actor, actor_name,
    department_name, on_behalf_of, reason, sentence, params, tone)
SELECT 'matter', id, id, 'submit', '', '', submitted_at + o * interval '1 hour', 'person:1', '周立群', '检修部', '', '',
    '%%(actor)s filed it; it got the number %%(number)s.', jsonb_build_object('number', number), ''
FROM requests_coordinationrequest, generate_series(1, 12) o
"""

OBLIGATIONS = """
INSERT INTO supervision_obligation (kind, subject_type, subject_id, case_id, number, url_name, url_args,
    holder_department_id, holder_id, asked_by_id, since, due_at, original_due_at, due_version, urgency, on_lapse, ladder,
    state, outcome, ended_at, warn_why)
SELECT 'prepare', 'matter', id, id, number, 'requests:detail', jsonb_build_array(id), filed_by_department_id, NULL,
    filed_by_id, submitted_at, submitted_at + interval '5 days', submitted_at + interval '5 days', 1, urgency, 'nothing',
    false, CASE WHEN running THEN 'open' ELSE 'discharged' END, CASE WHEN running THEN '' ELSE 'done' END,
    CASE WHEN running THEN NULL ELSE submitted_at + interval '1 day' END, ''
FROM (SELECT *, id > (SELECT max(id) - 600 FROM requests_coordinationrequest) AS running
      FROM requests_coordinationrequest) m
"""


def build(size: int) -> None:
    """Write the organisation and `size` matters with readers, participants, questions, story and obligations.

    Each department holds some thirty open duties at either size: a desk does not grow with the archive.
    """
    with as_actor(BENCH):
        _organization()
        with connection.cursor() as cursor:
            for statement in (MATTERS, READERS, PARTICIPANTS, QUESTIONS, STORY, OBLIGATIONS):
                cursor.execute(_whole(statement), {"size": size})
        NumberSeries.objects.create(code="协", year=today().year, last=size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _whole(statement: str) -> str:
    """With the columns that it does not name and that may not be empty, as the model fills them."""
    found = re.match(r"\s*INSERT INTO (\w+) \((.*?)\)\s*SELECT ", statement, re.DOTALL)
    if found is None:
        raise ValueError(statement)
    table, columns = found.groups()
    named = {column.strip().strip('"') for column in columns.split(",")}
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    missing = [
        field
        for field in model._meta.concrete_fields
        if field.column not in named and not (field.null or field.primary_key or field.has_db_default())
    ]
    names = "".join(f'"{field.column}", ' for field in missing)
    values = "".join(f"{_literal(field.get_default())}, " for field in missing)
    rows = statement[found.end() :].replace("UNION ALL\nSELECT ", f"UNION ALL\nSELECT {values}")
    return f"INSERT INTO {table} ({names}{columns}) SELECT {values}{rows}"


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    return "'{}'" if isinstance(value, dict) else "'" + str(value or "") + "'"


def plan(matter: CoordinationRequest, *, tasks: int) -> None:
    """A plan in force with `tasks` tasks, one after the other, each an action item of its own."""
    head, owner = User.objects.get(username="head03"), User.objects.get(username="staff03")
    department, first = Department.objects.get(code="B03"), today()
    with as_actor(BENCH):
        written = Plan.objects.create(
            matter=matter, number="计〔2026〕1号", goal="按期完成", drafted_by=owner, drafted_at=now(), submitted_by=owner,
            submitted_at=now(), approved_by=head, approved_at=now(), effective_on=first, state=PlanState.IN_FORCE,
        )  # fmt: skip
        items = ActionItem.objects.bulk_create(
            ActionItem(
                matter=matter, number=f"督〔2026〕{n + 1}号", text=f"任务{n + 1}", standard="书面确认", department=department,
                department_name=department.name, assignee=owner, verifier=head, agreed_due_on=first + timedelta(n + 5),
                state=ItemState.IN_PROGRESS, percent=n % 100, issued_at=now(), acknowledged_at=now(),
            )
            for n in range(tasks)
        )  # fmt: skip
        PlanTask.objects.bulk_create(
            PlanTask(
                plan=written, order=n, wbs=f"1.{n + 1}", name=item.text, owner=owner, department=department,
                department_name=department.name, standard="书面确认", begins_on=first + timedelta(n),
                ends_on=first + timedelta(n + 5), predecessors=f"1.{n}" if n else "", resources="无", item=item,
            )
            for n, item in enumerate(items)
        )  # fmt: skip


def _organization() -> None:
    office = Department.objects.create(code="XTB", name="协调办公室", is_coordination_office=True)
    _member(office, "officer", "丁晓蕾", PostKind.OFFICER)
    for number in range(DEPARTMENTS):
        department = Department.objects.create(code=f"B{number:02}", name=f"部门{number}")
        for login, kind in (
            ("staff", PostKind.STAFF),
            ("liaison", PostKind.LIAISON),
            ("head", PostKind.HEAD),
        ):
            _member(department, f"{login}{number:02}", f"{login}{number}", kind)


def _member(department: Department, login: str, name: str, kind: str) -> None:
    person = User.objects.create(username=login, name=name, password="!")
    Post.objects.create(user=person, department=department, kind=kind, since=SINCE, is_main=True)
