"""The project application (立项申请书, F2): generated from the request, completed, handed in to the first level (R035)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady
from documents.numbers import take
from documents.states import Series
from organization.collisions import fingerprint, insist_on_seen, last_hand
from organization.models import Department, User
from requests import approval_rules
from requests.approval_draft import drafted_from, named_departments
from requests.approval_states import ApplicationState, Chain
from requests.flows.approval_shared import (
    APPROVAL,
    PAGE,
    application_of,
    ask,
    call_back,
    insist_on_open,
    insist_on_three_persons,
    insist_on_writer,
    levels_of,
    standing_approvals,
)
from requests.flows.shared import let_read, lock, tell_people, tell_story
from requests.models import CoordinationRequest, ProjectApplication
from requests.states import Stage
from supervision import flows as supervision

FIELDS = (
    "title", "content", "benefit", "lead_person", "lead_department", "may_call_meetings", "may_assign_items",
    "may_use_resources", "money_up_to", "days_up_to", "starts_on", "ends_on", "budget",
)  # fmt: skip


@flow
def write_application(
    *, matter_id: int, by: User, fields: Mapping[str, Any], seen: str = "", takes_back: bool = False
) -> ProjectApplication:
    """Keep the draft, complete or not; what is not given stands as the request gives it. An approved one that is written
    anew has to be approved anew, which whoever writes confirms with `takes_back`.

    Raises Conflict, with the name of the other person, when something else stands there than what was `seen`.
    """
    matter = lock(matter_id)
    application = application_of(matter)
    insist_on_writer(matter, application, by)
    insist_on_open(matter)
    _insist_on_free(application)
    _insist_on_seen(application, seen)
    if application is None:
        application = generated(matter, by)
    if application.state != ApplicationState.DRAFTED:
        _insist_on_taking_back(application, confirmed=takes_back)
        call_back(matter, by)
        application = ProjectApplication.objects.get(pk=application.pk)
        application.matter = matter
    before = application.lead_person_id
    _fill(application, fields)
    approval_rules.insist_on_schedule(application.starts_on, application.ends_on)
    if (
        matter.stage == Stage.PREPARATION
    ):  # the decision looks at it: a paper that asks for nothing any more bars nothing
        application.chain = approval_rules.chain_of(application, named_departments(matter))
    application.save()
    if application.lead_person is not None and application.lead_person_id != before:
        _tell_lead(application, application.lead_person)
    return application


def seen_of_application(application: ProjectApplication | None) -> str:
    """What somebody who opens the paper sees of it, and whether it is approved by then."""
    if application is None:
        return fingerprint("none")
    columns = {"lead_person": "lead_person_id", "lead_department": "lead_department_id"}
    fields = [getattr(application, columns.get(name, name)) for name in (*FIELDS, "state")]
    rows = [json.dumps(getattr(application, name), sort_keys=True) for name in approval_rules.ROWS]
    return fingerprint(*fields, *rows)


def _insist_on_free(application: ProjectApplication | None) -> None:
    if application is None or application.state != ApplicationState.IN_APPROVAL:
        return
    raise NotReady(
        _(
            "%(name)s handed it in at %(time)s and it is being approved; it can be changed when a level returns it."
        )
        % {
            "name": application.submitted_by.name if application.submitted_by else _("Somebody"),
            "time": f"{timezone.localtime(application.submitted_at):%Y-%m-%d %H:%M}",
        }
    )


def _insist_on_seen(application: ProjectApplication | None, seen: str) -> None:
    name, at = last_hand(application) if application is not None else ("", None)
    insist_on_seen(seen, seen_of_application(application), name=name, at=at)


def _insist_on_taking_back(application: ProjectApplication, *, confirmed: bool) -> None:
    """Nobody takes back by accident what others have approved."""
    names = "、".join(step.answered_by.name for step in standing_approvals(application) if step.answered_by)
    if names and not confirmed:
        sentence = _("Writing it anew takes back the approvals of %(names)s. Confirm that this is meant.") % {
            "names": names
        }
        raise Invalid(sentence, fields={"takes_back": [sentence]})


def generated(matter: CoordinationRequest, by: User) -> ProjectApplication:
    """The paper as the request gives it, not kept yet."""
    start = drafted_from(matter)
    start["lead_department"] = Department.objects.get(pk=start["lead_department"])
    start["goals"] = []  # the goal of the request has no figure yet: whoever completes the paper writes it
    start["departments"] = [row for row in start["departments"] if row["answer"]]
    return ProjectApplication(matter=matter, drafted_by=by, drafted_at=now(), **start)


def _fill(application: ProjectApplication, fields: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in fields:
            value = fields[name]
            setattr(application, name, value.strip() if isinstance(value, str) else value)
    for name in approval_rules.ROWS:
        if name in fields:
            setattr(application, name, [_kept(row) for row in fields[name]])


def _kept(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it is kept and printed: days as text, a department with the name that it has today."""
    kept: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Department):
            kept |= {"department": value.pk, "name": value.name}
        else:
            kept[name] = value.isoformat() if isinstance(value, date) else value
    return kept


def _tell_lead(application: ProjectApplication, person: User) -> None:
    """Whoever is proposed completes the paper, so they have to see the matter (R035: completed by the lead)."""
    let_read(application.matter, users=[person.pk], why="lead")
    tell_people(
        application.matter, [person], _n("%(number)s: you are proposed as lead. Complete the project application."),
        key=f"application:{application.pk}:lead:{person.pk}", url_name=PAGE, to_do=True,
    )  # fmt: skip


@flow
def hand_in_application(
    *, matter_id: int, by: User, fields: Mapping[str, Any], seen: str = "", takes_back: bool = False
) -> ProjectApplication:
    """Written and handed in as one act: what is refused leaves the paper, and the approvals that it has, as they were."""
    write_application(matter_id=matter_id, by=by, fields=fields, seen=seen, takes_back=takes_back)
    return submit_application(matter_id=matter_id, by=by)


@flow
def submit_application(*, matter_id: int, by: User) -> ProjectApplication:
    """Q5: complete, it gets its number and goes to the first level that the rule asks for. The clock of the acceptance
    stands still meanwhile. Handed in again, every level is asked again."""
    matter = lock(matter_id)
    application = application_of(matter)
    insist_on_writer(matter, application, by)
    insist_on_open(matter)
    if application is None:
        sentence = _("Write the application first.")
        raise Invalid(sentence, fields={"title": [sentence]})
    if application.state != ApplicationState.DRAFTED:
        raise NotReady(
            _("This is not possible now: it stands at “%(state)s”.") % {"state": application.state_words()}
        )
    wished = named_departments(matter)
    approval_rules.insist_on_whole(application, wished)
    application.chain = approval_rules.chain_of(application, wished)
    if application.chain == Chain.NONE:
        return _settle(application, by)
    application.submitted_by, application.submitted_at = by, now()
    insist_on_three_persons(application)
    application.number = application.number or take(Series.PROJECT)
    application.round += 1
    application.submit()
    application.save()
    supervision.suspend(
        subject_type=matter.SUBJECT, subject_id=matter.pk, reason=_("Waits for the approvals"), cause=APPROVAL
    )
    step = ask(application, levels_of(application)[0], by=by)
    tell_story(
        matter, "submit_application", _n("%(actor)s handed in the project application %(number)s; %(approver)s has it."),
        by=by, subject=application, params={"number": application.number, "approver": step.asked.name},
    )  # fmt: skip
    return application


def _settle(application: ProjectApplication, by: User) -> ProjectApplication:
    """In preparation a paper that was written smaller can need no level any more: it is kept, and the decision waits for
    nothing."""
    if application.matter.stage != Stage.PREPARATION:
        raise NotReady(_("The rule asks for no approval of this matter: it can be accepted as it is."))
    application.save()
    tell_story(
        application.matter, "settle_application",
        _n("%(actor)s wrote the project application anew: as it stands now it needs no approval."),
        by=by, subject=application,
    )  # fmt: skip
    return application
