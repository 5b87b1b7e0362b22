"""Pages of public notices: published, read, objected to, answered (R053)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from audit.refusals import NotYours
from pages.acts import carry_out
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, policies
from requests.forms.consult import NoticeForm, ObjectionAnswerForm, ObjectionForm
from requests.forms.letters import ReasonForm
from requests.looking import keep_look
from requests.models import NoticeObjection, PublicNotice
from requests.views.shared import page_of_matter, the_matter
from supervision.models import Obligation
from supervision.states import Kind

ACT = "requests/plain_act.html"


def _the_notice(request: AuthenticatedHttpRequest, pk: int) -> PublicNotice:
    seen = PublicNotice.objects.visible_to(request.user).for_panel()
    found: PublicNotice = get_object_or_404(seen.select_related("matter__filed_by"), pk=pk)
    keep_look(request.user, found.matter, "matter")
    return found


def _page(pk: int) -> str:
    return reverse("requests:public_notice", args=[pk])


def _mine(notice: PublicNotice, request: AuthenticatedHttpRequest) -> list[int]:
    """Departments of the notice for which this person speaks."""
    if not policies.may_write(request.user):
        return []
    return [row.pk for row in notice.departments.all() if row.pk in request.user.authority.speaks_for]


@require_http_methods(["GET", "POST"])
@login_required
def publish(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Show a draft result to departments."""
    matter = the_matter(request, pk)
    if not policies.may_prepare(matter, request.user):
        raise NotYours(_("Only the coordination office and the lead department publish a draft result."))
    context = {
        "matter": matter, "heading": _("Publish a draft result"), "button": pgettext("notice", "Publish"),
        "advice": _("Nothing is decided before the period has ended and each objection has its answer."),
    }  # fmt: skip
    return carry_out(
        request, NoticeForm(posted(request), matter=matter), flows.publish_notice, done=_("Published; the period runs."),
        then=page_of_matter(pk, "notices"), template=ACT, context=context, matter_id=pk,
    )  # fmt: skip


@require_GET
@login_required
def notice(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The draft, until when, and every objection with its answer."""
    found = _the_notice(request, pk)
    mine = _mine(found, request)
    objected = {row.department_id for row in found.objections.all()}
    prepares = policies.may_prepare(found.matter, request.user)
    windows = Obligation.objects.of(PublicNotice.SUBJECT, pk).open().filter(kind=Kind.NOTICE_WINDOW)
    context = {
        "notice": found, "matter": found.matter, "window": windows.first(),
        "may_object": found.is_running and any(one not in objected for one in mine),
        "may_answer": prepares and found.withdrawn_at is None, "may_withdraw": prepares and found.withdrawn_at is None,
    }  # fmt: skip
    return answer(request, "requests/public_notice.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def object_to(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Object, with the reason."""
    found = _the_notice(request, pk)
    mine = _mine(found, request)
    if not mine:
        raise NotYours(_("Only the departments that it is shown to object to it, by their head or liaison."))
    context = {
        "matter": found.matter, "heading": _("Object to the draft result"), "button": _("Object"), "advice": found.text,
        "back": _page(pk),
    }  # fmt: skip
    return carry_out(
        request, ObjectionForm(posted(request), departments=mine), flows.object_to_notice,
        done=_("The objection has been recorded; it is answered before the decision."), then=_page(pk), template=ACT,
        context=context, notice_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    found = _the_notice(request, pk)
    if not policies.may_prepare(found.matter, request.user):
        raise NotYours(_("Only the coordination office and the lead department publish a draft result."))
    context = {
        "matter": found.matter, "heading": _("Take the draft result back"), "button": _("Take it back"),
        "advice": _("Whoever was shown it is told the reason."), "back": _page(pk),
    }  # fmt: skip
    return carry_out(
        request, ReasonForm(posted(request)), flows.withdraw_notice, done=_("Taken back."), then=_page(pk), template=ACT,
        context=context, notice_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def answer_objection(request: AuthenticatedHttpRequest, pk: int, objection_pk: int) -> HttpResponse:
    """The answer to one objection."""
    found = _the_notice(request, pk)
    row = get_object_or_404(NoticeObjection.objects.filter(notice=found), pk=objection_pk)
    if not policies.may_prepare(found.matter, request.user):
        raise NotYours(_("Only the coordination office and the lead department answer it."))
    if request.method == "GET" and row.answered_at is not None:
        return redirect(_page(pk))
    context = {
        "matter": found.matter, "heading": _("Answer the objection"), "button": _("Answer"),
        "advice": f"{row.department_name}：{row.reason}", "back": _page(pk),
    }  # fmt: skip
    return carry_out(
        request, ObjectionAnswerForm(posted(request)), flows.answer_objection, done=_("Answered; the department is told."),
        then=_page(pk), template=ACT, context=context, objection_id=row.pk,
    )  # fmt: skip
