"""Pages of process documents: what holds, its versions, who has read it (R071)."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.acting import today
from audit.models import TransitionLog
from audit.refusals import NotYours
from documents.models import File
from documents.serving import serve
from pages.acts import carry_out, hand_in
from pages.answers import answer, posted
from pages.lists import chosen, paginate
from pages.typing import AuthenticatedHttpRequest
from requests import flows
from requests import procedure_policies as policies
from requests.forms.procedures import (
    PublishProcedureForm,
    RenewAsOfficeForm,
    RenewProcedureForm,
    WithdrawProcedureForm,
)
from requests.models import Procedure, ProcedureReading, ProcedureVersion

FORM = "requests/procedure_form.html"
TABS = {"force": gettext_lazy("In force"), "ended": gettext_lazy("Out of force")}


@require_GET
@login_required
def procedures(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What holds, with its owner, its version and how many departments have read it."""
    if request.user.is_external:
        raise Http404
    seen = Procedure.objects.visible_to(request.user)
    tab, q = chosen(request, "tab", TABS, "force"), request.GET.get("q", "").strip()[:60]
    shown = seen.filter(withdrawn_at__isnull=tab == "force")
    counts = seen.order_by().aggregate(
        force=Count("pk", filter=Q(withdrawn_at=None)), ended=Count("pk", filter=~Q(withdrawn_at=None))
    )
    page = paginate(request, shown.filter(title__icontains=q).for_list_page())
    context = {
        "page": page, "tab": tab, "tabs": [(key, label, counts[key]) for key, label in TABS.items()],
        "find": pgettext("procedure", "Title"), "is_filtered": bool(q),
        "may_publish": policies.may_publish_procedure(request.user),
    }  # fmt: skip
    return answer(request, "requests/procedures.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def publish(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A new document."""
    if not policies.may_publish_procedure(request.user):
        raise NotYours(_("Only the coordination office publishes process documents."))
    form = PublishProcedureForm(posted(request), request.FILES or None)
    if taken := hand_in(form, lambda: flows.publish_procedure(by=request.user, **form.cleaned_data)):
        messages.success(request, _("Published; the departments have it before them."))
        return redirect("requests:procedure", taken.result.pk)
    context = {
        "heading": _("Publish a document"), "button": pgettext("procedure", "Publish"), "back": reverse("requests:procedures"),
    }  # fmt: skip
    return answer(request, FORM, context, form)


def _the_procedure(request: AuthenticatedHttpRequest, pk: int) -> Any:
    seen = Procedure.objects.visible_to(request.user).select_related("owner", "department")
    return get_object_or_404(seen, pk=pk)


@require_GET
@login_required
def procedure(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One document: the version that holds, those before it, who has read it."""
    found, user = _the_procedure(request, pk), request.user
    versions = list(found.versions.select_related("published_by"))
    papers = File.objects.filter(
        subject_type=ProcedureVersion.SUBJECT, subject_id__in=[row.pk for row in versions]
    )
    files: dict[int, list[File]] = {}
    for file in papers.kept().select_related("uploaded_by"):
        files.setdefault(file.subject_id, []).append(file)
    rows = ProcedureReading.objects.standing(today()).filter(version__procedure=found)
    readings = list(rows.select_related("confirmed_by", "version").order_by("-version__version", "pk"))
    holds = found.withdrawn_at is None
    in_force = found.number_in_force(today()) if holds else 0
    context = {
        "procedure": found, "latest": versions[0], "holds": holds, "in_force": in_force,
        "current": next((row for row in versions if row.version == in_force), versions[0]),
        "versions": [(row, files.get(row.pk, [])) for row in versions],
        "readings": [
            (number, group, sum(1 for row in group if row.confirmed_at)) for number, group in _by_version(readings)
        ],
        "mine": [
            row for row in readings
            if holds and row.confirmed_at is None and policies.may_confirm_procedure(row, user)
        ],
        "story": TransitionLog.objects.of(Procedure.SUBJECT, pk)[:50],
        "may_renew": holds and policies.may_renew_procedure(found, user),
        "may_withdraw": holds and policies.may_publish_procedure(user),
    }  # fmt: skip
    return answer(request, "requests/procedure.html", context)


def _by_version(readings: list[Any]) -> list[tuple[int, list[Any]]]:
    """What is to be read now: of the version that holds and of those yet to come, the latest first."""
    return [(n, list(rows)) for n, rows in groupby(readings, key=lambda row: row.version.version)]


@require_http_methods(["GET", "POST"])
@login_required
def renew(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The next version."""
    found = _the_procedure(request, pk)
    if not policies.may_renew_procedure(found, request.user):
        raise NotYours(_("Its owner renews it, or the coordination office."))
    page = reverse("requests:procedure", args=[pk])
    last = ProcedureReading.objects.filter(version__procedure=found, version__version=found.version)
    start = {"departments": list(last.values_list("department", flat=True))}
    shape = RenewAsOfficeForm if policies.may_publish_procedure(request.user) else RenewProcedureForm
    form = shape(posted(request), request.FILES or None, initial={**start, "owner": found.owner_id})
    context = {
        "procedure": found,
        "heading": _("Publish the next version"),
        "button": pgettext("procedure", "Publish"),
        "back": page,
    }
    return carry_out(
        request, form, flows.renew_procedure, done=_("The new version is published; the departments have it before them."),
        then=page, template=FORM, context=context, procedure_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Out of force."""
    found = _the_procedure(request, pk)
    if not policies.may_publish_procedure(request.user):
        raise NotYours(_("Only the coordination office takes a document out of force."))
    page = reverse("requests:procedure", args=[pk])
    context = {
        "procedure": found,
        "heading": _("Take it out of force"),
        "button": _("Take it out of force"),
        "back": page,
    }
    return carry_out(
        request, WithdrawProcedureForm(posted(request)), flows.withdraw_procedure, done=_("It is out of force."), then=page,
        template=FORM, context=context, procedure_id=pk,
    )  # fmt: skip


@require_POST
@login_required
def confirm(request: AuthenticatedHttpRequest, pk: int, reading_pk: int) -> HttpResponse:
    """My department has read it."""
    _the_procedure(request, pk)
    reading = get_object_or_404(ProcedureReading, pk=reading_pk, version__procedure=pk)
    flows.confirm_procedure(reading_id=reading.pk, by=request.user)
    messages.success(request, _("Confirmed for %(department)s.") % {"department": reading.department_name})
    return redirect("requests:procedure", pk)


@require_GET
@login_required
def document(request: AuthenticatedHttpRequest, pk: int, file_pk: int) -> FileResponse:
    """The file of a version, the older ones too."""
    found = _the_procedure(request, pk)
    versions = found.versions.values("pk")
    rows = File.objects.kept().filter(subject_type=ProcedureVersion.SUBJECT, subject_id__in=versions)
    return serve(get_object_or_404(rows, pk=file_pk))
