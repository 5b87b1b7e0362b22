"""What on the simple track is this person's turn (R039)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pages.addresses import address, link
from requests import policies
from requests.case import Case, Step
from requests.states import Stage

if TYPE_CHECKING:
    from organization.models import User


def simple_steps(case: Case, user: User) -> Iterator[Step]:
    """The sheet goes out, the departments answer, the head of the office decides; the office may take the full track."""
    matter = case.matter
    if matter.stage == Stage.PREPARATION and not case.is_delivered and policies.is_officer(matter, user):
        yield _round(case, user)
    if matter.stage == Stage.DECISION and _agree(case) and policies.may_decide_as_office(matter, user):
        yield Step(
            "settle", _("Decide"), address("requests:settle", matter.pk),
            _("all departments agree in their answers; decide and hand out."),
        )  # fmt: skip
    if policies.is_officer(matter, user):
        yield Step("full_track", _("Take the full track"), address("requests:full_track", matter.pk))
        if matter.stage == Stage.PREPARATION:
            yield Step(
                "participants", _("Change the departments"), address("requests:participants", matter.pk)
            )
            yield Step("return", _("Return for completion"), address("requests:return", matter.pk))


def _round(case: Case, user: User) -> Step:
    """Somebody has no sheet yet: it waits for its signature, or has still to be written."""
    pk = case.matter.pk
    if not case.has_sheet_waiting:
        why = _("departments have no sheet that stands; write one and lay it before the head.")
        return Step("round", _("Draft the sheet"), f"{address('requests:new_letter', pk)}?form=sheet", why)
    asked = _("the sheet to the departments waits for its signature; signed, it goes out.")
    papers = f"{link('requests:detail', pk)}?tab=letters"
    return Step("round", _("Open the sheet"), papers, asked if user.authority.is_office_head else "")


def _agree(case: Case) -> bool:
    return case.all_answered and case.is_unanimous and not case.is_blocked
