"""Departments are opened, changed, closed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady
from organization import policies
from organization.flows.steps import changed, require, tell, unique
from organization.models import Department, User

CODE_TAKEN = _("This code is taken. Choose another one.")


@flow
def create_department(
    *,
    code: str,
    name: str,
    kind: str,
    by: User,
    parent_id: int | None = None,
    leader_in_charge_id: int | None = None,
    order: int = 100,
) -> Department:
    """Add a department to the tree."""
    require(allowed=policies.may_administer(by))
    department = Department(code=code.strip(), name=name.strip(), kind=kind, order=order)
    department.parent_id, department.leader_in_charge_id = parent_id, leader_in_charge_id
    _check_links(department)
    with unique("code", CODE_TAKEN):
        department.save(force_insert=True)
    tell(department, "create_department", gettext_noop("%(actor)s opened the department."))
    return department


@flow
def change_department(
    *,
    department_id: int,
    name: str,
    kind: str,
    by: User,
    parent_id: int | None,
    leader_in_charge_id: int | None,
    order: int,
    is_coordination_office: bool,
) -> Department:
    """Change a department's name, place or leader, or make it the coordination office (there is one: R002)."""
    require(allowed=policies.may_administer(by))
    # One change of the tree at a time: two moves that are fine alone could close a ring together.
    tree = {department.pk: department for department in Department.objects.select_for_update().order_by("pk")}
    department: Department = tree[department_id]
    names = changed(
        department,
        {
            "name": name.strip(),
            "kind": kind,
            "parent_id": parent_id,
            "leader_in_charge_id": leader_in_charge_id,
            "order": order,
            "is_coordination_office": is_coordination_office,
        },
    )
    _check_links(department)
    _check_ring(department, tree)
    if "is_coordination_office" in names and is_coordination_office:
        Department.objects.coordination_office().update(is_coordination_office=False)
    if names:
        department.save(update_fields=names)
        tell(department, "change_department", gettext_noop("%(actor)s changed the department."), fields=names)
    return department


@flow
def close_department(
    *, department_id: int, by: User, reason: str = "", successor_id: int | None = None
) -> Department:
    """Take a department out of use. Refused while people, departments or the office's work hang on it.

    Merged into a `successor`, its open work is that one's from now on; what it wrote keeps its name (domain §9, 19).
    """
    department: Department = Department.objects.select_for_update().get(pk=department_id)
    require(allowed=policies.may_administer(by))
    if not department.is_active:
        raise NotReady(_("This department is closed already."))
    if department.is_coordination_office:
        raise NotReady(_("This is the coordination office. Make another department the office first."))
    if department.children.active().exists():
        raise NotReady(_("Departments below this one are in use. Move or close them first."))
    if department.posts.current().exists():
        raise NotReady(_("People hold posts here. End their posts first."))
    successor = _successor(department, successor_id)
    department.is_active, department.successor = False, successor
    department.save(update_fields=["is_active", "successor"])
    if successor is None:
        tell(department, "close_department", gettext_noop("%(actor)s closed the department."))
        return department
    # What was merged into it goes along, and is told anew.
    department.predecessors.update(successor=successor, merger_told_at=None)
    tell(
        department, "merge_department", gettext_noop("%(actor)s merged the department into %(name)s."),
        name=successor.name,
    )  # fmt: skip
    return department


@flow
def take_merger(*, department_id: int) -> Department | None:
    """Called by whoever tells the successor's people of it; None when that was done already."""
    department: Department = (
        Department.objects.select_for_update(of=("self",)).select_related("successor").get(pk=department_id)
    )
    if department.successor is None or department.merger_told_at is not None:
        return None
    department.merger_told_at = now()
    department.save(update_fields=["merger_told_at"])
    return department


def _successor(department: Department, successor_id: int | None) -> Department | None:
    if successor_id is None:
        return None
    found: Department | None = (
        Department.objects.active().exclude(pk=department.pk).filter(pk=successor_id).first()
    )
    if found is None:
        sentence = _("Choose another department in use.")
        raise Invalid(sentence, fields={"successor": [sentence]})
    return found


def _check_links(department: Department) -> None:
    if department.parent_id and not Department.objects.active().filter(pk=department.parent_id).exists():
        sentence = _("This department is closed. Choose another one.")
        raise Invalid(sentence, fields={"parent": [sentence]})
    leader = department.leader_in_charge_id
    if leader and not User.objects.active().internal().filter(pk=leader).exists():
        sentence = _("Choose an active person of the house.")
        raise Invalid(sentence, fields={"leader_in_charge": [sentence]})


def _check_ring(department: Department, tree: dict[int, Department]) -> None:
    above = department.parent_id
    while above is not None:
        if above == department.pk:
            sentence = _("A department cannot stand below itself. Choose another superior department.")
            raise Invalid(sentence, fields={"parent": [sentence]})
        above = tree[above].parent_id
