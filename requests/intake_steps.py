"""What is done with a form that was handed in, and with one that was refused: the steps before the preparation (Q2–Q11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pages.addresses import address
from requests import policies
from requests.approval_steps import approval_steps
from requests.case import Case, Step, Words

if TYPE_CHECKING:
    from organization.models import User


def merging_steps(case: Case, user: User, *, announced: bool) -> Iterator[Step]:
    """Before anything else once it is announced, at the end while nobody thinks of it (Q11)."""
    if case.is_merge_announced != announced or not policies.may_merge(case.matter, user):
        return
    if not announced:
        yield _step("announce_merge", case, _("Announce a merge"))
        return
    yield _step(
        "merge", case, _("Merge"), _("both applicants know of the merge. Carry it out, or call it off.")
    )
    yield _step("call_off_merge", case, _("Call off the merge"))


def proposal_steps(case: Case, user: User) -> Iterator[Step]:
    yield from merging_steps(case, user, announced=True)
    yield from approval_steps(case, user)
    may_refuse = policies.may_reject(case.matter, user) and not case.refusal.is_overturned
    if may_refuse and case.speaks_against:
        why = _("a condition of acceptance speaks against it: refuse it, or correct the checklist.")
        yield _step("reject", case, _("Refuse"), why)
    if policies.may_accept(case.matter, user):
        yield from _weighing(case, user, may_refuse=may_refuse)
    if may_refuse and not case.speaks_against:
        yield _step("reject", case, _("Refuse"))
    yield from merging_steps(case, user, announced=False)


def _weighing(case: Case, user: User, *, may_refuse: bool) -> Iterator[Step]:
    """What an officer does with the form; one who may not refuse it is not asked to return what nobody can complete."""
    asked = _("accept it or return it for completion.")
    unmet = _("a condition of acceptance is not met: return it for completion.")
    if may_refuse:
        asked = _("accept it, return it for completion, or refuse it.")
        unmet = _("a condition of acceptance is not met: return it for completion, or refuse it.")
    if case.speaks_against and not may_refuse:
        why = _(
            "a condition of acceptance speaks against it; the head of the office has been told and decides."
        )
        yield _step("check", case, _("See the checklist"), why)
    yield _step("return", case, _("Return for completion"), unmet if case.has_unmet else "")
    if not case.approvals.bars_acceptance:
        yield _step("accept", case, _("Accept"), asked)


def rejected_steps(case: Case, user: User) -> Iterator[Step]:
    review = case.refusal.review
    if case.refusal.window is not None and policies.is_applicant(case.matter, user):
        yield _step("ask_review", case, _("Ask for a review"))
    if review is not None and not review.outcome and policies.may_answer_review(review, user):
        yield _step("review", case, _("Review"), _("the applicant asks for a review of the refusal."))


def _step(key: str, case: Case, label: Words, sentence: Words = "") -> Step:
    return Step(key, label, address(f"requests:{key}", case.matter.pk), sentence)
