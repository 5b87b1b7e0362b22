from datetime import UTC, date, datetime

from requests.models import (
    AcceptanceCondition,
    ActionItem,
    Attempt,
    Block,
    ConditionCheck,
    CoordinationRequest,
    Extension,
    Gap,
    HeldDecision,
    LevelChange,
    Merge,
    Obstacle,
    Participant,
    PointOfDifference,
    ProgressReport,
    Question,
    QuestionOpinion,
    Reader,
    RefusalReview,
    Release,
    RequestTemplate,
    Reservation,
    Survey,
)
from tests.factories import line

MONDAY = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


@line(CoordinationRequest, change=("title", "劳保服配置", "劳保服采购"))
def matter(cast, n):
    return CoordinationRequest(
        filed_by=cast.clerk, filed_by_department=cast.repair, department_name="检修部", created_at=MONDAY
    )


def saved_matter(cast, n):
    row = matter(cast, n)
    row.save()
    return row


def saved_question(cast, n):
    row = question(cast, n)
    row.text = "由谁采购"
    row.save()
    return row


def saved_item(cast, n):
    row = item(cast, n)
    row.save()
    return row


@line(Reader, change=("why", "applicant", "participant"))
def reader(cast, n):
    return Reader(matter=saved_matter(cast, n), user=cast.clerk)


@line(LevelChange, change=("answer", "同意", "不同意"))
def level_change(cast, n):
    return LevelChange(
        matter=saved_matter(cast, n), before="internal", after="restricted", is_lowering=False, reason="报价",
        state="done", proposed_by=cast.clerk, proposed_at=MONDAY,
    )  # fmt: skip


@line(Attempt, change=("next_step", "再谈", "报协调办"))
def attempt(cast, n):
    return Attempt(
        matter=saved_matter(cast, n),
        department=cast.supplies,
        person_name="林佳",
        held_at=MONDAY,
        means="phone",
        our_goal="借三套",
        answer="willing",
        recorded_by=cast.clerk,
        recorded_at=MONDAY,
    )


@line(Gap, change=("text", "写明目标", "补记理由"))
def gap(cast, n):
    return Gap(matter=saved_matter(cast, n), round=1, code="goal", named_by=cast.officer, named_at=MONDAY)


@line(AcceptanceCondition, change=("text", "材料齐全", "材料齐全可查"))
def condition(cast, n):
    return AcceptanceCondition(code="material")


def saved_condition(cast, n):
    row = condition(cast, n)
    row.text = "材料齐全"
    row.save()
    return row


@line(ConditionCheck, change=("reason", "缺领用单", "缺合同"))
def check(cast, n):
    return ConditionCheck(
        matter=saved_matter(cast, n), condition=saved_condition(cast, n), text="材料齐全", is_met=False,
        code="material", checked_by=cast.officer, checked_at=MONDAY,
    )  # fmt: skip


@line(RefusalReview, change=("answer", "维持原意见", "撤销原意见"))
def review(cast, n):
    return RefusalReview(
        matter=saved_matter(cast, n), refused_by=cast.office_head, refused_at=MONDAY, ground="settled", refusal="已有结论",
        asked_by=cast.clerk, asked_at=MONDAY, reason="情况有变", level="chair", department=cast.office,
    )  # fmt: skip


@line(Participant, change=("opinion_reason", "同意", "同意采购"))
def participant(cast, n):
    return Participant(
        matter=saved_matter(cast, n), department=cast.supplies, department_name="物资部", role="co"
    )


@line(Question, change=("text", "由谁采购", "由谁付款"))
def question(cast, n):
    return Question(matter=saved_matter(cast, n), order=n + 1)


@line(QuestionOpinion, change=("reason", "费用没有来源", "费用已有来源"))
def question_opinion(cast, n):
    return QuestionOpinion(
        question=saved_question(cast, n), department=cast.staffing, department_name="人力资源部", opinion="conditions",
        given_by=cast.staffing_liaison, given_at=MONDAY,
    )  # fmt: skip


@line(Reservation, change=("text", "今后不由甲方承担", "费用另议"))
def reservation(cast, n):
    return Reservation(question=saved_question(cast, n), department=cast.staffing)


@line(PointOfDifference, change=("position", "由物资部采购", "由外包单位提供"))
def difference(cast, n):
    return PointOfDifference(question=saved_question(cast, n), department=cast.repair)


@line(Block, change=("number", "争〔2026〕1号", "争〔2026〕2号"))
def block(cast, n):
    return Block(
        matter=saved_matter(cast, n), subject_type="dispute", subject_id=n, reason="争议未决", since=MONDAY
    )


@line(HeldDecision, change=("document", "纪〔2026〕1号", "裁〔2026〕1号"))
def held_decision(cast, n):
    return HeldDecision(matter=saved_matter(cast, n), way="meeting", decided_by=cast.chair, since=MONDAY)


@line(ActionItem, change=("text", "采购三套劳保服", "借用三套劳保服"))
def item(cast, n):
    return ActionItem(
        matter=saved_matter(cast, n),
        standard="入库验收合格",
        department=cast.supplies,
        department_name="物资部",
        assignee=cast.supplies_clerk,
        agreed_due_on=date(2026, 9, 30),
    )


@line(ProgressReport, change=("done", "已询价", "已下单"))
def report(cast, n):
    return ProgressReport(
        item=saved_item(cast, n), reported_by=cast.supplies_clerk, reported_at=MONDAY, percent=20
    )


@line(Extension, change=("reason", "供货推迟", "预算未批"))
def extension(cast, n):
    return Extension(
        item=saved_item(cast, n),
        asked_by=cast.supplies_clerk,
        asked_at=MONDAY,
        from_due_at=MONDAY,
        wished_on=date(2026, 10, 9),
        working_days=5,
        progress="已询价",
        approver="head",
    )


@line(Obstacle, change=("text", "科目没有确定", "预算没有批"))
def obstacle(cast, n):
    return Obstacle(
        item=saved_item(cast, n), step="预算审批", department=cast.staffing, department_name="人力资源部", since=MONDAY,
        recorded_by=cast.supplies_clerk, recorded_at=MONDAY,
    )  # fmt: skip


@line(Release, change=("basis", "职责清单第4条", "职责清单第5条"))
def release(cast, n):
    return Release(
        item=saved_item(cast, n), department=cast.supplies, department_name="物资部", asked_by=cast.supplies_head,
        asked_at=MONDAY, right_owner=cast.staffing,
    )  # fmt: skip


@line(Survey, change=("suggestion", "再快一点", "说明理由"))
def survey(cast, n):
    return Survey(
        matter=saved_matter(cast, n),
        person=cast.clerk,
        answered_at=MONDAY,
        **dict.fromkeys(Survey.SCALES, 5),
    )


@line(RequestTemplate, change=("purpose", "几个部门各管一段时用", "没人接时用"))
def template(cast, n):
    return RequestTemplate(category="internal", name=f"交接模板{n}")


@line(Merge, change=("reason", "是同一件事", "两件同一事由"))
def merge(cast, n):
    return Merge(
        matter=saved_matter(cast, n),
        main=saved_matter(cast, n),
        announced_by=cast.officer,
        announced_at=MONDAY,
    )
