"""The office's table of approvals (R038): which matters need which levels."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.flow import flow
from audit.flows import record
from audit.refusals import Invalid, NotYours
from audit.words import word
from organization.models import User
from requests import approval_policies, approval_rules
from requests.approval_states import Chain
from requests.models import ApprovalRule


@flow
def write_approval_rule(
    *,
    by: User,
    levels: str,
    category: str = "",
    amount_from: Decimal | None = None,
    departments_from: int | None = None,
    is_used: bool = True,
    rule_id: int | None = None,
) -> ApprovalRule:
    """R038: write a row, change it or take it out of use. A paper that is being approved keeps the chain it began with."""
    if not approval_policies.may_write_rules(by):
        raise NotYours(
            _("Only the head of the coordination office and the system administrator change this.")
        )
    approval_rules.insist_on_rule(category, amount_from, departments_from)
    if levels not in Chain.values:
        raise Invalid(_("Choose the levels."), fields={"levels": [_("Choose the levels.")]})
    rule = ApprovalRule.objects.select_for_update().filter(pk=rule_id).first() or ApprovalRule()
    rule.category, rule.amount_from, rule.departments_from = category, amount_from, departments_from
    rule.levels, rule.is_used = levels, is_used
    rule.save()
    record(
        subject_type="approval_rule", subject_id=rule.pk, verb="write_approval_rule",
        sentence=_n("%(actor)s wrote a rule of approvals: %(levels)s.") if is_used
        else _n("%(actor)s took a rule of approvals out of use: %(levels)s."),
        params={"levels": word(Chain(levels).label)},
    )  # fmt: skip
    return rule
