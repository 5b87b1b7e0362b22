"""A page for each verb: the form, its flow, the word of the button. The flow does the refusing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from audit.refusals import NotYours
from disputes import flows, forms, policies
from disputes.models import Dispute, DisputePoint
from disputes.recusal import why_not_ruler
from pages.acts import Words, hand_in
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests.looking import keep_look
from requests.models import CoordinationRequest, Question


@require_http_methods(["GET", "POST"])
@login_required
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Form F16, from a question that was not agreed; its points of difference come with it."""
    matter, question = _about(request)
    keep_look(request.user, matter, "dispute")
    start = (
        {"parties": list(question.differences.values_list("department_id", flat=True))} if question else {}
    )
    form = forms.RegisterForm(posted(request), matter=matter, initial=start)
    about: dict[str, Any] = {"matter_id": matter.pk, "question_id": question.pk if question else None}
    if taken := hand_in(form, lambda: flows.register(by=request.user, **about, **form.given())):
        messages.success(request, _("The dispute has been registered."))
        return redirect("disputes:detail", pk=taken.result.pk)
    differences = list(question.differences.select_related("department")) if question else []
    context = {"matter": matter, "question": question, "differences": differences}
    return answer(request, "disputes/new.html", context, form)


def _about(request: AuthenticatedHttpRequest) -> tuple[CoordinationRequest, Question | None]:
    number = request.GET.get("question") or ""
    matters = CoordinationRequest.objects.inside(request.user)
    if number.isdecimal():
        question = get_object_or_404(Question.objects.select_related("matter"), pk=number, matter__in=matters)
        return question.matter, question
    matter_number = request.GET.get("matter") or ""
    if not matter_number.isdecimal():
        raise Http404
    return get_object_or_404(matters, pk=matter_number), None


def _the(request: AuthenticatedHttpRequest, pk: int) -> Dispute:
    found: Dispute = get_object_or_404(Dispute.objects.visible_to(request.user).for_detail_page(), pk=pk)
    keep_look(request.user, found.matter, "dispute", found.number)
    return found


def _only(*, allowed: bool, otherwise: Words) -> None:
    """Do not even show the form to somebody whom the flow would refuse."""
    if not allowed:
        raise NotYours(str(otherwise))


def _only_sides(request: AuthenticatedHttpRequest, dispute: Dispute, otherwise: Words) -> None:
    sides = [party.department_id for party in dispute.parties.all()]
    _only(allowed=policies.may_record(dispute, request.user, sides), otherwise=otherwise)


def _only_heads(request: AuthenticatedHttpRequest, dispute: Dispute) -> None:
    _only(
        allowed=any(policies.may_sign(party, request.user) for party in dispute.parties.all()),
        otherwise=_("An agreement is signed by the heads of the departments in the dispute."),
    )


def _try(
    request: AuthenticatedHttpRequest, dispute: Dispute, form: BaseForm, flow: Callable[[], Any], *,
    heading: Words, button: Words, done: Words, advice: Words = "", danger: bool = False, more: Any = None,
    template: str = "disputes/act.html",
) -> HttpResponse:  # fmt: skip
    """Show the form, or do it and go back to the dispute."""
    others = [] if more is None else [more]
    if hand_in(form, flow, *others):
        messages.success(request, str(done))
        return redirect("disputes:detail", pk=dispute.pk)
    context = {
        "dispute": dispute, "form": form, "items": more, "heading": heading, "button": button, "advice": advice,
        "danger": danger,
    }  # fmt: skip
    return answer(request, template, context, [form, *others])


@require_http_methods(["GET", "POST"])
@login_required
def talk(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    dispute = _the(request, pk)
    _only_sides(request, dispute, _("Only the sides and the coordination office record a negotiation."))
    form = forms.TalkForm(posted(request), dispute=dispute)
    return _try(
        request, dispute, form, lambda: flows.record_negotiation(dispute_id=pk, by=request.user, **form.cleaned_data),
        heading=_("Record a negotiation"), button=_("Record"), done=_("The negotiation has been recorded."),
        advice=_("After a recorded talk either side may ask for a ruling."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def position(request: AuthenticatedHttpRequest, pk: int, point: int, department: int) -> HttpResponse:
    dispute = _the(request, pk)
    of = get_object_or_404(DisputePoint, pk=point, dispute=dispute)
    party = get_object_or_404(dispute.parties, department_id=department)
    _only(
        allowed=policies.may_state_position(party, request.user),
        otherwise=_("Each department writes its own position only."),
    )
    held = of.positions.filter(party=party).first()
    start = {"position": held.position, "basis": held.basis} if held else None
    form = forms.PositionForm(posted(request), initial=start)
    return _try(
        request, dispute, form,
        lambda: flows.state_position(point_id=point, by=request.user, department_id=department, **form.cleaned_data),
        heading=_("Write our position"), button=_("Save"), done=_("The position has been saved."), advice=of.text,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def settle(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    dispute = _the(request, pk)
    _only_heads(request, dispute)
    form = forms.AgreementForm(posted(request), initial={"agreement": dispute.agreement})
    items = forms.ItemFormSet(posted(request), prefix="items")
    return _try(
        request, dispute, form,
        lambda: flows.propose_settlement(dispute_id=pk, by=request.user, items=_rows(items), **form.cleaned_data),
        heading=_("Write down an agreement"), button=_("Sign and send"), more=items,
        done=_("Signed; the other side's head has been asked."),
        advice=_("You sign with this. The dispute is settled when every head has signed."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def sign(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    dispute = _the(request, pk)
    _only_heads(request, dispute)
    return _try(
        request, dispute, forms.NothingForm(posted(request)),
        lambda: flows.sign_settlement(dispute_id=pk, by=request.user),
        heading=_("Sign the agreement"), button=_("Sign"), done=_("Signed."), advice=dispute.agreement,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def to_ruling(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    dispute = _the(request, pk)
    _only_sides(request, dispute, _("Only the sides and the coordination office ask for a ruling."))
    form = forms.ReasonForm(posted(request))
    return _try(
        request, dispute, form, lambda: flows.to_ruling(dispute_id=pk, by=request.user, **form.cleaned_data),
        heading=_("Ask for a ruling"), button=_("Ask"), done=_("The ruling has been asked for."),
        advice=_("The head of the office rules; the top leader where the head is recused."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def rule(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Form F17."""
    dispute = _the(request, pk)
    _only(
        allowed=policies.may_rule(request.user),
        otherwise=_("The head of the office rules; the top leader where the head is recused."),
    )
    barred = why_not_ruler(dispute, request.user)
    _only(allowed=not barred, otherwise=barred)
    form = forms.RuleForm(posted(request), dispute=dispute)
    items = forms.ItemFormSet(posted(request), prefix="items")
    return _try(
        request, dispute, form, lambda: flows.rule(dispute_id=pk, by=request.user, items=_rows(items), **form.given()),
        heading=_("Rule on the dispute"), button=_("Rule"), done=_("Ruled; the ruling has been served."), more=items,
        advice=_("Answer every point on a basis, and say who does what by when."), template="disputes/rule.html",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    dispute = _the(request, pk)
    _only(
        allowed=policies.may_withdraw(dispute, request.user),
        otherwise=_("Only the person who registered the dispute withdraws it."),
    )
    form = forms.WithdrawForm(posted(request))
    return _try(
        request, dispute, form, lambda: flows.withdraw(dispute_id=pk, by=request.user, **form.cleaned_data),
        heading=_("Withdraw the dispute"), button=_("Withdraw"), done=_("Withdrawn."), danger=True,
        advice=_("The question is again not agreed, and the matter goes on."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def end_stay(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    dispute = _the(request, pk)
    _only(
        allowed=dispute.is_stayed and dispute.ruling.ruled_by_id == request.user.pk,
        otherwise=_("Only the person who ruled ends the stay before its day."),
    )
    return _try(
        request, dispute, forms.NothingForm(posted(request)),
        lambda: flows.end_stay(dispute_id=pk, by=request.user),
        heading=_("End the stay"), button=_("Carry out"), done=_("The ruling is carried out."),
        advice=_("The matter goes on and its items are issued."),
    )  # fmt: skip


def _rows(items: Any) -> list[dict[str, Any]]:
    """The item rows that were filled in."""
    return [dict(row.cleaned_data) for row in items if row.has_changed()]
