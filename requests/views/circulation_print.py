"""An issued paper as PDF or Word, for whoever may read it (R207)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.views.decorators.http import require_GET

from documents.serving import hand_out
from pages.typing import AuthenticatedHttpRequest
from requests import circulation_print
from requests.looking import keep_look
from requests.models import Circulation
from requests.views import watermark
from requests.views.circulations import the_paper
from requests.views.letter_print import WORD


@require_GET
@login_required
def as_pdf(request: AuthenticatedHttpRequest, pk: int) -> FileResponse:
    paper = _issued(request, pk)
    data = circulation_print.as_pdf(paper, mark=_mark(request, paper))
    return hand_out(data, f"{paper.number} {paper.title}.pdf", "application/pdf")


@require_GET
@login_required
def as_word(request: AuthenticatedHttpRequest, pk: int) -> FileResponse:
    paper = _issued(request, pk)
    data = circulation_print.as_word(paper, mark=_mark(request, paper))
    return hand_out(data, f"{paper.number} {paper.title}.docx", WORD)


def _issued(request: AuthenticatedHttpRequest, pk: int) -> Circulation:
    """Before its number it is no document: it would look like one that counts."""
    paper = the_paper(request, pk)
    if paper.number is None:
        raise Http404
    return paper


def _mark(request: AuthenticatedHttpRequest, paper: Circulation) -> str:
    keep_look(request.user, paper.matter, "paper", paper.number)
    return watermark.words(request.user) if paper.matter.is_closed else ""
