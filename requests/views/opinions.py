"""The page of a participating department: it reads the material and says what it thinks (R045, R055)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from audit.refusals import NotYours
from documents.models import File
from pages.acts import carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, policies
from requests.flows.effects import STAGES
from requests.forms.acts import NothingForm, OpinionForm
from requests.models import Participant
from requests.views.shared import page_of_matter, the_matter
from supervision.models import Obligation


@require_http_methods(["GET", "POST"])
@login_required
def opinion(request: AuthenticatedHttpRequest, pk: int, participant_pk: int) -> HttpResponse:
    """What was sent, what is asked, until when; and the answer."""
    matter = the_matter(request, pk)
    row: Participant = get_object_or_404(matter.participants.select_related("department"), pk=participant_pk)
    if not policies.may_opine(row, request.user):
        if request.method == "POST":
            raise NotYours(_("Only the head or the liaison of the department gives its opinion."))
        messages.warning(request, _("Only the head or the liaison of the department gives its opinion."))
        return redirect("requests:detail", pk)
    context = {
        "matter": matter,
        "row": row,
        "questions": matter.questions.all(),
        "effects": list(matter.effects.standing().for_panel()),
        "may_state": matter.stage in STAGES,
        "files": File.objects.of_case(pk).newest_versions(),
        "duties": Obligation.objects.of(Participant.SUBJECT, row.pk).open().by_clock(),
    }
    form = OpinionForm(posted(request), matter=matter, participant=row)
    return carry_out(
        request,
        form,
        flows.give_opinion,
        done=_("The opinion has been recorded."),
        then=page_of_matter(pk),
        template="requests/opinion.html",
        context=context,
        participant_id=row.pk,
    )


@require_http_methods(["GET", "POST"])
@login_required
def silence(request: AuthenticatedHttpRequest, pk: int, participant_pk: int) -> HttpResponse:
    """The office records that a department did not answer in time."""
    matter = the_matter(request, pk)
    row: Participant = get_object_or_404(matter.participants, pk=participant_pk)
    if not policies.is_officer(matter, request.user):
        raise NotYours(_("Only the coordination office records that a department was silent."))
    then = page_of_matter(pk, "opinions")
    context = {
        "matter": matter, "heading": _("Record the silence of %(department)s") % {"department": row.department_name},
        "button": _("Record the silence"), "back": then,
        "advice": _("The decision no longer waits for its opinion. Silence is no consent: it is decided by a meeting. Until then the department can still answer."),
    }  # fmt: skip
    return carry_out(
        request, NothingForm(posted(request), matter=matter), flows.record_silence,
        done=_("The silence has been recorded; the department has been told."), then=then,
        template="requests/plain_act.html", context=context, participant_id=row.pk,
    )  # fmt: skip


@require_POST
@login_required
def read(request: AuthenticatedHttpRequest, pk: int, participant_pk: int) -> HttpResponse:
    """Sign for the material."""
    matter = the_matter(request, pk)
    row = get_object_or_404(Participant, matter=matter, pk=participant_pk)
    flows.confirm_reading(participant_id=row.pk, by=request.user)
    messages.success(request, _("Receipt confirmed."))
    return redirect("requests:opinion", pk, row.pk)
