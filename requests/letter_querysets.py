"""Named reads of contact sheets, letters, their addressees and the hand-overs."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Prefetch, Q, QuerySet

from organization.querysets import Someone
from requests.letter_states import DELIVERED, STANDING, UNSENT, LetterState
from requests.states import ENDED, Confidentiality

NARROW = (Confidentiality.RESTRICTED, Confidentiality.CONFIDENTIAL)


def _may_read(user: Someone) -> Q:
    """Which letters of a visible matter this person reads: own drafts; what was sent, unless its level narrows it. One of
    the highest level is read by its drafter, its signer, who speaks for a party, who keeps the matter, and by those who
    read that level for the house (§5)."""
    authority = user.authority
    closed = Q(confidentiality=Confidentiality.CONFIDENTIAL)
    own = Q(drafted_by=user) | Q(signer=user) | Q(department__in=authority.speaks_for)
    own |= Q(department__in=authority.departments) & ~closed
    signed = Q(state__in=[LetterState.SIGNED, *DELIVERED]) & Q(number__isnull=False)
    if authority.is_office_head or authority.is_auditor:
        return own | signed
    sent = Q(sent_at__isnull=False)
    mine = authority.speaks_for | authority.in_charge_of
    party = sent & (Q(addressees__department__in=mine) | Q(copies__in=mine))
    if authority.is_officer or authority.is_arbiter:
        return own | party | signed & (~closed | Q(matter__keeper=user))
    return own | party | sent & (~Q(confidentiality__in=NARROW) | closed & Q(matter__keeper=user))


class LetterQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Letters of visible matters: a draft stays in its department, a restricted letter between its parties."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        matters = self.model._meta.get_field("matter").related_model._default_manager.inside(user)
        readable = self.model._default_manager.filter(_may_read(user)).values("pk")
        return self.filter(pk__in=readable, matter__in=matters.values("pk"))

    def rounds_waiting(self) -> Self:
        """Rounds of the simple track that have not gone out (R039), but for those that will only replace one that stands."""
        return self.filter(is_round=True, state__in=UNSENT).exclude(supersedes__state__in=STANDING)

    def with_people(self) -> Self:
        return self.select_related(
            "matter",
            "department",
            "drafted_by",
            "signer",
            "signed_by",
            "supersedes",
            "reply_to",
            "returned_by",
        )

    def for_list(self) -> Self:
        """Each letter with its addressees: who has received and answered."""
        addressees = self.model._meta.get_field("addressees").related_model._default_manager.all()
        return self.select_related("matter", "department", "drafted_by").prefetch_related(
            Prefetch("addressees", addressees.select_related("department", "received_by", "answered_by"))
        )


class AddresseeQuerySet(QuerySet[Any]):
    def waiting(self) -> Self:
        """Departments that still owe their answer."""
        asked = self.exclude(letter__reply_to__isnull=False, letter__reply_by=None)
        return asked.filter(letter__state=LetterState.SENT, answered_at=None, dropped_at=None)


class HandoverQuerySet(QuerySet[Any]):
    def counted(self) -> Self:
        """What counts as passed on: not what the office itself had sent to the wrong place (R100, domain §6.4)."""
        return self.filter(misrouted_at=None)


class MeetingWishQuerySet(QuerySet[Any]):
    def open(self) -> Self:
        """Wishes of matters under way that no meeting answers yet, oldest first."""
        return self.filter(fulfilled_at=None).exclude(matter__stage__in=ENDED).order_by("pk")
