"""External units (R018)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from audit.flow import flow
from audit.refusals import NotReady
from organization import policies
from organization.external_units import ExternalUnit
from organization.flows.steps import changed, require, tell, unique
from organization.models import User

NAME_TAKEN = _("There is a unit of this name. Choose another one.")


@flow
def create_external_unit(*, name: str, by: User, contact: str = "") -> ExternalUnit:
    """Enter a unit outside the house; its people get accounts of their own."""
    require(allowed=policies.may_administer(by))
    unit = ExternalUnit(name=name.strip(), contact=contact)
    with unique("name", NAME_TAKEN):
        unit.save(force_insert=True)
    tell(unit, "create_external_unit", gettext_noop("%(actor)s entered the external unit."))
    return unit


@flow
def change_external_unit(*, unit_id: int, name: str, by: User, contact: str = "") -> ExternalUnit:
    unit: ExternalUnit = ExternalUnit.objects.select_for_update().get(pk=unit_id)
    require(allowed=policies.may_administer(by))
    names = changed(unit, {"name": name.strip(), "contact": contact})
    if names:
        with unique("name", NAME_TAKEN):
            unit.save(update_fields=names)
        tell(unit, "change_external_unit", gettext_noop("%(actor)s changed the external unit."), fields=names)
    return unit


@flow
def close_external_unit(*, unit_id: int, by: User, reason: str = "") -> ExternalUnit:
    """Take a unit out of use; its people's accounts are closed one by one before."""
    unit: ExternalUnit = ExternalUnit.objects.select_for_update().get(pk=unit_id)
    require(allowed=policies.may_administer(by))
    if not unit.is_active:
        raise NotReady(_("This external unit is closed already."))
    if unit.people.active().exists():
        raise NotReady(_("People of this unit still have accounts. Close these first."))
    unit.is_active = False
    unit.save(update_fields=["is_active"])
    tell(unit, "close_external_unit", gettext_noop("%(actor)s closed the external unit."))
    return unit
