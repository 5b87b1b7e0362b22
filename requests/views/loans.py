"""Pages of the ledger of loans: all of them, one of them, and what each side does (R163, form F22)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.acting import today
from audit.refusals import NotYours
from audit.transitions import is_allowed
from pages.acts import carry_out
from pages.answers import answer, posted
from pages.lists import chosen, paginate
from pages.typing import AuthenticatedHttpRequest
from requests import flows, letter_rules
from requests import loan_policies as policies
from requests.forms.loans import LendForm, ProlongForm, RefuseForm, ReturnForm
from requests.loan_states import OUT, LoanState
from requests.looking import keep_look
from requests.models import Loan
from requests.views.shared import page_of_matter, the_matter
from supervision.models import Obligation

TABS: dict[str, str | Promise] = {
    "out": pgettext_lazy("loans", "Not back yet"),
    "late": pgettext_lazy("loans", "Overdue"),
    "returned": pgettext_lazy("loans", "Returned"),
    "all": pgettext_lazy("loans", "All"),
}
NOT_YOURS = gettext_lazy("Only departments that take part in the matter record what is lent.")


def _tab(tab: str) -> Q:
    return {
        "out": Q(state__in=OUT),
        "late": Q(state__in=OUT, due_on__lt=today()),
        "returned": Q(state=LoanState.RETURNED),
    }.get(tab, Q())


@require_GET
@login_required
def ledger(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Every loan that this person may see: what is still out, what is late, what is back."""
    seen = Loan.objects.visible_to(request.user)
    tab = chosen(request, "tab", TABS, "out")
    counts = seen.order_by().aggregate(**{key: Count("pk", filter=_tab(key)) for key in TABS})
    page = paginate(request, seen.filter(_tab(tab)).for_list_page())
    context = {
        "page": page, "tab": tab, "tabs": [(key, label, counts[key]) for key, label in TABS.items()],
        "today": today(),
    }  # fmt: skip
    return answer(request, "requests/loans.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_loan(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Record what one department lends another in this matter."""
    matter = the_matter(request, pk)
    departments = letter_rules.concerned_departments(matter)
    if not policies.may_record_loan(request.user, departments):
        raise NotYours(str(NOT_YOURS))
    form = LendForm(posted(request), matter=matter, user=request.user, departments=list(departments))
    return carry_out(
        request, form, flows.lend, done=_("The loan has been recorded."), then=page_of_matter(pk, "loans"),
        template="requests/loan_form.html", context={"matter": matter}, matter_id=pk,
    )  # fmt: skip


def _the_loan(request: AuthenticatedHttpRequest, pk: int) -> Loan:
    found: Loan = get_object_or_404(
        Loan.objects.visible_to(request.user)
        .for_list_page()
        .select_related("matter__keeper", "recorded_by", "reported_by", "confirmed_by"),
        pk=pk,
    )
    keep_look(request.user, found.matter, "loan")
    return found


@require_GET
@login_required
def loan(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One line of the ledger, and what this person can do with it now."""
    found, user = _the_loan(request, pk), request.user
    context = {
        "loan": found, "matter": found.matter, "today": today(),
        "duty": Obligation.objects.open().of(Loan.SUBJECT, pk).for_lists().first(),
        "may_report": is_allowed(found.report_return, user),
        "may_confirm": is_allowed(found.confirm_return, user),
        "may_prolong": found.state == LoanState.LENT and policies.may_prolong_loan(found, user),
    }  # fmt: skip
    return answer(request, "requests/loan.html", context)


def _page_of_loan(pk: int) -> str:
    return reverse("requests:loan", args=[pk])


def _with_form(
    request: AuthenticatedHttpRequest,
    pk: int,
    form: Any,
    flow: Any,
    *,
    allowed: bool,
    loan: Loan,
    **words: Any,
) -> HttpResponse:
    if not allowed:
        raise NotYours(_("The other department does this, or it has been done already."))
    context = {"loan": loan, "matter": loan.matter, "back": _page_of_loan(pk), **words}
    return carry_out(
        request, form, flow, done=words["done"], then=_page_of_loan(pk), template="requests/loan_act.html",
        context=context, loan_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def report(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The borrower reports the return."""
    found = _the_loan(request, pk)
    return _with_form(
        request, pk, ReturnForm(posted(request)), flows.report_return, loan=found,
        allowed=policies.may_report_return(found, request.user), heading=_("Report the return"),
        button=_("Report the return"), done=_("Reported. The lender confirms that it is back."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def refuse(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The lender has looked, and something is missing."""
    found = _the_loan(request, pk)
    return _with_form(
        request, pk, RefuseForm(posted(request)), flows.refuse_return, loan=found,
        allowed=policies.may_confirm_return(found, request.user), heading=_("Not taken back"),
        button=_("Do not take it back"), done=_("The borrower owes the return again."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def prolong(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The lender agrees to a later day."""
    found = _the_loan(request, pk)
    return _with_form(
        request, pk, ProlongForm(posted(request)), flows.prolong_loan, loan=found,
        allowed=policies.may_prolong_loan(found, request.user), heading=_("Agree to a later day"),
        button=_("Agree to a later day"), done=_("The later day holds now."),
    )  # fmt: skip


@require_POST
@login_required
def confirm(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The lender confirms that it is all there."""
    _the_loan(request, pk)
    flows.confirm_return(loan_id=pk, by=request.user)
    messages.success(request, _("The return has been confirmed."))
    return redirect(_page_of_loan(pk))
