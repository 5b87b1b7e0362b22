"""The page of one core question: its line, what each department says of it, and what this person can do (R051, R052)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.refusals import NotYours
from pages.acts import carry_out
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, policies
from requests.circulation_states import UNDER_WAY
from requests.flows.questions import opinions_on
from requests.forms.questions import QuestionDecisionForm, QuestionOpinionForm
from requests.models import CoordinationRequest, Question
from requests.question_lines import with_lines
from requests.states import NEEDS_REASON, Outcome, Stage, Track
from requests.views.shared import the_matter

OPEN_STAGES = (Stage.PREPARATION, Stage.DECISION)


def _found(
    request: AuthenticatedHttpRequest, pk: int, question_pk: int
) -> tuple[CoordinationRequest, Question]:
    matter = the_matter(request, pk)
    row: Question = get_object_or_404(matter.questions.prefetch_related("opinions"), pk=question_pk)
    row.matter = matter
    return matter, row


def _page(pk: int, question_pk: int) -> str:
    return reverse("requests:question", args=[pk, question_pk])


@require_GET
@login_required
def question(request: AuthenticatedHttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Where it stands, who says what, which items came of it."""
    matter, row = _found(request, pk, question_pk)
    user = request.user
    items = list(matter.items.filter(question=row).select_related("department", "assignee"))
    row.is_circulating = row.circulations.filter(state__in=UNDER_WAY).exists()  # type: ignore[attr-defined]  # read by its line
    with_lines([row], items, matter.stage)
    said = opinions_on(row)
    is_open = row.outcome == Outcome.OPEN and matter.stage in OPEN_STAGES and not matter.is_suspended
    objects = any(opinion in NEEDS_REASON for _row, opinion, _why in said)
    context = {
        "matter": matter, "question": row, "said": said, "items": items,
        "may_mark": is_open and policies.is_officer(matter, user), "objects": objects,
        "may_opine": is_open and any(policies.may_opine(one, user) for one, _opinion, _why in said),
        "may_decide": is_open and matter.stage == Stage.DECISION and row.track == Track.UNDISPUTED
        and not objects and policies.may_decide_as_office(matter, user),
    }  # fmt: skip
    return answer(request, "requests/question.html", context)


@require_POST
@login_required
def mark(request: AuthenticatedHttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Which way it goes."""
    _matter, row = _found(request, pk, question_pk)
    flows.mark_question(question_id=row.pk, by=request.user, track=request.POST.get("track", ""))
    messages.success(request, _("The way of the question has been kept."))
    return redirect(_page(pk, question_pk))


@require_http_methods(["GET", "POST"])
@login_required
def opinion(request: AuthenticatedHttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """What a department says of this question alone."""
    matter, row = _found(request, pk, question_pk)
    mine = [one for one in matter.participants.all() if policies.may_opine(one, request.user)]
    if not mine:
        raise NotYours(_("Only the head or the liaison of the department gives its opinion."))
    context = {
        "matter": matter, "question": row, "heading": _("Opinion on this question"), "button": _("Give the opinion"),
        "advice": row.text, "back": _page(pk, question_pk),
    }  # fmt: skip
    form = QuestionOpinionForm(posted(request), departments=[one.department_id for one in mine])
    return carry_out(
        request, form, flows.opine_on_question, done=_("The opinion has been given."), then=_page(pk, question_pk),
        template="requests/plain_act.html", context=context, question_id=row.pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def decide(request: AuthenticatedHttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """The head of the office decides it without the meeting."""
    matter, row = _found(request, pk, question_pk)
    if not policies.may_decide_as_office(matter, request.user):
        raise NotYours(_("The head of the coordination office decides it, never on an own matter."))
    context = {
        "matter": matter, "question": row, "heading": _("Decide the question"), "button": _("Decide"),
        "advice": row.text, "back": _page(pk, question_pk),
    }  # fmt: skip
    return carry_out(
        request, QuestionDecisionForm(posted(request)), flows.decide_question,
        done=_("Decided; its action items have been issued, the other questions go on."), then=_page(pk, question_pk),
        template="requests/plain_act.html", context=context, question_id=row.pk,
    )  # fmt: skip
