"""The digest for the leaders: read, worded, laid before them, taken along on paper (R067)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.refusals import NotYours
from documents.serving import hand_out
from pages.acts import carry_out
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import digest_policies as policies
from requests import digest_print, flows
from requests.digest_text import made_from, mark_of
from requests.forms.digests import DigestForm, PresentDigestForm
from requests.looking import keep_look
from requests.models import CoordinationRequest, Digest
from requests.states import ENDED
from requests.views import watermark
from requests.views.letter_print import WORD
from requests.views.shared import the_matter

ACT = "requests/plain_act.html"


def _written(matter: CoordinationRequest) -> Digest | None:
    rows = Digest.objects.filter(matter=matter).select_related("written_by", "presented_by")
    return rows.prefetch_related("presented_to").first()


@require_GET
@login_required
def digest(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The page itself: as the office worded it, or as the matter says for whoever leads."""
    matter = the_matter(request, pk)
    written = _written(matter)
    shown = written is not None or policies.reads_before_it_is_written(matter, request.user)
    fresh = made_from(matter)
    context = {
        "matter": matter,
        "digest": written,
        "facts": digest_print.facts_of(matter, written) if shown else None,
        "has_changed": written is not None and written.made_from != mark_of(fresh),
        "may_write": policies.may_write_digest(matter, request.user) and matter.stage not in ENDED,
    }
    return answer(request, "requests/digest.html", context)


def _to_be_worded(request: AuthenticatedHttpRequest, pk: int) -> CoordinationRequest:
    matter = the_matter(request, pk)
    if not policies.may_write_digest(matter, request.user):
        raise NotYours(
            _("Only the coordination office sums a matter up for the leaders, never whoever filed it.")
        )
    return matter


@require_http_methods(["GET", "POST"])
@login_required
def write(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Word the page; `?anew` begins with what the matter says now."""
    matter = _to_be_worded(request, pk)
    page = reverse("requests:digest", args=[pk])
    context = {
        "matter": matter, "heading": _("Word the digest"), "button": _("Save the digest"), "back": page,
        "advice": _("One page that a leader reads instead of the whole file: only what the decision hangs on."),
    }  # fmt: skip
    form = DigestForm(posted(request), matter=matter, digest=_written(matter), anew="anew" in request.GET)
    return carry_out(
        request, form, flows.write_digest, done=_("The digest has been saved."), then=page, template="requests/digest_form.html",
        context=context, matter_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def present(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Lay it before leaders."""
    matter = _to_be_worded(request, pk)
    page = reverse("requests:digest", args=[pk])
    context = {
        "matter": matter, "heading": _("Lay it before leaders"), "button": _("Lay it before them"), "back": page,
        "advice": _("Offered are those who decide on this matter or answer for a department in it."),
    }  # fmt: skip
    return carry_out(
        request, PresentDigestForm(posted(request), matter=matter), flows.present_digest,
        done=_("The digest lies before them."), then=page, template=ACT, context=context, matter_id=pk,
    )  # fmt: skip


@require_GET
@login_required
def as_pdf(request: AuthenticatedHttpRequest, pk: int) -> FileResponse:
    matter, written, mark = _on_paper(request, pk)
    return hand_out(
        digest_print.as_pdf(matter, written, mark=mark), f"{_name(matter)}.pdf", "application/pdf"
    )


@require_GET
@login_required
def as_word(request: AuthenticatedHttpRequest, pk: int) -> FileResponse:
    matter, written, mark = _on_paper(request, pk)
    return hand_out(digest_print.as_word(matter, written, mark=mark), f"{_name(matter)}.docx", WORD)


def _on_paper(request: AuthenticatedHttpRequest, pk: int) -> tuple[CoordinationRequest, Digest | None, str]:
    matter = the_matter(request, pk)
    written = _written(matter)
    if written is None and not policies.reads_before_it_is_written(matter, request.user):
        raise Http404
    keep_look(request.user, matter, "paper", matter.number or "")
    return matter, written, watermark.words(request.user) if matter.is_closed else ""


def _name(matter: CoordinationRequest) -> str:
    return f"{matter.number or ''} 综合材料 {matter.title}".strip()
