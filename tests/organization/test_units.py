"""External units."""

import pytest

from audit.refusals import Invalid, NotReady, NotYours
from organization import flows
from organization.external_units import ExternalUnit


def test_the_administrator_enters_and_changes_a_unit(system_admin):
    made = flows.create_external_unit(name="宏远物流", by=system_admin)
    flows.change_external_unit(unit_id=made.pk, name="宏远物流公司", contact="021-1", by=system_admin)

    made.refresh_from_db()
    assert (made.name, made.contact) == ("宏远物流公司", "021-1")


def test_a_name_is_given_once(system_admin, unit):
    with pytest.raises(Invalid) as refusal:
        flows.create_external_unit(name=unit.name, by=system_admin)

    assert list(refusal.value.fields) == ["name"]


@pytest.mark.parametrize("who", ["clerk", "office_head", "officer", "auditor", "outsider"])
def test_nobody_else_touches_units(cast, who):
    person = getattr(cast, who)
    for attempt in (
        lambda: flows.create_external_unit(name="X", by=person),
        lambda: flows.change_external_unit(unit_id=cast.unit.pk, name="X", by=person),
        lambda: flows.close_external_unit(unit_id=cast.unit.pk, by=person),
    ):
        with pytest.raises(NotYours):
            attempt()

    assert [(u.name, u.is_active) for u in ExternalUnit.objects.all()] == [("兴达劳务公司", True)]


def test_a_unit_closes_after_its_people(system_admin, unit, outsider):
    with pytest.raises(NotReady):
        flows.close_external_unit(unit_id=unit.pk, by=system_admin)
    flows.deactivate_person(user_id=outsider.pk, by=system_admin)

    flows.close_external_unit(unit_id=unit.pk, by=system_admin)

    unit.refresh_from_db()
    assert not unit.is_active
