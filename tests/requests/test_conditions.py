"""R028, R034: the conditions of acceptance as a checklist, and the talks before a major matter."""

import pytest
from django.db import IntegrityError, transaction

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import AcceptanceCondition, CoordinationRequest
from requests.next_steps import next_steps
from requests.panels import load_case
from requests.states import Stage
from tests.requests import approval_world as approvals
from tests.requests import world

AFTERNOON = world.moment(7, 14, 30)
WHY = "请写明3名管焊工的到岗日期。"


def findings(*unmet, reason=WHY):
    """All met but those at these places."""
    rows = world.all_met()
    for index in unmet:
        rows[index] |= {"is_met": False, "code": rows[index]["condition"].code, "reason": reason}
    return rows


def check(cast, matter, *unmet, by=None, **more):
    with at_moment(AFTERNOON):
        return flows.check_conditions(
            matter_id=matter.pk, by=by or cast.officer, conditions=findings(*unmet, **more)
        )


def accept(cast, matter, conditions=(), **changes):
    given = {
        "lead_department": cast.supplies,
        "co_departments": [cast.staffing],
        **world.ASSESSMENT,
        **changes,
    }
    with at_moment(AFTERNOON):
        return flows.accept(matter_id=matter.pk, by=cast.officer, conditions=conditions, **given)


def stage(matter):
    return CoordinationRequest.objects.get(pk=matter.pk).stage


def test_r028_an_office_starts_with_six_conditions_each_with_its_usual_reason(cast):
    rows = AcceptanceCondition.objects.in_use()

    assert [row.code for row in rows] == [
        "not_cross_department", "no_basis", "goal", "talks", "material", "settled",
    ]  # fmt: skip


def test_r028_nothing_is_accepted_while_a_condition_is_open_and_each_is_named(cast):
    matter = world.filed(cast)
    first, *rest = world.all_met()

    with pytest.raises(Invalid) as refused:
        accept(cast, matter, [first])

    assert list(refused.value.fields) == [f"condition_{row['condition'].pk}" for row in rest]
    assert stage(matter) == Stage.PROPOSAL
    assert not matter.checks.exists()


def test_r028_nothing_is_accepted_while_a_condition_is_not_met(cast):
    matter = world.filed(cast)

    with pytest.raises(Invalid) as refused:
        accept(cast, matter, findings(4))

    (said,) = refused.value.fields.values()
    assert "不符合" in str(said[0])
    assert stage(matter) == Stage.PROPOSAL


def test_r028_what_was_checked_before_need_not_be_checked_again(cast):
    matter = check(cast, world.filed(cast))

    accept(cast, matter)

    assert stage(matter) == Stage.PREPARATION
    assert set(matter.checks.values_list("is_met", flat=True)) == {True}


def test_r028_an_unmet_condition_needs_its_code_and_its_reason(cast):
    matter = world.filed(cast)
    rows = findings(4)
    rows[4] |= {"code": "", "reason": " "}

    with pytest.raises(Invalid) as refused:
        flows.check_conditions(matter_id=matter.pk, by=cast.officer, conditions=rows)

    pk = rows[4]["condition"].pk
    assert list(refused.value.fields) == [f"code_{pk}", f"reason_{pk}"]
    assert not matter.checks.exists()


def test_r028_the_database_keeps_no_unmet_condition_without_its_reason(cast):
    matter = check(cast, world.filed(cast))

    with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
        matter.checks.filter(is_met=True).update(is_met=False)


@pytest.mark.parametrize("name", ["clerk", "supplies_liaison", "chair", "auditor"])
def test_r028_only_the_office_checks_the_conditions(cast, name):
    matter = world.filed(cast)

    with pytest.raises(NotYours):
        check(cast, matter, by=getattr(cast, name))

    assert not matter.checks.exists()


def test_r028_what_was_accepted_is_not_checked_any_more(cast):
    with pytest.raises(NotReady):
        check(cast, world.accepted(cast))


def test_r028_what_can_be_completed_goes_into_the_return_all_at_once(cast):
    matter = check(cast, world.filed(cast), 2, 4)

    flows.return_for_revision(matter_id=matter.pk, by=cast.officer, gaps=[("scope", "写明班组。")])

    assert list(matter.gaps.values_list("code", "text")) == [
        ("goal", WHY),
        ("material", WHY),
        ("scope", "写明班组。"),
    ]
    assert {gap.round for gap in matter.gaps.all()} == {1}


def test_r028_what_speaks_against_it_is_no_gap_to_complete(cast):
    matter = check(cast, world.filed(cast), 5)

    with pytest.raises(Invalid):
        flows.return_for_revision(matter_id=matter.pk, by=cast.officer)

    assert stage(matter) == Stage.PROPOSAL


def test_r028_an_unmet_condition_becomes_the_ground_of_the_refusal(cast):
    matter = check(cast, world.filed(cast), 5, reason="去年已有结论。")

    matter = flows.reject(matter_id=matter.pk, by=cast.office_head, instead="按去年结论办理。")

    assert matter.rejection_ground == "settled"
    assert matter.ending_reason.splitlines() == [
        "没有在其他渠道办理，也没有已作的结论：去年已有结论。", "按去年结论办理。",
    ]  # fmt: skip


def test_what_speaks_against_it_goes_to_the_head_of_the_office_who_alone_refuses(cast):
    """Q9: an officer finds it and is not asked to return what nobody can complete."""
    matter = check(cast, world.filed(cast), 5)

    officers, heads = (next_steps(load_case(matter, who), who) for who in (cast.officer, cast.office_head))

    assert world.told(cast.office_head, "speaks against it")
    assert not world.told(cast.officer, "speaks against it")
    assert (officers.main.key, heads.main.key) == ("check", "reject")
    assert "reject" not in {step.key for step in (*officers.others, *heads.others)}


def test_r028_when_the_form_comes_back_what_was_not_met_is_open_again(cast):
    matter = check(cast, world.filed(cast), 4)
    flows.return_for_revision(matter_id=matter.pk, by=cast.officer)
    with at_moment(world.moment(8)):
        flows.save_draft(
            matter_id=matter.pk,
            by=cast.clerk,
            fields={"background": "现有3名管焊工，9月24日到岗，未领劳保服。"},
        )
        flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers={matter.gaps.get().pk: "已写明。"})

    with pytest.raises(Invalid):
        accept(cast, matter)

    row = matter.checks.get(is_met=None)
    assert (row.code, row.reason) == ("material", WHY)
    assert accept(cast, matter, world.all_met()).stage == Stage.PREPARATION


def test_r049_the_history_tells_what_was_not_met(cast):
    matter = check(cast, world.filed(cast), 4)

    line = TransitionLog.objects.of_case(matter.pk).filter(verb="check_conditions").get()
    assert (line.params["met"], line.params["unmet"]) == (5, 1)
    assert line.reason == f"事实清楚，材料够用：{WHY}"


def test_r034_a_major_matter_needs_a_talk_with_each_core_department(cast):
    matter = approvals.approved(cast)  # the supplies department was asked before

    with pytest.raises(Invalid) as refused:
        accept(cast, matter, world.all_met())

    assert "人力资源部" in str(refused.value.fields["co_departments"][0])
    assert "物资部" not in str(refused.value.fields["co_departments"][0])
    assert stage(matter) == Stage.PROPOSAL
    flows.record_attempt(matter_id=matter.pk, by=cast.clerk, department=cast.staffing, **approvals.TALK)
    assert accept(cast, matter, world.all_met()).stage == Stage.PREPARATION


def test_r034_the_own_department_of_the_applicant_need_not_be_asked(cast):
    matter = approvals.approved(cast)

    accepted = accept(cast, matter, world.all_met(), lead_department=cast.repair, co_departments=[])

    assert accepted.stage == Stage.PREPARATION


def written(cast, *, by=None, condition=None, **changes):
    given = {"text": "材料齐全", "hint": "", "code": "material", "is_used": True, **changes}
    return flows.write_condition(
        by=by or cast.office_head, condition_id=condition.pk if condition else None, **given
    )


def test_r024_the_head_of_the_office_writes_conditions_and_the_next_form_is_held_against_them(cast):
    matter = world.filed(cast)

    row = written(cast)

    with pytest.raises(Invalid) as refused:
        accept(cast, matter, findings()[:-1])
    assert list(refused.value.fields) == [f"condition_{row.pk}"]


def test_r024_a_condition_out_of_use_is_not_asked_for_and_old_findings_keep_their_words(cast):
    matter = check(cast, world.filed(cast))
    row = AcceptanceCondition.objects.in_use().last()

    written(cast, condition=row, text="没有重复", code="settled", is_used=False)

    assert matter.checks.get(condition=row).text == "没有在其他渠道办理，也没有已作的结论"
    assert row not in AcceptanceCondition.objects.in_use()
    assert accept(cast, matter).stage == Stage.PREPARATION


def test_r024_one_condition_stays_in_use(cast):
    first, *rest = AcceptanceCondition.objects.in_use()
    for row in rest:
        written(cast, condition=row, is_used=False)

    with pytest.raises(Invalid):
        written(cast, condition=first, is_used=False)

    assert list(AcceptanceCondition.objects.in_use()) == [first]


@pytest.mark.parametrize("name", ["officer", "clerk", "chair", "auditor"])
def test_r024_nobody_else_writes_conditions(cast, name):
    with pytest.raises(NotYours):
        written(cast, by=getattr(cast, name))

    assert AcceptanceCondition.objects.count() == 6
