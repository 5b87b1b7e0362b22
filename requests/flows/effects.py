"""Gains and losses of the departments on a matter, stated, taken back, made up for (R083)."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.reasons import IN_A_LINE
from audit.refusals import Invalid, NotReady, NotYours, Sentence
from audit.words import word
from organization.goals import Goal
from organization.models import Department, User
from requests import effect_policies as policies
from requests import rules
from requests.effect_states import Direction, EffectKind
from requests.flows.shared import lock, speakers, tell_people, tell_story
from requests.models import CoordinationRequest, Effect
from requests.states import Stage

# From the acceptance to the end of the work.
STAGES = (Stage.PREPARATION, Stage.DECISION, Stage.EXECUTION)


def concerned_by(matter: CoordinationRequest) -> set[int]:
    """The applying department and those that take part."""
    return {matter.filed_by_department_id, *matter.participants.values_list("department_id", flat=True)}


@flow
def state_effect(
    *,
    matter_id: int,
    by: User,
    department: Department,
    direction: str,
    kind: str,
    text: str,
    amount: Decimal | None = None,
    unit: str = "",
    goal: Goal | None = None,
) -> Effect:
    """R083: the department says what it wins or loses; where the office writes it down, the department is told."""
    matter = lock(matter_id)
    concerned = concerned_by(matter)
    if not policies.may_state_effect(matter, by, concerned):
        raise NotYours(_("Only a department that is concerned and the office state gains and losses."))
    _insist_on_running(matter)
    is_own = policies.speaks_for_effect(by, department.pk)
    if not is_own and not by.authority.is_officer:
        raise NotYours(_("Each department speaks for itself. Choose your own."))
    _insist_on_effect(department, concerned, direction, kind, text, amount, unit, goal)
    effect = Effect.objects.create(
        matter=matter, department=department, department_name=department.name, direction=direction, kind=kind,
        text=text.strip(), amount=amount, unit=unit.strip() if amount is not None else "", stated_by=by, stated_at=now(),
        is_own=is_own, goal=goal,
    )  # fmt: skip
    if not is_own:
        tell_people(
            matter, speakers([department.pk]), _n("%(number)s: the office wrote down what it means for your department. See whether it is so."),
            key=f"effect:{effect.pk}",
        )  # fmt: skip
    _tell(effect, "state_effect", _n("%(actor)s stated for %(department)s: %(direction)s, %(kind)s."), by)
    return effect


@flow
def withdraw_effect(*, effect_id: int, by: User, reason: str) -> Effect:
    """Taken back in the sight of all; the row stays with its reason."""
    effect = _lock(effect_id)
    if not policies.may_withdraw_effect(effect, by):
        raise NotYours(_("The department takes it back, or the office what it wrote itself."))
    _insist_on_running(effect.matter)
    rules.insist_on_reason(reason, most=IN_A_LINE)
    effect.withdrawn_at, effect.withdrawn_why = now(), reason.strip()
    effect.save()
    _tell(
        effect,
        "withdraw_effect",
        _n("%(actor)s took back for %(department)s: %(direction)s, %(kind)s."),
        by,
        reason,
    )
    return effect


@flow
def compensate(*, effect_id: int, by: User, text: str, amount: Decimal | None = None) -> Effect:
    """What was decided to make up for a loss; the department is told."""
    effect = _lock(effect_id)
    if not policies.may_compensate(effect, by):
        raise NotYours(_("The office records it, never the department that gets it."))
    _insist_on_running(effect.matter)
    fields: dict[str, list[Sentence]] = {}
    if not effect.is_loss:
        fields["text"] = [_("Only a loss is made up for.")]
    elif not text.strip():
        fields["text"] = [_("Write what makes up for it.")]
    if amount is not None and amount < 0:
        fields["amount"] = [_("Write 0 or more.")]
    if fields:
        raise Invalid(_("The entry is not complete."), fields=fields)
    effect.compensation, effect.compensation_amount = text.strip(), amount
    effect.compensated_by, effect.compensated_at = by, now()
    effect.save()
    tell_people(
        effect.matter, speakers([effect.department_id]), _n("%(number)s: what makes up for the loss of your department stands on record."),
        key=f"effect:{effect.pk}:made-up:{now():%Y%m%d%H%M%S}",
    )  # fmt: skip
    _tell(
        effect, "compensate", _n("%(actor)s recorded what makes up for the loss of %(department)s."), by, text
    )
    return effect


def _lock(effect_id: int) -> Effect:
    """After its matter; what has been taken back is no longer there."""
    matter = lock(Effect.objects.values_list("matter_id", flat=True).get(pk=effect_id))
    effect: Effect = Effect.objects.select_for_update(of=("self",)).get(pk=effect_id)
    effect.matter = matter
    if effect.withdrawn_at is not None:
        raise NotReady(_("It has been taken back already."))
    return effect


def _insist_on_running(matter: CoordinationRequest) -> None:
    if matter.stage not in STAGES or matter.is_suspended:
        raise NotReady(_("Gains and losses are stated from the acceptance to the end of the execution."))


def _insist_on_effect(
    department: Department, concerned: set[int], direction: str, kind: str, text: str, amount: Decimal | None, unit: str,
    goal: Goal | None,
) -> None:  # fmt: skip
    wrong = {
        "department": department.pk not in concerned
        and _("This department does not take part. Choose one that does."),
        "direction": direction not in Direction.values and _("Choose gain or loss."),
        "kind": kind not in EffectKind.values and _("Choose what it is about."),
        "text": not text.strip() and _("Write what the department wins or loses."),
        "amount": amount is not None and amount < 0 and _("Write 0 or more."),
        "unit": amount is not None and not unit.strip() and _("Write the unit, like 元 or 人天."),
        "goal": goal is not None
        and not (goal.is_active and goal.department_id == department.pk)
        and _("Choose a goal of this department that is in the list."),
    }
    fields: dict[str, list[Sentence]] = {name: [sentence] for name, sentence in wrong.items() if sentence}
    if fields:
        raise Invalid(_("The entry is not complete."), fields=fields)


def _tell(effect: Effect, verb: str, sentence: str, by: User, reason: str = "") -> None:
    tell_story(
        effect.matter, verb, sentence, by=by, subject=effect, reason=reason or effect.text,
        params={"department": effect.department_name, "direction": word(Direction(effect.direction).label),
                "kind": word(EffectKind(effect.kind).label)},
    )  # fmt: skip
