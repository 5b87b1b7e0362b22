"""The page of a department that signs: it reads the paper and agrees in two clicks, or says otherwise (R062)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from audit.refusals import NotYours
from documents.models import File
from pages.acts import carry_out, hand_in
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import circulation_policies as policies
from requests import flows
from requests.circulation_states import UNDER_WAY, SignOpinion
from requests.forms.circulations import CountersignForm, OpinionAnswerForm, PassOnForm, RuleDutyForm
from requests.models import Circulation, Countersign
from requests.views.circulations import OWN, page_of_paper, the_paper
from supervision.models import Obligation
from supervision.states import Kind


def _the_row(request: AuthenticatedHttpRequest, pk: int, row_pk: int) -> Countersign:
    paper = the_paper(request, pk)
    found: Countersign = get_object_or_404(paper.countersigns.with_people(), pk=row_pk)
    found.circulation = paper
    return found


@require_http_methods(["GET", "POST"])
@login_required
def countersign(request: AuthenticatedHttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """The text, the limit, the opinion. The head signs; a liaison drafts for the head. Who only reads comes to the paper."""
    row = _the_row(request, pk, row_pk)
    paper, user = row.circulation, request.user
    speaks = policies.may_speak_to(row, user)
    if request.method == "POST" and not speaks:
        raise NotYours(_("Only the head or the liaison of the department does this."))
    is_open = row.is_current and paper.state in UNDER_WAY and row.asked_at is not None
    if request.method == "GET" and not (speaks and is_open):
        return redirect(page_of_paper(pk))
    signs = policies.may_countersign(row, user)
    flow = flows.countersign if signs else flows.draft_countersign
    duties = Obligation.objects.of(Countersign.SUBJECT, row.pk).open().filter(kind=Kind.COUNTERSIGN)
    context = {
        "row": row, "paper": paper, "matter": paper.matter, "may_sign": signs, "duty": duties.first(),
        "files": File.objects.of(Circulation.SUBJECT, paper.pk).kept().newest_versions(),
        "agrees_first": row.opinion in ("", SignOpinion.AGREE),
        "back": page_of_paper(pk),
    }  # fmt: skip
    done = _("Countersigned.") if signs else _("The draft lies before the head of the department.")
    return carry_out(
        request, CountersignForm(_agreeing(request), row=row), flow, done=done, then=page_of_paper(pk),
        template="requests/countersign.html", context=context, countersign_id=row.pk,
    )  # fmt: skip


def _agreeing(request: AuthenticatedHttpRequest) -> QueryDict | None:
    """一键同意: the button says the opinion, whatever circle is marked."""
    given = posted(request)
    if given is None or "agree" not in given:
        return given
    given = given.copy()
    given["opinion"] = SignOpinion.AGREE
    return given


@require_POST
@login_required
def receive(request: AuthenticatedHttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """Sign for it."""
    row = _the_row(request, pk, row_pk)
    flows.receive_paper(countersign_id=row.pk, by=request.user)
    messages.success(request, _("Receipt confirmed."))
    return redirect("requests:countersign", pk, row.pk)


@require_POST
@login_required
def read(request: AuthenticatedHttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """The department has read what became of its opinion."""
    row = _the_row(request, pk, row_pk)
    flows.read_result(countersign_id=row.pk, by=request.user)
    messages.success(request, _("Noted that your department has read it."))
    return redirect(page_of_paper(pk))


@require_http_methods(["GET", "POST"])
@login_required
def pass_on(request: AuthenticatedHttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """加签 and 转签 inside the own department."""
    row = _the_row(request, pk, row_pk)
    if not policies.may_pass_on(row, request.user):
        raise NotYours(_("The head of the department, or whoever holds the signature, does this."))
    form = PassOnForm(posted(request), row=row, user=request.user)

    def passed() -> Any:
        flow = flows.add_signer if form.cleaned_data["way"] == "add" else flows.transfer_countersign
        return flow(countersign_id=row.pk, by=request.user, person=form.cleaned_data["person"])

    if hand_in(form, passed):
        messages.success(request, _("The person has been asked."))
        return redirect(page_of_paper(pk))
    context = _page(row, _("Pass the signature on"), _("Ask this person"), row.department_name)
    return answer(request, "requests/plain_act.html", context, form)


@require_http_methods(["GET", "POST"])
@login_required
def answer_opinion(request: AuthenticatedHttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """What becomes of one opinion."""
    row = _the_row(request, pk, row_pk)
    if not policies.may_edit_paper(row.circulation, request.user):
        raise NotYours(str(OWN))
    context = _page(row, _("Answer the opinion"), _("Answer"), f"{row.department_name}：{row.reason}")
    return carry_out(
        request, OpinionAnswerForm(posted(request)), flows.answer_opinion, done=_("Answered; the department is told."),
        then=page_of_paper(pk), template="requests/plain_act.html", context=context, countersign_id=row.pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def rule(request: AuthenticatedHttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """The office says whose duty it is."""
    row = _the_row(request, pk, row_pk)
    if not policies.may_rule_duty(row, request.user):
        raise NotYours(_("The coordination office rules on it, never the person who asked."))
    context = _page(
        row, _("Whose duty is it"), pgettext("duty", "Rule"), f"{row.department_name}：{row.reason}"
    )
    return carry_out(
        request, RuleDutyForm(posted(request), row=row), flows.rule_duty, done=_("Ruled; both departments are told."),
        then=page_of_paper(pk), template="requests/plain_act.html", context=context, countersign_id=row.pk,
    )  # fmt: skip


def _page(row: Countersign, heading: str, button: str, advice: str) -> dict[str, Any]:
    return {
        "row": row, "paper": row.circulation, "matter": row.circulation.matter, "heading": heading, "button": button,
        "advice": advice, "back": page_of_paper(row.circulation_id),
    }  # fmt: skip
