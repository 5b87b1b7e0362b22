"""The conditions of acceptance (R028): written by the office, held against each form, talks before a major matter (R034)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n
from django.utils.translation import ngettext

from audit.acting import now
from audit.flow import flow
from audit.flows import record
from audit.refusals import Invalid, NotYours, Sentence
from audit.transitions import insist
from organization import people
from organization.models import Department, User
from requests import policies
from requests.flows.shared import lock, tell_people, tell_story
from requests.models import AcceptanceCondition, ConditionCheck, CoordinationRequest
from requests.rules import is_major
from requests.states import UNMET_CODES

CODES = dict(UNMET_CODES)

# What was found on one condition: `condition`, `is_met` (None: not looked at yet), and for an unmet one `code` and `reason`.
Finding = Mapping[str, Any]


@flow
def check_conditions(*, matter_id: int, by: User, conditions: Sequence[Finding]) -> CoordinationRequest:
    """R028: keep what was found on the conditions of acceptance; the answer to the form is an act of its own."""
    matter = lock(matter_id)
    insist(matter.accept, by)
    if all(row["is_met"] is None for row in conditions):
        raise Invalid(_("Say of at least one condition whether it is met."))
    keep_findings(matter, by, conditions)
    unmet = unmet_checks(matter)
    tell_story(
        matter, "check_conditions", _n("%(actor)s held it against the conditions of acceptance: %(met)s met, %(unmet)s not met."),
        by=by, tone="warn" if unmet else "", reason=in_words(unmet),
        params={"met": matter.checks.filter(is_met=True).count(), "unmet": len(unmet)},
    )  # fmt: skip
    _tell_who_refuses(matter, by)
    return matter


def _tell_who_refuses(matter: CoordinationRequest, by: User) -> None:
    """Q9: an officer finds it, the head of the office refuses it; once for each time that it is handed in."""
    if not ground_of_unmet(matter)[0]:
        return
    round_number = matter.gaps.aggregate(last=Max("round"))["last"] or 0
    tell_people(
        matter, [head for head in people.office_heads() if head.pk != by.pk],
        _n("%(number)s: a condition of acceptance speaks against it; whether it is refused is yours to decide."),
        key=f"against:{round_number}", url_name="requests:check", to_do=True,
    )  # fmt: skip


@flow
def write_condition(
    *, by: User, text: str, hint: str, code: str, is_used: bool, condition_id: int | None = None
) -> AcceptanceCondition:
    """R024: write a condition, change it or take it out of use. What was found by its old words keeps them."""
    if not policies.may_write_conditions(by):
        raise NotYours(
            _("Only the head of the coordination office and the system administrator change this.")
        )
    rows = AcceptanceCondition.objects.select_for_update()
    known = list(rows)  # one writer at a time: the last one in use is not taken out by two people at once
    row = next((one for one in known if one.pk == condition_id), None) or AcceptanceCondition(
        order=(rows.order_by().aggregate(last=Max("order"))["last"] or 0) + 1
    )
    _insist_on_condition(text, code)
    if not is_used and not any(one.is_used for one in known if one.pk != row.pk):
        sentence = _("At least one condition stays in use. Write another one first.")
        raise Invalid(sentence, fields={"is_used": [sentence]})
    before = row.text
    row.text, row.hint, row.code, row.is_used = text.strip(), hint.strip(), code, is_used
    row.save()
    record(
        subject_type="condition", subject_id=row.pk, verb="write_condition",
        sentence=_n("%(actor)s wrote the condition of acceptance “%(text)s”.") if is_used
        else _n("%(actor)s took the condition of acceptance “%(text)s” out of use."),
        params={"text": row.text}, reason_text=before if before != row.text else "",
    )  # fmt: skip
    return row


def keep_findings(matter: CoordinationRequest, by: User, findings: Iterable[Finding]) -> None:
    """Write what was found; every unmet condition has its code and its reason, and all that lack one are told at once."""
    found = [row for row in findings if row["is_met"] is not None]
    fields: dict[str, list[Sentence]] = {}
    for row in found:
        fields.update(_gaps_of(row))
    if fields:
        raise Invalid(_("Say of every condition that is not met what is wrong."), fields=fields)
    for row in found:
        condition, is_met = row["condition"], row["is_met"]
        ConditionCheck.objects.update_or_create(
            matter=matter,
            condition=condition,
            defaults={
                "text": condition.text, "is_met": is_met, "code": "" if is_met else row["code"],
                "reason": "" if is_met else row["reason"].strip(), "checked_by": by, "checked_at": now(),
            },
        )  # fmt: skip


def all_met() -> list[Finding]:
    """Every condition in use, found met: for matters that are entered after the event."""
    return [{"condition": row, "is_met": True} for row in AcceptanceCondition.objects.in_use()]


def insist_on_conditions(matter: CoordinationRequest) -> None:
    """R028: nothing is accepted while a condition is open or not met."""
    known = {check.condition_id: check.is_met for check in matter.checks.all()}
    fields: dict[str, list[Sentence]] = {}
    for condition in AcceptanceCondition.objects.in_use():
        is_met = known.get(condition.pk)
        if not is_met:
            fields[f"condition_{condition.pk}"] = [
                _("Not checked yet. Say whether it is met.")
                if is_met is None
                else _("It is not met. Return the form for completion, or refuse the matter.")
            ]
    if fields:
        summary = ngettext(
            "%(number)s condition of acceptance is open or not met.",
            "%(number)s conditions of acceptance are open or not met.",
            len(fields),
        )
        raise Invalid(summary % {"number": len(fields)}, fields=fields)


def insist_on_talks(matter: CoordinationRequest, departments: Iterable[Department]) -> None:
    """R034: a major matter is accepted when each core department was asked before, whatever it answered."""
    if not is_major(matter):
        return
    asked = set(matter.attempts.values_list("department_id", flat=True)) | {matter.filed_by_department_id}
    missing = [department.name for department in departments if department.pk not in asked]
    if missing:
        sentence = _("A major matter needs a talk with each core department. Not recorded yet: %(names)s.")
        said = sentence % {"names": "、".join(missing)}
        raise Invalid(said, fields={"co_departments": [said]})


def unmet_checks(matter: CoordinationRequest) -> list[ConditionCheck]:
    return list(matter.checks.filter(is_met=False))


def gaps_of_unmet(matter: CoordinationRequest) -> list[tuple[str, str]]:
    """What the applicant can complete, as the gaps of a return."""
    return [(check.code, check.reason) for check in unmet_checks(matter) if check.can_be_completed]


def ground_of_unmet(matter: CoordinationRequest) -> tuple[str, str]:
    """Ground and reason of a refusal, as the unmet conditions give them; both empty when none speaks against it."""
    against = [check for check in unmet_checks(matter) if not check.can_be_completed]
    return (against[0].code if against else "", in_words(against))


def reopen_checks(matter: CoordinationRequest) -> None:
    """The form has come back: what was not met is to be looked at again, its reason beside it."""
    matter.checks.filter(is_met=False).update(is_met=None)


def in_words(checks: Iterable[ConditionCheck]) -> str:
    return "\n".join(f"{check.text}：{check.reason}" for check in checks)


def _gaps_of(finding: Finding) -> dict[str, list[Sentence]]:
    condition = finding["condition"]
    if finding["is_met"]:
        return {}
    fields: dict[str, list[Sentence]] = {}
    if finding.get("code") not in CODES:
        fields[f"code_{condition.pk}"] = [_("Choose what is wrong.")]
    if not str(finding.get("reason") or "").strip():
        fields[f"reason_{condition.pk}"] = [_("Write what is missing, or what speaks against it.")]
    return fields


def _insist_on_condition(text: str, code: str) -> None:
    fields: dict[str, list[Sentence]] = {}
    if not text.strip():
        fields["text"] = [_("Write the condition.")]
    if code not in CODES:
        fields["code"] = [_("Choose what it usually means when it is not met.")]
    if fields:
        raise Invalid(_("The condition is not complete."), fields=fields)
