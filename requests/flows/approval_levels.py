"""An approval waits for whoever holds its level: also when the person who was asked has left the post since (R019, R036)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM
from audit.flow import flow
from audit.one_by_one import each
from audit.words import word
from organization.models import User
from requests.approval_holders import first_free, has_left
from requests.approval_states import OWED, ApplicationState, ApprovalLevel
from requests.flows.approval_shared import APPROVE, PAGE, application_of, on_other_levels, what_is_owed
from requests.flows.deciders import every, held_up, pass_decision_on
from requests.flows.shared import lock, tell_people, tell_story
from requests.models import ApprovalStep, ProjectApplication


def replace_asked(now: datetime) -> int:
    """A step of the tick: every paper that waits for somebody who has left the level."""
    waiting = ApprovalStep.objects.open().filter(application__state=ApplicationState.IN_APPROVAL)
    waiting_for_office = held_up(ProjectApplication.SUBJECT)
    steps = waiting.select_related("asked", "application__matter")
    found = [
        step.application.matter_id
        for step in every(steps, "asked")
        if step.application_id in waiting_for_office or has_left(step, step.application)
    ]
    return each(found, lambda pk: ask_next_holder(matter_id=pk, by=SYSTEM))


@flow
def ask_next_holder(*, matter_id: int, by: Any) -> ApprovalStep | None:
    """The next one of the level is asked, by the same date; where nobody is left the post has to be filled."""
    application = application_of(lock(matter_id))
    if application is None or application.state != ApplicationState.IN_APPROVAL:
        return None
    step: ApprovalStep = application.steps.open().select_for_update(of=("self",)).with_people().get()
    left, level = step.asked, ApprovalLevel(step.level)
    others = on_other_levels(application, level)
    person, stands_for = first_free(application, level, others)
    found = pass_decision_on(
        application.matter, kind=OWED[level], has_left=has_left(step, application), find=lambda: person,
        owes={**what_is_owed(application), "url_name": PAGE}, why="approval",
        tell_vacant=lambda heads: _tell_vacant(application, step, heads),
    )  # fmt: skip
    if found is None:
        return None
    step.asked, step.on_behalf_of = found, stands_for
    step.save()
    told = {"name": left.name, "approver": found.name, "level": word(level.label)}
    sentence = _n("%(name)s has left the post: %(approver)s approves %(number)s (%(level)s) now.")
    tell_people(
        application.matter, [found], sentence, key=f"approval:{step.pk}:asked:{found.pk}", params=told, url_name=APPROVE,
        number=application.number, to_do=True,
    )  # fmt: skip
    tell_story(
        application.matter, "ask_next_holder", sentence, subject=application,
        params={"number": application.number, **told},
    )  # fmt: skip
    return step


def _tell_vacant(application: ProjectApplication, step: ApprovalStep, heads: list[User]) -> None:
    told = {"name": step.asked.name, "level": word(ApprovalLevel(step.level).label)}
    sentence = _n(
        "%(name)s has left the post and nobody holds it: %(number)s (%(level)s) waits until it is filled."
    )
    tell_people(
        application.matter, heads, sentence, key=f"approval:{step.pk}:vacant", params=told, url_name=PAGE,
        number=application.number, to_do=True,
    )  # fmt: skip
    tell_story(
        application.matter, "await_approver", sentence, subject=application, tone="warn",
        params={"number": application.number, **told},
    )  # fmt: skip
