"""The agreements of a matter beside its talks, and whose turn one of them is (R092)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from pages.addresses import address
from requests.agreement_policies import may_record_agreement
from requests.case import Case, Step
from requests.flows.agreements import STAGES

if TYPE_CHECKING:
    from organization.models import User


def agreements_of(case: Case) -> dict[str, Any]:
    """The newest first, each with its sides."""
    rows = case.matter.agreements.for_panel() if case.has_agreements else ()
    return {"agreements": rows, "may_agree": case.user is not None and may_begin(case, case.user)}


def may_begin(case: Case, user: User) -> bool:
    matter = case.matter
    runs = matter.stage in STAGES and not matter.is_suspended
    return runs and may_record_agreement(matter, user, case.concerned)


def agreement_steps(case: Case, user: User) -> Iterator[Step]:
    """A head is asked for a word on what the own people agreed."""
    for pk in case.agreements_to_answer:
        why = _("your department is named as having agreed on something; you can object.")
        yield Step(f"agreement{pk}", _("Note or object"), address("requests:agreement", pk), why)


def recording_steps(case: Case, user: User) -> Iterator[Step]:
    """Everybody concerned may record what was agreed."""
    if may_begin(case, user):
        yield Step("agree", _("Record an agreement"), address("requests:record_agreement", case.matter.pk))
