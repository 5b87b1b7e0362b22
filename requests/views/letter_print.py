"""A signed paper as PDF or Word, for whoever may read the paper itself (R207)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.views.decorators.http import require_GET

from documents.serving import hand_out
from pages.typing import AuthenticatedHttpRequest
from requests import letter_print
from requests.looking import keep_look_at_letter
from requests.models import Letter
from requests.views import watermark
from requests.views.letters import the_letter

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@login_required
def as_pdf(request: AuthenticatedHttpRequest, pk: int) -> FileResponse:
    letter = _signed(request, pk)
    data = letter_print.as_pdf(letter, mark=_mark(request, letter))
    return _handed_out(letter, data, "pdf", "application/pdf")


@require_GET
@login_required
def as_word(request: AuthenticatedHttpRequest, pk: int) -> FileResponse:
    letter = _signed(request, pk)
    data = letter_print.as_word(letter, mark=_mark(request, letter))
    return _handed_out(letter, data, "docx", WORD)


def _signed(request: AuthenticatedHttpRequest, pk: int) -> Letter:
    """A draft has no paper: without number and signature it would look like one that counts."""
    letter = the_letter(request, pk)
    if letter.number is None:
        raise Http404
    return letter


def _mark(request: AuthenticatedHttpRequest, letter: Letter) -> str:
    """Who took the paper and when, on every page of one that only named persons read; the look is kept."""
    keep_look_at_letter(request.user, letter, "paper")
    return watermark.words(request.user) if letter.is_closed else ""


def _handed_out(letter: Letter, data: bytes, extension: str, kind: str) -> FileResponse:
    return hand_out(data, f"{letter.number} {letter.title}.{extension}", kind)
