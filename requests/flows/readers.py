"""Named readers of a confidential matter: named and ended by whoever keeps it or the head of the office (domain §5)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import SYSTEM, now, today
from audit.flow import flow
from audit.one_by_one import each
from audit.reasons import IN_SHORT
from audit.refusals import Invalid, NotReady, NotYours
from organization import people
from organization.models import User
from requests import policies, rules
from requests.flows.appeal_rulers import replace_ruler
from requests.flows.approval_levels import ask_next_holder
from requests.flows.change_levels import replace_approver
from requests.flows.plan_levels import replace_plan_approver
from requests.flows.shared import lock, readers_among, tell_people, tell_story
from requests.models import ChangeRequest, CoordinationRequest, DecisionAppeal, Plan, Reader
from requests.states import NAMED, Stage
from supervision.models import Obligation
from supervision.states import Kind

BATCH = 200
MAY_NOT = _n("Whoever keeps the case and the head of the coordination office name its readers.")


@flow
def name_reader(
    *, matter_id: int, by: User, person: User, reason: str, until: date | None = None
) -> CoordinationRequest:
    """This person reads the matter from now on, to the end of that day if one is given. They, and both who name, are told."""
    matter = lock(matter_id)
    _insist_on_naming(matter, by)
    rules.insist_on_reason(reason, most=IN_SHORT)
    _insist_on_person(matter, person)
    if until is not None and until < today():
        sentence = _("This day has passed. Choose today or later.")
        raise Invalid(sentence, fields={"until": [sentence]})
    # One whose day has passed, and that no tick has ended yet, makes room.
    for row in matter.readers.filter(user=person, why=NAMED, ended_at=None):
        _end(row, None)
    row = Reader.objects.create(
        matter=matter, user=person, why=NAMED, named_by=by, reason=reason.strip(), since=now(),
        until=end_of(until) if until else None,
    )  # fmt: skip
    day = f"{until:%Y-%m-%d}" if until else ""
    _tell(
        matter, row,
        _n("%(number)s: %(name)s reads it as a named person until %(day)s.") if day
        else _n("%(number)s: %(name)s reads it as a named person."),
        key="named", day=day,
    )  # fmt: skip
    tell_story(
        matter, "name_reader",
        _n("%(actor)s named %(name)s as a reader until %(day)s.") if day else _n("%(actor)s named %(name)s as a reader."),
        by=by, reason=reason, params={"name": person.name, "day": day},
    )  # fmt: skip
    _let_decide(matter, by)
    return matter


@flow
def end_reading(*, matter_id: int, by: User, person: User, reason: str) -> CoordinationRequest:
    """This person reads it no longer. They, and both who name, are told; that they read it stays written."""
    matter = lock(matter_id)
    _insist_on_naming(matter, by)
    rules.insist_on_reason(reason)
    row = matter.readers.filter(user=person, why=NAMED, ended_at=None).select_related("user").first()
    if row is None:
        sentence = _("This person is not a named reader.")
        raise Invalid(sentence, fields={"person": [sentence]})
    _end(row, by)
    _tell(matter, row, _n("%(number)s: %(name)s reads it no longer."), key="ended")
    tell_story(
        matter, "end_reading", _n("%(actor)s ended the reading of %(name)s."), by=by, reason=reason,
        params={"name": person.name}, tone="warn",
    )  # fmt: skip
    return matter


def end_expired_readings(now: datetime) -> int:
    """A step of the tick: readings whose day has passed are written down as ended, each in its own transaction."""
    past = Reader.objects.filter(why=NAMED, ended_at=None, until__lte=now).order_by("pk")
    return each(
        list(past.values_list("pk", flat=True)[:BATCH]),
        lambda pk: end_expired_reading(reader_id=pk, by=SYSTEM),
    )


@flow
def end_expired_reading(*, reader_id: int, by: Any) -> Reader | None:
    """The day has passed: nothing was read since, now it is written down too. None when somebody was quicker."""
    matter = lock(Reader.objects.values_list("matter_id", flat=True).get(pk=reader_id))
    row = matter.readers.filter(pk=reader_id, ended_at=None).select_related("user").first()
    if row is None:
        return None
    _end(row, None)
    _tell(matter, row, _n("%(number)s: %(name)s reads it no longer."), key="ended")
    tell_story(
        matter, "end_reading", _n("The reading of %(name)s has ended."), params={"name": row.user.name}
    )
    return row


def _let_decide(matter: CoordinationRequest, by: User) -> None:
    """What waited for somebody to be named is passed on to the next decider at once, not in the next minute."""
    owed = Obligation.objects.of_case(matter.pk).open().filter(kind=Kind.NAME_READER).order_by("pk")
    for subject_type, pk in list(owed.values_list("subject_type", "subject_id")):
        if subject_type == ChangeRequest.SUBJECT:
            replace_approver(change_id=pk, by=by)
        elif subject_type == Plan.SUBJECT:
            replace_plan_approver(plan_id=pk, by=by)
        elif subject_type == DecisionAppeal.SUBJECT:
            replace_ruler(appeal_id=pk, by=by)
        else:
            ask_next_holder(matter_id=matter.pk, by=by)


def end_of(day: date) -> datetime:
    """The moment at which this day is over in the office's time zone."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _insist_on_naming(matter: CoordinationRequest, by: User) -> None:
    if not policies.may_name_readers(matter, by):
        raise NotYours(_(MAY_NOT))
    if not matter.is_closed or matter.stage == Stage.DRAFT:
        raise NotReady(_("Readers are named on confidential matters only."))


def _insist_on_person(matter: CoordinationRequest, person: User) -> None:
    """Somebody who works, and for whom the matter does not exist yet."""
    sentence = ""
    if not person.is_active:
        sentence = _("This account is closed. Choose somebody else.")
    elif readers_among(matter, [person]):
        sentence = _("This person reads the matter already.")
    if sentence:
        raise Invalid(sentence, fields={"person": [sentence]})


def _end(row: Reader, by: User | None) -> None:
    row.ended_at, row.ended_by = now(), by
    row.save()


def _tell(matter: CoordinationRequest, row: Reader, sentence: str, *, key: str, day: str = "") -> None:
    """The person, who keeps the case, and the head of the office."""
    concerned = {
        person.pk: person for person in (row.user, matter.keeper, people.office_head()) if person is not None
    }
    tell_people(
        matter, concerned.values(), sentence, key=f"reader:{row.pk}:{key}", whoever=True,
        params={"name": row.user.name if row.user else "", "day": day},
    )  # fmt: skip
