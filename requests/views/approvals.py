"""Pages of the approvals (R035–R038): the project application, the answer of one level, the office's rule."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from audit.refusals import NotYours
from documents.serving import hand_out
from pages.acts import carry_out, hand_in
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import application_print, approval_policies, approval_view, flows, panels, policies
from requests.approval_states import StepOutcome
from requests.case import Case
from requests.flows.approval_shared import standing_approvals
from requests.forms.approvals import ApplicationForm, ApproveForm, Rows, RuleForm, rule_start
from requests.looking import keep_look
from requests.models import ApprovalRule, ApprovalStep, CoordinationRequest, ProjectApplication
from requests.states import Stage
from requests.views import watermark
from requests.views.shared import page_of_matter, the_matter
from supervision.policies import may_read_arrangements

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DONE = {
    StepOutcome.APPROVED: gettext_lazy("Approved."),
    StepOutcome.RETURNED: gettext_lazy("Returned one level, with your reason."),
    StepOutcome.REJECTED: gettext_lazy("Not approved; the applicant has been told."),
}


@require_http_methods(["GET", "POST"])
@login_required
def application(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The paper of a matter: its form while it is written, then as it was handed in."""
    matter = the_matter(request, pk)
    case = panels.load_case(matter, request.user)
    paper = case.approvals.application
    is_open = matter.stage in (Stage.PROPOSAL, Stage.PREPARATION)
    is_written = is_open and case.approvals.waiting is None
    may_write = approval_policies.may_write_application(matter, paper, request.user)
    if request.method == "POST" and not may_write:
        raise NotYours(_("The coordination office and the proposed lead write the project application."))
    anew = paper is None or paper.is_drafted or "anew" in request.GET
    # What was typed meanwhile stays on the page, whatever has become of the paper.
    if request.method == "POST" or (is_written and may_write and anew):
        return _written(request, matter, paper)
    if paper is None:
        raise Http404
    context = _paper(case, paper) | {"may_write_anew": is_written and may_write}
    return answer(request, "requests/application.html", context)


def _written(
    request: AuthenticatedHttpRequest, matter: CoordinationRequest, paper: ProjectApplication | None
) -> HttpResponse:
    form = ApplicationForm(posted(request), matter=matter, application=paper)
    rows = Rows(matter, paper, posted(request))
    is_handed_in = "submit" in request.POST

    def keep() -> ProjectApplication:
        given = {**form.cleaned_data, "fields": {**form.cleaned_data["fields"], **rows.complete}}
        verb = flows.hand_in_application if is_handed_in else flows.write_application
        return verb(matter_id=matter.pk, by=request.user, **given)

    if hand_in(form, keep, *rows):
        messages.success(request, _done(matter, is_handed_in=is_handed_in))
        return redirect(
            page_of_matter(matter.pk) if is_handed_in else reverse("requests:application", args=[matter.pk])
        )
    context = {
        "matter": matter,
        "application": paper,
        "rows": rows.by_name,
        "form": form,
        "parts": [form, *rows],
        "returned": _returned(paper),
        "approvals_taken_back": "、".join(_approvers(paper)),
        "facts": application_print.facts_of(paper) if paper is not None and _collided(form) else None,
    }
    return answer(request, "requests/application_form.html", context, [form, *rows])


def _done(matter: CoordinationRequest, *, is_handed_in: bool) -> str:
    if not is_handed_in:
        return _("The draft has been saved.")
    if ProjectApplication.objects.filter(matter=matter, state="drafted").exists():
        return _("Saved; as it stands now it needs no approval, so the decision does not wait for it.")
    return _("Handed in; the first level has been asked.")


def _approvers(paper: ProjectApplication | None) -> list[str]:
    """Whose approvals writing it anew takes back: it is said before."""
    steps = standing_approvals(paper) if paper is not None and paper.is_approved else []
    return [step.answered_by.name for step in steps if step.answered_by is not None]


def _collided(form: ApplicationForm) -> bool:
    return getattr(form.refusal, "code", "") == "conflict"


def _returned(paper: ProjectApplication | None) -> ApprovalStep | None:
    """Why it is being written again: the answer of the level that gave it back."""
    last: ApprovalStep | None = (
        paper.steps.with_people().last() if paper is not None and paper.is_drafted else None
    )
    return last if last is not None and last.outcome == StepOutcome.RETURNED else None


def _paper(case: Case, paper: ProjectApplication) -> dict[str, Any]:
    matter = case.matter
    shown = approval_view.shown(case, panels.open_duties(matter))
    return {"matter": matter, "facts": application_print.facts_of(paper), **shown}


@require_http_methods(["GET", "POST"])
@login_required
def approve(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The answer of the level that the paper waits for; the paper stands beside it."""
    matter = the_matter(request, pk)
    case = panels.load_case(matter, request.user)
    state, paper = case.approvals, case.approvals.application
    step = state.waiting
    if not policies.may_write(request.user):
        raise NotYours(_("Three persons approve, each with the post of the level."))
    if paper is None or step is None:
        if request.method == "GET":
            messages.warning(request, _("Nothing waits for an approval here: see where the matter stands."))
            return redirect("requests:detail", pk)
    elif not approval_policies.may_approve(
        step, paper, request.user, state.on_other_levels(step), state.asked
    ):
        raise NotYours(flows.who_answers(step, state.asked or step.asked))
    money = paper is not None and bool(paper.budget or matter.amount)
    form = ApproveForm(posted(request), step=step, needs_money=money)
    if hand_in(form, lambda: flows.answer_approval(matter_id=pk, by=request.user, **form.cleaned_data)):
        messages.success(request, str(DONE[StepOutcome(form.cleaned_data["outcome"])]))
        return redirect("requests:detail", pk)
    context = {"form": form, "step": step, "matter": matter} | (_paper(case, paper) if paper else {})
    return answer(request, "requests/approve.html", context, form)


@require_GET
@login_required
def as_pdf(request: AuthenticatedHttpRequest, pk: int) -> FileResponse:
    paper, mark = _handed_in(request, pk)
    return _out(paper, application_print.as_pdf(paper, mark=mark), "pdf", "application/pdf")


@require_GET
@login_required
def as_word(request: AuthenticatedHttpRequest, pk: int) -> FileResponse:
    paper, mark = _handed_in(request, pk)
    return _out(paper, application_print.as_word(paper, mark=mark), "docx", WORD)


def _handed_in(request: AuthenticatedHttpRequest, pk: int) -> tuple[ProjectApplication, str]:
    """A paper without a number is a draft and is not printed; who took one is kept."""
    matter = the_matter(request, pk)
    papers = ProjectApplication.objects.exclude(number=None).select_related("lead_person", "lead_department")
    paper: ProjectApplication = get_object_or_404(papers, matter=matter)
    paper.matter = matter
    keep_look(request.user, matter, "paper", paper.number or "")
    return paper, watermark.words(request.user) if matter.is_closed else ""


def _out(paper: ProjectApplication, data: bytes, extension: str, kind: str) -> FileResponse:
    return hand_out(data, f"{paper.number} {paper.title}.{extension}", kind)


@require_GET
@login_required
def approval_rules(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Which matters need which approvals: everybody of the house may know."""
    if not may_read_arrangements(request.user):
        raise PermissionDenied
    may_arrange = approval_policies.may_write_rules(request.user)
    context = {"rows": ApprovalRule.objects.all(), "may_arrange": may_arrange}
    return render(request, "requests/approval_rules.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def approval_rule(request: AuthenticatedHttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a row of the rule, or change one."""
    if not approval_policies.may_write_rules(request.user):
        raise PermissionDenied
    rule = get_object_or_404(ApprovalRule, pk=pk) if pk else None
    return carry_out(
        request,
        RuleForm(posted(request), initial=rule_start(rule)),
        flows.write_approval_rule,
        done=_("The rule has been changed. It holds for what is handed in from now on."),
        then=reverse("requests:approval_rules"),
        template="requests/approval_rule.html",
        context={"rule": rule},
        rule_id=pk,
    )
