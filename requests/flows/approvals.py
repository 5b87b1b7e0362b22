"""The three levels answer (三级审批, Q5–Q8): approve, return one level, or do not approve; each step stays on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from audit.transitions import why_not
from audit.words import word
from organization import people
from organization.models import User
from requests import approval_policies, approval_rules
from requests.approval_holders import asked_now
from requests.approval_states import OWED, ApplicationState, ApprovalLevel, Check, StepOutcome
from requests.flows.approval_shared import (
    PAGE,
    application_of,
    approver_of,
    ask,
    end_duties,
    insist_on_open,
    lead_of,
    levels_of,
    on_other_levels,
)
from requests.flows.deciders import HELD_UP
from requests.flows.refusal_reviews import end_as_refused
from requests.flows.shared import let_read, lock, speakers, tell_people, tell_story
from requests.flows.simple import weigh_again
from requests.models import ApprovalStep, CoordinationRequest, ProjectApplication
from requests.powers import words_of
from requests.states import RejectionGround, Stage
from supervision import flows as supervision

Checks = Mapping[str, Mapping[str, Any]]


@flow
def answer_approval(
    *,
    matter_id: int,
    by: User,
    outcome: str,
    checks: Checks | None = None,
    opinion: str = "",
    budget_line: str = "",
) -> ApprovalStep:
    """Q5–Q8: one level answers, in its turn. When two answer at once, the second is told where the paper stands."""
    matter = lock(matter_id)
    application, step = _waiting(matter)
    step.checks = _ticked(checks or {})
    step.opinion, step.budget_line = opinion.strip(), budget_line.strip()
    _insist_on_level(application, step, by)
    insist_on_open(matter)
    ACTS[_known(outcome)](application, step, by)
    return step


def _waiting(matter: CoordinationRequest) -> tuple[ProjectApplication, ApprovalStep]:
    application = application_of(matter)
    if application is None or application.state != ApplicationState.IN_APPROVAL:
        raise NotReady(_("Nothing waits for an approval here: it has been answered, or not been handed in."))
    step: ApprovalStep = application.steps.open().select_for_update(of=("self",)).with_people().get()
    step.application = application
    return application, step


def _insist_on_level(application: ProjectApplication, step: ApprovalStep, by: User) -> None:
    """By the posts of this moment: whoever was asked and has left the post hears who decides now (R019)."""
    others = on_other_levels(application, step.level)
    asked, stands_for = asked_now(step, application, others)
    if not approval_policies.may_approve(step, application, by, others, asked):
        if asked is None:  # says that a post has to be filled
            asked, _nobody = approver_of(application, ApprovalLevel(step.level), others)
        raise NotYours(who_answers(step, asked))
    if asked is not None:
        step.asked, step.on_behalf_of = asked, stands_for


def who_answers(step: ApprovalStep, asked: User) -> str:
    """The sentence for everybody else."""
    return _("It waits for %(person)s (%(level)s). Three persons approve, none of them a party.") % {
        "person": asked.name,
        "level": step.get_level_display(),
    }


def _ticked(checks: Checks) -> dict[str, dict[str, Any]]:
    """The five ticks with their comments, and nothing else that was sent along."""
    return {
        check.value: {
            "is_so": checks[check.value].get("is_so"),
            "comment": str(checks[check.value].get("comment") or "").strip(),
        }
        for check in Check
        if check.value in checks
    }


def _known(outcome: str) -> StepOutcome:
    if outcome not in StepOutcome.values:
        sentence = _("Choose approve, return or do not approve.")
        raise Invalid(sentence, fields={"outcome": [sentence]})
    return StepOutcome(outcome)


def _approve(application: ProjectApplication, step: ApprovalStep, by: User) -> None:
    approval_rules.insist_on_checks(step.checks)
    _insist_on_budget_line(application, step)
    _record(application, step, StepOutcome.APPROVED, by)
    levels = levels_of(application)
    after = levels[levels.index(ApprovalLevel(step.level)) + 1 :]
    if after:
        following = ask(application, after[0], by=by)
        _tell_story(
            step, _n("%(level)s: %(actor)s approved; %(next)s has it now."), by, next=following.asked.name
        )
    else:
        _grant(application, step, by)


def _insist_on_budget_line(application: ProjectApplication, step: ApprovalStep) -> None:
    """Q7: money is approved with the line that it comes from."""
    needed = step.level == ApprovalLevel.LEADER and (application.budget or application.matter.amount)
    if needed and not step.budget_line:
        sentence = _("Money is needed: write the budget line that it comes from.")
        raise Invalid(sentence, fields={"budget_line": [sentence]})


def _grant(application: ProjectApplication, step: ApprovalStep, by: User) -> None:
    """立项通知 (R050): every department learns who leads, with which powers, where the scope stands, from which day."""
    matter = application.matter
    application.approve()
    application.approved_at = now()
    application.save()
    end_duties(application)
    lead = lead_of(application)
    named = [row["department"] for row in application.departments]
    departments = {pk for pk in (*named, application.lead_department_id, matter.filed_by_department_id) if pk}
    let_read(matter, departments=departments, why="participant")
    let_read(matter, users=[lead.pk], why="lead")
    told: dict[str, Any] = {
        "lead": lead.name, "powers": words_of(application), "day": f"{application.starts_on:%Y-%m-%d}",
        "project": application.number,
    }  # fmt: skip
    concerned = [lead, matter.filed_by, *speakers(departments), *people.officers()]
    tell_people(
        matter, {person.pk: person for person in concerned}.values(),
        _n("%(number)s is approved as project %(project)s: %(lead)s leads it from %(day)s, with the powers %(powers)s."),
        key=f"application:{application.pk}:approved:{application.round}", params=told, url_name=PAGE,
    )  # fmt: skip
    _tell_story(
        step, _n("%(level)s: %(actor)s approved. %(lead)s leads from %(day)s, with the powers %(powers)s."), by, **told
    )  # fmt: skip
    weigh_again(matter, by)


def _return(application: ProjectApplication, step: ApprovalStep, by: User) -> None:
    """退回上一级: to the level below, which answers anew; the lowest gives it back to whoever wrote it."""
    _insist_on_opinion(step)
    _record(application, step, StepOutcome.RETURNED, by)
    levels = levels_of(application)
    at = levels.index(ApprovalLevel(step.level))
    if at:
        application.round += 1
        application.save()
        below = ask(application, levels[at - 1], by=by)
        _tell_story(step, _n("%(level)s: %(actor)s returned it to %(next)s."), by, next=below.asked.name)
        return
    end_duties(application)
    application.take_back()
    application.approved_at = None
    application.save()
    matter = application.matter
    writers = [application.submitted_by, application.lead_person, matter.filed_by, *people.officers()]
    tell_people(
        matter, {person.pk: person for person in writers if person}.values(),
        _n("%(number)s: the project application was returned; the reason is written there."),
        key=f"approval:{step.pk}:returned", url_name=PAGE, to_do=True,
    )  # fmt: skip
    _tell_story(step, _n("%(level)s: %(actor)s returned it to be written anew."), by)


def _reject(application: ProjectApplication, step: ApprovalStep, by: User) -> None:
    """不予批准: the matter is refused with this reason; the applicant may ask once for a review (R048)."""
    _insist_on_opinion(step)
    matter = application.matter
    if matter.stage == Stage.PREPARATION:
        raise NotReady(
            _("It has been accepted already: return it, and write which departments or what else should go.")
        )
    if (barred := why_not(matter.reject)) is not None:
        raise NotReady(barred)
    came_from = matter.stage
    _record(application, step, StepOutcome.REJECTED, by)
    application.reject()
    application.save()
    end_as_refused(matter, by=by, ground=RejectionGround.NOT_APPROVED, reason=step.opinion)
    _tell_story(step, _n("%(level)s: %(actor)s did not approve it."), by, came_from=came_from)


ACTS = {
    StepOutcome.APPROVED: _approve,
    StepOutcome.RETURNED: _return,
    StepOutcome.REJECTED: _reject,
}
TONES = {StepOutcome.APPROVED: "acc", StepOutcome.RETURNED: "warn", StepOutcome.REJECTED: "bad"}


def _insist_on_opinion(step: ApprovalStep) -> None:
    if not step.opinion:
        sentence = _("Write the reason: the others read it.")
        raise Invalid(sentence, fields={"opinion": [sentence]})


def _record(application: ProjectApplication, step: ApprovalStep, outcome: StepOutcome, by: User) -> None:
    step.outcome, step.answered_by, step.answered_at = outcome, by, now()
    step.save()
    for kind in (OWED[ApprovalLevel(step.level)], *HELD_UP):
        supervision.discharge(kind=kind, subject_type=ProjectApplication.SUBJECT, subject_id=application.pk)


def _tell_story(step: ApprovalStep, sentence: str, by: User, *, came_from: str = "", **params: Any) -> None:
    doubts = [f"{Check(key).label}：{row['comment']}" for key, row in step.checks.items() if row["comment"]]
    application = step.application
    tell_story(
        application.matter, "answer_approval", sentence, by=by, came_from=came_from,
        subject=None if came_from else application,
        params={"level": word(ApprovalLevel(step.level).label), **params},
        reason="\n".join(text for text in (step.opinion, *doubts) if text), tone=TONES[StepOutcome(step.outcome)],
    )  # fmt: skip
