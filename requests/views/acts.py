"""One page for each verb of the office: the table says which form, which flow and which words; the flow refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from audit.refusals import NotYours
from pages.acts import Act, carry_out
from pages.answers import posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, panels, policies, powers
from requests.approval_states import Power
from requests.flows.meeting_wishes import WHO_WISHES
from requests.forms import acts as shapes
from requests.forms import level as levels
from requests.forms import oral, simple
from requests.forms.conditions import AcceptWithConditionsForm, RejectForm
from requests.models import CoordinationRequest, OralOrder, RefusalReview
from requests.next_steps import next_steps
from requests.oral_policies import may_answer_order, may_hand_in_papers
from requests.recurring import earlier_ones
from requests.similar import similar_matters
from requests.views.shared import may_reject_now, page_of_matter, the_matter


def _may_resume(matter: CoordinationRequest, user: Any) -> bool:
    return policies.may_suspend(matter, user) or matter.keeper_id == user.pk


def _may_review(matter: CoordinationRequest, user: Any) -> bool:
    review = RefusalReview.objects.filter(matter=matter).first()
    return review is not None and policies.may_answer_review(review, user)


def _may_survey(matter: CoordinationRequest, user: Any) -> bool:
    departments = matter.participants.values_list("department_id", flat=True)
    return policies.may_survey(matter, user, set(departments))


def _may_answer_lowering(matter: CoordinationRequest, user: Any) -> bool:
    change = matter.level_changes.open().first()
    return change is not None and policies.may_answer_lowering(change, user)


def _may_withdraw_lowering(matter: CoordinationRequest, user: Any) -> bool:
    return matter.level_changes.open().filter(proposed_by=user).exists()


def _may_answer_order(matter: CoordinationRequest, user: Any) -> bool:
    order = OralOrder.objects.filter(matter=matter).select_related("ordered_by").first()
    return order is not None and may_answer_order(order, user)


def _may_wish_meeting(matter: CoordinationRequest, user: Any) -> bool:
    powers.insist(matter, user, Power.MEETINGS, otherwise=WHO_WISHES)
    return True


def _may_issue(matter: CoordinationRequest, user: Any) -> bool:
    return policies.may_draft_items(matter, user) or powers.has(matter, user, Power.ITEMS)


ACTS: dict[str, Act] = {
    "accept": Act(
        policies.may_accept, AcceptWithConditionsForm, flows.accept,
        _("Accept the matter"), _("Accept"), _("Accepted."),
        _("Whoever accepts keeps the case. The departments named here are told at once."),
    ),
    "reject": Act(
        policies.may_reject, RejectForm, flows.reject,
        _("Refuse the matter"), _("Refuse"), _("Refused; the applicant has been told."),
        _("The applicant reads the ground, the reason and where to go instead."), danger=True,
    ),
    "urgency": Act(
        policies.may_confirm_urgency, shapes.UrgencyForm, flows.confirm_urgency,
        _("Confirm extra urgency"), _("Answer"), _("Answered; applicant and office have been told."),
        _("Confirmed, every limit on the matter becomes that of the extra urgent, from now on."),
    ),
    "ask_review": Act(
        policies.is_applicant, shapes.AskReviewForm, flows.ask_review,
        _("Ask for a review of the refusal"), _("Ask for a review"), _("Asked; somebody who did not refuse it reviews it."),
        _("Once only. The answer comes within 3 working days, from somebody who did not refuse it."),
    ),
    "review": Act(
        _may_review, shapes.ReviewForm, flows.answer_review,
        _("Review the refusal"), _("Answer"), _("The review has been answered."),
        _("Overturned, the matter goes back to the office to be accepted; the refusal stays in the history."),
    ),
    "withdraw": Act(
        policies.may_withdraw, shapes.WithdrawForm, flows.withdraw,
        _("Withdraw the matter"), _("Withdraw"), _("Withdrawn."),
        _("All clocks end. The matter can still be read, but not taken up again."), danger=True,
    ),
    "keeper": Act(
        policies.may_name_keeper, shapes.KeeperForm, flows.change_keeper,
        _("Name another case officer"), _("Hand over"), _("Handed over; both have been told."),
        _("What the case officer still owes on it goes along, by the same dates."),
    ),
    "suspend": Act(
        policies.may_suspend, shapes.SuspendForm, flows.suspend,
        _("Suspend the matter"), _("Suspend"), _("Suspended; all clocks stand still."),
        _("All clocks stand still until it is resumed. Everybody who takes part is told."),
    ),
    "resume": Act(
        _may_resume, shapes.ResumeForm, flows.resume,
        _("Resume the matter"), _("Resume"), _("Resumed; the clocks go on with what was left."),
        _("Every clock goes on with what was left of it."),
    ),
    "prepare": Act(
        policies.may_prepare, shapes.PrepareForm, flows.write_preparation,
        _("Write the preparation"), _("Save"), _("The preparation has been saved."),
        _("These four have to stand before the departments are asked and a decision can begin."),
    ),
    "participants": Act(
        policies.is_officer, shapes.DepartmentsForm, flows.change_participants,
        _("Change the departments"), _("Save"), _("The departments have been changed."),
        _("Who took part already keeps what it has said. A department that is taken out loses its opinion."),
    ),
    "deliver": Act(
        policies.may_prepare, shapes.NothingForm, flows.deliver_material,
        _("Send the material"), _("Send"), _("Sent; the departments have been asked for their opinions."),
        _("Every department below gets the preparation and the files, a receipt to sign and a limit for its opinion."),
    ),
    "start_decision": Act(
        policies.may_prepare, shapes.StartDecisionForm, flows.start_decision,
        _("Go to the decision"), _("Go to the decision"), _("The preparation is closed; the decision begins."),
        _("The material has to be with the departments 2 working days before; urgent matters 1."),
    ),
    "decide": Act(
        policies.may_decide_as_office, shapes.DecideForm, flows.decide_as_office,
        _("Decide without a meeting"), _("Decide"), _("Decided; the action items have been issued."),
        _("All departments agree. With the decision the drafted action items below are issued."),
    ),
    "send_back": Act(
        policies.may_decide_as_office, shapes.SendBackForm, flows.send_back_to_preparation,
        _("Send back to preparation"), _("Send back"), _("Sent back to preparation."),
        _("Once only: the next time it has to be decided."), danger=True,
    ),
    "full_track": Act(
        policies.is_officer, simple.FullTrackForm, flows.leave_simple_track,
        _("Take the full track"), _("Take the full track"), _("It moves to the full track; everybody concerned has been told."),
        _("What the departments have answered so far stays. From here on it goes through preparation and decision."), danger=True,
    ),
    "settle": Act(
        policies.may_decide_as_office, simple.SettleForm, flows.settle_by_letters,
        _("Decide on the answers"), _("Decide"), _("Decided; the action item has been issued."),
        _("All departments agree in their answers. With the decision you hand out who does what by when."),
    ),
    "complete": Act(
        policies.may_complete, shapes.CompleteForm, flows.complete_execution,
        _("Report the matter carried out"), _("Report"), _("Reported; the applicant is asked to confirm."),
        _("The applicant reads this and has 5 working days to confirm or object."),
    ),
    "confirm": Act(
        policies.may_confirm, shapes.ConfirmForm, flows.confirm,
        _("Confirm the result"), _("Confirm"), _("Confirmed; the matter goes to the archive."),
        _("Compare the result with the goal. If something is missing, object instead."),
    ),
    "object": Act(
        policies.may_reopen, shapes.ObjectForm, flows.object_to_result,
        _("Object to the result"), _("Object"), _("Objected; the matter goes back to execution."),
        _("The matter goes back to execution. The applicant can do so once, later only the head of the office."), danger=True,
    ),
    "survey": Act(
        _may_survey, shapes.SurveyForm, flows.answer_survey,
        _("Satisfaction survey"), _("Hand in"), _("Thank you. The survey has been handed in."),
        _("Six marks, a minute. The office reads it to do better."),
    ),
    "oral_answer": Act(
        _may_answer_order, oral.AnswerOrderForm, flows.answer_order,
        _("Answer the oral order"), _("Answer"), _("Answered; everybody concerned has been told."),
        _("Read what was taken down as your order. If you gave none, all that runs on it ends."),
    ),
    "oral_papers": Act(
        may_hand_in_papers, oral.PapersForm, flows.hand_in_papers,
        _("Hand in the papers"), _("Hand in"), _("The papers have been handed in."),
        _("The rest of the form. It was started on an oral order; it is archived only with its papers."),
    ),
    "wish_meeting": Act(
        _may_wish_meeting, shapes.WishMeetingForm, flows.wish_meeting,
        _("Ask for a project meeting"), _("Ask for the meeting"), _("Asked; the draft of the meeting is made within a minute."),
        _("By the power to call meetings. The departments of the project are invited; the office looks at time and place."),
    ),
    "rework": Act(
        _may_issue, shapes.NothingForm, flows.issue_rework,
        _("Issue the drafted items"), _("Issue"), _("Issued."),
        _("The clocks of these items start now."),
    ),
    "raise_level": Act(
        policies.may_raise_level, levels.RaiseLevelForm, flows.raise_level,
        _("Raise the level"), _("Raise"), _("The level has been raised."),
        _("At once. On the highest level departments read it no longer: name the persons afterwards."),
    ),
    "lower_level": Act(
        policies.may_propose_lowering, levels.LowerLevelForm, flows.lower_level,
        _("Lower the level"), _("Propose"), _("Proposed; the second person has been asked."),
        _("Two persons lower a level: the applicant and the head of the office. The other one is asked."),
    ),
    "answer_lowering": Act(
        _may_answer_lowering, levels.AnswerLoweringForm, flows.answer_lowering,
        _("Answer the proposal to lower the level"), _("Answer"), _("Answered; whoever proposed it has been told."),
        _("If you agree the level is lowered at once. The level before stays in the history."),
    ),
    "withdraw_lowering": Act(
        _may_withdraw_lowering, shapes.NothingForm, flows.withdraw_lowering,
        _("Take the proposal back"), _("Take it back"), _("Taken back; the level stays."),
        _("The level stays as it is."),
    ),
    "name_reader": Act(
        policies.may_name_readers, levels.NameReaderForm, flows.name_reader,
        _("Name a reader"), pgettext_lazy("reader", "Name"), _("Named; the person has been told."),
        _("The person reads the whole matter, with files, papers and history. Every look is kept."),
    ),
    "end_reading": Act(
        policies.may_name_readers, levels.EndReadingForm, flows.end_reading,
        _("End a reading"), _("End"), _("Ended; the person has been told."),
        _("From now on the matter does not exist for this person. That it was read stays written."), danger=True,
    ),
}  # fmt: skip


# The verbs whose page is more than its fields one below the other.
TEMPLATES = {"accept": "requests/accept.html"}


def page_of(name: str) -> Callable[..., HttpResponse]:
    """The view of one verb of the table."""
    act = ACTS[name]

    @require_http_methods(["GET", "POST"])
    @login_required
    def view(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
        matter = the_matter(request, pk)
        if not act.may(matter, request.user):
            raise NotYours(
                gettext("You cannot do this here. Ask the coordination office if you think you should.")
            )
        case = panels.load_case(matter, request.user)
        if name == "accept" and case.approvals.is_to_be_written:
            return redirect("requests:application", pk)
        if request.method == "GET" and (away := turn_away(request, case, name)):
            return away
        form = act.form(posted(request), matter=matter)
        context = {
            "matter": matter,
            "act": act,
            "name": name,
            "case": case,
            "may_reject": may_reject_now(matter, request.user),
        }
        if name == "accept":  # R042: what is filed twice is merged, not accepted twice
            context |= {"similar": similar_matters(request.user, matter.title, matter.pk), "may_merge": True}
            context["earlier"] = earlier_ones(request.user, matter)
        if name in ("confirm", "object"):
            context["report"] = panels.report_of(matter)
        return carry_out(
            request,
            form,
            act.flow,
            done=act.done,
            then=page_of_matter(pk),
            template=TEMPLATES.get(name, "requests/act.html"),
            context=context,
            matter_id=pk,
        )

    view.__name__ = name
    view.__doc__ = act.flow.__doc__
    return view


def turn_away(request: AuthenticatedHttpRequest, case: Any, name: str) -> HttpResponse | None:
    """A page whose time has passed is not shown as if it could be sent."""
    steps = next_steps(case, request.user)
    if name in {step.key for step in [steps.main, *steps.others] if step}:
        return None
    messages.warning(request, gettext("This is not possible now: see where the matter stands."))
    return redirect("requests:detail", case.matter.pk)
