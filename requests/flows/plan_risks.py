"""The risk register of the plan in force: high risks are looked at again and again by whoever keeps the case (R078)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from organization import people
from organization.models import User
from requests import plan_policies as policies
from requests import plan_rules
from requests.flows.plan_shared import leads_of, lock_plan, plan_owes, tell_plan
from requests.flows.shared import tell_people
from requests.models import Plan, PlanRisk
from requests.plan_states import PlanState, RiskState
from supervision import flows as supervision
from supervision.states import Kind

RISK = "requests:plan_risk"


def watch_risks(plan: Plan, by: User | None) -> None:
    """Each high risk is owed a look; the owner knows of it."""
    for risk in plan.risks.select_related("owner"):
        if risk.is_high:
            _watch(plan, risk, by)


def _watch(plan: Plan, risk: PlanRisk, by: User | None) -> None:
    supervision.owe(
        kind=Kind.WATCH_RISK, holder=plan.matter.keeper, holder_department=people.office(), asked_by=by, **_owed(plan, risk)
    )  # fmt: skip
    tell_people(
        plan.matter, [risk.owner], _n("%(number)s: a high risk of the plan is yours."), number=plan.number,
        key=f"risk:{risk.pk}:{risk.score}", url_name=RISK, url_args=[risk.pk], to_do=True,
    )  # fmt: skip


def _owed(plan: Plan, risk: PlanRisk) -> dict[str, Any]:
    found = plan_owes(plan, url_name=RISK, url_args=[risk.pk])
    return {**found, "subject_type": PlanRisk.SUBJECT, "subject_id": risk.pk}


@flow
def update_risk(*, risk_id: int, by: User, likelihood: int, effect: int, state: str, remark: str) -> PlanRisk:
    """How the risk stands now, in a word. A high one is looked at again after the limit."""
    plan = lock_plan(PlanRisk.objects.values_list("plan_id", flat=True).get(pk=risk_id))
    risk: PlanRisk = plan.risks.select_related("owner").get(pk=risk_id)
    risk.plan = plan
    if not policies.may_update_risk(risk, by, leads_of(plan.matter)):
        raise NotYours(_("The owner of a risk, and whoever writes the plan, say how it stands."))
    if plan.state != PlanState.IN_FORCE:
        raise NotReady(_("This version is not in force. Look at the one that is."))
    plan_rules.insist_on_stage(plan.matter)
    _insist_on_word(likelihood, effect, state, remark)
    risk.likelihood, risk.effect, risk.state, risk.remark = likelihood, effect, state, remark.strip()[:300]
    risk.changed_by, risk.changed_at = by, now()
    risk.save()
    # A version that is being written goes on from there.
    PlanRisk.objects.filter(copied_from=risk).update(likelihood=likelihood, effect=effect)
    supervision.discharge(kind=Kind.WATCH_RISK, subject_type=PlanRisk.SUBJECT, subject_id=risk.pk)
    if risk.is_high:
        _watch(plan, risk, by)
    tell_plan(
        plan, "update_risk", _n("%(actor)s on the risk “%(risk)s”: %(score)s points."), by=by, risk=risk.text,
        score=risk.score, reason=remark, tone="bad" if risk.is_high else "",
    )  # fmt: skip
    return risk


def _insist_on_word(likelihood: int, effect: int, state: str, remark: str) -> None:
    fields = {
        name: [_("Choose a mark from 1 to 5.")]
        for name, mark in (("likelihood", likelihood), ("effect", effect))
        if mark not in range(1, 6)
    }
    if state not in RiskState.values:
        fields["state"] = [_("Choose how it stands.")]
    if not remark.strip():
        fields["remark"] = [_("Write in a sentence what has changed, or that nothing has.")]
    if fields:
        raise Invalid(_("Something is still missing."), fields=fields)
