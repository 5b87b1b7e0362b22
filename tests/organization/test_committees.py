"""Standing committees and temporary groups."""

from datetime import date

import pytest
from django.db import IntegrityError

from audit.acting import SYSTEM, as_actor
from audit.refusals import Invalid, NotReady, NotYours
from organization import flows
from organization.models import Committee, CommitteeMember, User


def standing(cast, by, **more):
    values = {
        "name": "安全委员会", "kind": "standing", "chair_id": cast.chair.pk, "secretary_id": cast.secretary.pk,
        "members": [cast.repair.pk, cast.supplies.pk],
    }  # fmt: skip
    return flows.create_committee(**{**values, "by": by, **more})


def group(cast, by, **more):
    values = {
        "name": "劳保服小组", "kind": "temporary", "lead_department_id": cast.repair.pk, "members": [cast.supplies.pk],
        "purpose": "解决工作服", "term_from": date(2026, 9, 14), "end_condition": "验收完成",
    }  # fmt: skip
    return flows.create_committee(**{**values, "by": by, **more})


@pytest.mark.parametrize("who", ["office_head", "system_admin"])
def test_the_office_head_and_the_administrator_set_up_committees(cast, who):
    made = standing(cast, getattr(cast, who))

    assert set(made.members.all()) == {cast.repair, cast.supplies}
    assert User.objects.get(pk=cast.chair.pk).authority.chairs >= {made.pk}


@pytest.mark.parametrize(
    "who", ["clerk", "repair_head", "officer", "secretary", "chair", "arbiter", "auditor"]
)
def test_nobody_else_does(cast, who):
    person = getattr(cast, who)

    with pytest.raises(NotYours):
        standing(cast, person)
    with pytest.raises(NotYours):
        flows.change_committee(committee_id=cast.committee.pk, by=person, members=[], name="X")
    with pytest.raises(NotYours):
        flows.close_committee(committee_id=cast.committee.pk, by=person)

    assert [(c.name, c.is_active) for c in Committee.objects.all()] == [("跨部门协调委员会", True)]


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("chair", {"chair_id": None}),
        ("members", {"members": []}),
        ("name", {"name": " "}),
        ("name", {"name": "跨部门协调委员会"}),
        ("term_until", {"term_from": date(2026, 1, 1), "term_until": date(2026, 1, 1)}),
    ],
)
def test_a_standing_committee_is_complete(cast, field, change):
    with pytest.raises(Invalid) as refusal:
        standing(cast, cast.office_head, **change)

    assert list(refusal.value.fields) == [field]
    assert Committee.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("lead_department", {"lead_department_id": None}),
        ("members", {"members": []}),
        ("purpose", {"purpose": ""}),
        ("term_from", {"term_from": None}),
        ("end_condition", {"end_condition": ""}),
    ],
)
def test_a_temporary_group_has_lead_member_purpose_start_and_end(cast, field, change):
    assert group(cast, cast.office_head)

    with pytest.raises(Invalid) as refusal:
        group(cast, cast.office_head, **{"name": "第二小组", **change})

    assert list(refusal.value.fields) == [field]


def test_the_database_holds_that_a_standing_committee_has_a_chair(committee):
    with pytest.raises(IntegrityError), as_actor(SYSTEM):
        Committee.objects.update(chair=None)


@pytest.mark.parametrize(
    "pair", [("chair_id", "secretary_id"), ("chair_id", "deputy_id"), ("deputy_id", "secretary_id")]
)
def test_chair_deputy_and_secretary_are_different_people(cast, pair):
    with pytest.raises(Invalid) as refusal:
        standing(cast, cast.office_head, **dict.fromkeys(pair, cast.arbiter.pk))

    assert "secretary" in refusal.value.fields


@pytest.mark.parametrize("who", ["outsider", "auditor", "office_head"])
def test_a_chair_is_of_the_house_no_auditor_and_not_who_appoints(cast, who):
    with pytest.raises(Invalid) as refusal:
        standing(cast, cast.office_head, chair_id=getattr(cast, who).pk)

    assert list(refusal.value.fields) == ["chair"]


def test_members_who_stay_keep_their_seat(cast):
    with as_actor(SYSTEM):
        CommitteeMember.objects.filter(department=cast.repair).update(person=cast.repair_head)

    flows.change_committee(
        committee_id=cast.committee.pk,
        by=cast.office_head,
        members=[cast.repair.pk, cast.planning.pk],
        purpose="统筹",
    )

    seats = {seat.department: seat.person for seat in cast.committee.seats.all()}
    assert seats == {cast.repair: cast.repair_head, cast.planning: None}
    cast.committee.refresh_from_db()
    assert cast.committee.purpose == "统筹"


def test_a_dissolved_committee_changes_no_more(cast):
    flows.close_committee(committee_id=cast.committee.pk, by=cast.office_head)

    for again in (
        lambda: flows.close_committee(committee_id=cast.committee.pk, by=cast.office_head),
        lambda: flows.change_committee(
            committee_id=cast.committee.pk, by=cast.office_head, members=[cast.repair.pk]
        ),
    ):
        with pytest.raises(NotReady):
            again()
    assert User.objects.get(pk=cast.chair.pk).authority.is_chair is False
