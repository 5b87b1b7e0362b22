"""Named reads of matters and what hangs on them. `visible_to` decides what exists for a person.

Who is related to a matter stands in one table (`Reader`), written by the flows that make the relation: the rule
of domain §5 is then one indexed look-up, however many matters there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, Self

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Now

from documents.search import called, holding
from organization.querysets import Someone
from organization.states import PostKind
from requests.acceptance_states import UNMENDED
from requests.states import ACTIVE, ITEM_OPEN, NAMED, OPENS_CONFIDENTIAL, Confidentiality, LevelState, Stage

LIST_FIELDS = (
    "number", "title", "stage", "urgency", "category", "confidentiality", "department_name", "suspended_since",
    "submitted_at", "decided_at", "ended_at", "filed_by__name", "lead_department__name",
)  # fmt: skip


# By what a matter is looked for.
NAME = ("title", "number")
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
    AR, AU and RA read beyond their own relations; the highest only OH and AU."""
    authority = user.authority
    levels: tuple[str, ...] = ()
    if authority.reads_all:
        levels = (Confidentiality.PUBLIC, Confidentiality.INTERNAL)
        if authority.is_officer or authority.is_auditor or authority.is_arbiter:
            levels = (*levels, Confidentiality.RESTRICTED)
        if authority.is_office_head or authority.is_auditor:
            levels = (*levels, Confidentiality.CONFIDENTIAL)
    return user.pk, authority.speaks_for | authority.in_charge_of, levels


def reads_as(person: Any) -> Q:
    """Whose personal readings a person has: their own. The one place that a delegation (授权) has to widen."""
    return Q(user=person)


def _looked_up(readers: Any) -> Coalesce:
    """Whether there is one, asked anew for each row."""
    return Coalesce(Subquery(readers.values(found=Value(value=True))[:1]), Value(value=False))


@lru_cache(maxsize=512)
def seen(
    readers: Callable[[], Any],
    person: Any,
    departments: Any,
    levels: tuple[str, ...],
    looked_up: Any = Exists,
) -> Q:
    """The rule, written once for each person that looks: it knows the terms of their `sight` and no moment (`standing`
    leaves that to the database), so whoever gets other posts has another rule."""
    # The highest level names persons, never whole departments (domain §5, Confidentiality).
    open_one = ~Q(matter__confidentiality=Confidentiality.CONFIDENTIAL)
    rows = reads_as(person) & (open_one | Q(why__in=OPENS_CONFIDENTIAL))
    if departments:
        rows |= Q(department__in=departments) & open_one
    found = Q(looked_up(readers().standing().filter(rows, matter_id=OuterRef("pk"))))
    if levels:
        # Whoever keeps the case is of the office, which reads by level: others need no look at the keeper.
        found |= (Q(confidentiality__in=levels) | Q(keeper=person)) & ~Q(stage=Stage.DRAFT)
    return found


class RequestQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Matters that exist for this person (domain §5, Who reads what). What is not visible is a 404."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.seen_by(*sight(user))

    def inside(self, user: Someone) -> Self:
        """Matters whose inner life this person reads: opinions, papers, talks, history. Whoever is from outside reads what
        was shared with them, the matter and its decision, and never the discussion of the house (R018, §5 column EX)."""
        return self.none() if user.is_authenticated and user.is_external else self.visible_to(user)

    def seen_by(self, person: Any, departments: Any, levels: tuple[str, ...]) -> Self:
        """The rule of `visible_to`, in the terms of `sight`; the person and the departments may be given later."""
        return self.filter(seen(self._readers, person, departments, levels))

    def seen_among(self, person: Any, departments: Any, levels: tuple[str, ...]) -> Self:
        """The same rule, looked up for each of a few rows that are known by their keys. As a bare condition PostgreSQL may
        begin at the other end, with everything that the person reads."""
        return self.filter(seen(self._readers, person, departments, levels, _looked_up))

    def closed_to(self, person: Any, levels: tuple[str, ...]) -> Self:
        """The confidential matters that do not exist for this person: few, whatever the size of the house.

        What lies below and knows no matter (obligations) is kept from people by it. In the terms of `sight`.
        """
        closed = self.filter(confidentiality=Confidentiality.CONFIDENTIAL)
        return closed.exclude(pk__in=closed.seen_by(person, (), levels).values("pk"))

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

    @property
    def _readers(self) -> Callable[[], Any]:
        return self.model._meta.get_field("readers").related_model._default_manager.all

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
        return (
            self.with_people()
            .select_related("refusal_review")
            .prefetch_related(
                "participants__department",
                "questions",
                "gaps",
                "checks",
                "attempts__department",
                "wished_departments",
            )
        )

    def search(self, text: str) -> Self:
        """By number or title; every word must be found."""
        return holding(self, text, *NAME)

    def similar_to(self, title: str) -> Self:
        """Matters under way that may be about the same (R042), the most alike first: pairs of characters in the title."""
        pairs = telling_pairs(title)
        if not pairs:
            return self.none()
        alike = sum(
            (Case(When(title__icontains=pair, then=1), default=0) for pair in pairs[1:]),
            start=Case(When(title__icontains=pairs[0], then=1), default=0),
        )
        found = self.active().alias(pairs_of_name=called("title", "number"))
        found = found.filter(pairs_of_name__overlap=[pair.upper() for pair in pairs])
        return (
            found.annotate(alike=alike)
            .filter(alike__gte=min(2, len(pairs)))
            .order_by("-alike", "-submitted_at")
        )


# Pairs that stand in every title of this office say nothing about the subject.
COMMON_PAIRS = {
    "关于", "于解", "解决", "决关", "问题", "题的", "的协", "的请", "协作", "协调", "作需", "调需", "需求", "请示", "有关", "相关",
}  # fmt: skip
MOST_PAIRS = 24


def telling_pairs(title: str) -> list[str]:
    """The pairs of characters by which a title can be told from others, each once: letters, digits, 汉字."""
    runs = re.findall(r"\w+", re.sub("【[^【】]*】", " ", title))
    pairs = [run[at : at + 2] for run in runs for at in range(len(run) - 1)]
    return [pair for pair in dict.fromkeys(pairs) if pair not in COMMON_PAIRS][:MOST_PAIRS]


class ConditionQuerySet(QuerySet[Any]):
    def in_use(self) -> Self:
        """Those that a form is held against today."""
        return self.filter(is_used=True)


class ReaderQuerySet(QuerySet[Any]):
    def standing(self) -> Self:
        """Relations that hold at this moment: not ended, and their day has not passed."""
        return self.filter(Q(until=None) | Q(until__gt=Now()), ended_at=None)

    def named(self) -> Self:
        """Named readers, also those whose reading has ended; newest first."""
        return self.filter(why=NAMED).order_by("-since", "-pk")


class LevelChangeQuerySet(QuerySet[Any]):
    def open(self) -> Self:
        """A lowering that waits for its second person."""
        return self.filter(state=LevelState.PROPOSED)


class TemplateQuerySet(QuerySet[Any]):
    def active(self) -> Self:
        """Those that a form can start from."""
        return self.filter(is_active=True)

    def visible_to(self, user: Someone) -> Self:
        """Whoever files is offered the active ones; the office, which keeps them, sees all."""
        if not user.is_authenticated or not is_staff_member(user):
            return self.none()
        return self if user.authority.is_officer else self.active()


class MergeQuerySet(QuerySet[Any]):
    def standing(self) -> Self:
        """Announced, and neither carried out nor called off."""
        return self.filter(merged_at=None, called_off_at=None)

    def of(self, matter: Any) -> Self:
        """From both sides, without what was called off."""
        return self.filter(Q(matter=matter) | Q(main=matter), called_off_at=None)


class GapQuerySet(QuerySet[Any]):
    def open(self) -> Self:
        """Named and not answered for good: the form has not been handed in again."""
        return self.filter(answered_at=None)

    def answered(self) -> Self:
        return self.exclude(answered_at=None)


class OfMatterQuerySet(QuerySet[Any]):
    """Things that exist for whoever of the house sees their matter."""

    def visible_to(self, user: Someone) -> Self:
        matters = self.model._meta.get_field("matter").related_model._default_manager.inside(user)
        return self.filter(matter__in=matters.values("pk"))


class ApprovalStepQuerySet(QuerySet[Any]):
    def open(self) -> Self:
        """The level that a paper waits for."""
        return self.filter(outcome="")

    def with_people(self) -> Self:
        return self.select_related("asked", "answered_by", "on_behalf_of")


class SavedFilterQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """The own ones, and those that are shared with a department of this person."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.seen_by(user.pk, user.authority.departments)

    def seen_by(self, person: Any, departments: Any) -> Self:
        return self.filter(Q(owner=person) | Q(department__in=departments))


class QuestionQuerySet(OfMatterQuerySet):
    """The core questions of visible matters."""


class ParticipantQuerySet(QuerySet[Any]):
    def awaiting_opinion(self) -> Self:
        return self.filter(opinion="")


class ActionItemQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """Items of visible matters, and items that this person owns, helps with or verifies; those of a confidential
        matter for its readers only. Whoever is from outside sees the own ones (§5, column EX)."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        matters = self.model._meta.get_field("matter").related_model._default_manager.visible_to(user)
        own = Q(assignee=user) | Q(verifier=user)
        open_one = ~Q(matter__confidentiality=Confidentiality.CONFIDENTIAL)
        # Asked of the item's own matter: beside an “or”, a list of ids would be all matters that this person may see.
        seen = Q(Exists(matters.filter(pk=OuterRef("matter"))))
        return self.filter(own & (open_one | seen) if user.is_external else seen | own & open_one)

    def open(self) -> Self:
        return self.filter(state__in=ITEM_OPEN)

    def with_unmended_defects(self) -> Self:
        """Passed with conditions that are owed still (F14)."""
        return self.filter(acceptances__defects__state__in=UNMENDED).distinct()

    def unfinished(self) -> Self:
        """Everything that keeps its matter from being complete: open items and drafts."""
        return self.exclude(state__in=["closed", "cancelled"])

    def ready(self, day: date) -> Self:
        """Without tasks of a plan whose day lies ahead or whose stage is not open yet (R093)."""
        tasks = self.model._meta.get_field("plan_tasks").related_model._default_manager
        return self.exclude(Exists(tasks.holding_back(day).filter(item=OuterRef("pk"))))

    def for_list_page(self) -> Self:
        return self.select_related("matter", "department", "assignee", "verifier")


class ObstacleQuerySet(QuerySet[Any]):
    def open(self) -> Self:
        """What is still waited for."""
        return self.filter(until=None)
