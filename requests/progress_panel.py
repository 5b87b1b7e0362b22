"""The progress reviews of a matter on its page, and who may hold the next one (R088)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from pages.addresses import address
from requests.case import Case, Step
from requests.progress_policies import may_review_progress
from requests.states import Stage

if TYPE_CHECKING:
    from organization.models import User


def reviews_of(case: Case) -> dict[str, Any]:
    """The newest first, each with its late tasks."""
    rows = case.matter.progress_reviews.for_panel() if case.has_progress_reviews else ()
    return {
        "progress_reviews": rows,
        "may_review_progress": case.user is not None and may_now(case, case.user),
    }


def may_now(case: Case, user: User) -> bool:
    """Only what runs is reviewed: something has been handed out, and the matter is not suspended."""
    matter = case.matter
    runs = matter.stage == Stage.EXECUTION and not matter.is_suspended and bool(case.items)
    return runs and may_review_progress(matter, user, {case.plan_lead} if case.plan_lead else ())


def progress_steps(case: Case, user: User) -> Iterator[Step]:
    if may_now(case, user):
        yield Step(
            "review_progress", _("Review the progress"), address("requests:review_progress", case.matter.pk)
        )
