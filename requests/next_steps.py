"""What is this person's turn now, and what else could they do: one main act, the others under “…”.

Pure over loaded rows: a page loads them once (`Case`), the first page and the API ask the same questions of the duty
alone (`step_of_duty`). The flows decide again when the act is done; this only spares people a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pages.addresses import address, link
from requests import lead_time, policies
from requests.agreement_panel import agreement_steps, recording_steps
from requests.appeal_panel import appeal_steps, appealing_steps
from requests.approval_states import Power
from requests.approval_steps import approval_steps
from requests.case import Case, RefusalState, Step, Words
from requests.effect_panel import effect_steps
from requests.intake_steps import merging_steps, proposal_steps, rejected_steps
from requests.level_steps import level_steps
from requests.oral_steps import answer_steps, oral_steps
from requests.plan_steps import plan_steps
from requests.progress_panel import progress_steps
from requests.retrospect_policies import may_write_review
from requests.retrospect_rules import needs_review
from requests.simple_steps import simple_steps
from requests.states import (
    ENDED,
    ITEM_OPEN,
    SUSPENDABLE,
    WITH_OTHERS,
    ItemState,
    Stage,
    UrgencyWish,
)
from requests.visit_panel import visit_steps

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import CoordinationRequest

__all__ = ["Case", "NextSteps", "RefusalState", "Step", "Words", "next_steps"]


@dataclass(frozen=True)
class NextSteps:
    main: Step | None = None
    others: list[Step] = field(default_factory=list)


def next_steps(case: Case, user: User) -> NextSteps:
    """The main act of this person, if it is their turn, and everything else that they may do now."""
    if not policies.may_write(user):
        return NextSteps()
    found = list(_acts(case, user))
    main = next((step for step in found if step.sentence), None)
    others = [step for step in found if step is not main]
    return NextSteps(main, list({step.key: step for step in others}.values()))


def _acts(case: Case, user: User) -> Iterator[Step]:
    """All acts open to this person, the urgent ones first; an act with a sentence can be the main one."""
    matter = case.matter
    if matter.is_suspended:
        yield from answer_steps(case, user)
        yield from _while_suspended(matter, user)
    else:
        yield from _letters(case)
        yield from _signatures(case)
        yield from appeal_steps(case, user)
        yield from agreement_steps(case, user)
        yield from _urgency(case, user)
        yield from oral_steps(case, user)
        yield from BY_STAGE.get(Stage(matter.stage), _nothing)(case, user)
        yield from plan_steps(case, user)
        yield from progress_steps(case, user)
        yield from recording_steps(case, user)
        yield from appealing_steps(case, user)
        yield from effect_steps(case, user)
        yield from visit_steps(case, user)
        yield from _always(case, user)
    yield from level_steps(case, user)


def _urgency(case: Case, user: User) -> Iterator[Step]:
    matter = case.matter
    waits = matter.urgency_wish == UrgencyWish.ASKED and matter.stage not in ENDED
    if waits and policies.may_confirm_urgency(matter, user):
        own = matter.filed_by_department_id in user.authority.headed
        asked = _("extra urgency waits for your word; until then it runs as urgent.") if own else ""
        yield _step("urgency", case, _("Confirm the urgency"), asked)


def _letters(case: Case) -> Iterator[Step]:
    """Contact sheets and letters that wait for the answer of this person's department."""
    for row in case.letters_to_answer:
        url = link("requests:letter_answer", row.letter_id, row.pk)
        yield Step(
            f"letter{row.pk}",
            _("Answer the paper"),
            url,
            _("a paper to your department waits for its answer."),
        )


def _signatures(case: Case) -> Iterator[Step]:
    """Papers that go round and wait for the signature of this person or department."""
    for row in case.signatures_due:
        url = link("requests:countersign", row.circulation_id, row.pk)
        why = _("a paper goes round and waits for the signature of your department.")
        yield Step(f"countersign{row.pk}", _("Countersign"), url, why)


def _nothing(case: Case, user: User) -> Iterator[Step]:
    yield from ()


def _draft(case: Case, user: User) -> Iterator[Step]:
    if policies.is_applicant(case.matter, user):
        yield _step(
            "form", case, _("Go on writing"), _("the form is a draft; nobody sees it until you submit it.")
        )


def _returned(case: Case, user: User) -> Iterator[Step]:
    if policies.is_applicant(case.matter, user):
        yield _step(
            "form",
            case,
            _("Complete the form"),
            _("the office named what is missing. Complete it and hand it in again."),
        )
    elif case.is_given_up and policies.may_withdraw(case.matter, user):
        asked = _("it was not completed in twice the time. Remind the applicant, or withdraw it.")
        yield _step("withdraw", case, _("Withdraw"), asked)


def _preparation(case: Case, user: User) -> Iterator[Step]:
    yield from merging_steps(case, user, announced=True)
    yield from approval_steps(case, user)
    if case.matter.is_simple:
        yield from simple_steps(case, user)
        yield from merging_steps(case, user, announced=False)
        return
    yield from _opinion(case, user)
    if policies.may_prepare(case.matter, user):
        yield from _preparing(case, leads=policies.is_officer(case.matter, user))
    if policies.is_officer(case.matter, user):
        yield _step("participants", case, _("Change the departments"))
        yield _step("return", case, _("Return for completion"))
    yield from merging_steps(case, user, announced=False)


def _preparing(case: Case, *, leads: bool) -> Iterator[Step]:
    """The four things of R044, one after the other; the office is asked, the lead department may."""
    asked = _preparing_sentence(case) if leads else ("", "")
    yield _step("prepare", case, _("Write the preparation"), asked[1] if asked[0] == "prepare" else "")
    if case.is_prepared:
        again = _("Send the material again") if case.is_delivered else _("Send the material")
        yield _step("deliver", case, again, asked[1] if asked[0] == "deliver" else "")
    if case.is_prepared and case.is_delivered and not case.is_blocked:
        yield _step(
            "start_decision", case, _("Go to the decision"), asked[1] if asked[0] == "start_decision" else ""
        )


def _preparing_sentence(case: Case) -> tuple[str, Words]:
    if not case.is_prepared:
        return "prepare", _("write down facts, scope, goal and the core questions.")
    if not case.is_delivered:
        return "deliver", _("send the material to the departments and ask for their opinions.")
    if _can_begin(case):
        return "start_decision", _("all departments have answered; the decision can begin.")
    return "", ""


def _can_begin(case: Case) -> bool:
    """An act that would be refused until another day is not the one that is asked for."""
    waits = case.is_blocked or case.approvals.bars_acceptance or case.needs_plan
    ripe = lead_time.is_over(case.matter) or lead_time.may_be_cut(case.matter)
    return case.all_answered and not waits and ripe


def _decision(case: Case, user: User) -> Iterator[Step]:
    if case.matter.is_simple:
        yield from simple_steps(case, user)
        return
    yield from _opinion(case, user)
    yield from _not_agreed(case, user)
    matter = case.matter
    decides = policies.may_decide_as_office(matter, user)
    if decides and case.undisputed_question and not case.is_unanimous:
        url = link("requests:question", matter.pk, case.undisputed_question)
        why = _("a question is undisputed; you can decide it without the meeting.")
        yield Step("decide_question", _("Decide the question"), url, why)
    if decides and case.all_answered and case.is_unanimous and case.items and not case.is_blocked:
        yield _step(
            "decide", case, _("Decide"), _("all departments agree; you can decide without a meeting.")
        )
    if policies.may_draft_items(matter, user) or Power.ITEMS in case.approvals.lead_powers:
        yield from _towards_decision(case, is_officer=policies.is_officer(matter, user))
    if decides and matter.back_count == 0:
        yield _step("send_back", case, _("Send back to preparation"))


def _not_agreed(case: Case, user: User) -> Iterator[Step]:
    """Q15: what a meeting could not settle is taken to a dispute by one of the sides, or by the office."""
    page = link("disputes:new")
    speaks = any(row.department_id in user.authority.speaks_for for row in case.participants)
    if page and case.not_agreed_question and (speaks or policies.is_officer(case.matter, user)):
        why = _("a core question was not agreed. Take it to a dispute, or to another meeting.")
        yield Step("dispute", _("Register a dispute"), f"{page}?question={case.not_agreed_question}", why)


def _towards_decision(case: Case, *, is_officer: bool) -> Iterator[Step]:
    needs_item = is_officer and case.all_answered and case.is_unanimous and not case.items
    meeting = link("meetings:new")
    if meeting:
        needs_meeting = is_officer and case.all_answered and not case.is_unanimous
        sentence = _("the opinions differ. Call a meeting on this matter.") if needs_meeting else ""
        yield Step("meeting", _("Call a meeting"), f"{meeting}?matter={case.matter.pk}", sentence)
    sentence = _("all agree. Write down who does what by when, then it can be decided.") if needs_item else ""
    yield _step("draft_item", case, _("Draft an action item"), sentence)


def _execution(case: Case, user: User) -> Iterator[Step]:
    yield from _own_items(case, user)
    matter = case.matter
    if policies.may_draft_items(matter, user) or Power.ITEMS in case.approvals.lead_powers:
        if case.drafted:
            yield _step(
                "rework", case, _("Issue the drafted items"), _("drafted action items wait to be issued.")
            )
        reopened = matter.rework_count and not case.unfinished and matter.is_confirmed is False
        asked = _("the applicant objected. Write down what is still to be done.") if reopened else ""
        yield _step("draft_item", case, _("Draft an action item"), asked)
    held_up = case.unfinished or case.is_blocked or case.has_open_stage
    if policies.may_complete(matter, user) and case.items and not held_up:
        yield _step(
            "complete",
            case,
            _("Report it carried out"),
            _("all action items are closed. Report the matter carried out."),
        )


def _own_items(case: Case, user: User) -> Iterator[Step]:
    for item in case.items:
        url = link("requests:item", item.pk)
        if not url or item.state not in ITEM_OPEN:
            continue
        if item.state == ItemState.SUBMITTED and policies.may_verify(item, user):
            yield Step(
                f"item{item.pk}",
                _("Verify"),
                url,
                _("an action item was reported done. Check it and close it."),
            )
        elif item.state not in WITH_OTHERS and item.assignee_id == user.pk:
            yield Step(
                f"item{item.pk}", _("Open the action item"), url, _("an action item is in your hands.")
            )


def _feedback(case: Case, user: User) -> Iterator[Step]:
    matter = case.matter
    if policies.is_applicant(matter, user) and matter.feedback_ended_at is None:
        yield _step(
            "confirm",
            case,
            _("Confirm the result"),
            _("it has been carried out. Confirm the result or object."),
        )
        if matter.rework_count == 0:
            yield _step("object", case, _("Object"))
    departments = {row.department_id for row in case.participants}
    if policies.may_survey(matter, user, departments) and not case.has_surveyed:
        confirms_first = policies.is_applicant(matter, user) and matter.feedback_ended_at is None
        asked = "" if confirms_first else _("tell in a minute how the coordination went.")
        yield _step("survey", case, _("Fill in the survey"), asked)
    if policies.may_reopen_again(matter, user) and matter.feedback_ended_at is None:
        yield _step("object", case, _("Reopen the execution"))
    seal = link("archive:seal", matter.pk)
    if seal and policies.may_archive(matter, user) and matter.feedback_ended_at:
        yield Step("archive", _("Archive"), seal, _("the feedback is in; the matter can be archived."))
    if matter.feedback_ended_at and not case.is_reviewed and may_write_review(matter, user):
        why = _("write down what was learnt; the archive waits for it.") if needs_review(matter) else ""
        yield Step("retrospect", _("Write the review"), link("requests:retrospect", matter.pk), why)


def _opinion(case: Case, user: User) -> Iterator[Step]:
    for row in case.participants:
        if not row.notified_at or not policies.may_opine(row, user):
            continue
        url = address("requests:opinion", case.matter.pk, row.pk)
        if row.opinion:
            yield Step(f"opinion{row.pk}", _("Change the opinion"), url)
        else:
            yield Step(
                f"opinion{row.pk}", _("Give the opinion"), url, _("your department's opinion is asked for.")
            )


def _while_suspended(matter: CoordinationRequest, user: User) -> Iterator[Step]:
    if policies.may_suspend(matter, user) or matter.keeper_id == user.pk:
        yield Step(
            "resume",
            _("Resume"),
            link("requests:resume", matter.pk),
            _("it is suspended. Resume it when the reason is gone."),
        )


def _always(case: Case, user: User) -> Iterator[Step]:
    """What hangs on no turn: talks, papers, suspension, withdrawal, and what can be read beside the matter."""
    matter = case.matter
    yield from _project(case)
    if case.is_reviewed:
        yield Step("retrospect", _("Read the review"), link("requests:retrospect", matter.pk))
    if matter.stage not in (*ENDED, Stage.DRAFT, Stage.RETURNED) and (
        policies.is_applicant(matter, user) or policies.may_prepare(matter, user)
    ):
        yield _step("attempt", case, _("Record a talk"))
    if matter.keeper_id and matter.stage not in ENDED and policies.may_name_keeper(matter, user):
        yield _step("keeper", case, _("Name another case officer"))
    if matter.stage in SUSPENDABLE and policies.may_suspend(matter, user):
        yield _step("suspend", case, _("Suspend"))
    takes_back = matter.stage in (Stage.PROPOSAL, Stage.RETURNED, Stage.PREPARATION)
    if takes_back and policies.is_applicant(matter, user):
        yield _step("withdraw", case, _("Withdraw"))
    if policies.is_applicant(matter, user) and matter.number:
        start = f"{address('requests:new')}?copy={matter.pk}#earlier"
        yield Step("copy", _("File a similar one"), start)


def _project(case: Case) -> Iterator[Step]:
    """The paper of an approved project, and what its lead may do by it (R050)."""
    state = case.approvals
    if state.application is not None and not state.is_to_be_written:
        yield _step("application", case, _("Read the project application"))
    if Power.MEETINGS in state.lead_powers and case.matter.stage in SUSPENDABLE:
        yield _step("wish_meeting", case, _("Ask for a project meeting"))


BY_STAGE = {
    Stage.DRAFT: _draft,
    Stage.RETURNED: _returned,
    Stage.PROPOSAL: proposal_steps,
    Stage.REJECTED: rejected_steps,
    Stage.PREPARATION: _preparation,
    Stage.DECISION: _decision,
    Stage.EXECUTION: _execution,
    Stage.FEEDBACK: _feedback,
}


def _step(key: str, case: Case, label: Words, sentence: Words = "") -> Step:
    return Step(key, label, address(f"requests:{key}", case.matter.pk), sentence)
