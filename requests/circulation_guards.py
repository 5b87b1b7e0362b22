"""The guards of a circulating paper: each a sentence that is true or false, with what to say when it is not (§3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from audit.transitions import says

if TYPE_CHECKING:
    from requests.models import Circulation

MANY = 2


@says(_("Name at least one department that signs."))
def somebody_is_asked(paper: Circulation) -> bool:
    return paper.countersigns.current().exists()


@says(_("Some departments have not signed yet."))
def everybody_has_signed(paper: Circulation) -> bool:
    rows = paper.countersigns.current()
    return not rows.unsigned().exists() and not rows.to_be_ruled().exists()


@says(_("Some opinions have no answer yet. Answer each one first."))
def every_opinion_is_answered(paper: Circulation) -> bool:
    return not paper.countersigns.current().unanswered().exists()


@says(_("It is not followed up any more."))
def is_followed_up(paper: Circulation) -> bool:
    return paper.ended_at is None


@says(
    _(
        "Two departments still disagree. The meeting or a dispute has to settle it, or they change their opinion."
    )
)
def departments_do_not_stand_against_it(paper: Circulation) -> bool:
    """§3.5: two unresolved disagreements go to a meeting, then to a dispute; its outcome frees the paper."""
    if paper.was_settled_above:
        return True
    return paper.countersigns.current().unresolved().count() < MANY
