"""What the flows of the approvals share: the lock, whom a level asks, what still bars the acceptance (R036)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.refusals import NotReady, NotYours
from audit.words import word
from organization.models import Department, User
from requests import approval_policies
from requests.approval_holders import first_free
from requests.approval_rules import chain_for
from requests.approval_states import LEVELS_OF, OWED, ApplicationState, ApprovalLevel, Chain, StepOutcome
from requests.flows.shared import let_read, tell_people, tell_story
from requests.models import ApprovalStep, CoordinationRequest, ProjectApplication
from requests.states import Stage
from supervision import flows as supervision

PAGE, APPROVE = "requests:application", "requests:approve"
# Why the clock of the acceptance stands still (supervision.Pause.cause).
APPROVAL = "approval"


def application_of(matter: CoordinationRequest) -> ProjectApplication | None:
    """The paper under its row lock, after its matter."""
    found: ProjectApplication | None = (
        ProjectApplication.objects.select_for_update(of=("self",))
        .select_related("lead_person", "lead_department", "drafted_by", "submitted_by")
        .filter(matter=matter)
        .first()
    )
    if found is not None:
        found.matter = matter
    return found


def lead_of(application: ProjectApplication) -> User:
    """Whom the paper proposes: a paper that was handed in has a lead (a constraint of the database)."""
    if application.lead_person is None:
        raise NotReady(_("Choose who shall lead the project."))
    return application.lead_person


def levels_of(application: ProjectApplication) -> tuple[ApprovalLevel, ...]:
    return LEVELS_OF[Chain(application.chain)]


def on_other_levels(application: ProjectApplication, level: str) -> set[int | None]:
    """Who has answered another level of this paper, in whatever round."""
    rows = application.steps.exclude(level=level).exclude(answered_by=None)
    return set(rows.values_list("answered_by_id", flat=True))


def insist_on_three_persons(application: ProjectApplication) -> None:
    """Before anybody is asked: every level finds a person of its own, so that no paper gets stuck half-way."""
    found: set[int | None] = set()
    for level in levels_of(application):
        person, _stands_for = approver_of(application, level, found)
        found.add(person.pk)


def approver_of(
    application: ProjectApplication, level: ApprovalLevel, others: Collection[int | None]
) -> tuple[User, User | None]:
    """Whom this level asks, and the holder of the post in whose place."""
    person, stands_for = first_free(application, level, others)
    if person is None:
        raise NotReady(
            _(
                "For “%(level)s” nobody is left who is no party and has not decided already. Have a post filled first."
            )
            % {"level": level.label}
        )
    return person, stands_for


def ask(application: ProjectApplication, level: ApprovalLevel, *, by: User) -> ApprovalStep:
    """The paper goes to this level: one person owes the answer, by the limit of the level (Q5–Q7)."""
    matter = application.matter
    person, stands_for = approver_of(application, level, on_other_levels(application, level))
    step = ApprovalStep.objects.create(
        application=application, round=application.round, level=level, asked=person, on_behalf_of=stands_for,
        asked_at=now(), applicant_id=matter.filed_by_id,
    )  # fmt: skip
    let_read(matter, users=[person.pk], why="approval")
    supervision.owe(kind=OWED[level], holder=person, asked_by=by, ladder=True, **what_is_owed(application))
    tell_people(
        matter, [person], _n("%(number)s waits for your approval (%(level)s)."), key=f"approval:{step.pk}:asked",
        params={"level": word(level.label)}, url_name=APPROVE, number=application.number, to_do=True,
    )  # fmt: skip
    return step


def what_is_owed(application: ProjectApplication) -> dict[str, Any]:
    matter = application.matter
    return {
        "subject_type": ProjectApplication.SUBJECT, "subject_id": application.pk, "case_id": matter.pk,
        "number": application.number or "", "url_name": APPROVE, "url_args": [matter.pk], "urgency": matter.urgency,
    }  # fmt: skip


def end_duties(application: ProjectApplication) -> None:
    """Nobody owes an approval any more, and the clock of the acceptance goes on."""
    supervision.cancel(subject_type=ProjectApplication.SUBJECT, subject_id=application.pk)
    matter = application.matter
    supervision.resume(subject_type=matter.SUBJECT, subject_id=matter.pk, cause=APPROVAL)


def end_paper(matter: CoordinationRequest) -> None:
    """The matter has ended before its acceptance or its decision: a paper that was not approved ends with it."""
    application = application_of(matter)
    if application is not None and application.state in (
        ApplicationState.DRAFTED,
        ApplicationState.IN_APPROVAL,
    ):
        application.end()
        application.save()


def standing_approvals(application: ProjectApplication) -> list[ApprovalStep]:
    """The approvals that count today: of each level its last answer since the paper was handed in."""
    if application.is_drafted or application.submitted_at is None:
        return []
    steps = application.steps.with_people().filter(asked_at__gte=application.submitted_at).order_by("pk")
    last = {step.level: step for step in steps}
    return [step for step in last.values() if step.outcome == StepOutcome.APPROVED]


def call_back(matter: CoordinationRequest, by: User) -> None:
    """The request itself changes hands again before its acceptance: what was approved no longer counts, and a level that
    has not answered is not asked any more. Whoever had approved hears of it, and the story names them."""
    application = application_of(matter)
    if application is None or application.state == ApplicationState.DRAFTED:
        return
    void = [step.answered_by for step in standing_approvals(application) if step.answered_by is not None]
    end_duties(application)
    application.steps.open().delete()
    application.take_back()
    application.approved_at = None
    application.save()
    if void:
        _tell_void(application, void, by)


def _tell_void(application: ProjectApplication, void: list[User], by: User) -> None:
    matter = application.matter
    tell_people(
        matter, [person for person in void if person.pk != by.pk],
        _n("%(number)s is written anew: your approval no longer counts, and you will be asked again."),
        key=f"application:{application.pk}:void:{application.round}", url_name=PAGE, number=application.number,
    )  # fmt: skip
    tell_story(
        matter, "call_back_application",
        _n("The project application %(number)s is written anew: the approvals of %(names)s no longer count."),
        by=by, subject=application, tone="warn",
        params={"number": application.number, "names": "、".join(person.name for person in void)},
    )  # fmt: skip


def insist_on_approvals(matter: CoordinationRequest, departments: Collection[Department]) -> None:
    """R036: nothing is accepted while a level that the rule asks for is missing. The departments of the acceptance
    count: five of them need what four did not."""
    application = application_of(matter)
    if application is not None and application.state == ApplicationState.IN_APPROVAL:
        waiting = application.steps.open().get()
        raise NotReady(_("It waits for “%(level)s”.") % {"level": waiting.get_level_display()})
    budget = application.budget if application is not None else None
    needed = LEVELS_OF[chain_for(matter, {department.pk for department in departments}, budget=budget)]
    approved = application is not None and application.state == ApplicationState.APPROVED
    given = levels_of(application) if application is not None and approved else ()
    missing = [level for level in needed if level not in given]
    if missing:
        names = "、".join(str(level.label) for level in missing)
        raise NotReady(
            _(
                "This matter needs its approvals first: %(names)s. Complete the project application and hand it in."
            )
            % {"names": names}
        )


def settle_paper(matter: CoordinationRequest) -> None:
    """At its acceptance: a paper that was begun and that nothing asks for holds nothing up later."""
    application = application_of(matter)
    if application is not None and application.is_drafted and application.chain != Chain.NONE:
        application.chain = Chain.NONE
        application.save()


def insist_on_open(matter: CoordinationRequest) -> None:
    """Before the acceptance, or while it is prepared: departments that join there can ask for more levels."""
    if matter.stage not in (Stage.PROPOSAL, Stage.PREPARATION):
        raise NotReady(
            _("The approvals belong to the time before the decision; it stands at “%(state)s”.")
            % {"state": matter.state_words()}
        )
    if matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))


def insist_on_writer(matter: CoordinationRequest, application: ProjectApplication | None, by: User) -> None:
    if not approval_policies.may_write_application(matter, application, by):
        raise NotYours(_("The coordination office and the proposed lead write the project application."))
