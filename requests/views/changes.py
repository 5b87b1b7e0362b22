"""Pages of the change requests (F13, R094, R095)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from audit.refusals import NotYours
from pages.acts import Act, carry_out
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import change_policies, change_view, flows
from requests.decision_levels import answers_now, is_frame_open
from requests.flows.changes import insist_on_asker
from requests.forms import changes as shapes
from requests.looking import keep_look
from requests.models import ChangeRequest
from requests.states import Stage
from requests.views.shared import page_of_matter, the_matter


@require_http_methods(["GET", "POST"])
@login_required
def new_change(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Ask for a change of what was decided."""
    matter = the_matter(request, pk)
    insist_on_asker(matter, request.user)
    if request.method == "GET" and matter.stage != Stage.EXECUTION and not is_frame_open(matter):
        messages.warning(request, _("A change is asked for after the decision, while it is carried out."))
        return redirect("requests:detail", pk)
    start = {name: request.GET.get(name) for name in ("appeal", "object", "value")}
    return carry_out(
        request, shapes.ChangeForm(posted(request), matter=matter, initial=start), flows.ask_change,
        done=_("Asked; the change is assessed first."), then=page_of_matter(pk, "changes"),
        template="requests/change_form.html", context={"matter": matter}, matter_id=pk,
    )  # fmt: skip


def _the_change(request: AuthenticatedHttpRequest, pk: int) -> ChangeRequest:
    rows = ChangeRequest.objects.visible_to(request.user).select_related(
        "matter__filed_by", "matter__keeper", "item", "asked_by", "approver", "assessed_by", "answered_by",
        "implemented_by", "verified_by", "ordered_by", "appeal",
    )  # fmt: skip
    found: ChangeRequest = get_object_or_404(rows, pk=pk)
    keep_look(request.user, found.matter, "change")
    return found


@require_GET
@login_required
def change(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One change: before and after, its impacts, its way, its receipts."""
    found = _the_change(request, pk)
    return answer(request, "requests/change.html", change_view.shown(found, request.user))


ACTS: dict[str, Act] = {
    "assess": Act(
        change_policies.may_assess, shapes.AssessForm, flows.assess_change,
        gettext_lazy("Assess the change"), gettext_lazy("Assess"), gettext_lazy("Assessed; the level of the decision has it."),
    ),
    "order": Act(
        change_policies.may_confirm_order, shapes.ConfirmOrderForm, flows.confirm_order,
        gettext_lazy("Confirm your oral order"), gettext_lazy("Send"), gettext_lazy("Kept; whoever asked for it has been told."),
        gettext_lazy("The change holds already. If you did not order it, what was decided holds again at once."),
        prepare=shapes.ConfirmOrderForm.prepare,
    ),
    "answer": Act(
        answers_now, shapes.AnswerChangeForm, flows.answer_change,
        gettext_lazy("Decide on the change"), gettext_lazy("Answer"), gettext_lazy("Answered; all concerned have been told."),
        gettext_lazy("Until you approve it what was decided stays in force."),
    ),
    "apply": Act(
        change_policies.may_apply_change, shapes.NoForm, flows.apply_change,
        gettext_lazy("Carry the change out"), gettext_lazy("Carry it out"), gettext_lazy("Carried out; everybody concerned signs for it."),
        gettext_lazy("The new value is written into the matter; the one before stays on record."),
    ),
    "verify": Act(
        change_policies.may_verify_change, shapes.NoForm, flows.verify_change,
        gettext_lazy("Check the change"), gettext_lazy("It holds"), gettext_lazy("Checked."),
        gettext_lazy("The new value stands there, and everybody concerned has signed for it."),
    ),
    "withdraw": Act(
        change_policies.may_withdraw_change, shapes.WithdrawChangeForm, flows.withdraw_change,
        gettext_lazy("Take the change back"), pgettext_lazy("change", "Take it back"), gettext_lazy("Taken back."), danger=True,
    ),
}  # fmt: skip


def _is_reader(found: ChangeRequest, user: Any) -> bool:
    return found.readings.filter(person=user, read_at=None).exists()


ACTS["read"] = Act(
    _is_reader, shapes.NoForm, flows.read_change,
    gettext_lazy("Sign for the change"), gettext_lazy("I have read it"), gettext_lazy("Signed for."),
)  # fmt: skip


# What the page of the change says of each verb: whether it is this person's turn now.
IS_TURN = {name: "may_confirm_order" if name == "order" else f"may_{name}" for name in ACTS}


def _refusal(name: str, found: ChangeRequest) -> str:
    if name == "answer":
        return flows.who_approves(found)
    return _("You cannot do this here. Ask the coordination office if you think you should.")


def page_of(name: str) -> Callable[..., HttpResponse]:
    """The view of one verb of the table."""
    act = ACTS[name]

    @require_http_methods(["GET", "POST"])
    @login_required
    def view(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
        found = _the_change(request, pk)
        if not act.may(found, request.user):
            raise NotYours(_refusal(name, found))
        context = {**change_view.shown(found, request.user), "act": act}
        if request.method == "GET" and not context[IS_TURN[name]]:
            messages.warning(request, _("This is not possible now: see where the change stands."))
            return redirect("requests:change", pk)
        return carry_out(
            request, act.form_for(found, posted(request)), act.flow, done=act.done, then=reverse("requests:change", args=[pk]),
            template="requests/change_act.html", context=context, change_id=pk,
        )  # fmt: skip

    view.__name__ = f"change_{name}"
    return view
