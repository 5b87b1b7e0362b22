"""Extra urgent needs a head's word (R040): until it is given the matter runs as urgent, then every limit is shorter."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from organization import people
from organization.models import User
from requests import policies, rules
from requests.flows.shared import let_read, lock, tell_people, tell_story, what_it_owes
from requests.models import CoordinationRequest, Participant
from requests.states import UrgencyWish
from supervision import flows as supervision
from supervision.flows import discharge, owe
from supervision.models import Obligation
from supervision.states import Kind, Urgency


def ask_for_confirmation(matter: CoordinationRequest) -> None:
    """Called when a form is handed in, under its lock: a wish for extra urgency goes to a head, once."""
    if matter.urgency != Urgency.EXTRA or matter.urgency_wish == UrgencyWish.CONFIRMED:
        return
    if matter.urgency_wish == UrgencyWish.DENIED:
        sentence = _("Extra urgent was not confirmed before. Choose urgent or normal.")
        raise Invalid(sentence, fields={"urgency": [sentence]})
    matter.urgency, matter.urgency_wish = Urgency.URGENT, UrgencyWish.ASKED
    matter.save(update_fields=["urgency", "urgency_wish"])


def owe_confirmation(matter: CoordinationRequest) -> None:
    """The head of the own department; where that is the applicant, the head of the office."""
    if matter.urgency_wish != UrgencyWish.ASKED:
        return
    heads = (people.head(matter.filed_by_department_id), people.office_head())
    head = next((person for person in heads if person is not None and person.pk != matter.filed_by_id), None)
    if head is None:
        return  # nobody can: it runs as urgent, which is what it says
    let_read(matter, users=[head.pk], why="urgency")
    owe(kind=Kind.CONFIRM_URGENCY, holder=head, asked_by=matter.filed_by, **what_it_owes(matter))
    tell_people(
        matter, [head], _n("%(number)s: %(name)s asks that you confirm extra urgency."), key="urgency-asked",
        params={"name": matter.filed_by.name}, to_do=True,
    )  # fmt: skip


@flow
def confirm_urgency(*, matter_id: int, by: User, confirm: bool, reason: str = "") -> CoordinationRequest:
    """R040: confirmed, the matter is extra urgent and what is owed on it is due sooner; else it stays urgent, with the reason."""
    matter = lock(matter_id)
    if matter.urgency_wish != UrgencyWish.ASKED:
        raise NotReady(_("There is no extra urgency to confirm."))
    if not policies.may_confirm_urgency(matter, by):
        raise NotYours(_("A head confirms extra urgency, never the applicant."))
    rules.insist_on_open_matter(matter)
    if not confirm:
        rules.insist_on_reason(reason)
    matter.urgency_wish = UrgencyWish.CONFIRMED if confirm else UrgencyWish.DENIED
    matter.urgency_confirmed_by = by if confirm else None
    if confirm:
        matter.urgency = Urgency.EXTRA
    matter.save()
    discharge(kind=Kind.CONFIRM_URGENCY, subject_type=matter.SUBJECT, subject_id=matter.pk)
    if confirm:
        _shorten(matter)
    keepers = [matter.keeper] if matter.keeper else people.officers()
    tell_people(
        matter, {person.pk: person for person in (matter.filed_by, *keepers)}.values(),
        _n("%(number)s is extra urgent: %(name)s has confirmed it.") if confirm
        else _n("%(number)s stays urgent: %(name)s did not confirm extra urgency."),
        key="urgency-answered", params={"name": by.name},
    )  # fmt: skip
    tell_story(
        matter, "confirm_urgency",
        _n("%(actor)s confirmed that it is extra urgent.") if confirm
        else _n("%(actor)s did not confirm extra urgency; it stays urgent."),
        by=by, reason=reason or matter.urgency_reason, tone="warn",
    )  # fmt: skip
    return matter


def _shorten(matter: CoordinationRequest) -> None:
    """What is owed on the matter and by its departments, from now on by the limits of the extra urgent."""
    owed = Obligation.objects.of_case(matter.pk).open()
    subjects = (CoordinationRequest.SUBJECT, Participant.SUBJECT)
    for duty in owed.filter(subject_type__in=subjects).order_by("pk"):
        supervision.hurry(obligation_id=duty.pk, urgency=Urgency.EXTRA, since=now())
