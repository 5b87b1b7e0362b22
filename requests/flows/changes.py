"""Change requests (变更申请, F13, R094, R095): asked by a party, assessed, approved at the level of the decision, carried
out by the lead, checked by the office. Until its approval what was decided stays in force."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from audit.transitions import insist
from documents.numbers import take
from documents.states import Series
from organization import people
from organization.models import User
from requests import change_policies, rules
from requests.change_states import FRAME, IMPACTS, RUNNING, ChangeCause, ChangeState
from requests.decision_levels import (
    answers_now,
    decider_of_change_left,
    is_frame_open,
    next_decider_of_change,
)
from requests.flows.appeals import insist_on_appeal, settle_appeal
from requests.flows.change_assessors import assessors
from requests.flows.change_levels import level_of
from requests.flows.change_objects import OBJECTS
from requests.flows.change_orders import ask_for_order
from requests.flows.change_plans import people_of
from requests.flows.change_shared import (
    end_duty,
    leave_as_decided,
    lock_change,
    tell_change,
    what_is_owed,
    write_change,
)
from requests.flows.change_void import is_moot
from requests.flows.deciders import HELD_UP, has_left_the_level
from requests.flows.item_shared import lock_item
from requests.flows.plan_shared import leads_of
from requests.flows.shared import let_read, lock, readers_among, speakers
from requests.models import ActionItem, ChangeReading, ChangeRequest, CoordinationRequest, DecisionAppeal
from requests.plan_policies import may_write_plan
from requests.states import Stage
from supervision import flows as supervision
from supervision.calendar import working_days
from supervision.states import Kind, Outcome

# After an oral order, in working days (domain §3.6).
PAPERS_FOLLOW = 2


@flow
def ask_change(
    *,
    matter_id: int,
    by: User,
    object: str,
    value: str,
    cause: str,
    cause_text: str,
    impacts: Mapping[str, str],
    item: ActionItem | None = None,
    alternatives: str = "",
    ordered_by: User | None = None,
    appeal: DecisionAppeal | None = None,
) -> ChangeRequest:
    """A party asks (R094). What holds today is taken from the matter; all five impacts are written (R095).

    With `ordered_by` it is urgent: applied at once on the oral order of the level that decides, the papers follow. With
    `appeal` it carries out one that was upheld: whoever upheld it decides.
    """
    matter = lock(matter_id)
    insist_on_asker(matter, by)
    _insist_on_decided(matter, object)
    # Only what hangs on an item has one, as it stands now and not as the form showed it.
    has_item = item is not None and object in OBJECTS and OBJECTS[object].of_item
    item = lock_item(item.pk) if item is not None and has_item else None
    _insist_on_form(matter, object, item, cause, cause_text, impacts)
    kind = OBJECTS[object]
    old, new = kind.read(matter, item), kind.parse(value)
    if old == new:
        sentence = _("This holds already. Write what shall hold instead.")
        raise Invalid(sentence, fields={"value": [sentence]})
    if appeal is not None:
        insist_on_appeal(appeal, matter, by)
    way, approver = level_of(matter, is_frame=not kind.of_item, by=by, appeal=appeal)
    if ordered_by is not None and ordered_by.pk != approver.pk:
        sentence = _("The order is given by the level of the decision: %(person)s.") % {
            "person": approver.name
        }
        raise Invalid(sentence, fields={"ordered_by": [sentence]})
    change = ChangeRequest.objects.create(
        matter=matter, number=take(Series.CHANGE), object=object, item=item, before=kind.words(old),
        after=kind.words(new), value=new, old_value=old, cause=cause, cause_text=cause_text.strip(),
        alternatives=alternatives.strip(), is_urgent=ordered_by is not None, ordered_by=ordered_by, asked_by=by,
        asked_at=now(), way=way, approver=approver, appeal=appeal, **{name: impacts[name].strip() for name in IMPACTS},
    )  # fmt: skip
    kind.hold(change, by)
    if ordered_by is not None:
        write_change(change, by)
        ask_for_order(change, ordered_by, by)
    holders = assessors(matter, by, approver)
    due_at = working_days().add_days(now(), PAPERS_FOLLOW) if change.is_urgent else None
    supervision.owe(
        kind=Kind.CHANGE_ASSESS, asked_by=by, due_at=due_at, **holders, **what_is_owed(change)
    )  # fmt: skip
    tell_change(
        change,
        "ask_change",
        _n("%(actor)s asked for the change %(number)s: %(object)s."),
        by,
        [matter.keeper],
        to_do=True,
    )
    return change


def insist_on_asker(matter: CoordinationRequest, by: User) -> None:
    """Any party; and whoever writes the plan, whose versions are asked for here too."""
    departments = set(matter.participants.values_list("department_id", flat=True))
    if not change_policies.may_ask_change(matter, by, departments) and not may_write_plan(
        matter, by, leads_of(matter)
    ):
        raise NotYours(
            _("A change is asked for by the applicant, a department that takes part, or the office.")
        )


@flow
def assess_change(*, change_id: int, by: User, assessment: str) -> ChangeRequest:
    """The team says what the change means; then it goes to the level of the decision."""
    change = lock_change(change_id)
    insist(change.assess, by)
    if not assessment.strip():
        sentence = _("Write what the change means for the matter.")
        raise Invalid(sentence, fields={"assessment": [sentence]})
    change.assess()
    change.assessment, change.assessed_by = assessment.strip(), by
    change.save()
    end_duty(change, Kind.CHANGE_ASSESS)
    let_read(change.matter, users=[change.approver_id], why="change")
    supervision.owe(
        kind=Kind.CHANGE_APPROVE, holder=change.approver, asked_by=by, ladder=True, **what_is_owed(change)
    )
    tell_change(
        change, "assess_change", _n("%(actor)s assessed the change %(number)s; %(approver)s decides on it."), by,
        [change.approver], reason=change.assessment, approver=change.approver.name, to_do=True,
    )  # fmt: skip
    return change


@flow
def answer_change(*, change_id: int, by: User, approve: bool, answer: str = "") -> ChangeRequest:
    """R094: at the level of the original decision; a lower one is refused and hears who may."""
    change = lock_change(change_id)
    if change.state != ChangeState.APPROVAL:
        raise NotReady(
            _("This is not possible now: it stands at “%(state)s”.") % {"state": change.state_words()}
        )
    if not answers_now(change, by):
        raise NotYours(who_approves(change))
    if not approve and not answer.strip():
        raise Invalid(_("Write why not."), fields={"answer": [_("Write why not.")]})
    change.approve() if approve else change.deny()
    change.answer, change.answered_by, change.answered_at = answer.strip(), by, now()
    end_duty(change, Kind.CHANGE_APPROVE)
    for moot in (Kind.CONFIRM_ORDER, *HELD_UP):
        end_duty(change, moot, Outcome.CANCELLED)
    if not approve:
        leave_as_decided(change)
    change.save()
    if approve:
        holder = change.matter.lead_department
        supervision.owe(kind=Kind.CHANGE_APPLY, holder_department=holder, asked_by=by, **what_is_owed(change))
    sentence = (
        _n("%(actor)s approved the change %(number)s.")
        if approve
        else _n("%(actor)s did not approve the change %(number)s; what was decided holds.")
    )
    tell_change(
        change, "answer_change", sentence, by, [change.asked_by, *speakers([change.matter.lead_department_id or 0])],
        reason=change.answer, tone="acc" if approve else "bad", to_do=True,
    )  # fmt: skip
    return change


def who_approves(change: ChangeRequest) -> str:
    """The sentence for everybody else: who may (R094)."""
    if decider_of_change_left(change):
        return has_left_the_level(change.approver, next_decider_of_change(change))
    if change.appeal is not None:
        return _("It carries out an appeal: whoever upheld it decides, %(person)s.") % {
            "person": change.approver.name
        }
    return _("It was decided by %(person)s (%(way)s): the change is approved at the same level.") % {
        "person": change.approver.name,
        "way": change.get_way_display() or _("approval of the project"),
    }


@flow
def apply_change(*, change_id: int, by: User) -> ChangeRequest:
    """The lead writes it into the matter; everybody concerned is told and signs for it."""
    change = lock_change(change_id)
    insist(change.implement, by)
    _insist_on_decided(change.matter, change.object, is_approved=True)
    if is_moot(change):
        raise NotReady(
            _("The action item is closed meanwhile, so nothing is left to change: the change ends by itself.")
        )
    change.implement()
    change.implemented_by = by
    change.save()
    end_duty(change, Kind.CHANGE_APPLY)
    settle_appeal(change)
    if change.applied_at is None:
        write_change(change, by)
    concerned = concerned_by(change)
    _ask_to_read(change, concerned, by)
    supervision.owe(
        kind=Kind.CHANGE_VERIFY, holder_department=people.office(), asked_by=by, **what_is_owed(change)
    )
    tell_change(
        change, "apply_change", _n("%(object)s was changed by %(number)s: %(before)s → %(after)s."), by, concerned,
        tone="warn", notice=_n("%(object)s was changed by %(number)s."), before=change.before or "—", after=change.after, to_do=True,
    )  # fmt: skip
    return change


def _ask_to_read(change: ChangeRequest, concerned: list[User], by: User) -> None:
    """Each of them owes the signature, by a day, with reminders."""
    ChangeReading.objects.bulk_create(ChangeReading(change=change, person=person) for person in concerned)
    for person in concerned:
        supervision.owe(
            kind=Kind.CHANGE_READ, holder=person, asked_by=by, ladder=True,
            **what_is_owed(change, url_name="requests:change_read"),
        )  # fmt: skip


@flow
def read_change(*, change_id: int, by: User) -> ChangeRequest:
    """R094: whoever is concerned signs that they know of it."""
    change = lock_change(change_id)
    reading = change.readings.filter(person=by, read_at=None).first()
    if reading is None:
        raise NotYours(_("You have signed for it already, or it does not concern you."))
    reading.read_at = now()
    reading.save()
    supervision.discharge(
        kind=Kind.CHANGE_READ, subject_type=ChangeRequest.SUBJECT, subject_id=change.pk, holder=by
    )
    return change


@flow
def verify_change(*, change_id: int, by: User) -> ChangeRequest:
    """An officer has seen that the new value stands there and that all concerned have read it."""
    change = lock_change(change_id)
    insist(change.verify, by)
    # Whoever has left, or no longer reads the matter, cannot sign any more.
    waiting = change.readings.filter(read_at=None, person__is_active=True).select_related("person")
    silent = [person.name for person in _who_read(change.matter, [row.person for row in waiting])]
    if silent:
        raise NotReady(_("Not signed for yet by: %(names)s. Remind them.") % {"names": "、".join(silent)})
    change.verify()
    change.verified_by, change.verified_at = by, now()
    change.save()
    end_duty(change, Kind.CHANGE_VERIFY)
    supervision.cancel(subject_type=ChangeRequest.SUBJECT, subject_id=change.pk)  # of those who have left
    tell_change(
        change,
        "verify_change",
        _n("%(actor)s checked the change %(number)s."),
        by,
        [change.asked_by],
        tone="ok",
    )
    return change


@flow
def withdraw_change(*, change_id: int, by: User, reason: str) -> ChangeRequest:
    """Taken back with the reason: before its answer, a version of the plan until it is in force."""
    change = lock_change(change_id)
    insist(change.withdraw, by)
    rules.insist_on_reason(reason)
    change.withdraw()
    leave_as_decided(change)
    change.save()
    supervision.cancel(subject_type=ChangeRequest.SUBJECT, subject_id=change.pk)
    tell_change(
        change, "withdraw_change", _n("%(actor)s took back the change %(number)s."), by,
        [change.matter.keeper, change.approver], reason=reason,
    )  # fmt: skip
    return change


def concerned_by(change: ChangeRequest) -> list[User]:
    """Applicant, keeper, whoever speaks for a department that takes part, the owner of the item, the team of the plan."""
    matter = change.matter
    ids = matter.participants.values_list("department_id", flat=True)
    found = [matter.filed_by, *([matter.keeper] if matter.keeper else []), *speakers(ids)]
    if change.item is not None:
        found.append(change.item.assignee)
    found += people_of(change)
    return _who_read(matter, list({person.pk: person for person in found if person.is_active}.values()))


def _who_read(matter: CoordinationRequest, persons: list[User]) -> list[User]:
    """A confidential matter is signed for by its readers only: the others do not find it."""
    return list(readers_among(matter, persons)) if matter.is_closed else persons


def _insist_on_decided(matter: CoordinationRequest, changed: str, *, is_approved: bool = False) -> None:
    """The frame of a project was decided by its approvals: it can be changed while a question of it is still open, and
    what was approved then is carried out also when the matter went back to its preparation."""
    sent_back = is_approved and matter.stage == Stage.PREPARATION
    moves_frame = changed in FRAME and (sent_back or is_frame_open(matter))
    if matter.stage != Stage.EXECUTION and not moves_frame:
        raise NotReady(_("A change is asked for after the decision, while it is carried out."))
    if matter.is_suspended:
        raise NotReady(_("The matter is suspended. Resume it first."))


def _insist_on_form(
    matter: CoordinationRequest, changed: str, item: ActionItem | None, cause: str, why: str, impacts: Mapping[str, str],
) -> None:  # fmt: skip
    fields: dict[str, list[Sentence]] = {
        name: [_("Write the impact; if there is none, write “no impact”.")]
        for name in IMPACTS
        if not str(impacts.get(name) or "").strip()
    }
    if changed not in OBJECTS:
        fields["object"] = [_("Choose what is to be changed.")]
    elif OBJECTS[changed].of_item and not _is_running(item, matter):
        fields["item"] = [_("Choose an action item of this matter that is under way.")]
    elif matter.change_requests.filter(object=changed, item=item, state__in=RUNNING).exists():
        fields["object"] = [_("A change of this is under way already. Wait for it, or take it back.")]
    if cause not in ChangeCause.values:
        fields["cause"] = [_("Choose the cause.")]
    if not why.strip():
        fields["cause_text"] = [_("Explain the cause.")]
    if fields:
        raise Invalid(_("The change request is not complete."), fields=fields)


def _is_running(item: ActionItem | None, matter: CoordinationRequest) -> bool:
    return item is not None and item.matter_id == matter.pk and bool(item.number) and item.is_open
