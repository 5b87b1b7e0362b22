"""The guards of the matter's transitions: each a sentence that is true or false, with what to say when it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.transitions import says
from requests.approval_states import Chain
from requests.states import NEEDS_REASON, Category, DecisionWay, Opinion, Outcome, ReviewOutcome, Track
from supervision.models import Obligation
from supervision.states import Kind

if TYPE_CHECKING:
    from requests.models import ActionItem, CoordinationRequest


@says(_("The matter is suspended. Resume it first."))
def is_not_suspended(matter: CoordinationRequest) -> bool:
    return not matter.is_suspended


@says(_("The matter is suspended. Resume it first."))
def its_matter_is_not_suspended(item: ActionItem) -> bool:
    return not item.matter.is_suspended


@says(_("The action item is suspended. Have it resumed first."))
def it_is_not_suspended(item: ActionItem) -> bool:
    return not item.is_suspended


@says(_("A dispute blocks this matter. It goes on when the dispute has ended."))
def nothing_blocks_it(matter: CoordinationRequest) -> bool:
    return not matter.blocks.filter(until=None).exists()


@says(_("Its refusal was overturned on review: accept it, or return it for completion."))
def no_refusal_was_overturned(matter: CoordinationRequest) -> bool:
    review = getattr(matter, "refusal_review", None)
    return review is None or review.outcome != ReviewOutcome.OVERTURNED


@says(_("Action items of it have been handed out already: it can no longer be withdrawn."))
def no_item_was_issued(matter: CoordinationRequest) -> bool:
    return not matter.items.filter(number__isnull=False).exclude(state="cancelled").exists()


@says(_("Action items of it have been handed out already: it can no longer be merged."))
def nothing_was_handed_out(matter: CoordinationRequest) -> bool:
    return not matter.items.filter(number__isnull=False).exclude(state="cancelled").exists()


@says(_("Something that was lent in it has not come back. Have the return confirmed first."))
def everything_lent_is_back(matter: CoordinationRequest) -> bool:
    return not matter.loans.out().exists()


@says(_("Name the facts, the scope and the expected goal first."))
def facts_scope_and_goal_are_written(matter: CoordinationRequest) -> bool:
    return bool(matter.facts.strip() and matter.scope.strip() and matter.expected_goal.strip())


@says(_("Write at least one core question first."))
def has_a_core_question(matter: CoordinationRequest) -> bool:
    return matter.questions.exists()


@says(_("Name the lead department first."))
def has_a_lead_department(matter: CoordinationRequest) -> bool:
    return matter.lead_department_id is not None


@says(_("Name at least one participating department and notify it first."))
def every_participant_is_notified(matter: CoordinationRequest) -> bool:
    participants = matter.participants.all()
    return participants.exists() and not participants.filter(notified_at=None).exists()


@says(
    _(
        "Some departments have not given their opinion. Wait for them or remind them; when their time is over record the silence."
    )
)
def every_department_has_answered(matter: CoordinationRequest) -> bool:
    return not matter.participants.filter(opinion="", is_silent=False).exists()


def only_opinions_are_missing(matter: CoordinationRequest) -> bool:
    """Every question has its outcome, and somebody has not said a word yet."""
    return not every_department_has_answered(matter) and every_question_has_an_outcome(matter)


@says(_("The opinions are not unanimous. Call a meeting."))
def opinions_are_unanimous(matter: CoordinationRequest) -> bool:
    if matter.questions.exists() and every_question_has_an_outcome(matter):
        return True  # each was settled at its own pace (R051): what differed at first holds nothing up
    unanimous = (Opinion.AGREE, Opinion.NO_COMMENT)
    if matter.participants.exclude(opinion__in=unanimous).exists():
        return False
    # Who agrees on the whole may differ on one question, and one that is marked disputed goes to a meeting (R051).
    open_ones = matter.questions.filter(outcome=Outcome.OPEN)
    contested = Q(track=Track.DISPUTED) | Q(opinions__opinion__in=NEEDS_REASON)
    return not open_ones.filter(contested).exists()


@says(_("Some core questions have no outcome yet."))
def every_question_has_an_outcome(matter: CoordinationRequest) -> bool:
    unsettled = (Outcome.OPEN, Outcome.DEFERRED, Outcome.NOT_AGREED, Outcome.IN_DISPUTE)
    return not matter.questions.filter(outcome__in=unsettled).exists()


@says(_("A public notice is still running. Wait for the end of its period, or take it back."))
def no_notice_runs(matter: CoordinationRequest) -> bool:
    return not matter.public_notices.running().exists()


@says(_("Some objections to the public notice have no answer yet. Answer each one first."))
def every_objection_is_answered(matter: CoordinationRequest) -> bool:
    return not matter.public_notices.with_open_objections().exists()


def no_notice_waits(matter: CoordinationRequest) -> bool:
    """Neither a period that runs nor an objection without its answer: a decision can take effect (R053)."""
    return not matter.public_notices.unsettled().exists()


@says(_("An interim measure is still open. End it with its return first."))
def no_interim_measure_is_open(matter: CoordinationRequest) -> bool:
    return not matter.measures.open().exists()


@says(_("A core question was deferred or not agreed. Call a meeting."))
def no_question_is_left_apart(matter: CoordinationRequest) -> bool:
    apart = (Outcome.DEFERRED, Outcome.NOT_AGREED, Outcome.IN_DISPUTE)
    return not matter.questions.filter(outcome__in=apart).exists()


@says(_("A decision needs at least one action item with owner, due date and standard."))
def has_an_action_item(matter: CoordinationRequest) -> bool:
    return matter.items.exclude(state="cancelled").exists()


@says(_("Some action items are still open."))
def every_item_is_closed(matter: CoordinationRequest) -> bool:
    return not matter.items.unfinished().exists()


@says(_("It was started on an oral order, and no action item has been handed out yet. Hand one out first."))
def its_order_became_an_item(matter: CoordinationRequest) -> bool:
    """A decision needs its items before it is taken (R061); an oral start has none yet."""
    return matter.decision_way != DecisionWay.ORDER or matter.items.filter(number__isnull=False).exists()


@says(_("A stage of the plan has not been accepted yet."))
def every_stage_is_accepted(matter: CoordinationRequest) -> bool:
    return not matter.plans.filter(state="in_force", milestones__state="open").exists()


@says(_("A defect named at the acceptance is not mended yet."))
def every_defect_is_mended(matter: CoordinationRequest) -> bool:
    return not matter.items.with_unmended_defects().exists()


@says(_("A paper is still going round or waits to be issued. Issue it or pull it back first."))
def no_paper_is_under_way(matter: CoordinationRequest) -> bool:
    return not matter.circulations.filter(state__in=["routing", "consolidating", "signed_off"]).exists()


@says(_("A change is still under way. Carry it out, or have it answered or taken back first."))
def no_change_is_under_way(matter: CoordinationRequest) -> bool:
    return not matter.change_requests.filter(state__in=["submitted", "approval", "approved"]).exists()


@says(_("An appeal against the decision waits for its ruling, or for the change that it asks for."))
def no_appeal_waits(matter: CoordinationRequest) -> bool:
    return not matter.appeals.unsettled().exists()


@says(_("The applicant's objection has not been answered by an action item yet."))
def the_objection_is_answered(matter: CoordinationRequest) -> bool:
    owed = Obligation.objects.of(matter.SUBJECT, matter.pk).open()
    return not owed.filter(kind=Kind.ISSUE_ACTION_ITEMS).exists()


@says(_("The applicant has neither confirmed nor has the time to object run out."))
def feedback_is_given(matter: CoordinationRequest) -> bool:
    return matter.feedback_ended_at is not None


@says(_("It was started on an oral order, and its papers have not been handed in."))
def papers_have_followed(matter: CoordinationRequest) -> bool:
    order = getattr(matter, "oral_order", None)
    return order is None or not order.wants_papers


@says(_("A paper from outside still waits for its answer. Settle it in the register first."))
def no_outside_paper_waits(matter: CoordinationRequest) -> bool:
    return not matter.outside_papers.waiting().exists()


@says(_("It was sent back to preparation once already: now it has to be decided."))
def was_not_sent_back_before(matter: CoordinationRequest) -> bool:
    return matter.back_count == 0


@says(
    _(
        "An approval that it needs is missing. Complete the project application, or wait for the level that has it."
    )
)
def no_approval_is_missing(matter: CoordinationRequest) -> bool:
    paper = getattr(matter, "application", None)
    return paper is None or paper.is_approved or paper.chain == Chain.NONE


@says(_("A major project needs a plan with its tasks before it is decided. Write the plan first."))
def a_project_has_its_plan(matter: CoordinationRequest) -> bool:
    """Q12."""
    return matter.category != Category.PROJECT or matter.plans.filter(tasks__isnull=False).exists()


# What has to be there however a matter is decided: who does what, and no draft result that somebody may still object to.
READY_FOR_A_DECISION = (
    a_project_has_its_plan,
    has_an_action_item,
    no_notice_runs,
    every_objection_is_answered,
)
READY_FOR_THE_ARCHIVE = (
    feedback_is_given,
    every_item_is_closed,
    papers_have_followed,
    no_outside_paper_waits,
)

# What has to be there before a matter is withdrawn or merged: what was lent or is kept up meanwhile is owed back first (R054).
FREE_TO_END = (is_not_suspended, nothing_blocks_it, everything_lent_is_back, no_interim_measure_is_open)
