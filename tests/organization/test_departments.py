"""The tree of departments: opened, moved, closed by the system administrator."""

from importlib import import_module

import pytest
from django.apps import apps

from audit.acting import SYSTEM, as_actor
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from organization import flows
from organization.models import Department, Post


def values(department, **changes):
    kept = {
        name: getattr(department, name)
        for name in ("name", "kind", "parent_id", "leader_in_charge_id", "order", "is_coordination_office")
    }
    return {**kept, **changes}


def change(department, by, **changes):
    return flows.change_department(department_id=department.pk, by=by, **values(department, **changes))


def test_the_administrator_opens_a_department_below_another(system_admin, company):
    made = flows.create_department(
        code="FW", name="法务部", kind="office", parent_id=company.pk, by=system_admin
    )

    assert made.parent == company
    assert TransitionLog.objects.of("department", made.pk).get().verb == "create_department"


def test_a_code_is_given_once(system_admin, repair):
    with pytest.raises(Invalid) as refusal:
        flows.create_department(code=repair.code, name="又一个", kind="office", by=system_admin)

    assert list(refusal.value.fields) == ["code"]
    assert not Department.objects.filter(name="又一个").exists()


@pytest.mark.parametrize(
    "who", ["clerk", "repair_head", "officer", "office_head", "chair", "auditor", "records_admin"]
)
def test_nobody_else_touches_the_tree(cast, who):
    person = getattr(cast, who)

    with pytest.raises(NotYours):
        flows.create_department(code="X", name="X", kind="office", by=person)
    with pytest.raises(NotYours):
        change(cast.repair, person, name="X")
    with pytest.raises(NotYours):
        flows.close_department(department_id=cast.repair.pk, by=person)

    assert not Department.objects.filter(name="X").exists()
    cast.repair.refresh_from_db()
    assert cast.repair.is_active


def test_a_department_never_stands_below_itself(system_admin, company, repair):
    with pytest.raises(Invalid) as refusal:
        change(company, system_admin, parent_id=repair.pk)

    assert list(refusal.value.fields) == ["parent"]
    company.refresh_from_db()
    assert company.parent is None


def test_there_is_one_coordination_office_and_the_flag_moves(system_admin, office, planning):
    change(planning, system_admin, is_coordination_office=True)

    assert list(Department.objects.coordination_office()) == [planning]


def test_a_leader_in_charge_is_an_active_person_of_the_house(system_admin, repair, outsider):
    with pytest.raises(Invalid) as refusal:
        change(repair, system_admin, leader_in_charge_id=outsider.pk)

    assert list(refusal.value.fields) == ["leader_in_charge"]


def test_a_renamed_department_keeps_its_old_name_in_its_history(system_admin):
    shop = flows.create_department(code="JJ", name="机具部", kind="office", by=system_admin)

    change(shop, system_admin, name="机具中心")

    assert [entry.name for entry in shop.history.order_by("history_date", "history_id")] == [
        "机具部",
        "机具中心",
    ]


def test_saving_without_a_change_tells_no_story(system_admin, repair):
    repair.refresh_from_db()

    change(repair, system_admin)

    assert not TransitionLog.objects.of("department", repair.pk).exists()


def test_a_department_with_people_is_not_closed(system_admin, repair):
    with pytest.raises(NotReady):
        flows.close_department(department_id=repair.pk, by=system_admin)

    repair.refresh_from_db()
    assert repair.is_active


def test_the_coordination_office_and_a_department_above_others_are_not_closed(system_admin, office, company):
    for department in (office, company):
        with pytest.raises(NotReady):
            flows.close_department(department_id=department.pk, by=system_admin)


def test_an_empty_department_is_closed_once(system_admin, company):
    made = flows.create_department(
        code="FW", name="法务部", kind="office", parent_id=company.pk, by=system_admin
    )

    flows.close_department(department_id=made.pk, by=system_admin)

    assert made not in Department.objects.active()
    with pytest.raises(NotReady):
        flows.close_department(department_id=made.pk, by=system_admin)
    assert not Post.objects.filter(department=made).exists()


def test_what_was_merged_before_mergings_were_told_of_is_not_told_as_new(repair, planning):
    with as_actor(SYSTEM):
        Department.objects.filter(pk=repair.pk).update(successor=planning, is_active=False)

    import_module("organization.migrations.0006_mergings_until_now_are_known").take_as_told(apps, None)

    assert not Department.objects.with_untold_merger().exists()
    planning.refresh_from_db()
    assert planning.merger_told_at is None
