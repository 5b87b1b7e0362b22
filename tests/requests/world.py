"""Matters at each stage, made by walking the real flows at given moments: never a row written by hand.

The week of the story: filed and accepted on Monday 2026-09-07, material delivered on Tuesday, opinions on Wednesday,
ready to be decided and the item drafted on Thursday, decided on Friday 2026-09-11 10:00. On `monday` (2026-09-14
09:00) the item is issued and unsigned; it is due on Tuesday 2026-09-22.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import date, datetime

from django.db import close_old_connections, connection, transaction

from audit.acting import SYSTEM, as_actor, at_moment
from requests import flows
from requests.flows.conditions import all_met
from requests.models import AcceptanceCondition, ActionItem, CoordinationRequest
from requests.states import Category, Opinion
from supervision.models import Obligation
from tests.conftest import SHANGHAI
from tests.kept import kept

DUE = date(2026, 9, 22)
FORM = {
    "title": "关于解决管焊工劳保服配置问题的协作需求",
    "category": Category.INTERNAL,
    "background": "检修班组有3名外包管焊工没有统一的劳保服，存在安全风险，几次沟通没有结果。",
    "goal": "9月24日前3名管焊工穿上与本公司员工同款的劳保服。",
    "expected_result": "三人按本公司标准领到劳保服，并写入外包合同范本。",
    "initial_scope": "检修部焊接班组的3名外包管焊工。",
    "organization_goal": "2026年机组检修安全目标",
    "goal_reason": "年度目标清单未单列。",
    "wished_on": date(2026, 9, 24),
}
# Where the result can be checked: evidence enough for A8.
SEEN = "签领单存库房，可现场核对。"
# A report says besides what comes next and when it will be finished (F12).
OUTLOOK = {
    "next_step": "周三下单。",
    "next_on": date(2026, 9, 16),
    "difficulty": "无",
    "expected_on": DUE,
}
ITEM = {
    "text": "为3名管焊工采购并发放同款劳保服",
    "standard": "三人签领，现场穿着检查合格",
    "due_on": DUE,
}


def moment(day: int, hour: int = 9, minute: int = 0, *, month: int = 9) -> datetime:
    """A moment of autumn 2026 in Shanghai."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@kept
def drafted(cast, **fields) -> CoordinationRequest:
    """A complete form that is not handed in yet."""
    with at_moment(moment(7)):
        matter = flows.start_draft(by=cast.clerk)
        return flows.save_draft(
            matter_id=matter.pk, by=cast.clerk, fields={**FORM, **fields}, departments=[cast.supplies]
        )


@kept
def filed(cast, **fields) -> CoordinationRequest:
    matter = drafted(cast, **fields)
    with at_moment(moment(7)):
        return flows.submit(matter_id=matter.pk, by=cast.clerk)


def ticked(*unmet, reason="请补充。"):
    """The same as a page hands it in; those at these places are not met."""
    given: dict[str, str] = {}
    for index, row in enumerate(AcceptanceCondition.objects.in_use()):
        is_met = index not in unmet
        given |= {f"condition_{row.pk}": "yes" if is_met else "no", f"code_{row.pk}": row.code}
        given |= {f"reason_{row.pk}": "" if is_met else reason}
    return given


@kept
def hurried(cast, **fields) -> CoordinationRequest:
    """Filed as extra urgent on Monday 2026-09-07 09:00; the head of the repair department has not confirmed it."""
    return filed(cast, urgency="extra", urgency_reason="9月24日检修开工，没有劳保服不得进场。", **fields)


@kept
def refused(cast, **fields) -> CoordinationRequest:
    """Not taken on by the head of the office on Monday 2026-09-07 14:30."""
    matter = filed(cast, **fields)
    with at_moment(moment(7, 14, 30)):
        return flows.reject(
            matter_id=matter.pk,
            by=cast.office_head,
            ground="settled",
            reason="去年已有结论。",
            instead="按去年结论办理。",
        )


@kept
def reviewed(cast, **fields) -> CoordinationRequest:
    """The applicant asked for a review on Tuesday 2026-09-08 09:00; the chair has it, for the head refused."""
    matter = refused(cast, **fields)
    with at_moment(moment(8)):
        flows.ask_review(matter_id=matter.pk, by=cast.clerk, reason="去年的结论不包括外包人员。")
    return CoordinationRequest.objects.get(pk=matter.pk)


ASSESSMENT = {
    "fit": 4,
    "feasibility": 4,
    "complexity": 3,
    "risk": 5,
    "resource_limits": 2,
    "assessment": "影响检修安全，需两部门共同解决。",
}


@kept
def accepted(cast, **fields) -> CoordinationRequest:
    """Supplies leads, staffing helps; the officer keeps the case."""
    matter = filed(cast, **fields)
    with at_moment(moment(7, 14, 30)):
        return flows.accept(
            matter_id=matter.pk, by=cast.officer, lead_department=cast.supplies,
            co_departments=[cast.staffing], conditions=all_met(), **ASSESSMENT,
        )  # fmt: skip


PREPARATION = {
    "facts": "三人属外包单位兴达劳务公司，合同只写“甲方提供劳保用品”。",
    "scope": "只涉及焊接班组三人。",
    "expected_goal": "9月24日前穿上同款劳保服。",
    "questions": ["三人的劳保服由谁采购发放？"],
}


@kept
def prepared(cast, **fields) -> CoordinationRequest:
    """Facts, scope, goal and question are written, the material is delivered, nobody has answered."""
    matter = accepted(cast, **fields)
    with at_moment(moment(8)):
        flows.write_preparation(matter_id=matter.pk, by=cast.officer, **PREPARATION)
        return flows.deliver_material(matter_id=matter.pk, by=cast.officer)


def opine(cast, matter, *, supplies=Opinion.AGREE, staffing=Opinion.AGREE) -> None:
    for department, speaker, opinion in (
        (cast.supplies, cast.supplies_liaison, supplies),
        (cast.staffing, cast.staffing_liaison, staffing),
    ):
        participant = matter.participants.get(department=department)
        reason = "" if opinion in (Opinion.AGREE, Opinion.NO_COMMENT) else "专项资金仅用于公司员工。"
        flows.give_opinion(participant_id=participant.pk, by=speaker, opinion=opinion, reason=reason)


@kept
def deciding(cast, **opinions) -> CoordinationRequest:
    """All departments have answered (agreeing unless said otherwise); nothing is drafted yet."""
    matter = prepared(cast)
    with at_moment(moment(9, 10)):
        opine(cast, matter, **opinions)
    with at_moment(moment(10)):
        return flows.start_decision(matter_id=matter.pk, by=cast.officer)


def draft_item(cast, matter, **changes) -> ActionItem:
    """An item of the supplies department, for its clerk; the office verifies unless a verifier is named."""
    given = {**ITEM, "department": cast.supplies, "assignee": cast.supplies_clerk, **changes}
    return flows.draft_item(matter_id=matter.pk, by=cast.officer, **given)


@kept
def executing(cast, **item) -> CoordinationRequest:
    """Decided by the office on Friday 2026-09-11 10:00, with one issued item."""
    matter = deciding(cast)
    with at_moment(moment(10, 10)):
        draft_item(cast, matter, **item)
    with at_moment(moment(11, 10)):
        return flows.decide_as_office(
            matter_id=matter.pk, by=cast.office_head, resolution="由物资部采购发放，人力资源部补充合同条款。"
        )


@kept
def issued(cast, **item) -> ActionItem:
    """The one item of a matter in execution, not signed for."""
    return ActionItem.objects.get(matter=executing(cast, **item))


@kept
def started(cast, **item) -> ActionItem:
    """Signed for and begun on Friday 2026-09-11 14:30."""
    found = issued(cast, **item)
    with at_moment(moment(11, 14, 30)):
        return flows.start(item_id=found.pk, by=cast.supplies_clerk, first_step="周一询价，周三下单。")


@kept
def submitted(cast, **item) -> ActionItem:
    """Reported done by its owner on Monday 2026-09-14 08:45."""
    found = started(cast, **item)
    with at_moment(moment(14, 8, 45)):
        return flows.submit_item(
            item_id=found.pk, by=cast.supplies_clerk, result="三人已签领，现场检查合格。", evidence_note=SEEN
        )


@kept
def passed_with_condition(cast, **item) -> ActionItem:
    """Accepted on Monday 2026-09-14 08:50 with one defect, owed by the owner until Friday."""
    found = submitted(cast, **item)
    defect = {"text": "缺一份签收单", "due_on": date(2026, 9, 18)}
    with at_moment(moment(14, 8, 50)):
        return flows.close_item(
            item_id=found.pk, by=cast.officer, completeness="mostly", note="清点三套。", defects=[defect]
        )


@kept
def in_feedback(cast) -> CoordinationRequest:
    """The only item is closed and the execution completed on Monday 2026-09-14 08:50."""
    found = submitted(cast)
    with at_moment(moment(14, 8, 50)):
        flows.close_item(item_id=found.pk, by=cast.officer)
        return flows.complete_execution(
            matter_id=found.matter_id, by=cast.supplies_liaison, summary="三人已穿上同款劳保服。"
        )


def owed(thing, kind) -> Obligation | None:
    """The open obligation of this kind on a thing of ours, or None."""
    return Obligation.objects.of(thing.SUBJECT, thing.pk).open().filter(kind=kind).first()


def lapse(thing, kind) -> None:
    """Mark the limit of this kind as passed, as the tick does."""
    duty = owed(thing, kind)
    with as_actor(SYSTEM):
        Obligation.objects.filter(pk=duty.pk).update(lapsed_at=duty.due_at)


def told(user, *words) -> bool:
    """Whether this person has a notice whose sentence holds all these words."""
    sentences = user.notices.values_list("sentence", flat=True)
    return any(all(word in sentence for word in words) for sentence in sentences)


def both_at_once(*acts):
    """Run acts in threads of their own, started together; their results or refusals in order."""
    results: list[object] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(index, act):
        close_old_connections()
        start.wait()
        try:
            results[index] = act()
        except Exception as refusal:
            results[index] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def both_holding(*acts):
    """Run acts at once, none ending before all have done their work or wait for another's lock (2 seconds)."""
    gate = threading.Barrier(len(acts))

    def held(act):
        def run():
            with transaction.atomic():
                result = act()
                with suppress(threading.BrokenBarrierError):
                    gate.wait(2)
            return result

        return run

    return both_at_once(*map(held, acts))
