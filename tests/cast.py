"""The small cast of the tests: one office, four departments, each role once."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password

from audit.acting import SYSTEM, as_actor
from organization.external_units import ExternalUnit
from organization.models import Committee, CommitteeMember, Department, Post, User
from organization.states import PostKind

# Each attribute of the cast with code and name.
DEPARTMENTS = {
    "office": ("XT", "协调办公室"),
    "repair": ("JX", "检修部"),
    "supplies": ("WZ", "物资部"),
    "staffing": ("RL", "人力资源部"),
    "planning": ("JH", "计划发展部"),
}

# Each attribute of the cast with name, department and post.
PEOPLE = {
    "clerk": ("周立群", "repair", PostKind.STAFF),
    "repair_liaison": ("陈启明", "repair", PostKind.LIAISON),
    "repair_head": ("郑国栋", "repair", PostKind.HEAD),
    "supplies_clerk": ("孙一凡", "supplies", PostKind.STAFF),
    "supplies_liaison": ("林佳", "supplies", PostKind.LIAISON),
    "supplies_head": ("吴海涛", "supplies", PostKind.HEAD),
    "staffing_liaison": ("许静", "staffing", PostKind.LIAISON),
    "staffing_head": ("钱芳", "staffing", PostKind.HEAD),
    "planning_liaison": ("顾明", "planning", PostKind.LIAISON),
    "planning_head": ("蒋志远", "planning", PostKind.HEAD),
    "officer": ("丁晓蕾", "office", PostKind.OFFICER),
    "office_head": ("宋雅琴", "office", PostKind.OFFICE_HEAD),
    "secretary": ("何婷", "office", PostKind.SECRETARY),
    "chair": ("范长青", "company", PostKind.LEADER),
    "arbiter": ("陆正平", "company", PostKind.ARBITER),
    "auditor": ("彭越", "company", PostKind.AUDITOR),
    "records_admin": ("邵文", "office", PostKind.RECORDS),
    "system_admin": ("唐宇", "company", PostKind.SYSTEM_ADMIN),
}

SINCE = date(2025, 1, 1)
PASSWORD = "correct-horse-7"


def build() -> SimpleNamespace:
    """Write the cast and return it by name: `cast.clerk`, `cast.supplies`, `cast.committee`."""
    cast = SimpleNamespace()
    with as_actor(SYSTEM, reason="test cast"):
        # In bulk: nearly every test builds the cast, so four statements count where a hundred would.
        cast.company = Department.objects.create(code="GS", name="临江能源集团", kind="top", order=1)
        departments = [
            Department(
                code=code, name=name, parent=cast.company, order=order, is_coordination_office=key == "office"
            )
            for order, (key, (code, name)) in enumerate(DEPARTMENTS.items(), start=10)
        ]
        vars(cast).update(zip(DEPARTMENTS, Department.objects.bulk_create(departments), strict=True))
        hashed = make_password(PASSWORD)
        people = [
            User(username=key.replace("_", "-"), name=name, password=hashed)
            for key, (name, _where, _kind) in PEOPLE.items()
        ]
        vars(cast).update(zip(PEOPLE, User.objects.bulk_create(people), strict=True))
        Post.objects.bulk_create(
            Post(
                user=getattr(cast, key), department=getattr(cast, where), kind=kind, since=SINCE, is_main=True
            )
            for key, (_name, where, kind) in PEOPLE.items()
        )
        Department.objects.filter(pk__in=[cast.repair.pk, cast.supplies.pk]).update(
            leader_in_charge=cast.chair
        )
        cast.unit = ExternalUnit.objects.create(name="兴达劳务公司")
        cast.outsider = User.objects.create(username="outsider", name="马国平", external_unit=cast.unit)
        cast.committee = Committee.objects.create(
            name="跨部门协调委员会", chair=cast.chair, secretary=cast.secretary
        )
        CommitteeMember.objects.bulk_create(
            CommitteeMember(committee=cast.committee, department=getattr(cast, key)) for key in DEPARTMENTS
        )
    return cast
