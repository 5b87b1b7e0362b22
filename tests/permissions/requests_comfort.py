"""The API of what makes work easier: saved filters, templates, stock phrases."""

from organization import flows as organization
from tests.permissions import row

HOUSE = {"anonymous": 401, "auditor": 403, "external": 403}
TEMPLATE = {"category": "internal", "name": "跨部门用车", "purpose": "几个部门合用车辆时用。"}
# What one may not change one does not see either, but for the own department's.
LEAD = {"supplies_liaison": 200}


def build(world):
    world.phrase = organization.keep_phrase(
        text="请于三个工作日内反馈。", by=world.supplies_head, department=world.supplies
    )


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def changed(world):
    return {**TEMPLATE, "revision": world.template.revision}


ROWS = [
    row("GET", "api:filters", 200, **HOUSE),
    row(
        "POST", "api:filters", 201, **HOUSE,
        data={"page": "matters", "query": "stage=execution", "name": "执行中"},
    ),
    row(
        "POST", "api:filter_change", 404, anonymous=401, lead=403, **LEAD, kwargs=pk("tab"),
        data={"name": "待议", "is_shared": True},
    ),
    row("POST", "api:filter_move", 404, anonymous=401, lead=403, **LEAD, kwargs=pk("tab"), data={"up": True}),
    row(
        "POST", "api:filter_remove", 404, anonymous=401, lead=204, supplies_clerk=403, kwargs=pk("tab"),
    ),
    row("POST", "api:templates", 403, anonymous=401, office=201, data=TEMPLATE),
    row("GET", "api:template", 200, anonymous=401, system_admin=404, external=404, kwargs=pk("template")),
    row(
        "POST", "api:template_change", 403, anonymous=401, office=200, system_admin=404, external=404,
        kwargs=pk("template"), data=changed,
    ),
    row(
        "POST", "api:template_switch", 403, anonymous=401, office=200, system_admin=404, external=404,
        kwargs=pk("template"), data={"is_active": False},
    ),
    row("GET", "api:phrases", 200, **HOUSE),
    row("POST", "api:phrases", 201, **HOUSE, data={"text": "同意，请抓紧办理。"}),
    row(
        "POST", "api:phrase_change", 404, anonymous=401, lead=200, supplies_clerk=403, kwargs=pk("phrase"),
        data={"text": "请于两个工作日内反馈。"},
    ),
    row("POST", "api:phrase_drop", 404, anonymous=401, lead=204, supplies_clerk=403, kwargs=pk("phrase")),
]  # fmt: skip
