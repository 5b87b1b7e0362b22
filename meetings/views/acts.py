"""One page for each verb on a meeting and its minutes: which form, which flow, which words; the flow refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from audit.refusals import NotYours
from meetings import clashes, flows, policies, quorum
from meetings.forms import minutes as minutes_forms
from meetings.forms import plan as shapes
from meetings.models import Meeting
from meetings.views.shared import agenda, the_meeting
from pages.acts import Act, carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest


@dataclass(frozen=True)
class MeetingAct(Act):
    """A verb on a meeting or on its minutes, and the page that follows."""

    then: str = "detail"
    on_minutes: bool = False


def _is_invited(meeting: Meeting, user: Any) -> bool:
    return any(row.person_id == user.pk for row in meeting.invitations.all())


def _on_minutes(policy: Callable[[Any, Any], bool]) -> Callable[[Meeting, Any], bool]:
    return lambda meeting, user: hasattr(meeting, "minutes") and policy(meeting.minutes, user)


def _may_speak(meeting: Meeting, user: Any) -> bool:
    return hasattr(meeting, "minutes") and meeting.minutes.confirmations.filter(person=user).exists()


ACTS: dict[str, MeetingAct] = {
    "edit": MeetingAct(
        policies.may_arrange, shapes.PlanForm, flows.change_plan,
        _("Change the plan"), _("Save the plan"), _("The plan has been changed."),
        _("Until the notice goes out everything can be changed."),
    ),
    "officers": MeetingAct(
        policies.may_call, shapes.OfficersForm, flows.name_officers,
        _("Name another chair or recorder"), _("Name them"), _("Named; everybody invited has been told."),
        _("When one of the two has left or cannot come. The meeting stays where it is."),
    ),
    "invite": MeetingAct(
        policies.may_arrange, shapes.InviteForm, flows.invite,
        _("Invite somebody"), _("Invite"), _("Invited."),
        _("After the notice has gone out, the person is told at once. Guests from outside sit in."),
    ),
    "call": MeetingAct(
        policies.may_call, shapes.CallForm, flows.call,
        _("Send the notice"), _("Send the notice to all"), _("The notice has gone out."),
        _("The meeting takes its number; everybody invited is told and answers."),
    ),
    "answer": MeetingAct(
        _is_invited, shapes.AnswerForm, flows.answer,
        _("Answer the notice"), _("Send the answer"), _("Your answer has been sent."),
        _("Whoever cannot come sends somebody with power to decide, or asks for leave with the reason."),
    ),
    "open": MeetingAct(
        policies.is_chair, shapes.OpenForm, flows.open_session,
        _("Open the meeting"), _("Open the meeting"), _("The meeting is open."), then="live",
        advice=_("Half of the members and every department concerned have to be there."),
    ),
    "close": MeetingAct(
        policies.is_chair, shapes.NothingForm, flows.close,
        _("Close the meeting"), _("Close the meeting"), _("The meeting is closed; the recorder drafts the minutes."),
        _("Read out what was settled and who does what by when. Afterwards no result changes."),
    ),
    "postpone": MeetingAct(
        policies.may_drop, shapes.PostponeForm, flows.postpone,
        _("Postpone the meeting"), _("Postpone"), _("Postponed; the notice goes out anew."),
        _("Everybody who was told is told again. Answers begin anew."), danger=True,
    ),
    "cancel": MeetingAct(
        policies.may_drop, shapes.ReasonForm, flows.cancel,
        _("Cancel the meeting"), _("Cancel the meeting"), _("Cancelled; everybody has been told."),
        _("The room is free; the matters stay where they are."), danger=True,
    ),
    "object": MeetingAct(
        _may_speak, minutes_forms.ObjectionForm, flows.object_to_minutes,
        _("Object to the minutes"), _("Object"), _("Your objection has been sent."), then="minutes",
        advice=_("The recorder answers before the chair signs."), on_minutes=True,
    ),
    "take_back": MeetingAct(
        _on_minutes(policies.may_take_back), shapes.ReasonForm, flows.take_back,
        _("Back to the draft"), _("Take back"), _("The minutes are a draft again."), then="draft",
        advice=_("The text changes, so everybody confirms anew."), danger=True, on_minutes=True,
    ),
    "sign": MeetingAct(
        _on_minutes(policies.may_sign), shapes.NothingForm, flows.sign,
        _("Sign the minutes"), _("Sign the minutes"), _("The minutes are signed."), then="minutes",
        advice=_("The text below is kept as it stands, with its hash. It can then be published."), on_minutes=True,
    ),
    "publish": MeetingAct(
        _on_minutes(policies.may_publish), shapes.NothingForm, flows.publish,
        _("Publish the minutes"), _("Publish"), _("Published; the action items have been issued."), then="minutes",
        advice=_("What was agreed reaches the matters and the action items go out. Later only an addendum helps."),
        on_minutes=True,
    ),
}  # fmt: skip


def page_of(name: str) -> Callable[..., HttpResponse]:
    """The view of one verb of the table."""
    act = ACTS[name]

    @require_http_methods(["GET", "POST"])
    @login_required
    def view(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
        meeting = the_meeting(request, pk)
        if not act.may(meeting, request.user):
            raise NotYours(_("You cannot do this here. Ask the coordination office if you think you should."))
        form = act.form(posted(request), request.FILES or None, meeting=meeting, reader=request.user)
        ids = {"minutes_id": meeting.minutes.pk} if act.on_minutes else {"meeting_id": pk}
        return carry_out(
            request, form, act.flow, done=act.done, then=reverse(f"meetings:{act.then}", args=[pk]),
            template="meetings/act.html", context=_context(request, meeting, name, act), **ids,
        )  # fmt: skip

    view.__name__ = name
    view.__doc__ = act.flow.__doc__
    return view


def _context(
    request: AuthenticatedHttpRequest, meeting: Meeting, name: str, act: MeetingAct
) -> dict[str, Any]:
    context: dict[str, Any] = {"meeting": meeting, "act": act, "name": name}
    if name in ("call", "close", "sign", "publish"):
        context["items"] = agenda(meeting, request)
    if name in ("call", "edit"):
        context["clashes"] = clashes.of_meeting(meeting)
    if name == "open":
        context["quorum"] = quorum.of_meeting(meeting)
    return context
