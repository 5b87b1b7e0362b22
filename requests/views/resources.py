"""Pages of requests for resources and of their conflicts (R079, R081)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.refusals import NotYours
from organization import people
from pages.acts import carry_out
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, plan_policies
from requests import resource_policies as policies
from requests.flows.plan_shared import leads_of
from requests.forms.resources import AnswerResourceForm, WithdrawResourceForm
from requests.looking import keep_look
from requests.models import ResourceRequest
from requests.resource_conflicts import conflicts
from requests.resource_states import AskState
from requests.views.plan import the_plan
from supervision.models import Obligation


def _the_request(request: AuthenticatedHttpRequest, pk: int) -> ResourceRequest:
    found: ResourceRequest = get_object_or_404(
        ResourceRequest.objects.visible_to(request.user).for_list_page(), pk=pk
    )
    keep_look(request.user, found.matter, "plan")
    return found


@require_POST
@login_required
def ask(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Every need of a version that was not asked for yet, in one go."""
    plan = the_plan(request, pk)
    asked = flows.ask_resources(plan_id=plan.pk, by=request.user)
    told = ngettext("%(n)s resource has been asked for.", "%(n)s resources have been asked for.", len(asked))
    messages.success(request, told % {"n": len(asked)})
    return redirect(f"{reverse('requests:plan', args=[plan.matter_id])}?version={plan.version}")


@require_http_methods(["GET", "POST"])
@login_required
def one(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What is asked, who else wants it, and the answer; whoever only reads it sees how it stands."""
    asked = _the_request(request, pk)
    has_head = people.head(asked.department_id) is not None
    answers = policies.may_answer_resource(asked, request.user, has_head=has_head)
    if request.method == "POST" and not answers:
        raise NotYours(_("The head of the department that has it answers."))
    may_answer = answers and asked.state == AskState.ASKED
    writes = plan_policies.may_write_plan(asked.matter, request.user, leads_of(asked.matter))
    context = {
        "asked": asked, "matter": asked.matter, "may_answer": may_answer, "conflicts": _rivals(request, asked),
        "may_withdraw": writes and asked.state != AskState.WITHDRAWN,
        "duty": Obligation.objects.of(asked.SUBJECT, asked.pk).open().for_lists().first(),
    }  # fmt: skip
    if request.method == "GET" and not may_answer:
        return answer(request, "requests/resource_request.html", context)
    return carry_out(
        request, AnswerResourceForm(posted(request)), flows.answer_resource, done=_("The answer has gone to whoever asked."),
        then=reverse("requests:resource_request", args=[pk]), template="requests/resource_request.html", context=context,
        request_id=pk,
    )  # fmt: skip


def _rivals(request: AuthenticatedHttpRequest, asked: ResourceRequest) -> list[object]:
    """The conflicts in which this need stands."""
    found = conflicts(request.user, asked.department_id, asked.kind)
    return [clash for clash in found if any(want.answer == asked for want in clash.wants)]


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    asked = _the_request(request, pk)
    if not plan_policies.may_write_plan(asked.matter, request.user, leads_of(asked.matter)):
        raise NotYours(_("The lead department, the project lead and the coordination office write the plan."))
    back = reverse("requests:resource_request", args=[pk])
    context = {
        "matter": asked.matter, "heading": _("Withdraw the request"), "button": _("Withdraw"), "advice": asked.text, "back": back,
    }  # fmt: skip
    return carry_out(
        request, WithdrawResourceForm(posted(request)), flows.withdraw_resource, done=_("The request has been withdrawn."),
        then=back, template="requests/plain_act.html", context=context, request_id=pk,
    )  # fmt: skip


@require_GET
@login_required
def clashes(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What several plans want of one department at the same time."""
    if not policies.may_read_conflicts(request.user):
        raise NotYours(
            _("The list is for the office, the leaders, the auditor and whoever speaks for a department.")
        )
    return answer(request, "requests/resource_conflicts.html", {"conflicts": conflicts(request.user)})
