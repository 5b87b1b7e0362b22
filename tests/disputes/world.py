"""Disputes at each state, made by walking the real flows: supplies and staffing differ about who pays.

Filed on Monday 2026-09-07, ready to be decided on Thursday 2026-09-10 with its question not agreed; the dispute is
registered on Friday 2026-09-11 10:00 and, like every matter of normal urgency, may be negotiated for 5 working days.
"""

from __future__ import annotations

from datetime import date, datetime

from audit.acting import at_moment
from disputes import flows
from disputes.models import Dispute
from requests import flows as matters
from requests.models import CoordinationRequest, Question
from supervision.models import Obligation
from tests.conftest import SHANGHAI
from tests.kept import kept
from tests.requests.world import all_met

FORM = {
    "title": "关于解决管焊工劳保服配置问题的协作需求",
    "category": "internal",
    "background": "检修班组有3名外包管焊工没有统一的劳保服，存在安全风险，几次沟通没有结果。",
    "goal": "9月24日前3名管焊工穿上与本公司员工同款的劳保服。",
    "expected_result": "三人按本公司标准领到劳保服，并写入外包合同范本。",
    "initial_scope": "检修部焊接班组的3名外包管焊工。",
    "organization_goal": "2026年机组检修安全目标",
}
DISPUTE = {
    "kind": "resource",
    "blocked_what": "三人没有劳保服，检修不能开工。",
    "interim_arrangement": "裁定前由物资部先借出三套。",
    "tried": "9月8日电话联系人力资源部许静，答复专项资金只用于本公司员工。",
}
RULING = {
    "facts": "三人由外包单位派遣，合同写明“甲方提供劳保用品”。",
    "basis": "《劳保用品管理办法》第4条\n外包合同第7条",
    "changes_duties": False,
    "duty_note": "职责清单已写明，只需执行。",
}


def moment(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of September 2026 in Shanghai."""
    return datetime(2026, 9, day, hour, minute, tzinfo=SHANGHAI)


@kept
def deciding(cast, **fields) -> CoordinationRequest:
    """Supplies leads, staffing helps and disagrees; the matter is ready to be decided."""
    with at_moment(moment(7)):
        matter = matters.file_at_once(by=cast.clerk, departments=[cast.supplies], fields={**FORM, **fields})
        matters.accept(
            matter_id=matter.pk, by=cast.officer, lead_department=cast.supplies, co_departments=[cast.staffing],
            fit=4, feasibility=4, complexity=3, risk=5, resource_limits=2, assessment="影响检修安全。", conditions=all_met(),
        )  # fmt: skip
        matters.write_preparation(
            matter_id=matter.pk, by=cast.officer, facts="已核实", scope="三人", expected_goal=FORM["goal"],
            questions=["劳保服的费用由谁承担？"],
        )  # fmt: skip
        matters.deliver_material(matter_id=matter.pk, by=cast.officer)
    with at_moment(moment(9)):
        for row in matter.participants.select_related("department"):
            speaker, opinion = (
                (cast.supplies_liaison, "agree")
                if row.department == cast.supplies
                else (cast.staffing_liaison, "disagree")
            )
            matters.give_opinion(participant_id=row.pk, by=speaker, opinion=opinion, reason="专项资金有限。")
    with at_moment(moment(10)):
        matters.start_decision(matter_id=matter.pk, by=cast.officer)
    return CoordinationRequest.objects.get(pk=matter.pk)


@kept
def not_agreed(cast, **fields) -> Question:
    """The question of a matter on which both departments have written where they stand."""
    matter = deciding(cast, **fields)
    question = matter.questions.get()
    with at_moment(moment(10, 15)):
        matters.record_outcome(
            question_id=question.pk, by=cast.officer, outcome="not_agreed",
            differences=[
                {"department": cast.supplies, "position": "应由人力资源部列支", "basis": "劳保办法第4条"},
                {"department": cast.staffing, "position": "专项资金不能用于外包人员", "basis": "资金管理规定"},
            ],
        )  # fmt: skip
    return Question.objects.get(pk=question.pk)


def register(cast, question: Question, *, by=None, **changes) -> Dispute:
    given = {**DISPUTE, "parties": [cast.supplies, cast.staffing], **changes}
    return flows.register(
        matter_id=question.matter_id, question_id=question.pk, by=by or cast.supplies_liaison, **given
    )


@kept
def registered(cast, **fields) -> Dispute:
    question = not_agreed(cast, **fields)
    with at_moment(moment(11, 10)):
        return register(cast, question)


def talk(cast, dispute: Dispute, **changes):
    given = {
        "held_at": moment(11, 14), "people": [cast.supplies_head, cast.staffing_head],
        "text": "双方同意先借后补，费用未谈拢。", "result": "closer", "by": cast.staffing_liaison, **changes,
    }  # fmt: skip
    return flows.record_negotiation(dispute_id=dispute.pk, **given)


@kept
def negotiated(cast, **fields) -> Dispute:
    dispute = registered(cast, **fields)
    with at_moment(moment(11, 16)):
        talk(cast, dispute)
    return Dispute.objects.get(pk=dispute.pk)


@kept
def to_be_ruled(cast, **fields) -> Dispute:
    dispute = negotiated(cast, **fields)
    with at_moment(moment(14, 9)):
        flows.to_ruling(dispute_id=dispute.pk, by=cast.supplies_liaison)
    return Dispute.objects.get(pk=dispute.pk)


def item(cast, **changes):
    return {
        "text": "为三名管焊工采购劳保服并发放", "standard": "三人签领", "department": cast.supplies,
        "assignee": cast.supplies_clerk, "due_on": date(2026, 9, 24), **changes,
    }  # fmt: skip


def rule(cast, dispute: Dispute, *, by=None, **changes):
    points = dispute.points.values_list("pk", flat=True)
    given = {
        **RULING,
        "decisions": dict.fromkeys(points, "费用由人力资源部列支。"),
        "items": [item(cast)],
        **changes,
    }
    return flows.rule(dispute_id=dispute.pk, by=by or cast.office_head, **given)


def owed(dispute: Dispute, kind: str) -> list[Obligation]:
    return list(Obligation.objects.of(Dispute.SUBJECT, dispute.pk).open().filter(kind=kind))
