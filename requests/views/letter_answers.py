"""The page of an addressed department: it reads the paper, signs for it and answers, in two clicks when it agrees."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from audit.refusals import NotYours
from pages.acts import carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, letter_policies
from requests.forms.letters import AnswerForm, ReasonForm
from requests.letter_states import LetterState
from requests.looking import keep_look
from requests.models import Addressee, CoordinationRequest, Handover
from requests.views.letters import files_of, page_of_letter, the_letter
from requests.views.shared import page_of_matter
from supervision.models import Obligation


def _the_addressee(request: AuthenticatedHttpRequest, pk: int, addressee_pk: int) -> Addressee:
    letter = the_letter(request, pk)
    found: Addressee = get_object_or_404(letter.addressees.select_related("department"), pk=addressee_pk)
    found.letter = letter
    return found


@require_http_methods(["GET", "POST"])
@login_required
def answer_letter(request: AuthenticatedHttpRequest, pk: int, addressee_pk: int) -> HttpResponse:
    """What is asked, until when; and the answer. Whoever only reads comes to the paper itself."""
    row = _the_addressee(request, pk, addressee_pk)
    allowed = letter_policies.may_receive_letter(row, request.user)
    if request.method == "POST" and not allowed:
        raise NotYours(_("Only the head or the liaison of the department does this."))
    if not allowed or (request.method == "GET" and not _is_to_be_answered(row)):
        return redirect(page_of_letter(pk))
    context = {
        "letter": row.letter,
        "matter": row.letter.matter,
        "row": row,
        "asks": row.letter.asks.all(),
        "copies": row.letter.copies.all(),
        "files": files_of(row.letter),
        "duties": Obligation.objects.of(Addressee.SUBJECT, row.pk).open().by_clock(),
    }
    return carry_out(
        request, AnswerForm(posted(request), addressee=row), flows.answer_letter, done=_("The answer has been sent."),
        then=page_of_letter(pk), template="requests/letter_answer.html", context=context, addressee_id=row.pk,
    )  # fmt: skip


@require_POST
@login_required
def receive_letter(request: AuthenticatedHttpRequest, pk: int, addressee_pk: int) -> HttpResponse:
    """Sign for it."""
    row = _the_addressee(request, pk, addressee_pk)
    flows.receive_letter(addressee_id=row.pk, by=request.user)
    messages.success(request, _("Receipt confirmed."))
    return redirect("requests:letter_answer", pk, row.pk)


def _is_to_be_answered(row: Addressee) -> bool:
    return row.letter.state == LetterState.SENT and not row.letter.wants_no_answer


@require_POST
@login_required
def confirm_answer(request: AuthenticatedHttpRequest, pk: int, addressee_pk: int) -> HttpResponse:
    """The head stands for the answer of the liaison."""
    row = _the_addressee(request, pk, addressee_pk)
    flows.confirm_answer(addressee_id=row.pk, by=request.user)
    messages.success(request, _("The answer has been confirmed."))
    return redirect(page_of_letter(pk))


@require_http_methods(["GET", "POST"])
@login_required
def misrouting(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The office says that it had routed something wrongly: this passing-on does not count."""
    matters = CoordinationRequest.objects.inside(request.user)
    row: Handover = get_object_or_404(
        Handover.objects.select_related("matter").filter(matter__in=matters.values("pk")), pk=pk
    )
    keep_look(request.user, row.matter, "matter")
    if not letter_policies.may_admit_misrouting(request.user):
        raise NotYours(_("Only the coordination office says that it routed something wrongly."))
    context = {
        "matter": row.matter, "heading": _("Routed wrongly by the office"), "button": _("Do not count it"),
        "advice": f"{row.from_name} → {row.to_name}：{row.reason}", "back": page_of_matter(row.matter_id),
    }  # fmt: skip
    return carry_out(
        request, ReasonForm(posted(request)), flows.admit_misrouting, done=_("It does not count any more."),
        then=page_of_matter(row.matter_id), template="requests/plain_act.html", context=context, handover_id=pk,
    )  # fmt: skip
