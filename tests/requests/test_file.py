"""Filing: the draft keeps everything, handing in names every gap at once, the number is taken then."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Conflict, Invalid, NotReady, NotYours
from documents.models import NumberSeries
from organization.models import Department
from requests import flows
from requests.models import Attempt, CoordinationRequest
from requests.states import Answer, Confidentiality, Means, Outcome, Stage
from supervision.states import Kind
from tests.requests import world

MONDAY = world.moment(7)


def submit(matter, by):
    with at_moment(MONDAY):
        return flows.submit(matter_id=matter.pk, by=by)


@pytest.mark.parametrize("name", ["clerk", "supplies_head", "officer", "chair"])
def test_everybody_of_the_house_opens_a_form(cast, name):
    """R025: no post bars filing."""
    person = getattr(cast, name)

    matter = flows.start_draft(by=person)

    assert (matter.stage, matter.number, matter.filed_by) == (Stage.DRAFT, None, person)


@pytest.mark.parametrize("name", ["auditor", "outsider", "system_admin"])
def test_auditor_outsider_and_technical_account_file_nothing(cast, name):
    with pytest.raises(NotYours):
        flows.start_draft(by=getattr(cast, name))

    assert not CoordinationRequest.objects.exists()


def test_a_draft_keeps_what_is_typed_complete_or_not(cast):
    matter = flows.start_draft(by=cast.clerk)

    flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields={"title": "半", "wished_on": None})

    matter.refresh_from_db()
    assert (matter.title, matter.revision) == ("半", 1)


def test_a_form_saved_from_another_window_is_not_overwritten(cast):
    matter = flows.start_draft(by=cast.clerk)
    flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields={"title": "先存的"}, revision=0)

    with pytest.raises(Conflict):
        flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields={"title": "后存的"}, revision=0)

    matter.refresh_from_db()
    assert matter.title == "先存的"


def test_nobody_else_changes_or_hands_in_the_form(cast):
    matter = world.drafted(cast)

    with pytest.raises(NotYours):
        flows.save_draft(matter_id=matter.pk, by=cast.officer, fields={"title": "改"})
    with pytest.raises(NotYours):
        submit(matter, cast.repair_head)

    matter.refresh_from_db()
    assert (matter.title, matter.stage) == (world.FORM["title"], Stage.DRAFT)


def test_handing_in_gives_number_and_clock(cast):
    matter = submit(world.drafted(cast), cast.clerk)

    assert (matter.stage, matter.number) == (Stage.PROPOSAL, "协〔2026〕1号")
    accept = world.owed(matter, Kind.ACCEPT)
    assert (accept.holder_department, accept.due_at) == (cast.office, world.moment(9, 17, 30))
    assert world.told(cast.officer, "waits for acceptance")


def test_all_gaps_are_named_at_once_and_no_number_is_lost(cast):
    """R026, R031: background, goal, result, scope, departments and the goal served are all required."""
    with at_moment(MONDAY):
        matter = flows.start_draft(by=cast.clerk)

    with pytest.raises(Invalid) as refused:
        submit(matter, cast.clerk)

    assert set(refused.value.fields) == {
        "title", "background", "goal", "expected_result", "initial_scope", "organization_goal", "category",
        "wished_departments",
    }  # fmt: skip
    matter.refresh_from_db()
    assert (matter.stage, matter.number) == (Stage.DRAFT, None)
    assert not NumberSeries.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"goal": ""}, "goal"),
        ({"goal": "尽快解决"}, "goal"),
        ({"goal": world.FORM["title"]}, "goal"),
        ({"background": "太短。"}, "background"),
        ({"expected_result": "好"}, "expected_result"),
        ({"category": ""}, "category"),
        ({"wished_on": date(2026, 9, 4)}, "wished_on"),
        ({"wished_on": date(2026, 9, 26)}, "wished_on"),
        ({"amount": -1}, "amount"),
        ({"urgency": "extra"}, "urgency_reason"),
    ],
)
def test_a_gap_is_named_beside_its_field(cast, change, field):
    """R026, R032: a goal that repeats the title says nothing of the state that is wanted."""
    matter = world.drafted(cast, **change)

    with pytest.raises(Invalid) as refused:
        submit(matter, cast.clerk)

    assert list(refused.value.fields) == [field]
    assert not CoordinationRequest.objects.exclude(stage=Stage.DRAFT).exists()


def test_the_own_department_is_not_asked_to_take_part(cast):
    matter = world.drafted(cast)
    flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields={}, departments=[cast.repair])

    with pytest.raises(Invalid) as refused:
        submit(matter, cast.clerk)

    assert list(refused.value.fields) == ["wished_departments"]


def test_without_a_coordination_office_nothing_is_handed_in(cast):
    with as_actor(SYSTEM):
        Department.objects.filter(pk=cast.office.pk).update(is_coordination_office=False)

    with pytest.raises(NotReady):
        submit(world.drafted(cast), cast.clerk)

    assert not NumberSeries.objects.exists()


def attempt(cast, **changes):
    return {
        "department": cast.supplies, "person_name": "林佳", "held_at": world.moment(4), "means": Means.PHONE,
        "our_goal": "同意发放", "answer": Answer.AGREED, **changes,
    }  # fmt: skip


def test_a_refusal_is_recorded_with_its_reason(cast):
    """R033: who refuses says why, else the talk is not kept."""
    matter = world.filed(cast)

    with pytest.raises(Invalid) as refused:
        flows.record_attempt(matter_id=matter.pk, by=cast.clerk, **attempt(cast, answer=Answer.REFUSED))
    assert list(refused.value.fields) == ["reason"]
    assert not Attempt.objects.exists()

    flows.record_attempt(
        matter_id=matter.pk, by=cast.clerk, **attempt(cast, answer=Answer.REFUSED, reason="专项资金不能用。")
    )
    assert Attempt.objects.get().reason == "专项资金不能用。"


def test_the_database_refuses_a_refusal_without_reason_whatever_code_runs(cast):
    matter = world.filed(cast)

    with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
        Attempt.objects.create(
            matter=matter, recorded_by=cast.clerk, recorded_at=MONDAY, **attempt(cast, answer=Answer.REFUSED)
        )


def test_talks_of_a_draft_are_replaced_as_one_list(cast):
    matter = world.drafted(cast)
    for number in (2, 1):
        flows.save_draft(
            matter_id=matter.pk, by=cast.clerk, fields={}, attempts=[attempt(cast) for _ in range(number)]
        )

    assert matter.attempts.count() == 1


def test_the_applicant_withdraws_before_a_decision_and_nothing_is_owed(cast):
    matter = world.prepared(cast)

    matter = flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="已自行解决。")

    assert matter.stage == Stage.WITHDRAWN
    assert not world.owed(matter, Kind.PREPARE)
    for participant in matter.participants.all():
        assert world.owed(participant, Kind.OPINION) is None
    assert world.told(cast.supplies_liaison, "was withdrawn")


def test_withdrawing_needs_a_reason_and_the_applicant(cast):
    matter = world.filed(cast)

    with pytest.raises(Invalid):
        flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason=" ")
    with pytest.raises(NotYours):
        flows.withdraw(matter_id=matter.pk, by=cast.officer, reason="不需要")

    matter.refresh_from_db()
    assert matter.stage == Stage.PROPOSAL


def test_after_the_decision_phase_began_it_cannot_be_withdrawn(cast):
    matter = world.deciding(cast)

    with pytest.raises(NotReady):
        flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="已自行解决。")


def test_edge_11_what_was_decided_is_changed_and_not_withdrawn(cast):
    matter = world.executing(cast)

    with pytest.raises(NotReady, match="变更"):
        flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="已自行解决。")

    matter.refresh_from_db()
    assert matter.stage == Stage.EXECUTION
    assert world.owed(matter.items.get(), Kind.EXECUTE) is not None


def test_a_draft_is_seen_by_its_applicant_alone(cast):
    matter = world.drafted(cast)

    seen = [
        name
        for name in ("clerk", "repair_head", "officer", "office_head", "chair", "auditor", "system_admin")
        if CoordinationRequest.objects.visible_to(getattr(cast, name)).filter(pk=matter.pk).exists()
    ]

    assert seen == ["clerk"]


def test_a_discarded_draft_was_never_handed_in(cast):
    matter = world.drafted(cast)
    flows.discard_draft(matter_id=matter.pk, by=cast.clerk)
    matter.refresh_from_db()
    assert (matter.stage, matter.number) == (Stage.WITHDRAWN, None)

    filed = world.filed(cast)
    with pytest.raises(NotReady):
        flows.discard_draft(matter_id=filed.pk, by=cast.clerk)


def test_a_matter_whose_items_were_handed_out_is_not_withdrawn(cast):
    """Q10: sent back to preparation after a meeting settled a part of it, it stays; only a change is possible."""
    matter = world.deciding(cast)
    with at_moment(world.moment(10, 10)):
        item = world.draft_item(cast, matter, question=matter.questions.get())
        flows.record_outcome(
            question_id=matter.questions.get().pk, by=cast.secretary, outcome=Outcome.AGREED,
            resolution="由物资部采购。",
        )  # fmt: skip
        with as_actor(cast.secretary):
            flows.issue_items(matter_id=matter.pk, only_settled=True)
        flows.send_back_to_preparation(matter_id=matter.pk, by=cast.office_head, reason="缺合同条款。")

    with at_moment(world.moment(11)), pytest.raises(NotReady):
        flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="已自行解决。")

    matter.refresh_from_db()
    assert matter.stage == Stage.PREPARATION
    assert world.owed(item, Kind.EXECUTE) is not None


def test_a_matter_in_dispute_is_not_withdrawn(cast):
    matter = world.prepared(cast)
    with as_actor(cast.officer):
        flows.block(
            matter_id=matter.pk,
            subject_type="dispute",
            subject_id=1,
            number="争〔2026〕1号",
            reason="采购责任有争议",
        )

    with pytest.raises(NotReady):
        flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="已自行解决。")

    matter.refresh_from_db()
    assert matter.stage == Stage.PREPARATION


def test_the_applicant_does_not_touch_talks_that_others_recorded(cast):
    matter = world.accepted(cast)
    with at_moment(world.moment(7, 15)):
        flows.record_attempt(matter_id=matter.pk, by=cast.officer, **attempt(cast))
        flows.return_for_revision(matter_id=matter.pk, by=cast.officer, gaps=[("goal", "写明时间。")])
        flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields={}, attempts=[])

    assert matter.attempts.get().recorded_by == cast.officer


def test_a_talk_that_stays_as_it_was_keeps_the_moment_it_was_recorded(cast):
    matter = world.drafted(cast)
    with at_moment(world.moment(7, 10)):
        flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields={}, attempts=[attempt(cast)])
    with at_moment(world.moment(7, 15)):
        flows.save_draft(
            matter_id=matter.pk, by=cast.clerk, fields={},
            attempts=[attempt(cast), attempt(cast, person_name="韩梅")],
        )  # fmt: skip

    recorded = dict(matter.attempts.values_list("person_name", "recorded_at"))
    assert recorded == {"林佳": world.moment(7, 10), "韩梅": world.moment(7, 15)}


@pytest.mark.parametrize("level", [Confidentiality.PUBLIC, "", "nonsense"])
def test_a_returned_form_does_not_lower_the_level(cast, level):
    matter = world.filed(cast, confidentiality=Confidentiality.RESTRICTED)
    with at_moment(world.moment(7, 15)):
        flows.return_for_revision(matter_id=matter.pk, by=cast.officer, gaps=[("goal", "写明时间。")])
        flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields={"confidentiality": level})

    matter.refresh_from_db()
    assert matter.confidentiality == Confidentiality.RESTRICTED


def test_a_confidential_matter_is_filed_like_any_other(cast):
    matter = world.filed(cast, confidentiality=Confidentiality.CONFIDENTIAL)

    assert matter.number
    assert matter.confidentiality == Confidentiality.CONFIDENTIAL


def test_a_returned_form_may_raise_the_level_and_the_one_before_stays_written(cast):
    matter = world.filed(cast)
    with at_moment(world.moment(7, 15)):
        flows.return_for_revision(matter_id=matter.pk, by=cast.officer, gaps=[("goal", "写明时间。")])
        flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields={"confidentiality": "confidential"})

    change = matter.level_changes.get()
    assert (change.before, change.after, change.proposed_by) == ("internal", "confidential", cast.clerk)


def test_two_talks_without_a_reason_bring_the_office_to_help(cast):
    """R033."""
    matter = world.filed(cast)
    talk = {
        "department": cast.supplies, "person_name": "林佳", "held_at": world.moment(4), "means": "phone", "our_goal": "领三套",
        "answer": "refused", "reason": "对方未说明",
    }  # fmt: skip
    with at_moment(world.moment(7, 10)):
        flows.record_attempt(matter_id=matter.pk, by=cast.clerk, **talk)
    assert not world.told(cast.officer, "without a reason")

    with at_moment(world.moment(7, 11)):
        flows.record_attempt(
            matter_id=matter.pk, by=cast.clerk, **{**talk, "answer": "no_answer", "reason": ""}
        )

    assert world.told(cast.officer, "without a reason", "help")


def test_whichever_way_it_is_handed_in_head_and_office_see_it(cast):
    """R027."""
    matter = world.filed(cast, route="own_head")

    assert world.told(cast.repair_head, "was filed from your department")
    for person in (cast.repair_head, cast.officer):
        assert CoordinationRequest.objects.visible_to(person).get() == matter
