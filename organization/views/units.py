"""External units."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from organization import flows, policies
from organization.external_units import ExternalUnit
from organization.forms import ReasonForm, UnitForm
from organization.views.doors import accepted, confirmed, inside, only
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest


@inside("GET")
def listing(request: AuthenticatedHttpRequest) -> HttpResponse:
    context = {
        "rows": ExternalUnit.objects.visible_to(request.user)
        .annotate(accounts=Count("people", filter=Q(people__is_active=True)))
        .order_by("-is_active", "name"),
        "may_administer": policies.may_administer(request.user),
    }
    return render(request, "organization/units.html", context)


@inside("GET", "POST")
def create(request: AuthenticatedHttpRequest) -> HttpResponse:
    only(allowed=policies.may_administer(request.user))
    form = UnitForm(posted(request))
    if accepted(form, lambda data: flows.create_external_unit(by=request.user, **data)):
        messages.success(request, _("The external unit has been entered."))
        return redirect("organization:units")
    return answer(request, "organization/unit_form.html", {"unit": None}, form)


@inside("GET", "POST")
def change(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(ExternalUnit.objects.visible_to(request.user), pk=pk)
    only(allowed=policies.may_administer(request.user))
    form = UnitForm(posted(request), initial={"name": unit.name, "contact": unit.contact})
    if accepted(form, lambda data: flows.change_external_unit(unit_id=pk, by=request.user, **data)):
        messages.success(request, _("The external unit has been changed."))
        return redirect("organization:units")
    return answer(request, "organization/unit_form.html", {"unit": unit}, form)


@inside("GET", "POST")
def close(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(ExternalUnit.objects.visible_to(request.user), pk=pk)
    only(allowed=policies.may_administer(request.user))
    form = ReasonForm(posted(request))
    return confirmed(
        request,
        form,
        lambda data: flows.close_external_unit(unit_id=pk, by=request.user, **data),
        done=_("The external unit has been closed."),
        title=_("Close the external unit"),
        subject=unit.name,
        note=_("What was shared with it stays on record."),
        button=_("Close unit"),
        danger=True,
        back=reverse("organization:units"),
    )
