"""What the house has settled for all its meetings is changed."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.flows import record
from audit.refusals import Invalid, NotYours
from meetings import policies
from meetings.models import HouseRules
from organization.models import User


@flow
def set_leave_rules(*, by: User, leave_rules: str) -> HouseRules:
    """F6: leave and substitutes, as the next notices print them. What was planned keeps its own text."""
    if not policies.may_set_rules(by):
        raise NotYours(
            _("Only the head of the coordination office and the system administrator change this.")
        )
    if not leave_rules.strip():
        sentence = _("Write who may stay away and who comes instead.")
        raise Invalid(sentence, fields={"leave_rules": [sentence]})
    rules = HouseRules.objects.create(leave_rules=leave_rules.strip(), written_by=by, written_at=now())
    record(
        subject_type="house", subject_id=rules.pk, verb="set_leave_rules",
        sentence=_n("%(actor)s changed the rules of leave and substitutes."),
    )  # fmt: skip
    return rules
