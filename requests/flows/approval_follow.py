"""Departments that join while a matter is prepared: the rule of the approvals is asked again (R036, R038).

What was approved stands; the levels that are missing now are asked for, and the decision waits for them.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.words import word
from organization.models import User
from requests.approval_rules import chain_for
from requests.approval_states import LEVELS_OF, ApplicationState, ApprovalLevel, Chain
from requests.flows.applications import generated
from requests.flows.approval_shared import (
    APPROVAL,
    PAGE,
    application_of,
    ask,
    end_duties,
    insist_on_three_persons,
    levels_of,
)
from requests.flows.shared import tell_people, tell_story
from requests.models import ApprovalStep, CoordinationRequest, ProjectApplication
from supervision import flows as supervision


def ask_missing_levels(matter: CoordinationRequest, departments: Collection[int], by: User) -> None:
    """The caller holds the matter's lock and has written who takes part."""
    application = application_of(matter)
    budget = application.budget if application is not None else None
    chain = chain_for(matter, departments, budget=budget)
    if application is None:
        if chain != Chain.NONE:
            _begin(matter, chain, by)
    elif application.state == ApplicationState.DRAFTED:
        _write_chain(application, chain, by)
    elif application.state == ApplicationState.APPROVED:
        if len(LEVELS_OF[chain]) > len(levels_of(application)):
            _extend(application, chain, by)
    elif application.state == ApplicationState.IN_APPROVAL:
        _go_on(application, chain, by)


def _begin(matter: CoordinationRequest, chain: Chain, by: User) -> None:
    """Nobody has written the paper yet: it is drawn from the request, and the office completes it."""
    application = generated(matter, by)
    application.chain = chain
    application.save()
    _tell(application, levels_of(application), by)


def _write_chain(application: ProjectApplication, chain: Chain, by: User) -> None:
    before, application.chain = application.chain, chain
    application.save()
    if len(LEVELS_OF[chain]) > len(LEVELS_OF[Chain(before)]):
        _tell(application, levels_of(application), by)


def _extend(application: ProjectApplication, chain: Chain, by: User) -> None:
    """An approved paper goes on to the levels that it has not passed; those that approved are not asked again."""
    missing = LEVELS_OF[chain][len(levels_of(application)) :]
    application.chain = chain
    insist_on_three_persons(application)
    application.round += 1
    application.extend()
    application.save()
    matter = application.matter
    supervision.suspend(
        subject_type=matter.SUBJECT, subject_id=matter.pk, reason=_("Waits for the approvals"), cause=APPROVAL
    )
    ask(application, missing[0], by=by)
    _tell(application, missing, by)


def _go_on(application: ProjectApplication, chain: Chain, by: User) -> None:
    """It is being approved: it goes further than it would have, or it need not go on and is approved as it was before."""
    waiting = application.steps.open().with_people().get()
    if len(LEVELS_OF[chain]) > len(levels_of(application)):
        missing = LEVELS_OF[chain][len(levels_of(application)) :]
        application.chain = chain
        application.save()
        _tell(application, missing, by)
    elif application.approved_at is not None and waiting.level not in LEVELS_OF[chain]:
        _ask_no_more(application, waiting, by)
        waiting.delete()
        end_duties(application)
        application.chain = chain
        application.approve()
        application.save()


def _ask_no_more(application: ProjectApplication, waiting: ApprovalStep, by: User) -> None:
    """Whoever had the paper on the desk hears why it is gone, and the story keeps that they were asked."""
    tell_people(
        application.matter, [waiting.asked], _n("%(number)s needs your approval no longer: by the rule it is approved as it stands."),
        key=f"approval:{waiting.pk}:moot", url_name=PAGE, number=application.number,
    )  # fmt: skip
    tell_story(
        application.matter, "ask_no_more",
        _n("As it stands now it needs no more approvals: %(name)s (%(level)s) is not asked any more."),
        by=by, subject=application,
        params={"name": waiting.asked.name, "level": word(ApprovalLevel(waiting.level).label)},
    )  # fmt: skip


def _tell(application: ProjectApplication, missing: Collection[ApprovalLevel], by: User) -> None:
    tell_story(
        application.matter, "ask_missing_levels",
        _n("As it stands now it needs more approvals: %(levels)s. The decision waits for them."),
        by=by, subject=application, tone="warn",
        params={"levels": [word(level.label) for level in missing]},
    )  # fmt: skip
