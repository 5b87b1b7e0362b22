from datetime import UTC, date, datetime

from django.db.models import F, Value
from django.db.models.functions import Coalesce, Now

from organization.external_units import ExternalUnit
from organization.goals import Goal
from organization.models import Committee, CommitteeMember, Department, Post, PostChange, User
from organization.phrases import Phrase
from organization.states import PostKind
from tests.factories import line


@line(ExternalUnit, change=("contact", "一", "二"))
def external_unit(cast, n):
    return ExternalUnit(name=f"单位{n}")


@line(User, change=("name", "甲", "乙"))
def user(cast, n):
    person = User(username=f"person{n}")
    person.set_password("correct-horse-7")
    return person


@line(Department, change=("name", "一科", "二科"))
def department(cast, n):
    return Department(code=f"D{n}", parent=cast.company)


@line(Post, change=("since", date(2026, 1, 1), date(2026, 2, 1)))
def post(cast, n):
    return Post(
        user=[cast.clerk, cast.officer, cast.secretary][n], department=cast.planning, kind=PostKind.STAFF
    )


@line(Committee, change=("purpose", "一", "二"))
def committee(cast, n):
    return Committee(name=f"小组{n}", chair=cast.chair)


@line(
    CommitteeMember,
    change=("person_id", None, lambda cast, n: cast.clerk.pk),
    bump=lambda cast: Coalesce(F("person"), Value(cast.clerk.pk)),
)
def seat(cast, n):
    committee = Committee.objects.create(name=f"委员会{n}", chair=cast.chair)
    return CommitteeMember(committee=committee, department=cast.repair)


@line(PostChange, change=("taken_at", None, datetime(2026, 9, 14, tzinfo=UTC)), bump=lambda cast: Now())
def post_change(cast, n):
    return PostChange(
        post=[cast.clerk, cast.officer, cast.secretary][n].posts.get(), at=datetime(2026, 9, 14, tzinfo=UTC)
    )


@line(Phrase, change=("text", "同意。", "已阅。"))
def phrase(cast, n):
    return Phrase(owner=cast.clerk)


@line(Goal, change=("name", "全年零轻伤", "全年零伤害"))
def goal(cast, n):
    return Goal(
        department=[cast.repair, cast.supplies, cast.planning][n], added_by=cast.officer, added_at=datetime(2026, 9, 14, tzinfo=UTC),
        parent=Goal.objects.create(name=f"总目标{n}", added_by=cast.officer, added_at=datetime(2026, 9, 14, tzinfo=UTC)),
    )  # fmt: skip
