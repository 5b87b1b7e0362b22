"""Named reads of the register of outside papers (R066)."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from organization.querysets import Someone
from requests.querysets import sight
from requests.states import Confidentiality
from supervision.models import Obligation

OPEN_LEVELS = (Confidentiality.PUBLIC, Confidentiality.INTERNAL)


class OutsidePaperQuerySet(QuerySet[Any]):
    def visible_to(self, user: Someone) -> Self:
        """The own ones, and what one owes an answer on; whoever reads or registers for the house, up to their level; whoever
        of the house sees its matter, but for the highest level. A confidential matter keeps its papers from everybody else
        who does not read it."""
        if not user.is_authenticated or not user.is_active or user.is_external:
            return self.none()
        person, _departments, levels = sight(user)
        matters = self.model._meta.get_field("matter").related_model._default_manager.inside(user)
        read = Q(matter__in=matters.values("pk"))
        own = Q(registered_by=person) | Q(handler=person) | Q(department__in=user.authority.speaks_for)
        # A duty moves with the post; whoever owes the answer now reads what it is about.
        own |= Q(pk__in=self._on_desk_of(user).values("subject_id"))
        seen = read & ~Q(confidentiality=Confidentiality.CONFIDENTIAL)
        house = levels or (OPEN_LEVELS if user.authority.is_secretary else ())
        open_one = Q(matter=None) | ~Q(matter__confidentiality=Confidentiality.CONFIDENTIAL) | read
        return self.filter(own | seen | Q(confidentiality__in=house) & open_one)

    def owed_by(self, user: Someone) -> Self:
        """Those whose answer waits on this person's desk, whoever saw to them at first."""
        return self.filter(pk__in=self._on_desk_of(user).values("subject_id"))

    def _on_desk_of(self, user: Someone) -> QuerySet[Any]:
        return Obligation.objects.waiting_for(user).filter(subject_type=self.model.SUBJECT).order_by()

    def for_reader(self, user: Someone) -> Self:
        """Those that exist for this person, each knowing whether its matter does too (`reads_matter`)."""
        matters = self.model._meta.get_field("matter").related_model._default_manager.inside(user)
        return self.visible_to(user).annotate(reads_matter=Exists(matters.filter(pk=OuterRef("matter"))))

    def standing(self) -> Self:
        """Registered and not struck out."""
        return self.filter(struck_at=None)

    def waiting(self) -> Self:
        """An answer is asked for and has not come."""
        return self.standing().filter(reply_due_on__isnull=False, settled_at=None)

    def late(self, day: date) -> Self:
        return self.waiting().filter(reply_due_on__lt=day)

    def for_list_page(self) -> Self:
        return self.select_related("handler", "department", "matter").order_by("-registered_at", "-pk")

    def search(self, words: str) -> Self:
        found = self
        for word in words.split():
            found = found.filter(
                Q(number__icontains=word)
                | Q(their_number__icontains=word)
                | Q(unit__icontains=word)
                | Q(title__icontains=word)
            )
        return found
