"""One page for each verb on an action item: the table says which form, flow and words; the flow refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from audit.refusals import NotYours, Refusal
from pages.acts import Act, carry_out
from pages.addresses import way_back
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import acceptance_policies, flows, policies, powers
from requests.approval_states import Power
from requests.flows.item_pause import look_owed_by
from requests.forms import items as shapes
from requests.models import ActionItem
from requests.views.item import facts_of, the_item

NOT_HERE = _("You cannot do this here. Ask the coordination office if you think you should.")


def _may_reassign(item: ActionItem, user: Any) -> bool:
    """By post, or by the power to assign tasks (R050); a lead without it hears what is missing."""
    if not policies.may_reassign(item, user):
        powers.insist(item.matter, user, Power.ITEMS, otherwise=NOT_HERE)
    return True


def _owes_look(item: ActionItem, user: Any) -> bool:
    return look_owed_by(item, user) is not None


ACTS: dict[str, Act] = {
    "acknowledge": Act(
        policies.may_receive, shapes.AcknowledgeForm, flows.acknowledge,
        _("Sign for the item"), _("Sign for it"), _("Signed for."),
        _("The time has been running since it was issued."),
    ),
    "start": Act(
        policies.may_work, shapes.StartForm, flows.start,
        _("Start"), _("Start"), _("Started."), _("Write the first step; this is your first answer."),
    ),
    "report": Act(
        policies.may_work, shapes.ReportForm, flows.report,
        _("Report progress"), _("Report progress"), _("The report has been recorded."),
    ),
    "help": Act(
        policies.may_work, shapes.HelpForm, flows.report,
        _("Ask the office to coordinate"), _("Ask for coordination"), _("The coordination office has been asked."),
        _("The case officer is told at once. The date stays as it is."),
    ),
    "obstacle": Act(
        policies.may_log_obstacles, shapes.ObstacleForm, flows.record_obstacle,
        _("Report an obstacle"), _("Report an obstacle"), _("Recorded; the case officer has been told."),
        _("Told before the due date it stands as told in time. The days of waiting count for the department waited for."),
    ),
    "submit": Act(
        policies.may_work, shapes.SubmitForm, flows.submit_item,
        _("Report it done"), _("Report it done"), _("Reported done; it is being checked."),
        _("Somebody else checks it. Your time stands still meanwhile."),
    ),
    "close": Act(
        policies.may_verify, shapes.CloseForm, flows.close_item,
        _("Check and close"), pgettext_lazy("item", "Close"), _("Closed."),
        _("Close it when the result meets the standard; otherwise send it back."),
    ),
    "stage": Act(
        acceptance_policies.may_accept_stage, shapes.StageForm, flows.accept_stage,
        _("Accept a stage"), _("Write the sheet"), _("The acceptance sheet has been written; the owner has been told."),
        _("A look on the way: the work goes on and the date stays. The end is checked by itself."),
    ),
    "send_back": Act(
        policies.may_verify, shapes.SendBackForm, flows.send_back,
        _("Send it back"), pgettext_lazy("item", "Send back"), _("Sent back."),
        _("The rework is counted; the original date stays beside the new one."), danger=True,
    ),
    "extend": Act(
        policies.may_work, shapes.ExtendForm, flows.ask_extension,
        _("Ask for a later date"), _("Ask for a later date"), _("Asked; the answer comes within one working day."),
        _("Asked after the due date it stays recorded as overdue. Whether it was on time is judged by the original date."),
    ),
    "release": Act(
        policies.may_ask_release, shapes.ReleaseForm, flows.ask_release,
        _("Ask to be released"), _("Ask to be released"), _("Asked; the coordination office rules within one working day."),
        _("Once only, within one working day of the receipt. The date runs on; the office names the new owner."),
    ),
    "ask_status": Act(
        policies.may_ask_status, shapes.AcknowledgeForm, flows.ask_status,
        _("Ask how far it is"), _("Ask how far it is"), _("Asked; a report is due within one working day."),
        _("At most once in three working days. The date stays as it is."),
    ),
    "reassign": Act(
        _may_reassign, shapes.ReassignForm, flows.reassign,
        _("Reassign the item"), _("Reassign"), _("Reassigned; both have been told."),
        _("The date stays as it is."),
    ),
    "suspend": Act(
        policies.may_suspend_item, shapes.SuspendItemForm, flows.suspend_item,
        _("Suspend the item"), pgettext_lazy("item", "Suspend"), _("Suspended; everybody concerned has been told."),
        _("All its clocks stand still and nobody is reminded. The case officer looks at it again after 10 working days."),
    ),
    "stay_suspended": Act(
        _owes_look, shapes.StaySuspendedForm, flows.stay_suspended,
        _("Looked at, stays suspended"), pgettext_lazy("item", "Stays suspended"), _("The look has been recorded; it stays suspended."),
        _("The next look is due after 10 working days, at the latest on the day of the restart."),
    ),
    "resume": Act(
        policies.may_resume_item, shapes.ResumeItemForm, flows.resume_item,
        _("Resume the item"), pgettext_lazy("item", "Resume"), _("It goes on; everybody concerned has been told."),
        _("It goes on from where it stood, with as much time as was left. If it cannot go on yet, ask the head of the office to suspend it for longer."),
    ),
    "cancel": Act(
        policies.may_cancel, shapes.CancelForm, flows.cancel_item,
        _("Cancel the item"), pgettext_lazy("item", "Cancel"), _("Cancelled."),
        _("It stays in the register with its reason."), danger=True,
    ),
    "attach": Act(
        policies.may_add_evidence, shapes.AttachForm, flows.attach_evidence,
        _("Add files"), _("Add files"), _("The files have been added."),
    ),
}  # fmt: skip


def page_of(name: str) -> Callable[..., HttpResponse]:
    """The view of one verb."""
    act = ACTS[name]

    @require_http_methods(["GET", "POST"])
    @login_required
    def page(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
        found = the_item(request, pk)
        if not act.may(found, request.user):
            raise NotYours(_("You cannot do this here. Ask the coordination office if you think you should."))
        sent = request.method == "POST"
        form = act.form(request.POST if sent else None, request.FILES if sent else None, item=found)
        then = way_back(request, reverse("requests:item", args=[pk]))
        return carry_out(
            request, form, act.flow, done=act.done, then=then,
            template="requests/item_act.html", context={**facts_of(found), "act": act, "then": then}, item_id=pk,
        )  # fmt: skip

    page.__name__ = f"item_{name}"
    return page


@require_POST
@login_required
def remind(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Remind of one item; told at most once a day."""
    found = the_item(request, pk)
    try:
        flows.remind(item_ids=[found.pk], by=request.user)
    except NotYours:
        raise
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, str(_("Reminded.")))
    return redirect("requests:item", pk)


@require_http_methods(["GET", "POST"])
@login_required
def end_obstacle(request: AuthenticatedHttpRequest, pk: int, obstacle_pk: int) -> HttpResponse:
    """Say how an obstacle was overcome."""
    found = the_item(request, pk)
    row = get_object_or_404(found.obstacles.all(), pk=obstacle_pk)
    if not policies.may_log_obstacles(found, request.user):
        raise NotYours(_("You cannot do this here. Ask the coordination office if you think you should."))
    act = Act(
        policies.may_log_obstacles, shapes.EndObstacleForm, flows.end_obstacle,
        _("The obstacle is overcome"), pgettext_lazy("verb", "Overcome"), _("Recorded; nobody is waited for any more."),
        f"{row.department_name}: {row.step}",
    )  # fmt: skip
    form = shapes.EndObstacleForm(posted(request), item=found)
    return carry_out(
        request, form, act.flow, done=act.done, then=reverse("requests:item", args=[pk]),
        template="requests/item_act.html", context={**facts_of(found), "act": act}, obstacle_id=row.pk,
    )  # fmt: skip
