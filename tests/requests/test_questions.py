"""R051, R052: questions at their own pace; undisputed ones need no meeting, disputed ones hold nobody else up."""

import pytest
from django.db.transaction import atomic

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import CoordinationRequest, Question
from requests.question_lines import line_of
from tests.kept import kept
from tests.requests import world

QUESTIONS = ["三人的劳保服由谁采购发放？", "今后外包合同怎样写？"]


@kept
def two_questions(cast) -> CoordinationRequest:
    """Staffing disagrees with the matter as a whole; both questions are open on Friday 2026-09-11."""
    matter = world.prepared(cast)
    with at_moment(world.moment(9)):
        flows.write_preparation(
            matter_id=matter.pk, by=cast.officer, **{**world.PREPARATION, "questions": QUESTIONS}
        )
    with at_moment(world.moment(9, 10)):
        world.opine(cast, matter, staffing="disagree")
    with at_moment(world.moment(10)):
        matter = flows.start_decision(matter_id=matter.pk, by=cast.officer)
        for question in matter.questions.all():
            world.draft_item(cast, matter, question=question)
    return CoordinationRequest.objects.get(pk=matter.pk)


def say(cast, question, opinion="agree", reason=""):
    return flows.opine_on_question(
        question_id=question.pk, by=cast.staffing_liaison, opinion=opinion, reason=reason
    )


@kept
def undisputed(cast) -> Question:
    """On the first question staffing agrees, and the office has marked it."""
    question = two_questions(cast).questions.first()
    with at_moment(world.moment(11)):
        say(cast, question)
        return flows.mark_question(question_id=question.pk, by=cast.officer, track="undisputed")


def decide(cast, question, by=None):
    with at_moment(world.moment(11, 10)):
        return flows.decide_question(
            question_id=question.pk, by=by or cast.office_head, resolution="由物资部采购发放。"
        )


def test_r051_what_a_department_objects_to_is_not_marked_undisputed(cast):
    question = two_questions(cast).questions.first()

    with pytest.raises(NotReady) as refusal:
        flows.mark_question(question_id=question.pk, by=cast.officer, track="undisputed")

    assert "人力资源部" in str(refusal.value)
    assert Question.objects.get(pk=question.pk).track == ""


def test_r051_the_head_of_the_office_decides_an_undisputed_question_and_its_items_run(cast):
    question = undisputed(cast)
    assert world.told(cast.office_head, "undisputed")

    decide(cast, question)

    matter = CoordinationRequest.objects.get(pk=question.matter_id)
    first, second = matter.items.order_by("question__order")
    assert (matter.stage, first.state, second.state) == ("decision", "issued", "drafted")


def test_r051_not_marked_it_is_not_decided_without_the_meeting(cast):
    question = two_questions(cast).questions.first()
    say(cast, question)

    with pytest.raises(NotReady):
        decide(cast, question)

    assert Question.objects.get(pk=question.pk).outcome == "open"


def test_r051_nobody_but_the_head_of_the_office_decides_it(cast):
    question = undisputed(cast)

    with pytest.raises(NotYours):
        decide(cast, question, by=cast.officer)

    assert Question.objects.get(pk=question.pk).outcome == "open"


def test_r051_an_objection_makes_an_undisputed_question_disputed(cast):
    question = undisputed(cast)

    say(cast, question, "disagree", "费用没有来源。")

    assert Question.objects.get(pk=question.pk).track == "disputed"
    with pytest.raises(NotReady):
        decide(cast, question)


def test_r055_an_objection_to_a_question_has_its_reason(cast):
    question = two_questions(cast).questions.first()

    with pytest.raises(Invalid):
        say(cast, question, "conditions")

    assert not question.opinions.exists()


def test_r052_a_dispute_on_one_question_does_not_hold_up_the_other(cast):
    question = undisputed(cast)
    other = question.matter.questions.last()
    with at_moment(world.moment(11, 9, 30)), as_actor(SYSTEM):
        flows.block(
            matter_id=other.matter_id, question_id=other.pk, subject_type="dispute", subject_id=1, number="争〔2026〕1号",
            reason="合同无法签订。",
        )  # fmt: skip

    decide(cast, question)

    assert question.matter.items.get(question=question).state == "issued"
    assert Question.objects.get(pk=other.pk).outcome == "in_dispute"


def test_r052_with_the_last_question_the_matter_is_decided(cast):
    first = undisputed(cast)
    decide(cast, first)
    second = first.matter.questions.last()
    say(cast, second)
    flows.mark_question(question_id=second.pk, by=cast.officer, track="undisputed")

    decide(cast, second)

    matter = CoordinationRequest.objects.get(pk=first.matter_id)
    assert (matter.stage, matter.decision_way) == ("execution", "office")


def test_r051_each_question_has_its_own_line_of_stages(cast):
    question = undisputed(cast)
    decide(cast, question)
    items = list(question.matter.items.filter(question=question))

    settled = line_of(Question.objects.get(pk=question.pk), items, "decision")
    waiting = line_of(question.matter.questions.last(), [], "decision")

    assert [step.state for step in settled] == ["done", "done", "now", ""]
    assert [step.state for step in waiting] == ["done", "now", "", ""]


def test_r051_the_page_leads_the_head_of_the_office_to_the_decision(cast, client):
    question = undisputed(cast)
    client.force_login(cast.office_head)
    address = f"/requests/{question.matter_id}/questions/{question.pk}/"
    assert address in client.get(f"/requests/{question.matter_id}/").content.decode()

    assert f"{address}decide/" in client.get(address).content.decode()
    client.post(f"{address}decide/", {"resolution": "由物资部采购发放。"})

    assert Question.objects.get(pk=question.pk).outcome == "agreed"


def test_r051_the_office_does_not_decide_what_a_department_contests_on_one_question(cast):
    """All agree on the matter as a whole; staffing has conditions on its question."""
    matter = world.deciding(cast)
    with at_moment(world.moment(11)):
        world.draft_item(cast, matter)
        say(cast, matter.questions.get(), opinion="conditions", reason="先补充合同条款。")

        with pytest.raises(NotReady):
            flows.decide_as_office(matter_id=matter.pk, by=cast.office_head, resolution="由物资部采购发放。")

    assert CoordinationRequest.objects.get(pk=matter.pk).stage == "decision"


def rewrite(cast, matter, *questions):
    """Sent back on Friday 2026-09-11, the questions are worded anew."""
    with at_moment(world.moment(11)):
        flows.send_back_to_preparation(matter_id=matter.pk, by=cast.office_head, reason="缺少费用测算。")
        flows.write_preparation(
            matter_id=matter.pk, by=cast.officer, **{**world.PREPARATION, "questions": questions}
        )


def test_a_question_on_which_items_hang_keeps_its_words_and_a_further_one_is_added(cast):
    matter = two_questions(cast)

    with pytest.raises(Invalid) as refused, atomic():
        rewrite(cast, matter, QUESTIONS[0], "外包合同由谁改？")
    rewrite(cast, matter, *QUESTIONS, "外包合同由谁改？")

    assert list(refused.value.fields) == ["questions"]
    assert [row.text for row in matter.questions.all()] == [*QUESTIONS, "外包合同由谁改？"]


def test_what_a_department_said_on_a_question_is_not_lost_by_rewording_it(cast):
    matter = world.prepared(cast)
    question = matter.questions.get()
    with at_moment(world.moment(9)):
        say(cast, question, "conditions", "先签补充协议。")

        with pytest.raises(Invalid):
            flows.write_preparation(
                matter_id=matter.pk, by=cast.officer, **{**world.PREPARATION, "questions": QUESTIONS[1:]}
            )

    assert question.opinions.get().reason == "先签补充协议。"
