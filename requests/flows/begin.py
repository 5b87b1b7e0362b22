"""How a form begins: from a template, from an own earlier matter, or empty (R041)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from audit.acting import today
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from documents.models import File
from organization.models import Department, User
from requests.flows.file import DRAFT_FIELDS, open_form
from requests.flows.shared import wish
from requests.form_reads import UNTOUCHED
from requests.models import CoordinationRequest, RequestTemplate
from requests.states import Category
from supervision.calendar import working_days

FROM_TEMPLATE = (
    "category",
    "title",
    "background",
    "goal",
    "expected_result",
    "initial_scope",
    "confidentiality",
)
# Texts, departments and category; the level goes with the texts. Never dates, amounts, papers, talks or opinions.
FROM_OWN = (
    *FROM_TEMPLATE,
    "organization_goal",
    "served_goal",
    "goal_reason",
    "suggested_lead",
    "has_personal_data",
)


@dataclass
class Start:
    """What the form holds at first."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    departments: list[Department] = field(default_factory=list)


@flow
def start_from(
    *, by: User, template_id: int | None = None, matter_id: int | None = None, category: str = ""
) -> CoordinationRequest:
    """Open form F1 with what a template gives, with the texts of an own earlier matter, or with a category alone (R041).

    A form that this person opened and never touched is used again and filled anew. Raises NotReady when the template is
    no longer offered, NotYours for somebody else's matter.
    """
    if template_id is not None and matter_id is not None:
        raise Invalid(_("Choose one thing to start from: a template or an earlier matter."))
    if template_id is not None:
        start = _of_template(template_id)
    elif matter_id is not None:
        start = _of_own(matter_id, by)
    else:
        start = Start({"category": category} if category in Category.values else {})
    return _filled(by, start)


def _of_template(template_id: int) -> Start:
    template = RequestTemplate.objects.active().filter(pk=template_id).first()
    if template is None:
        raise NotReady(_("This template is no longer offered. Choose another one."))
    fields = {name: getattr(template, name) for name in FROM_TEMPLATE} | {"template": template}
    if template.working_days:
        fields["wished_on"] = working_days().next_day(today(), template.working_days)
    return Start(fields, list(template.departments.active()))


def _of_own(matter_id: int, by: User) -> Start:
    earlier = CoordinationRequest.objects.visible_to(by).filter(pk=matter_id, filed_by=by).first()
    if earlier is None:
        raise NotYours(_("Only matters that you have filed yourself serve as a start."))
    fields = {name: getattr(earlier, name) for name in FROM_OWN} | {"copied_from": earlier}
    if earlier.suggested_lead and not earlier.suggested_lead.is_active:
        fields["suggested_lead"] = None
    if earlier.served_goal and not earlier.served_goal.is_active:
        fields |= {"served_goal": None, "organization_goal": ""}
    return Start(fields, list(earlier.wished_departments.active()))


def _filled(by: User, start: Start) -> CoordinationRequest:
    matter = _left_untouched(by)
    if matter is None:
        matter = open_form(by, **start.fields)
    else:
        blank = CoordinationRequest()
        empty = {name: getattr(blank, name) for name in DRAFT_FIELDS}
        nothing = {**empty, "phone": by.phone, "template": None, "copied_from": None}
        for name, value in {**nothing, **start.fields}.items():
            setattr(matter, name, value)
        matter.save()
    wish(matter, [row for row in start.departments if row.pk != matter.filed_by_department_id])
    return matter


def _left_untouched(by: User) -> CoordinationRequest | None:
    """A form that was opened and never saved since, nor given a paper or a talk: nobody has put any work into it."""
    rows = UNTOUCHED(by.pk, by.department.pk) if by.department else []
    return next((row for row in rows if not File.objects.of_case(row.pk).exists()), None)
