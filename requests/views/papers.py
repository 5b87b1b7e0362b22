"""Talks and papers of a matter."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.refusals import NotYours
from documents.models import File
from documents.serving import serve
from pages.acts import carry_out, hand_in
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, policies
from requests.forms.acts import FilesForm
from requests.forms.file import AttemptForm
from requests.looking import keep_look
from requests.models import SiteVisit
from requests.views.shared import page_of_matter, the_matter


@require_http_methods(["GET", "POST"])
@login_required
def attempt(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Record a talk that was held while the matter is under way (R033)."""
    matter = the_matter(request, pk)
    if not policies.may_record_talks(matter, request.user):
        raise NotYours(_("Only the applicant, the lead department and the office record talks."))
    return carry_out(
        request,
        AttemptForm(posted(request)),
        flows.record_attempt,
        done=_("The talk has been recorded."),
        template="requests/attempt.html",
        context={"matter": matter},
        then=page_of_matter(pk, "talks"),
        matter_id=pk,
    )


@require_http_methods(["GET", "POST"])
@login_required
def attach(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Add papers to a matter that is under way."""
    matter = the_matter(request, pk)
    departments = matter.participants.values_list("department_id", flat=True)
    if not policies.may_attach(matter, request.user, departments):
        raise NotYours(_("Only those who take part add papers, and only until the matter has ended."))
    form = FilesForm(posted(request), request.FILES or None, matter=matter)
    if taken := hand_in(
        form,
        lambda: flows.attach_papers(matter_id=pk, uploads=form.cleaned_data["papers"], by=request.user),
    ):
        words = ngettext("%(n)s file has been added.", "%(n)s files have been added.", taken.result)
        messages.success(request, words % {"n": taken.result})
        return redirect(page_of_matter(pk, "files"))
    return answer(request, "requests/attach.html", {"matter": matter}, form)


@require_GET
@login_required
def file(request: AuthenticatedHttpRequest, pk: int, file_pk: int) -> FileResponse:
    """Hand a paper back to whoever may see the matter."""
    matter = the_matter(request, pk)
    paper = get_object_or_404(File.objects.of_case(matter.pk).kept(), pk=file_pk)
    keep_look(request.user, matter, "file", paper.name)
    return serve(paper)


@require_POST
@login_required
def drop_file(request: AuthenticatedHttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Take an own paper back."""
    matter = the_matter(request, pk)
    paper = get_object_or_404(File.objects.of_case(matter.pk).kept(), pk=file_pk)
    flows.remove_paper(file_id=paper.pk, by=request.user)
    messages.success(request, _("The file has been removed."))
    return redirect(page_of_matter(pk, "visits" if paper.subject_type == SiteVisit.SUBJECT else "files"))
