"""The level of a matter: raised at any time by one, lowered by two (domain §5, R150)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from audit.words import word
from organization import people
from organization.models import User
from requests import policies, rules
from requests.flows.shared import lock, readers_among, tell_people, tell_story, what_it_owes
from requests.models import CoordinationRequest, LevelChange
from requests.states import ENDED, Confidentiality, LevelState, Stage, is_stricter
from supervision.flows import discharge, owe
from supervision.states import Kind, Outcome


@flow
def raise_level(*, matter_id: int, by: User, level: str, reason: str) -> CoordinationRequest:
    """A stricter level, at once. A lowering that waits falls; on the highest level only persons read on."""
    matter = lock(matter_id)
    if not (policies.may_raise_level(matter, by) and readers_among(matter, [by])):
        raise NotYours(_("The applicant and the coordination office raise the level."))
    _insist_on_level(matter, level, reason, is_lowering=False)
    if level == Confidentiality.CONFIDENTIAL and not policies.reads_confidential(matter, by):
        raise NotYours(
            _("Whoever keeps the case or the head of the office does this: you would read it no longer.")
        )
    before = matter.confidentiality
    for change in matter.level_changes.open():
        _end(change, LevelState.WITHDRAWN, by)
    matter.confidentiality = level
    matter.save()
    keep_raise(matter, before=before, by=by, reason=reason)
    return matter


def keep_raise(matter: CoordinationRequest, *, before: str, by: User, reason: str) -> None:
    """The level before stays in the row, and the change in the story."""
    change = LevelChange.objects.create(
        matter=matter, before=before, after=matter.confidentiality, is_lowering=False, reason=reason.strip(),
        state=LevelState.DONE, proposed_by=by, proposed_at=now(),
    )  # fmt: skip
    _tell_of_level(matter, change, _n("%(number)s: the level was raised from %(before)s to %(after)s."))
    tell_story(
        matter, "raise_level", _n("%(actor)s raised the level from %(before)s to %(after)s."), by=by, reason=reason,
        params=_levels(change), tone="warn",
    )  # fmt: skip


@flow
def lower_level(*, matter_id: int, by: User, level: str, reason: str) -> LevelChange:
    """Propose a lower level. Applicant and head of the office lower it together: the other one is asked."""
    matter = lock(matter_id)
    if not policies.may_propose_lowering(matter, by):
        raise NotYours(_("The applicant and the head of the coordination office lower the level together."))
    _insist_on_level(matter, level, reason, is_lowering=True)
    if matter.level_changes.open().exists():
        raise NotReady(_("A lower level has been proposed already and waits for its answer."))
    asked = _second_person(matter, by)
    change = LevelChange.objects.create(
        matter=matter, before=matter.confidentiality, after=level, is_lowering=True, reason=reason.strip(),
        state=LevelState.PROPOSED, proposed_by=by, proposed_at=now(), asked=asked,
    )  # fmt: skip
    owe(
        kind=Kind.LEVEL, limit_kind=Kind.APPROVE_OFFICE, holder=asked, holder_department=asked.department, asked_by=by,
        **what_it_owes(matter),
    )  # fmt: skip
    tell_people(
        matter, [asked], _n("%(number)s: its level is to be lowered; it takes your word."), key=f"level:{change.pk}",
        url_name="requests:answer_lowering", to_do=True,
    )  # fmt: skip
    tell_story(
        matter, "lower_level", _n("%(actor)s proposed to lower the level from %(before)s to %(after)s."), by=by,
        subject=change, reason=reason, params=_levels(change),
    )  # fmt: skip
    return change


@flow
def answer_lowering(*, matter_id: int, by: User, agree: bool, answer: str = "") -> CoordinationRequest:
    """The second person agrees, and the level is lowered; or does not, with the reason."""
    matter = lock(matter_id)
    change = _waiting(matter)
    if change.proposed_by_id == by.pk:
        raise NotYours(_("You have proposed it yourself. Two persons lower a level."))
    if not policies.may_answer_lowering(change, by):
        raise NotYours(_("Somebody else has been asked to answer this."))
    if not agree and not answer.strip():
        raise Invalid(_("Write the reason."), fields={"answer": [_("Write the reason.")]})
    _end(change, LevelState.DONE if agree else LevelState.REFUSED, by, answer)
    if agree:
        matter.confidentiality = change.after
        matter.save()
    _tell_of_answer(matter, change, by, agree=agree)
    return matter


@flow
def withdraw_lowering(*, matter_id: int, by: User) -> CoordinationRequest:
    """Whoever proposed it takes it back before it is answered."""
    matter = lock(matter_id)
    change = _waiting(matter)
    if change.proposed_by_id != by.pk:
        raise NotYours(_("Only the person who proposed it takes it back."))
    _end(change, LevelState.WITHDRAWN, by)
    tell_story(
        matter,
        "withdraw_lowering",
        _n("%(actor)s took back the proposal to lower the level."),
        by=by,
        subject=change,
    )
    return matter


def _insist_on_level(matter: CoordinationRequest, level: str, reason: str, *, is_lowering: bool) -> None:
    if matter.stage == Stage.DRAFT:
        raise NotReady(_("A draft has its level in the form."))
    if matter.stage in ENDED:
        raise NotReady(_("This matter has ended; it can only be read."))
    present = matter.confidentiality
    known = level in Confidentiality.values
    if not known or not (is_stricter(present, level) if is_lowering else is_stricter(level, present)):
        sentence = (
            _("Choose a level below “%(level)s”.") if is_lowering else _("Choose a level above “%(level)s”.")
        ) % {"level": matter.get_confidentiality_display()}
        raise Invalid(sentence, fields={"level": [sentence]})
    rules.insist_on_reason(reason)


def _second_person(matter: CoordinationRequest, by: User) -> User:
    """The other one of the two. For an applicant who has left the head of the department speaks; on a matter of the
    head of the office the chair or the top leader, as in a recusal (domain §5)."""
    if policies.is_applicant(matter, by):
        office = [people.office_head(), people.committee_chair(), people.arbiter()]
    else:
        applicant = matter.filed_by
        office = [applicant if applicant.is_active else people.head(matter.filed_by_department_id)]
    others = [person for person in office if person is not None and person.pk != by.pk]
    found = readers_among(matter, others)
    if not found:
        raise NotReady(_("Nobody is there who may be asked. Name the second person as a reader first."))
    return found[0]


def _waiting(matter: CoordinationRequest) -> LevelChange:
    change: LevelChange | None = matter.level_changes.open().select_related("proposed_by").first()
    if change is None:
        raise NotReady(_("No lower level waits for an answer."))
    change.matter = matter
    return change


def _end(change: LevelChange, state: str, by: User, answer: str = "") -> None:
    change.state, change.answered_by, change.answered_at, change.answer = state, by, now(), answer.strip()
    change.save()
    discharge(
        kind=Kind.LEVEL, subject_type=CoordinationRequest.SUBJECT, subject_id=change.matter_id,
        outcome=Outcome.CANCELLED if state == LevelState.WITHDRAWN else Outcome.DONE,
    )  # fmt: skip


def _tell_of_answer(matter: CoordinationRequest, change: LevelChange, by: User, *, agree: bool) -> None:
    if agree:
        _tell_of_level(matter, change, _n("%(number)s: the level was lowered from %(before)s to %(after)s."))
        told = _n("%(actor)s agreed: the level was lowered from %(before)s to %(after)s.")
    else:
        tell_people(
            matter, [change.proposed_by], _n("%(number)s: the level stays; the reason is written there."),
            key=f"level:{change.pk}:refused",
        )  # fmt: skip
        told = _n("%(actor)s did not agree to lower the level from %(before)s to %(after)s.")
    tell_story(
        matter,
        "answer_lowering",
        told,
        by=by,
        subject=change,
        reason=change.answer,
        params=_levels(change),
        tone="warn",
    )


def _tell_of_level(matter: CoordinationRequest, change: LevelChange, sentence: str) -> None:
    concerned = {
        person.pk: person for person in (matter.filed_by, matter.keeper, people.office_head()) if person
    }
    tell_people(matter, concerned.values(), sentence, key=f"level:{change.pk}:done", params=_levels(change))


def _levels(change: LevelChange) -> dict[str, Any]:
    return {
        "before": word(Confidentiality(change.before).label),
        "after": word(Confidentiality(change.after).label),
    }
