"""Committees and groups."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from audit.models import TransitionLog
from organization import flows, policies
from organization.forms import CommitteeForm, ReasonForm
from organization.models import Committee
from organization.views.doors import accepted, confirmed, ids, inside, only
from organization.warnings import warnings
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest

CHOSEN = ("chair", "deputy", "secretary", "lead_department")


def values(data: dict[str, Any]) -> dict[str, Any]:
    """What the flow takes: people and departments by id."""
    given = ids(data, *CHOSEN)
    return {**given, "members": [department.pk for department in given["members"]]}


@inside("GET")
def listing(request: AuthenticatedHttpRequest) -> HttpResponse:
    context = {
        "rows": Committee.objects.visible_to(request.user)
        .select_related("chair", "secretary", "lead_department")
        .prefetch_related("members")
        .order_by("-is_active", "kind", "name"),
        "may_manage": policies.may_manage_committees(request.user),
    }
    return render(request, "organization/committees.html", context)


@inside("GET")
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user).select_related(*CHOSEN), pk=pk)
    context = {
        "committee": committee,
        "seats": committee.seats.select_related("department", "person"),
        "lacks": [lack for lack in warnings() if lack.committee == committee],
        "story": TransitionLog.objects.of("committee", pk)[:20],
        "may_manage": policies.may_manage_committees(request.user),
    }
    return render(request, "organization/committee.html", context)


@inside("GET", "POST")
def create(request: AuthenticatedHttpRequest) -> HttpResponse:
    only(allowed=policies.may_manage_committees(request.user))
    form = CommitteeForm(posted(request))
    if accepted(form, lambda data: flows.create_committee(by=request.user, **values(data))):
        messages.success(request, _("The committee has been set up."))
        return redirect("organization:committees")
    return answer(request, "organization/committee_form.html", {"committee": None}, form)


@inside("GET", "POST")
def change(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=pk)
    only(allowed=policies.may_manage_committees(request.user))
    form = CommitteeForm.of(committee, posted(request))
    if accepted(form, lambda data: flows.change_committee(committee_id=pk, by=request.user, **values(data))):
        messages.success(request, _("The committee has been changed."))
        return redirect(committee)
    return answer(request, "organization/committee_form.html", {"committee": committee}, form)


@inside("GET", "POST")
def close(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=pk)
    only(allowed=policies.may_manage_committees(request.user))
    form = ReasonForm(posted(request))
    return confirmed(
        request,
        form,
        lambda data: flows.close_committee(committee_id=pk, by=request.user, **data),
        done=_("The committee has been dissolved."),
        title=_("Dissolve the committee"),
        subject=committee.name,
        note=_("Its history stays readable; its chair and secretary lose their rights in it."),
        button=_("Dissolve"),
        danger=True,
        back=committee.get_absolute_url(),
    )
