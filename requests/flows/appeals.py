"""Appeals against a decision (复议, R060): asked by a head in time, ruled on one level above; the execution goes on meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from organization import people
from organization.models import Department, User
from requests import appeal_policies as policies
from requests import rules
from requests.appeal_levels import next_ruler, rulers, rules_on
from requests.appeal_states import AppealGround, AppealOutcome
from requests.change_states import UNDONE
from requests.flows.deciders import HELD_UP, ask_to_name
from requests.flows.shared import let_read, lock, readers_among, speakers, tell_people, tell_story
from requests.models import ChangeRequest, CoordinationRequest, DecisionAppeal
from requests.states import Stage
from supervision import flows as supervision
from supervision import limits
from supervision.calendar import working_days
from supervision.models import Obligation
from supervision.states import Kind

PAGE = "requests:appeal"
# In characters: a ruling answers what was brought forward, point by point.
IN_FULL = 1000


def addressees(matter: CoordinationRequest) -> set[int]:
    """Whom the decision binds: the departments that take part, and those that got an action item."""
    taking_part = matter.participants.values_list("department_id", flat=True)
    handed_out = matter.items.exclude(number=None).values_list("department_id", flat=True)
    return {*taking_part, *handed_out}


def last_moment(matter: CoordinationRequest) -> datetime | None:
    """Until when a department can appeal; the time stands still while the matter is suspended (Q20)."""
    if matter.decided_at is None:
        return None
    until = limits.due(Kind.APPEAL_WINDOW, matter.urgency, matter.decided_at)
    for since, ended in _suspensions(matter, matter.decided_at):
        if since < until:
            until = working_days().add_minutes(until, working_days().minutes_between(since, ended))
    return until


def _suspensions(matter: CoordinationRequest, decided_at: datetime) -> list[tuple[datetime, datetime]]:
    """As long as it stands still, somebody owes to see whether it can go on."""
    owed = Obligation.objects.of(matter.SUBJECT, matter.pk).filter(kind=Kind.RESTART)
    ended_since = owed.filter(Q(ended_at=None) | Q(ended_at__gt=decided_at)).order_by("since", "pk")
    spans = ended_since.values_list("since", "ended_at")
    return [(max(since, decided_at), ended or now()) for since, ended in spans]


def have_appealed(matter: CoordinationRequest) -> set[int]:
    """The departments that have appealed against the decision that holds now."""
    rows = matter.appeals.filter(decided_at=matter.decided_at) if matter.decided_at else matter.appeals.none()
    return set(rows.values_list("department_id", flat=True))


@flow
def ask_appeal(
    *, matter_id: int, by: User, ground: str, reason: str, wish: str, department: Department | None = None
) -> DecisionAppeal:
    """R060: what was decided holds and is carried out; the head of an addressed department asks, once and in time, that
    somebody one level above looks at it."""
    matter = lock(matter_id)
    if not policies.may_appeal(matter, by, addressees(matter)):
        raise NotYours(
            _("The head of a department that the decision binds appeals against it, never whoever decided.")
        )
    decided_at = _insist_on_time(matter)
    mine = _whose(matter, by, department)
    _insist_on_form(ground, reason, wish)
    ruler = next(rulers(matter, matter.decided_by, mine, {by.pk}), None)
    if ruler is None:
        raise NotReady(_("Nobody stands above this decision. Ask for a change of it instead."))
    appeal = DecisionAppeal.objects.create(
        matter=matter, decided_at=decided_at, decided_by=matter.decided_by, decision_document=matter.decision_document,
        department=mine, department_name=mine.name, ground=ground, reason=reason.strip(), wish=wish.strip(), asked_by=by,
        asked_at=now(), ruler=ruler,
    )  # fmt: skip
    if matter.is_closed and not readers_among(matter, [ruler]):
        ask_to_name(matter, ruler, what_is_owed(appeal))
    else:
        owe_ruling(appeal)
    facts = {"department": mine.name, "ruler": ruler.name}
    tell_appeal(
        appeal, [matter.decided_by, matter.keeper, matter.filed_by, *speakers(addressees(matter))],
        _n("%(number)s: %(department)s appeals against the decision; it holds until %(ruler)s has ruled."), "asked", by, facts=facts,
    )  # fmt: skip
    tell_story(
        matter, "ask_appeal", _n("%(department)s %(actor)s appealed against the decision; %(ruler)s rules on it."), by=by,
        subject=appeal, params=facts, reason=appeal.reason, tone="warn",
    )  # fmt: skip
    return appeal


def owe_ruling(appeal: DecisionAppeal) -> None:
    """Whoever rules reads the matter and owes the ruling from now on; a confidential one names its readers first."""
    let_read(appeal.matter, users=[appeal.ruler_id], why="appeal")
    supervision.owe(
        kind=Kind.APPEAL_DECISION, holder=appeal.ruler, asked_by=appeal.asked_by, ladder=True, **what_is_owed(appeal)
    )  # fmt: skip
    tell_appeal(
        appeal, [appeal.ruler], _n("%(number)s: %(department)s appeals against the decision; the ruling is yours."), "asked",
        appeal.asked_by, facts={"department": appeal.department_name}, to_do=True,
    )  # fmt: skip


def is_ruling_owed(appeal: DecisionAppeal) -> bool:
    """Not while the one who rules is not named as a reader."""
    owed = Obligation.objects.of(DecisionAppeal.SUBJECT, appeal.pk).open()
    return owed.filter(kind=Kind.APPEAL_DECISION).exists()


@flow
def rule_appeal(*, appeal_id: int, by: User, uphold: bool, answer: str) -> DecisionAppeal:
    """Rejected, the decision stands. Upheld, it holds until it is changed: the office owes the change, which whoever upheld
    it approves."""
    appeal = lock_appeal(appeal_id)
    if not rules_on(appeal, by):
        raise NotYours(
            _("Somebody one level above the decision rules on it: %(name)s.") % {"name": _ruler_now(appeal)}
        )
    _insist_on_waiting(appeal)
    rules.insist_on_reason(answer, field="answer", most=IN_FULL)
    appeal.outcome = AppealOutcome.UPHELD if uphold else AppealOutcome.REJECTED
    appeal.answered_by, appeal.answered_at, appeal.answer = by, now(), answer.strip()
    appeal.save()
    for done in (Kind.APPEAL_DECISION, *HELD_UP):
        _end_duty(appeal, done)
    if uphold:
        _owe_change(appeal, by)
    _tell_ruling(appeal, by)
    return appeal


@flow
def withdraw_appeal(*, appeal_id: int, by: User, reason: str) -> DecisionAppeal:
    """Taken back before its ruling, or because nothing is left to change; the decision stands."""
    appeal = lock_appeal(appeal_id)
    if not policies.may_withdraw_appeal(appeal, by):
        raise NotYours(_("Only the department that appealed takes the appeal back."))
    if not DecisionAppeal.objects.unsettled().filter(pk=appeal.pk).exists():
        raise NotReady(_("This appeal has come to its end already."))
    if appeal.changes.filter(state__in=UNDONE).exists():
        raise NotReady(_("A change carries it out already. Have the change taken back first."))
    rules.insist_on_reason(reason)
    appeal.outcome = AppealOutcome.WITHDRAWN
    appeal.save()
    supervision.cancel(subject_type=DecisionAppeal.SUBJECT, subject_id=appeal.pk)
    facts = {"department": appeal.department_name}
    tell_appeal(
        appeal, [appeal.ruler, appeal.matter.decided_by, appeal.matter.keeper],
        _n("%(number)s: %(department)s takes its appeal back; the decision stands."), "withdrawn", by, facts=facts,
    )  # fmt: skip
    tell_story(
        appeal.matter, "withdraw_appeal", _n("%(department)s %(actor)s took the appeal against the decision back."), by=by,
        subject=appeal, params=facts, reason=reason,
    )  # fmt: skip
    return appeal


def end_appeals(matter: CoordinationRequest) -> None:
    """What was decided no longer holds, so nothing of it is left to appeal against."""
    for appeal in matter.appeals.unsettled().select_related("asked_by", "ruler"):
        appeal.matter, appeal.outcome = matter, AppealOutcome.ENDED
        appeal.save()
        supervision.cancel(subject_type=DecisionAppeal.SUBJECT, subject_id=appeal.pk)
        tell_appeal(
            appeal, [appeal.asked_by, appeal.ruler],
            _n("%(number)s does not go on: nothing is left of the decision that %(department)s appealed against."), "over", None,
            facts={"department": appeal.department_name},
        )  # fmt: skip


def settle_appeal(change: ChangeRequest) -> None:
    """What the appeal was upheld for has been changed: the office no longer owes it."""
    if change.appeal is not None:
        _end_duty(change.appeal, Kind.CHANGE_APPLY)


def insist_on_appeal(appeal: DecisionAppeal, matter: CoordinationRequest, by: User) -> None:
    """Only an appeal of this matter that was upheld is carried out by a change, one at a time."""
    sentence = ""
    if appeal.matter_id != matter.pk or not matter.appeals.to_be_changed().filter(pk=appeal.pk).exists():
        sentence = _("This appeal was not upheld, or it has been carried out already.")
    elif appeal.changes.filter(state__in=UNDONE).exists():
        sentence = _("A change that carries out this appeal is under way already.")
    if sentence:
        raise Invalid(sentence, fields={"appeal": [sentence]})
    if not policies.may_carry_out(appeal, by):
        raise NotYours(_("The coordination office, or the department that appealed, asks for this change."))


def lock_appeal(appeal_id: int) -> DecisionAppeal:
    """The appeal under its row lock, after its matter."""
    matter = lock(DecisionAppeal.objects.values_list("matter_id", flat=True).get(pk=appeal_id))
    rows = DecisionAppeal.objects.select_for_update(of=("self",)).select_related(
        "department", "asked_by", "ruler", "decided_by"
    )
    appeal: DecisionAppeal = rows.get(pk=appeal_id)
    appeal.matter = matter
    return appeal


def what_is_owed(appeal: DecisionAppeal) -> dict[str, Any]:
    matter = appeal.matter
    return {
        "subject_type": DecisionAppeal.SUBJECT, "subject_id": appeal.pk, "case_id": matter.pk, "number": matter.number or "",
        "url_name": PAGE, "url_args": [appeal.pk], "urgency": matter.urgency,
    }  # fmt: skip


def _owe_change(appeal: DecisionAppeal, by: User) -> None:
    """As long as the ruling took: the change is assessed, approved and carried out in it."""
    matter = appeal.matter
    due_at = limits.due(Kind.APPEAL_DECISION, matter.urgency, now())
    supervision.owe(
        kind=Kind.CHANGE_APPLY, holder=matter.keeper, holder_department=people.office(), asked_by=by, due_at=due_at,
        **what_is_owed(appeal),
    )  # fmt: skip


def _end_duty(appeal: DecisionAppeal, kind: str) -> None:
    supervision.discharge(kind=kind, subject_type=DecisionAppeal.SUBJECT, subject_id=appeal.pk)


def _insist_on_time(matter: CoordinationRequest) -> datetime:
    """The decision that still can be appealed against is known by its moment."""
    until = last_moment(matter)
    if matter.stage != Stage.EXECUTION or until is None or matter.decided_at is None:
        raise NotReady(_("An appeal is asked for after the decision, while it is carried out."))
    if matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))
    if until < now():
        raise NotReady(
            _("The time for an appeal ended on %(day)s. Ask for a change instead.")
            % {"day": f"{timezone.localtime(until):%Y-%m-%d %H:%M}"}
        )
    return matter.decided_at


def _whose(matter: CoordinationRequest, by: User, department: Department | None) -> Department:
    """The department that this head appeals for; once for each decision."""
    bound = addressees(matter) & set(by.authority.headed)
    mine = list(Department.objects.filter(pk__in=[department.pk] if department else bound).order_by("order"))
    if department is not None and department.pk not in bound:
        raise NotYours(
            _("The head of a department that the decision binds appeals against it, never whoever decided.")
        )
    appealed = have_appealed(matter)
    left = [row for row in mine if row.pk not in appealed]
    if not left:
        raise NotReady(_("Your department has appealed against this decision already; it can do so once."))
    if len(left) > 1:
        sentence = _("You head several departments. Say for which one.")
        raise Invalid(sentence, fields={"department": [sentence]})
    return left[0]


def _insist_on_form(ground: str, reason: str, wish: str) -> None:
    wrong = {
        "ground": ground not in AppealGround.values and _("Choose the ground."),
        "reason": not reason.strip() and _("Write what speaks against the decision."),
        "wish": not wish.strip() and _("Write what should hold instead."),
    }
    fields: dict[str, list[Sentence]] = {name: [sentence] for name, sentence in wrong.items() if sentence}
    if fields:
        raise Invalid(_("The appeal is not complete."), fields=fields)


def _insist_on_waiting(appeal: DecisionAppeal) -> None:
    if appeal.outcome:
        raise NotReady(_("This appeal has come to its end already."))
    if appeal.matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))


def _ruler_now(appeal: DecisionAppeal) -> str:
    found = next_ruler(appeal, ())
    return found.name if found is not None else appeal.ruler.name


def tell_appeal(
    appeal: DecisionAppeal, to: list[User | None], sentence: str, key: str, by: User | None, *, facts: dict[str, str], to_do: bool = False
) -> None:  # fmt: skip
    """Each once, and not whoever did it; of two sentences of the same key the first one counts."""
    doer = by.pk if by is not None else None
    told = {person.pk: person for person in to if person is not None and person.pk != doer}
    tell_people(
        appeal.matter, told.values(), sentence, key=f"appeal:{appeal.pk}:{key}", params=facts, url_name=PAGE,
        url_args=[appeal.pk], to_do=to_do,
    )  # fmt: skip


def _tell_ruling(appeal: DecisionAppeal, by: User) -> None:
    matter, upheld = appeal.matter, appeal.outcome == AppealOutcome.UPHELD
    facts = {"department": appeal.department_name}
    if upheld:
        tell_appeal(
            appeal, [matter.keeper],
            _n("%(number)s: the appeal of %(department)s was upheld; ask for the change of the decision."), "ruled", by,
            facts=facts, to_do=True,
        )  # fmt: skip
    tell_appeal(
        appeal, [appeal.asked_by, matter.decided_by, matter.filed_by, *speakers(addressees(matter)), matter.keeper if not upheld else None],
        _n("%(number)s: the appeal of %(department)s was upheld; until the change is approved the decision holds.") if upheld
        else _n("%(number)s: the appeal of %(department)s was rejected; the decision stands."),
        "ruled", by, facts=facts,
    )  # fmt: skip
    tell_story(
        matter, "rule_appeal",
        _n("%(actor)s upheld the appeal of %(department)s; what was decided is changed by a request.") if upheld
        else _n("%(actor)s rejected the appeal of %(department)s; the decision stands."),
        by=by, subject=appeal, params=facts, reason=appeal.answer, tone="acc" if upheld else "bad",
    )  # fmt: skip
