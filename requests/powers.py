"""The powers of a project's lead (F2, R050): what was approved, and whether it covers an act in that matter.

Asked where the post alone does not give the right: policies know posts, this knows the one paper of the one matter.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from audit.refusals import NotYours, Sentence
from audit.words import word
from requests.approval_states import ApplicationState, Power
from requests.models import CoordinationRequest, ProjectApplication
from requests.policies import may_write

if TYPE_CHECKING:
    from organization.models import User
    from requests.models import Extension

COLUMNS = {
    Power.MEETINGS: "may_call_meetings",
    Power.ITEMS: "may_assign_items",
    Power.RESOURCES: "may_use_resources",
    Power.MONEY: "money_up_to",
    Power.DAYS: "days_up_to",
}


def led_by(matter: CoordinationRequest, user: User) -> ProjectApplication | None:
    """The approved paper by which this person leads the matter."""
    found: ProjectApplication | None = ProjectApplication.objects.filter(
        matter=matter.pk, state=ApplicationState.APPROVED, lead_person=user.pk
    ).first()
    return found if found is not None and may_write(user) else None


def covers(application: ProjectApplication | None, power: Power, size: Decimal | int = 0) -> bool:
    """Whether the paper gives this power, for an amount or a number of days up to its measure."""
    given: Any = getattr(application, COLUMNS[power]) if application is not None else None
    return bool(given) and (isinstance(given, bool) or size <= given)


def has(matter: CoordinationRequest, user: User, power: Power, size: Decimal | int = 0) -> bool:
    return covers(led_by(matter, user), power, size)


def insist(
    matter: CoordinationRequest, user: User, power: Power, size: Decimal | int = 0, *, otherwise: Sentence
) -> None:
    """Raise NotYours: a lead hears which power is missing, everybody else what the rule is."""
    application = led_by(matter, user)
    if covers(application, power, size):
        return
    if application is None:
        raise NotYours(otherwise)
    raise NotYours(
        _(
            "You lead this project without the power “%(power)s” to this extent. Ask who approved it, or the coordination office."
        )
        % {"power": power.label}
    )


def may_answer(extension: Extension, user: User) -> bool:
    """More time within the measure of the lead's power, never on the own wish or item (A7)."""
    doers = {extension.asked_by_id, extension.item.assignee_id}
    return user.pk not in doers and has(extension.item.matter, user, Power.DAYS, extension.working_days)


def insist_on_days(extension: Extension, user: User) -> None:
    """The level that the length asks for has refused this person; the lead of the project may still decide."""
    otherwise = _("Somebody else decides on an extension of this length.")
    if user.pk in {extension.asked_by_id, extension.item.assignee_id}:
        raise NotYours(otherwise)
    insist(extension.item.matter, user, Power.DAYS, extension.working_days, otherwise=otherwise)


def lead_for_days(matter: CoordinationRequest, days: int) -> User | None:
    """The lead who may decide on this much more time, beside the level that the length asks for."""
    found = ProjectApplication.objects.filter(
        matter=matter.pk, state=ApplicationState.APPROVED, days_up_to__gte=days
    ).select_related("lead_person")
    paper = found.first()
    return paper.lead_person if paper is not None else None


def powers_of(application: ProjectApplication) -> list[str]:
    """The powers in words, with their measure."""
    lines = [
        str(power.label)
        for power in (Power.MEETINGS, Power.ITEMS, Power.RESOURCES)
        if covers(application, power)
    ]
    if application.money_up_to:
        lines.append(_("Decide on money up to ¥%(amount)s") % {"amount": f"{application.money_up_to:,.2f}"})
    if application.days_up_to:
        lines.append(_("Decide on more time up to %(days)s working days") % {"days": application.days_up_to})
    return lines


def words_of(application: ProjectApplication) -> list[dict[str, str]]:
    """The same for a sentence that everybody reads in the own language."""
    return [word(power.label) for power in Power if covers(application, power)]
