"""A version of the plan that moves what was decided goes with its change request (R094, R095, F13 对象 “计划”).

Asked for, it waits as it is; carried out, it is in force; not approved or taken back, it is a draft again.
"""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from audit.refusals import Invalid, NotReady
from organization.models import User
from requests import plan_rules
from requests.change_states import ChangeObject
from requests.flows.plan_approval import put_in_force
from requests.flows.plan_shared import insist_on_writer, plan_in_force
from requests.models import ActionItem, ChangeRequest, CoordinationRequest, Plan, PlanMember, PlanTask
from requests.plan_reach import reach_of, settled_values
from requests.plan_states import PlanReach, PlanState

# How people write the number of a version.
VERSION = re.compile(r"\s*[Vv第]?\s*(\d{1,4})\s*版?\s*")


def read(matter: CoordinationRequest, _item: ActionItem | None) -> str:
    plan = plan_in_force(matter)
    return str(plan.version) if plan is not None else ""


def parse(value: str) -> str:
    found = VERSION.fullmatch(value)
    if found is None:
        raise _refuse(_("Write the number of the new version, like 2."))
    return str(int(found[1]))


def words(value: str) -> str:
    return _("Version %(version)s") % {"version": value} if value else ""


def hold(change: ChangeRequest, by: User) -> None:
    """From now on nobody writes the version; the record says what of the decision it moves, before and after."""
    insist_on_writer(change.matter, by)
    before, plan = plan_in_force(change.matter), _version(change)
    if before is None or plan is None or plan.state != PlanState.DRAFT:
        raise _refuse(_("There is no draft of this version. Begin it on the page of the plan first."))
    if gaps := plan_rules.gaps(plan):
        said = " ".join(str(sentence) for lines in gaps.values() for sentence in lines)
        raise _refuse(_("The plan is not whole yet.") + " " + said)
    if reach_of(before, plan) != PlanReach.SETTLED:
        raise _refuse(_("This version moves nothing that was decided. Hand it in on the page of the plan."))
    if change.ordered_by is not None:
        sentence = _(
            "No version of a plan holds on an oral order. Leave this empty, or change the urgent items."
        )
        raise Invalid(sentence, fields={"ordered_by": [sentence]})
    moved = settled_values(before, plan)
    change.before = _said(change.before, [(label, old) for label, old, _new in moved])
    change.after = _said(change.after, [(label, new) for label, _old, new in moved])
    change.save()
    plan.change, plan.reach, plan.approver = change, PlanReach.SETTLED, None
    plan.submitted_by, plan.submitted_at, plan.return_reason = by, change.asked_at, ""
    plan.submit()
    plan.save()


def write(matter: CoordinationRequest, _item: ActionItem | None, value: str) -> None:
    """In force as it was approved; dates that have passed meanwhile are mended by whoever asked, never on the way."""
    plan = Plan.objects.select_for_update(of=("self",)).get(matter=matter, version=int(value))
    plan.matter = matter
    change = plan.change
    if change is None or change.answered_by is None or plan.state != PlanState.SUBMITTED:
        raise NotReady(_("This version does not wait for its change any more."))
    try:
        plan_rules.insist_on_whole(plan)
        put_in_force(plan, change.answered_by)
    except Invalid as refusal:
        said = {"gaps": refusal, "name": change.asked_by.name}
        raise NotReady(
            _("The version cannot go into force as it stands. %(gaps)s %(name)s takes the change back, mends it and asks again.")
            % said
        ) from refusal  # fmt: skip


def let_go(change: ChangeRequest) -> None:
    """Not approved, or taken back: a draft again, with the reason; the version in force stays in force."""
    plan = _version(change)
    if plan is not None and plan.change_id == change.pk and plan.state == PlanState.SUBMITTED:
        plan.take_back()
        plan.change, plan.reach, plan.return_reason = None, "", change.answer[:500]
        plan.save()


def people_of(change: ChangeRequest) -> QuerySet[User]:
    """Team and responsible persons of both versions; nobody where no plan is changed."""
    if change.object != ChangeObject.PLAN:
        return User.objects.none()
    plans = Plan.objects.filter(matter=change.matter, version__in=[change.old_value, change.value])
    team = PlanMember.objects.filter(plan__in=plans).values("person")
    owners = PlanTask.objects.filter(plan__in=plans).values("owner")
    return User.objects.filter(Q(pk__in=team) | Q(pk__in=owners))


def _version(change: ChangeRequest) -> Plan | None:
    rows = Plan.objects.select_for_update(of=("self",)).filter(
        matter=change.matter, version=int(change.value)
    )
    plan = rows.first()
    if plan is not None:
        plan.matter = change.matter
    return plan


def _said(version: str, values: list[tuple[object, str]]) -> str:
    return f"{version}（{'；'.join(f'{label}：{value}' for label, value in values)}）"


def _refuse(sentence: str) -> Invalid:
    return Invalid(sentence, fields={"value": [sentence]})
