"""Pages of an appeal against a decision: ask, read and rule, take it back (R060)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.refusals import NotYours
from pages.acts import carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import appeal_policies as policies
from requests import flows, panels
from requests.appeal_levels import rules_on
from requests.appeal_panel import bound_by, may_begin
from requests.change_states import UNDONE
from requests.flows.appeals import last_moment
from requests.forms.appeals import AppealForm, RuleAppealForm, WithdrawAppealForm
from requests.looking import keep_look
from requests.models import DecisionAppeal
from requests.views.shared import page_of_matter, the_matter
from supervision.models import Obligation
from supervision.states import Kind

ACT = "requests/plain_act.html"


@require_http_methods(["GET", "POST"])
@login_required
def new_appeal(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What speaks against the decision; it holds until somebody one level above has ruled."""
    matter = the_matter(request, pk)
    case = panels.load_case(matter, request.user)
    if not policies.may_appeal(matter, request.user, bound_by(case)):
        raise NotYours(
            _("The head of a department that the decision binds appeals against it, never whoever decided.")
        )
    then = page_of_matter(pk, "changes")
    if request.method == "GET" and not may_begin(case, request.user):
        messages.warning(request, _("An appeal is not possible now: see where the matter stands."))
        return redirect(then)
    mine = sorted(bound_by(case) & set(request.user.authority.headed))
    return carry_out(
        request, AppealForm(posted(request), departments=mine), flows.ask_appeal,
        done=_("Asked; somebody one level above the decision rules on it."), then=then, template="requests/appeal_form.html",
        context={"matter": matter, "back": then, "until": last_moment(matter)}, matter_id=pk,
    )  # fmt: skip


def _the_appeal(request: AuthenticatedHttpRequest, pk: int) -> DecisionAppeal:
    seen = (
        DecisionAppeal.objects.visible_to(request.user)
        .for_panel()
        .select_related("matter__filed_by", "department")
    )
    found: DecisionAppeal = get_object_or_404(seen, pk=pk)
    keep_look(request.user, found.matter, "matter")
    return found


@require_http_methods(["GET", "POST"])
@login_required
def appeal(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One appeal with its ruling; whoever stands one level above the decision rules here."""
    found = _the_appeal(request, pk)
    rules = rules_on(found, request.user)
    if request.method == "POST" and not rules:
        raise NotYours(
            _("Somebody one level above the decision rules on it: %(name)s.") % {"name": found.ruler.name}
        )
    changes = list(found.changes.order_by("pk"))
    is_open = DecisionAppeal.objects.unsettled().filter(pk=pk).exists()
    under_way = any(change.state in UNDONE for change in changes)
    duties = {duty.kind: duty for duty in Obligation.objects.of(DecisionAppeal.SUBJECT, pk).open()}
    context = {
        "matter": found.matter, "appeal": found, "changes": changes, "back": page_of_matter(found.matter_id, "changes"),
        "may_rule": rules and not found.outcome and not found.matter.is_suspended,
        "may_change": is_open and bool(found.outcome) and not under_way and policies.may_carry_out(found, request.user),
        "may_withdraw": is_open and not under_way and policies.may_withdraw_appeal(found, request.user),
        "duty": duties.get(Kind.CHANGE_APPLY if found.outcome else Kind.APPEAL_DECISION),
        "is_unnamed": Kind.NAME_READER in duties,
    }  # fmt: skip
    return carry_out(
        request, RuleAppealForm(posted(request)), flows.rule_appeal, done=_("Ruled; everybody concerned has been told."),
        then=reverse("requests:appeal", args=[pk]), template="requests/appeal.html", context=context, appeal_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The department takes its appeal back."""
    found = _the_appeal(request, pk)
    if not policies.may_withdraw_appeal(found, request.user):
        raise NotYours(_("Only the department that appealed takes the appeal back."))
    back = reverse("requests:appeal", args=[pk])
    context = {
        "matter": found.matter, "heading": _("Take the appeal back"), "button": _("Take it back"), "back": back,
        "advice": _("The decision stands then. Against this decision your department cannot appeal again."),
    }  # fmt: skip
    return carry_out(
        request, WithdrawAppealForm(posted(request)), flows.withdraw_appeal, done=_("The appeal has been taken back."),
        then=back, template=ACT, context=context, appeal_id=pk,
    )  # fmt: skip
