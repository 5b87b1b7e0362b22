"""Who is who: read by everybody of the house, changed by the administrator; liaisons and committees by the office head."""

from organization import flows
from tests.permissions import row


def department(world):
    return {"pk": world.planning.pk}


def person(world):
    return {"pk": world.supplies_clerk.pk}


def liaison(world):
    return {"pk": world.supplies_liaison.posts.get().pk}


def head(world):
    return {"pk": world.supplies_head.posts.get().pk}


def committee(world):
    return {"pk": world.committee.pk}


def unit(world):
    return {"pk": world.empty_unit.pk}


def goal(world):
    return {"pk": world.goal.pk}


def retired_goal(world):
    return {"pk": world.retired_goal.pk}


def committee_data(world):
    return {"name": "委员会", "kind": "standing", "chair": world.arbiter.pk, "members": [world.repair.pk]}


def phrase(world):
    return {"pk": world.phrase.pk}


def build(world):
    world.phrase = flows.keep_phrase(
        text="请补充依据。", by=world.supplies_liaison, department=world.supplies
    )
    world.goal = flows.add_goal(name="全年零轻伤", by=world.officer)
    world.retired_goal = flows.add_goal(name="去年的目标", by=world.officer)
    flows.retire_goal(goal_id=world.retired_goal.pk, by=world.officer, reason="年度已结束。")
    world.empty_unit = flows.create_external_unit(name="宏远物流", by=world.system_admin)
    world.empty_department = flows.create_department(
        code="FW", name="法务部", kind="office", parent_id=world.company.pk, by=world.system_admin
    )
    world.gone = flows.create_person(username="gone", name="离职", by=world.system_admin)
    flows.deactivate_person(user_id=world.gone.pk, by=world.system_admin)


NAMED = {"name": "新名"}
REASON = {"reason": "机构调整"}
DEPARTMENT = {"name": "新部", "kind": "office", "order": "50"}

ROWS = [
    row("GET", "organization:phrases", 200, external=404, auditor=403),
    row("POST", "organization:phrases", 302, external=404, auditor=403, data={"text": "同意，请按期办理。"}),
    row("GET", "organization:phrase", 404, kwargs=phrase, lead=200, supplies_clerk=403),
    row("POST", "organization:phrase", 404, kwargs=phrase, data={"text": "已阅。"}, lead=302, supplies_clerk=403),
    row("POST", "organization:phrase_drop", 404, kwargs=phrase, lead=302, supplies_clerk=403),
    row("GET", "organization:index", 200, external=404),
    row("GET", "organization:department", 200, external=404, kwargs=department),
    row("GET", "organization:department_new", 403, external=404, system_admin=200),
    row("POST", "organization:department_new", 403, external=404, system_admin=302, data={**DEPARTMENT, "code": "XX"}),
    row("GET", "organization:department_change", 403, external=404, system_admin=200, kwargs=department),
    row("POST", "organization:department_change", 403, external=404, system_admin=302, kwargs=department, data=DEPARTMENT),
    row("GET", "organization:department_close", 403, external=404, system_admin=200, kwargs=department),
    row(
        "POST", "organization:department_close", 403, external=404, system_admin=302, data=REASON,
        kwargs=lambda world: {"pk": world.empty_department.pk},
    ),
    row("GET", "organization:people", 200, external=404),
    row("GET", "organization:person", 200, external=404, kwargs=person),
    row("GET", "organization:person_new", 403, external=404, system_admin=200),
    row("POST", "organization:person_new", 403, external=404, system_admin=302, data={"username": "x", "name": "新人"}),
    row("GET", "organization:person_change", 403, external=404, system_admin=200, kwargs=person),
    row("POST", "organization:person_change", 403, external=404, system_admin=302, kwargs=person, data=NAMED),
    row("GET", "organization:person_password", 403, external=404, system_admin=200, kwargs=person),
    row(
        "POST", "organization:person_password", 403, external=404, system_admin=302, kwargs=person,
        data={"password": "a-long-sentence-9"},
    ),
    row("GET", "organization:person_deactivate", 403, external=404, system_admin=200, kwargs=person),
    row("POST", "organization:person_deactivate", 403, external=404, system_admin=302, kwargs=person, data=REASON),
    row(
        "POST", "organization:person_deactivate", 403, external=404, label="the administrator himself",
        kwargs=lambda world: {"pk": world.system_admin.pk}, data=REASON,
    ),
    row(
        "GET", "organization:person_reactivate", 403, external=404, system_admin=200,
        kwargs=lambda world: {"pk": world.gone.pk},
    ),
    row(
        "POST", "organization:person_reactivate", 403, external=404, system_admin=302, data=REASON,
        kwargs=lambda world: {"pk": world.gone.pk},
    ),
    row("GET", "organization:appoint", 403, external=404, arrangers=200, kwargs=person),
    row(
        "POST", "organization:appoint", 403, external=404, arrangers=302, kwargs=person, label="as deputy liaison",
        data=lambda world: {"department": world.supplies.pk, "kind": "deputy_liaison", "since": "2026-09-14"},
    ),
    row(
        "POST", "organization:appoint", 403, external=404, office_head=422, system_admin=302, kwargs=person,
        data=lambda world: {"department": world.office.pk, "kind": "officer", "since": "2026-09-14"},
        label="as officer",
    ),
    row("GET", "organization:post_end", 403, external=404, arrangers=200, kwargs=liaison, label="of a liaison"),
    row("POST", "organization:post_end", 403, external=404, arrangers=302, kwargs=liaison, data={"until": "2026-09-14"}),
    row(
        "POST", "organization:post_end", 403, external=404, system_admin=302, kwargs=head, data={"until": "2026-09-14"},
        label="of a head",
    ),
    row("GET", "organization:committees", 200, external=404),
    row("GET", "organization:committee", 200, external=404, kwargs=committee),
    row("GET", "organization:committee_new", 403, external=404, arrangers=200),
    row("POST", "organization:committee_new", 403, external=404, arrangers=302, data=committee_data),
    row("GET", "organization:committee_change", 403, external=404, arrangers=200, kwargs=committee),
    row("POST", "organization:committee_change", 403, external=404, arrangers=302, kwargs=committee, data=committee_data),
    row("GET", "organization:committee_close", 403, external=404, arrangers=200, kwargs=committee),
    row("POST", "organization:committee_close", 403, external=404, arrangers=302, kwargs=committee, data=REASON),
    row("GET", "organization:goals", 200, external=404),
    row("GET", "organization:goal_new", 403, external=404, office=200),
    row("POST", "organization:goal_new", 403, external=404, office=302, data=NAMED),
    row("GET", "organization:goal_change", 403, external=404, office=200, kwargs=goal),
    row("POST", "organization:goal_change", 403, external=404, office=302, kwargs=goal, data=NAMED),
    row("GET", "organization:goal_retire", 403, external=404, office=200, kwargs=goal),
    row("POST", "organization:goal_retire", 403, external=404, office=302, kwargs=goal, data=REASON),
    row("POST", "organization:goal_take_up", 403, external=404, office=302, kwargs=retired_goal),
    row("GET", "api:goals", 200, anonymous=401),
    row("POST", "api:goals", 403, anonymous=401, office=201, data=NAMED),
    row("POST", "api:goal_change", 403, anonymous=401, external=404, office=200, kwargs=goal, data=NAMED),
    row("POST", "api:goal_retire", 403, anonymous=401, external=404, office=200, kwargs=goal, data=REASON),
    row("POST", "api:goal_take_up", 403, anonymous=401, external=404, office=200, kwargs=retired_goal),
    row("GET", "organization:units", 200, external=404),
    row("GET", "organization:unit_new", 403, external=404, system_admin=200),
    row("POST", "organization:unit_new", 403, external=404, system_admin=302, data=NAMED),
    row("GET", "organization:unit_change", 403, external=404, system_admin=200, kwargs=unit),
    row("POST", "organization:unit_change", 403, external=404, system_admin=302, kwargs=unit, data=NAMED),
    row("GET", "organization:unit_close", 403, external=404, system_admin=200, kwargs=unit),
    row("POST", "organization:unit_close", 403, external=404, system_admin=302, kwargs=unit, data=REASON),
]  # fmt: skip
