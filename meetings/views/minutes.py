"""The minutes: read and printed as they stand, drafted, confirmed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.refusals import NotYours
from meetings import document, flows, policies, reading, rules
from meetings.forms.minutes import DraftForm, ObjectionAnswerForm
from meetings.models import Confirmation, Meeting, Minutes
from meetings.next_steps import NextSteps, of_minutes
from meetings.states import ConfirmationState, MinutesState, Result
from meetings.views.live import write_item
from meetings.views.shared import agenda, note_topics, the_meeting, the_topic
from pages.acts import carry_out, hand_in
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests.states import Confidentiality


def the_minutes(request: AuthenticatedHttpRequest, pk: int) -> tuple[Meeting, Minutes]:
    """Minutes exist when the meeting is closed."""
    meeting = the_meeting(request, pk)
    minutes: Minutes | None = (
        Minutes.objects.visible_to(request.user)
        .select_related("signed_by", "published_by")
        .prefetch_related("confirmations__person")
        .filter(meeting=meeting)
        .first()
    )
    if minutes is None:
        raise Http404
    minutes.meeting = meeting
    return meeting, minutes


@require_GET
@login_required
def minutes(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What was signed, as it was signed; before that the draft. Topics above one's level show their number only."""
    meeting, paper = the_minutes(request, pk)
    text = paper.snapshot or document.of_minutes(paper)
    found = list(of_minutes(paper, request.user))
    main = next((step for step in found if step.sentence), None)
    seen = reading.sight(request.user, [meeting])
    text = reading.cut(text, seen)
    note_topics(meeting, request, seen, "minutes")
    words = [row for row in paper.confirmations.all() if not row.reads_only]
    context = {
        "meeting": meeting,
        "minutes": paper,
        **_printed(text),
        "steps": NextSteps(main, [step for step in found if step is not main]),
        "words": words,
        # Signed, they are part of the text; until then they stand beside it, where they are answered.
        "confirmations_beside": not paper.snapshot,
        "readers": [row for row in paper.confirmations.all() if row.reads_only],
        "may_answer": policies.may_take_back(paper, request.user) and paper.state == MinutesState.CONFIRMING,
        "open_objections": [
            row for row in words if row.state == ConfirmationState.OBJECTED and row.answered_at is None
        ],
        "dispute_url": _address("disputes:new"),
    }
    return answer(request, "meetings/minutes.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def draft(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The recorder's desk: topics with what is still missing, and what stands beside them. One button saves, one sends."""
    meeting, paper = the_minutes(request, pk)
    if not policies.may_edit_draft(paper, request.user):
        raise NotYours(_("Only the recorder drafts the minutes."))
    if paper.state != MinutesState.DRAFTING:
        return redirect("meetings:minutes", pk)
    form = DraftForm(posted(request), meeting=meeting)
    sends = "send" in request.POST

    def write() -> None:
        flows.write_minutes(minutes_id=paper.pk, by=request.user, **form.cleaned_data)
        if sends:
            flows.send_for_confirmation(minutes_id=paper.pk, by=request.user)

    if hand_in(form, write):
        messages.success(request, _("Sent; everybody who was there confirms.") if sends else _("Saved."))
        return redirect("meetings:minutes" if sends else "meetings:draft", pk)
    items = agenda(meeting, request)
    context = {
        "meeting": meeting, "minutes": paper, "gaps": rules.gaps_of_draft(items),
        "rows": [(item, rules.gaps_of_draft([item])) for item in items],
    }  # fmt: skip
    return answer(request, "meetings/draft.html", context, form)


@require_http_methods(["GET", "POST"])
@login_required
def revise(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Word one topic of the draft."""
    meeting, paper = the_minutes(request, pk)
    if not policies.may_edit_draft(paper, request.user):
        raise NotYours(_("Only the recorder drafts the minutes."))
    item = the_topic(meeting, request, item_pk)
    return write_item(
        request, item, item.result, flow=flows.revise_item, given={},
        done=_("Item %(order)s is saved.") % {"order": item.order}, then=reverse("meetings:draft", args=[pk]),
        template="meetings/result.html",
    )  # fmt: skip


@require_POST
@login_required
def confirm(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """It was said so."""
    _meeting, paper = the_minutes(request, pk)
    flows.confirm(minutes_id=paper.pk, by=request.user)
    messages.success(request, _("You have confirmed the minutes."))
    return redirect("meetings:minutes", pk)


@require_POST
@login_required
def read(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Whoever was away has read them."""
    _meeting, paper = the_minutes(request, pk)
    flows.confirm_reading(minutes_id=paper.pk, by=request.user)
    messages.success(request, _("You have confirmed your reading."))
    return redirect("meetings:minutes", pk)


@require_http_methods(["GET", "POST"])
@login_required
def answer_objection(request: AuthenticatedHttpRequest, pk: int, word_pk: int) -> HttpResponse:
    """What was done about an objection."""
    meeting, paper = the_minutes(request, pk)
    if not policies.may_take_back(paper, request.user):
        raise NotYours(_("Only the recorder and the chair answer an objection."))
    word = get_object_or_404(Confirmation.objects.select_related("person"), pk=word_pk, minutes=paper)
    form = ObjectionAnswerForm(posted(request), meeting=meeting)
    return carry_out(
        request, form, flows.answer_objection, confirmation_id=word.pk, done=_("The objection is answered."),
        then=reverse("meetings:minutes", args=[pk]), template="meetings/objection.html",
        context={"meeting": meeting, "minutes": paper, "word": word},
    )  # fmt: skip


def _printed(text: dict[str, Any]) -> dict[str, Any]:
    """The text with words for its codes and moments for its stamps, and the table of tasks."""
    for item in text["items"]:
        item["result_label"] = Result(item["result"]).label if item.get("result") else ""
    text["level_label"] = Confidentiality(text["level"]).label if text.get("level") else ""
    for row in text["confirmations"]:
        row["state_label"] = ConfirmationState(row["state"]).label
    return {
        "text": text,
        "begins": datetime.fromisoformat(text["meeting"]["starts_at"]),
        "ends": datetime.fromisoformat(text["meeting"]["ends_at"]),
        "tasks": [(item, action) for item in text["items"] for action in item.get("actions", [])],
    }


def _address(name: str) -> str:
    """The page of a higher app, where it exists."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
