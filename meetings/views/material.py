"""Material of a meeting: added, handed out, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.refusals import NotYours
from documents.serving import serve
from meetings import flows, policies, reading
from meetings.forms.material import MaterialForm
from meetings.models import Material
from meetings.views.shared import agenda, the_meeting
from pages.acts import carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests.looking import keep_looks


@require_http_methods(["GET", "POST"])
@login_required
def add(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Add papers to the meeting or to one of its topics."""
    meeting = the_meeting(request, pk)
    topics = [
        item
        for item in agenda(meeting, request)
        if item.is_readable and policies.may_add_material(meeting, item, request.user)  # type: ignore[attr-defined]  # marked by `shown`
    ]
    needs_topic = not policies.may_add_material(meeting, None, request.user)
    if needs_topic and not topics:
        raise NotYours(_("You cannot do this here. Ask the coordination office if you think you should."))
    form = MaterialForm(
        posted(request), request.FILES or None, meeting=meeting, topics=topics, needs_topic=needs_topic
    )
    return carry_out(
        request, form, flows.add_material, meeting_id=pk, done=_("The material is there."),
        then=reverse("meetings:detail", args=[pk]), template="meetings/material.html", context={"meeting": meeting},
    )  # fmt: skip


@require_GET
@login_required
def file(request: AuthenticatedHttpRequest, pk: int, material_pk: int) -> FileResponse:
    """Hand a paper out to whoever may read its topic."""
    return serve(_the_material(request, pk, material_pk).file)


@require_POST
@login_required
def remove(request: AuthenticatedHttpRequest, pk: int, material_pk: int) -> HttpResponse:
    """Take an own paper back."""
    row = _the_material(request, pk, material_pk)
    flows.remove_material(material_id=row.pk, by=request.user)
    messages.success(request, _("The file has been removed."))
    return redirect(reverse("meetings:detail", args=[pk]))


def _the_material(request: AuthenticatedHttpRequest, pk: int, material_pk: int) -> Material:
    """A paper of a topic above one's level does not exist."""
    meeting = the_meeting(request, pk)
    row: Material = get_object_or_404(Material.objects.kept(), pk=material_pk, meeting=meeting)
    seen = reading.sight(request.user, [meeting])
    if row.item and not seen.may_read(row.item.matter_id):
        raise Http404
    if row.item and row.item.matter_id in seen.closed:
        keep_looks(request.user, [row.item.matter_id], "material", row.file.name)
    return row
