"""Named reads of matters and what hangs on them. `visible_to` decides what exists for a person.

Who is related to a matter stands in one table (`Reader`), written by the flows that make the relation: the rule
of domain §5 is then one indexed look-up, however many matters there are.
"""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from documents.search import holding
from organization.querysets import Someone
from organization.states import PostKind
from requests.states import ACTIVE, ITEM_OPEN, Confidentiality, Stage

LIST_FIELDS = (
    "number", "title", "stage", "urgency", "category", "confidentiality", "department_name", "suspended_since",
    "submitted_at", "decided_at", "ended_at", "filed_by__name", "lead_department__name",
)  # fmt: skip


PUBLISHED = Q(confidentiality=Confidentiality.PUBLIC, accepted_at__isnull=False)
PUBLIC_FIELDS = ("number", "title", "stage", "department_name", "submitted_at", "decided_at")


def is_staff_member(user: Someone) -> bool:
    """Somebody of the house with a post other than that of the system administrator."""
    return (
        user.is_active
        and not user.is_external
        and bool(user.authority.by_kind.keys() - {PostKind.SYSTEM_ADMIN.value})
    )


def sight(user: Someone) -> tuple[int, frozenset[int], tuple[str, ...]]:
    """What decides what a person sees: who they are, the departments they stand for, and the levels that CO, OH, CH,
    AR, AU and RA read beyond their own relations."""
    authority = user.authority
    levels: tuple[str, ...] = ()
    if authority.reads_all:
        levels = (Confidentiality.PUBLIC, Confidentiality.INTERNAL)
        if authority.is_officer or authority.is_auditor or authority.is_arbiter:
            levels = (*levels, Confidentiality.RESTRICTED)
    return user.pk, authority.speaks_for | authority.in_charge_of, levels


class RequestQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Matters that exist for this person (domain §5, Who reads what). What is not visible is a 404."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.seen_by(*sight(user))

    def seen_by(self, person: Any, departments: Any, levels: tuple[str, ...]) -> Self:
        """The rule of `visible_to`, in the terms of `sight`; the person and the departments may be given later."""
        return self.filter(self._sees(person, departments, levels))

    def _sees(self, person: Any, departments: Any, levels: tuple[str, ...]) -> Q:
        rows = Q(user=person)
        if departments:
            # The highest level names persons, never whole departments (domain §5, Confidentiality).
            rows |= Q(department__in=departments) & ~Q(matter__confidentiality=Confidentiality.CONFIDENTIAL)
        seen = Q(Exists(self._readers().filter(rows, matter_id=OuterRef("pk"))))
        if levels:
            seen |= Q(confidentiality__in=levels) & ~Q(stage=Stage.DRAFT)
        return seen

    def public_to(self, user: Someone) -> Self:
        """Matters of the public level, from their acceptance on: staff may read summary and decision, and no more (§5).

        Not those from outside, nor the system administrator, who has no business with any matter.
        """
        if not user.is_authenticated or not is_staff_member(user):
            return self.none()
        return self.filter(PUBLISHED)

    def for_public_page(self) -> Self:
        """What the summary shows, and not a column more."""
        return self.only(*PUBLIC_FIELDS).prefetch_related("participants", "questions")

    def _readers(self) -> QuerySet[Any]:
        return self.model._meta.get_field("readers").related_model._default_manager.all()

    def active(self) -> Self:
        return self.filter(stage__in=ACTIVE)

    def without_officer(self) -> Self:
        """Matters whose keeper no longer works in the coordination office."""
        keeping = self.model._meta.get_field("keeper").related_model._default_manager.all()
        officers = keeping.holding(PostKind.OFFICER) | keeping.holding(PostKind.OFFICE_HEAD)
        return self.exclude(keeper=None).exclude(keeper__in=officers.values("pk"))

    def for_list_page(self) -> Self:
        """Only what a row prints: thirty whole matters would be mostly texts that nobody sees there."""
        return self.select_related("filed_by", "lead_department").only(*LIST_FIELDS)

    def with_people(self) -> Self:
        return self.select_related("filed_by", "filed_by_department", "lead_department", "keeper")

    def for_detail_page(self) -> Self:
        return self.with_people().prefetch_related(
            "participants__department", "questions", "gaps", "attempts__department", "wished_departments"
        )

    def search(self, text: str) -> Self:
        """By number or title; every word must be found."""
        return holding(self, text, "title", "number")

    def similar_to(self, title: str, departments: list[int]) -> Self:
        """Earlier matters worth a look before filing again (R042): common pairs of characters in the title."""
        pairs = {title[i : i + 2] for i in range(len(title) - 1)} - COMMON_PAIRS
        if not pairs:
            return self.none()
        condition = Q()
        for pair in sorted(pairs)[:12]:
            condition |= Q(title__icontains=pair)
        return self.exclude(stage=Stage.DRAFT).filter(condition)


# Pairs that stand in every title of this office say nothing about the subject.
COMMON_PAIRS = {"关于", "解决", "问题", "的协", "协作", "作需", "需求", "于解", "题的", "决关"}


class TemplateQuerySet(QuerySet[Any]):
    def active(self) -> Self:
        """Those that a form can start from."""
        return self.filter(is_active=True)

    def visible_to(self, user: Someone) -> Self:
        """Whoever files is offered the active ones; the office, which keeps them, sees all."""
        if not user.is_authenticated or not is_staff_member(user):
            return self.none()
        return self if user.authority.is_officer else self.active()


class GapQuerySet(QuerySet[Any]):
    def open(self) -> Self:
        """Named and not answered for good: the form has not been handed in again."""
        return self.filter(answered_at=None)

    def answered(self) -> Self:
        return self.exclude(answered_at=None)


class QuestionQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """The core questions of visible matters."""
        matters = self.model._meta.get_field("matter").related_model._default_manager.visible_to(user)
        return self.filter(matter__in=matters.values("pk"))


class ParticipantQuerySet(QuerySet[Any]):
    def awaiting_opinion(self) -> Self:
        return self.filter(opinion="")


class ActionItemQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Items of visible matters, and items that this person owns, helps with or verifies."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        matters = self.model._meta.get_field("matter").related_model._default_manager.visible_to(user)
        return self.filter(Q(matter__in=matters.values("pk")) | Q(assignee=user) | Q(verifier=user))

    def open(self) -> Self:
        return self.filter(state__in=ITEM_OPEN)

    def unfinished(self) -> Self:
        """Everything that keeps its matter from being complete: open items and drafts."""
        return self.exclude(state__in=["closed", "cancelled"])

    def for_list_page(self) -> Self:
        return self.select_related("matter", "department", "assignee", "verifier")

    def with_reports(self) -> Self:
        return self.prefetch_related(Prefetch("reports"))
