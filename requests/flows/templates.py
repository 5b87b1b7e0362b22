"""The templates that forms start from (R041): the coordination office writes them, changes them, takes them out of use."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _n

from audit.flow import flow
from audit.flows import record
from audit.models import TransitionLog
from audit.refusals import Conflict, Invalid, NotReady, NotYours, Sentence
from organization.flows.steps import changed, unique
from organization.models import Department, User
from requests import policies
from requests.models import RequestTemplate
from requests.rules import LENGTHS
from requests.states import LEVEL_NOT_OFFERED, OPEN_LEVELS, Category

TEMPLATE_FIELDS = (
    "category", "name", "purpose", "title", "background", "goal", "expected_result", "initial_scope",
    "working_days", "confidentiality", "order",
)  # fmt: skip
NEEDED = {"name": 40, "purpose": 120}
MOST_DAYS = 250
NAME_TAKEN = gettext_lazy("There is a template of this name. Choose another one.")


@flow
def create_template(
    *, by: User, fields: Mapping[str, Any], departments: Collection[Department] = ()
) -> RequestTemplate:
    """Write a template; from then on it is offered to everybody who files."""
    _insist_on_office(by)
    _insist_on_shape(fields)
    template = RequestTemplate(**{name: fields[name] for name in TEMPLATE_FIELDS if name in fields})
    with unique("name", NAME_TAKEN):
        template.save(force_insert=True)
    template.departments.set(departments)
    _tell(template, "create_template", _n("%(actor)s wrote the template."), by)
    return template


@flow
def change_template(
    *,
    template_id: int,
    by: User,
    fields: Mapping[str, Any],
    departments: Collection[Department],
    revision: int,
) -> RequestTemplate:
    """Change a template; forms that were begun with it keep what they hold.

    Raises Conflict when somebody else changed it since `revision` was read.
    """
    template: RequestTemplate = RequestTemplate.objects.select_for_update().get(pk=template_id)
    _insist_on_office(by)
    _insist_on_newest(template, revision)
    _insist_on_shape(fields)
    names = changed(template, {name: fields[name] for name in TEMPLATE_FIELDS if name in fields})
    before = set(template.departments.values_list("pk", flat=True))
    if before != {department.pk for department in departments}:
        template.departments.set(departments)
        names.append("departments")
    if names:
        template.revision += 1
        with unique("name", NAME_TAKEN):
            template.save()
        _tell(template, "change_template", _n("%(actor)s changed the template."), by)
    return template


@flow
def switch_template(*, template_id: int, is_active: bool, by: User) -> RequestTemplate:
    """Take a template out of use, or offer it again. What was begun with it goes on."""
    template: RequestTemplate = RequestTemplate.objects.select_for_update().get(pk=template_id)
    _insist_on_office(by)
    if template.is_active == is_active:
        raise NotReady(
            _("The template is offered already.") if is_active else _("The template is out of use already.")
        )
    template.is_active = is_active
    template.revision += 1
    template.save()
    sentence = (
        _n("%(actor)s offers the template again.") if is_active else _n("%(actor)s took it out of use.")
    )
    _tell(template, "switch_template", sentence, by)
    return template


def _insist_on_office(by: User) -> None:
    if not policies.may_edit_templates(by):
        raise NotYours(_("Only the coordination office keeps the templates."))


def _insist_on_newest(template: RequestTemplate, revision: int) -> None:
    if revision != template.revision:
        last = TransitionLog.objects.of(RequestTemplate.SUBJECT, template.pk).first()
        raise Conflict(
            _("%(name)s changed this template meanwhile. Reload the page before going on.")
            % {"name": last.actor_name if last else _("Somebody")}
        )


def _insist_on_shape(fields: Mapping[str, Any]) -> None:
    found: dict[str, list[Sentence]] = {}
    for name in NEEDED:
        if not str(fields.get(name, "")).strip():
            found[name] = [_("Not filled in yet.")]
    lengths = {**NEEDED, **{name: most for name, (_least, most) in LENGTHS.items()}}
    for name, most in lengths.items():
        count = len(str(fields.get(name, "")))
        if count > most:
            found[name] = [
                _("Now %(count)s characters, at most %(most)s. Shorten it.") % {"count": count, "most": most}
            ]
    found |= _wrong_choices(fields)
    if found:
        raise Invalid(_("The template is not complete."), fields=found)


def _wrong_choices(fields: Mapping[str, Any]) -> dict[str, list[Sentence]]:
    found: dict[str, list[Sentence]] = {}
    if fields.get("category") not in Category.values:
        found["category"] = [_("Choose a category.")]
    if "confidentiality" in fields and fields["confidentiality"] not in OPEN_LEVELS:
        found["confidentiality"] = [LEVEL_NOT_OFFERED]
    days = fields.get("working_days")
    if days is not None and not 1 <= days <= MOST_DAYS:
        found["working_days"] = [_("Write a whole number from 1 to %(most)s.") % {"most": MOST_DAYS}]
    return found


def _tell(template: RequestTemplate, verb: str, sentence: str, by: User) -> None:
    record(
        subject_type=RequestTemplate.SUBJECT,
        subject_id=template.pk,
        verb=verb,
        sentence=sentence,
        department_name=by.department_name,
    )
