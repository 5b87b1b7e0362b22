"""The head of supplies appeals on Friday 2026-09-11 against what the office decided; somebody one level above rules on it."""

from __future__ import annotations

from audit.acting import at_moment
from requests import flows
from requests.models import DecisionAppeal
from supervision.models import Obligation
from tests.kept import kept
from tests.requests import world

TEXT = {"ground": "unfair", "reason": "费用应由用工部门承担。", "wish": "由人力资源部承担费用。"}
NOW = world.moment(11, 15)


def ask(cast, matter, *, by=None, moment=NOW, **changes):
    with at_moment(moment):
        return flows.ask_appeal(matter_id=matter.pk, by=by or cast.supplies_head, **{**TEXT, **changes})


def rule(cast, appeal, *, uphold, by=None, answer="理由成立与否已逐条说明。", moment=NOW):
    with at_moment(moment):
        return flows.rule_appeal(appeal_id=appeal.pk, by=by or appeal.ruler, uphold=uphold, answer=answer)


@kept
def appealed(cast) -> DecisionAppeal:
    """The head of supplies appeals against the decision of the office."""
    return ask(cast, world.executing(cast))


@kept
def upheld(cast) -> DecisionAppeal:
    return rule(cast, appealed(cast), uphold=True)


def stand_still(cast, matter, *, since, until):
    held = {"reason": "等待合同谈判。", "until": until.date(), "interim_measure": "借用备用劳保服。"}
    with at_moment(since):
        flows.suspend(matter_id=matter.pk, by=cast.office_head, **held)
    with at_moment(until):
        flows.resume(matter_id=matter.pk, by=cast.officer)


def owed(appeal, kind):
    return Obligation.objects.of(DecisionAppeal.SUBJECT, appeal.pk).open().filter(kind=kind).first()
