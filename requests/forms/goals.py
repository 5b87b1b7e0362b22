"""Choosing the goal that a matter serves (R031): from the list, or in own words with the reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organization.forms import GoalChoice
from organization.goals import Goal
from requests.form_reads import GOALS_TO_CHOOSE
from requests.forms.choices import NOBODY
from requests.models import CoordinationRequest

NAMES = ("served_goal", "organization_goal", "goal_reason")


def served_goal() -> GoalChoice:
    return GoalChoice(
        label=_("Goal of the organization served"), required=False, empty_label=NOBODY[1],
        help_text=_("The yearly task or target that this helps to reach, from the list of goals."),
    )  # fmt: skip


def goal_reason() -> forms.CharField:
    return forms.CharField(
        label=_("Why it is none of the list"), max_length=200, required=False,
        help_text=_("Only where you write a goal of your own."),
    )  # fmt: skip


def offer_goals(form: forms.Form, matter: CoordinationRequest) -> bool:
    """Offer the list, with the goal that this matter serves already; False where the office keeps none yet."""
    field: Any = form.fields["served_goal"]
    if matter.served_goal_id:
        field.queryset = Goal.objects.filter(Q(retired_at=None) | Q(pk=matter.served_goal_id))
    goals = GOALS_TO_CHOOSE(matter.served_goal_id or 0)
    field.offer(goals)
    if goals:
        own = form.fields["organization_goal"]
        own.label, own.required = _("Or a goal in your own words"), False
        own.help_text = _("When none of the list fits.")
    return bool(goals)


def own_words(matter: CoordinationRequest) -> str:
    """What was typed; the words of a chosen goal are not the applicant's."""
    return "" if matter.served_goal_id else matter.organization_goal
