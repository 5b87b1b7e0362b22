"""The tree and its departments."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.models import TransitionLog
from organization import flows, policies
from organization.forms import ChangeDepartmentForm, CloseDepartmentForm, NewDepartmentForm
from organization.models import Department
from organization.tree import branches
from organization.views.doors import accepted, confirmed, ids, inside, only
from organization.warnings import warnings
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest

CHOSEN = ("parent", "leader_in_charge")


@inside("GET")
def index(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The tree of departments in use, and what is missing in the house."""
    context = {
        "branches": branches(),
        "closed": Department.objects.filter(is_active=False),
        "lacks": warnings() if policies.may_manage_committees(request.user) else [],
        "may_administer": policies.may_administer(request.user),
    }
    return render(request, "organization/index.html", context)


@inside("GET")
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    department = get_object_or_404(
        Department.objects.visible_to(request.user).select_related("parent", "leader_in_charge"), pk=pk
    )
    context = {
        "department": department,
        "posts": department.posts.current().select_related("user").order_by("kind", "since", "pk"),
        "children": department.children.active(),
        "committees": department.committees.active(),
        "lacks": [lack for lack in warnings() if lack.department == department],
        "story": TransitionLog.objects.of("department", pk)[:20],
        "may_administer": policies.may_administer(request.user),
    }
    return render(request, "organization/department.html", context)


@inside("GET", "POST")
def create(request: AuthenticatedHttpRequest) -> HttpResponse:
    only(allowed=policies.may_administer(request.user))
    form = NewDepartmentForm(posted(request), initial={"parent": request.GET.get("below")})
    if accepted(form, lambda data: flows.create_department(by=request.user, **ids(data, *CHOSEN))):
        messages.success(request, _("The department has been opened."))
        return redirect("organization:index")
    return answer(request, "organization/department_form.html", {"department": None}, form)


@inside("GET", "POST")
def change(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    department = get_object_or_404(Department.objects.visible_to(request.user), pk=pk)
    only(allowed=policies.may_administer(request.user))
    names = ("name", "kind", "parent", "leader_in_charge", "order", "is_coordination_office")
    form = ChangeDepartmentForm(posted(request), initial={name: getattr(department, name) for name in names})
    if accepted(
        form,
        lambda data: flows.change_department(department_id=pk, by=request.user, **ids(data, *CHOSEN)),
    ):
        messages.success(request, _("The department has been changed."))
        return redirect("organization:department", pk=pk)
    return answer(request, "organization/department_form.html", {"department": department}, form)


@inside("GET", "POST")
def close(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    department = get_object_or_404(Department.objects.visible_to(request.user), pk=pk)
    only(allowed=policies.may_administer(request.user))
    form = CloseDepartmentForm(posted(request), department=department)
    return confirmed(
        request,
        form,
        lambda data: flows.close_department(department_id=pk, by=request.user, **ids(data, "successor")),
        done=_("The department has been closed."),
        title=_("Close the department"),
        subject=department.name,
        note=_("Its records stay. Nothing new can be addressed to it."),
        button=_("Close department"),
        danger=True,
        back=department.get_absolute_url(),
        then=reverse("organization:index"),
    )
