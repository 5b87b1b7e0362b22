"""R039: the sheet that goes round on the simple track, when the matter stands still, changes, or the sheet no longer stands."""

from datetime import date

import pytest

from audit.acting import as_actor, at_moment
from audit.refusals import NotReady
from requests import flows
from requests.models import Addressee, CoordinationRequest, Letter
from requests.next_steps import next_steps
from requests.panels import load_case
from requests.states import Handling, Opinion, Stage
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import simple_world as track
from tests.requests import world

NOON = world.moment(8, 11)


def fresh(matter) -> CoordinationRequest:
    return CoordinationRequest.objects.get(pk=matter.pk)


def row_of(matter, department):
    return matter.participants.get(department=department)


def regroup(cast, matter, *others, lead=None) -> CoordinationRequest:
    with at_moment(NOON):
        return flows.change_participants(
            matter_id=matter.pk, by=cast.officer, lead_department=lead or cast.supplies, co_departments=others
        )


def standing_sheet(matter) -> Letter:
    return Letter.objects.filter(matter=matter, state="sent").latest("pk")


def test_who_was_silent_owes_its_opinion_on_the_full_track_and_answers_by_the_sheet(cast):
    matter = track.answer(cast, track.asked(cast), cast.staffing, "disagree", "费用没有来源。")
    silent = row_of(matter, cast.supplies)
    assert world.owed(silent, Kind.OPINION).holder_department == cast.supplies

    track.answer(cast, matter, cast.supplies)

    assert row_of(matter, cast.supplies).opinion == Opinion.AGREE
    assert world.owed(silent, Kind.OPINION) is None


def test_the_last_consent_during_a_suspension_opens_the_decision_when_it_goes_on(cast):
    matter = track.answer(cast, track.asked(cast), cast.supplies)
    with at_moment(world.moment(8, 9)):
        flows.suspend(
            matter_id=matter.pk, by=cast.office_head, reason="等外包合同。", until=date(2026, 9, 15), interim_measure="暂借。"
        )  # fmt: skip
    matter = track.answer(cast, matter, cast.staffing)
    assert matter.stage == Stage.PREPARATION

    with at_moment(NOON):
        flows.resume(matter_id=matter.pk, by=cast.office_head)

    assert fresh(matter).stage == Stage.DECISION


def test_the_last_consent_during_a_dispute_opens_the_decision_when_it_ends(cast):
    matter = track.answer(cast, track.asked(cast), cast.supplies)
    act = {"subject_type": "dispute", "subject_id": 1}
    with at_moment(NOON), as_actor(cast.officer):
        flows.block(matter_id=matter.pk, number="争〔2026〕1号", reason="谁付钱", **act)
    matter = track.answer(cast, matter, cast.staffing)
    assert matter.stage == Stage.PREPARATION

    with at_moment(NOON), as_actor(cast.officer):
        flows.unblock(**act)

    assert fresh(matter).stage == Stage.DECISION


def returned(cast, matter) -> CoordinationRequest:
    with at_moment(world.moment(8, 8, 45)):
        return flows.return_for_revision(
            matter_id=matter.pk, by=cast.officer, gaps=[("other", "写明三人的合同。")]
        )


def completed(cast, matter, **fields) -> CoordinationRequest:
    answers = {gap.pk: "已写明。" for gap in matter.gaps.open()}
    with at_moment(NOON):
        flows.save_draft(
            matter_id=matter.pk, by=cast.clerk, fields={"goal": "9月24日前三人都穿上同款劳保服。", **fields}
        )
        flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers=answers)
    return fresh(matter)


def test_what_is_answered_while_the_form_is_completed_counts_afterwards(cast):
    matter = returned(cast, track.asked(cast))
    track.answer(cast, matter, cast.supplies)
    track.answer(cast, matter, cast.staffing)

    matter = completed(cast, matter)

    assert (matter.stage, matter.handling) == (Stage.DECISION, Handling.SIMPLE)


def test_a_completed_form_that_bars_the_simple_track_ends_it(cast):
    matter = completed(cast, returned(cast, track.asked(cast)), category="project")

    assert matter.handling == Handling.FULL
    assert world.owed(row_of(matter, cast.supplies), Kind.OPINION)


def test_a_department_that_joins_gets_its_own_sheet_and_the_decision_waits_for_it(cast):
    matter = regroup(cast, track.answer(cast, track.asked(cast), cast.supplies), cast.staffing, cast.planning)

    sheet = Letter.objects.filter(matter=matter).latest("pk")
    assert [row.department for row in sheet.addressees.all()] == [cast.planning]
    assert matter.questions.count() == 1
    with at_moment(NOON):
        flows.sign_letter(letter_id=sheet.pk, by=cast.office_head)
        answer = Addressee.objects.get(letter=sheet).pk
        flows.answer_letter(addressee_id=answer, by=cast.planning_liaison, reply="agree")
    assert row_of(matter, cast.planning).opinion == Opinion.AGREE
    assert track.answer(cast, matter, cast.staffing).stage == Stage.DECISION


def test_without_the_last_silent_department_it_can_be_decided(cast):
    matter = track.answer(cast, track.asked(cast), cast.supplies)
    dropped = Addressee.objects.get(letter__matter=matter, department=cast.staffing)

    matter = regroup(cast, matter)

    assert matter.stage == Stage.DECISION
    assert world.owed(dropped, Kind.LETTER_REPLY) is None


def test_a_sheet_is_closed_without_the_answer_of_whoever_takes_part_no_longer(cast):
    matter = track.answer(cast, track.asked(cast), cast.supplies)
    dropped = Addressee.objects.get(letter__matter=matter, department=cast.staffing)
    regroup(cast, matter)

    with at_moment(NOON):
        with pytest.raises(NotReady):
            flows.answer_letter(addressee_id=dropped.pk, by=cast.staffing_liaison, reply="agree")
        closed = flows.close_letter(letter_id=track.sheet(matter).pk, by=cast.office_head)

    assert closed.state == "closed"
    dropped.refresh_from_db()
    assert (dropped.reply, dropped.dropped_at) == ("", NOON)


def test_one_opinion_answers_the_sheet_too_after_the_simple_track_was_left(cast):
    matter = track.asked(cast)
    with at_moment(NOON):
        flows.leave_simple_track(matter_id=matter.pk, by=cast.officer, reason="牵涉面大。")
        row = row_of(matter, cast.staffing)
        flows.give_opinion(
            participant_id=row.pk, by=cast.staffing_head, opinion="conditions", reason="费用另列。"
        )

    answered = Addressee.objects.get(letter__matter=matter, department=cast.staffing)
    assert (answered.reply, answered.reply_reason, answered.answered_by) == (
        "conditions",
        "费用另列。",
        cast.staffing_head,
    )
    assert answered.confirmed_by == cast.staffing_head
    assert not Obligation.objects.of(Addressee.SUBJECT, answered.pk).open().exists()
    silent = Addressee.objects.get(letter__matter=matter, department=cast.supplies)
    assert world.owed(silent, Kind.LETTER_REPLY)


def opine(cast, matter, by, opinion="conditions", reason="费用另列。"):
    with at_moment(NOON):
        row = row_of(matter, cast.staffing)
        flows.give_opinion(participant_id=row.pk, by=by, opinion=opinion, reason=reason)
    return Addressee.objects.get(letter__matter=matter, department=cast.staffing)


def left_the_track(cast):
    matter = track.asked(cast)
    with at_moment(NOON):
        flows.leave_simple_track(matter_id=matter.pk, by=cast.officer, reason="牵涉面大。")
    return matter


def test_an_opinion_of_the_liaison_waits_for_the_head_as_an_answer_to_the_sheet_does(cast):
    answered = opine(cast, left_the_track(cast), cast.staffing_liaison)

    assert (answered.reply, answered.confirmed_at) == ("conditions", None)
    assert world.owed(answered, Kind.APPROVE_DEPARTMENT).holder == cast.staffing_head


def test_what_the_head_confirmed_stays_confirmed_until_the_answer_changes(cast):
    matter = left_the_track(cast)
    answered = opine(cast, matter, cast.staffing_liaison)
    with at_moment(NOON):
        flows.confirm_answer(addressee_id=answered.pk, by=cast.staffing_head)

    assert opine(cast, matter, cast.staffing_liaison).confirmed_by == cast.staffing_head
    changed = opine(cast, matter, cast.staffing_liaison, "agree", "")
    assert changed.confirmed_by is None
    assert world.owed(changed, Kind.APPROVE_DEPARTMENT).holder == cast.staffing_head


def test_a_sheet_taken_back_during_a_dispute_leaves_the_preparation_waiting_for_its_end(cast):
    matter = track.agreed(cast)
    with at_moment(NOON), as_actor(cast.officer):
        block = flows.block(
            matter_id=matter.pk, subject_type="dispute", subject_id=1, number="争〔2026〕1号", reason="费用归属。"
        )  # fmt: skip
        flows.withdraw_letter(letter_id=track.sheet(matter).pk, by=cast.office_head, reason="事实有误。")
        assert world.owed(matter, Kind.PREPARE).state == "suspended"

        flows.unblock(subject_type=block.subject_type, subject_id=block.subject_id)

    assert world.owed(matter, Kind.PREPARE).state == "open"


def test_an_unsigned_sheet_goes_to_those_who_take_part_now(cast):
    matter = regroup(cast, track.simple(cast), cast.planning)

    addressed = {row.department for row in track.sheet(matter).addressees.all()}
    assert addressed == {cast.supplies, cast.planning}


def test_a_sheet_taken_back_takes_its_consents_along_and_a_new_one_is_asked_for(cast):
    matter = track.agreed(cast)
    with at_moment(NOON):
        flows.withdraw_letter(letter_id=track.sheet(matter).pk, by=cast.office_head, reason="事实有误。")

    matter = fresh(matter)
    assert matter.stage == Stage.PREPARATION
    assert not matter.participants.exclude(opinion="", notified_at=None).exists()
    assert world.owed(matter, Kind.DECIDE) is None
    assert world.owed(matter, Kind.PREPARE).holder == cast.officer
    step = next_steps(load_case(matter, cast.officer), cast.officer).main
    assert step.key == "round"
    assert "letters/new" in step.url


def test_the_new_sheet_begins_with_the_words_of_the_one_taken_back(cast, client):
    matter = track.agreed(cast)
    with at_moment(NOON):
        flows.withdraw_letter(letter_id=track.sheet(matter).pk, by=cast.office_head, reason="事实有误。")
    client.force_login(cast.officer)

    shown = client.get(f"/requests/{matter.pk}/letters/new/?form=sheet").content.decode()

    assert matter.facts in shown
    assert matter.questions.get().text in shown


def rewritten(cast, matter) -> Letter:
    """The draft that is to replace the sheet."""
    with at_moment(NOON):
        return flows.draft_letter(
            matter_id=matter.pk, by=cast.officer, form="sheet", supersedes=standing_sheet(matter), title=matter.title,
            content="改为两套。", addressees=[cast.supplies, cast.staffing], asks=[{"text": "同意发放两套吗？"}],
        )  # fmt: skip


def replaced(cast, matter) -> Letter:
    new = rewritten(cast, matter)
    with at_moment(NOON):
        return flows.sign_letter(letter_id=new.pk, by=cast.office_head)


def test_a_draft_that_will_replace_the_sheet_stays_as_it_is_when_a_department_joins(cast):
    matter = track.asked(cast)
    draft = rewritten(cast, matter)

    regroup(cast, matter, cast.staffing, cast.planning)

    own = Letter.objects.filter(matter=matter).latest("pk")
    assert own.is_round
    assert [row.department for row in own.addressees.all()] == [cast.planning]
    assert {row.department for row in draft.addressees.all()} == {cast.supplies, cast.staffing}


def test_an_office_that_joins_has_agreed_by_its_signature_under_the_sheet(cast):
    matter = regroup(cast, track.asked(cast), cast.staffing, cast.office)

    assert row_of(matter, cast.office).opinion == Opinion.AGREE
    assert Letter.objects.filter(matter=matter).count() == 1


def test_a_sheet_that_replaces_the_round_asks_everybody_anew_and_is_the_paper_of_the_decision(cast):
    matter = track.agreed(cast)
    new = replaced(cast, matter)
    assert new.state == "sent"
    assert fresh(matter).stage == Stage.PREPARATION
    with at_moment(NOON):
        for row, by in zip(new.addressees.all(), (cast.supplies_liaison, cast.staffing_liaison), strict=True):
            flows.answer_letter(addressee_id=row.pk, by=by, reply="agree")

    assert track.settle(cast, matter).decision_document == new.number


def test_another_sheet_of_the_office_is_no_round(cast):
    matter = track.asked(cast)
    with at_moment(NOON):
        other = flows.draft_letter(
            matter_id=matter.pk, by=cast.officer, form="sheet", title="请提供库存清单", content="请提供。",
            addressees=[cast.supplies], asks=[{"text": "提供清单"}],
        )  # fmt: skip
        assert flows.sign_letter(letter_id=other.pk, by=cast.office_head).state == "signed"
        flows.send_letter(letter_id=other.pk, by=cast.office_head)
        answer = Addressee.objects.get(letter=other).pk
        flows.answer_letter(
            addressee_id=answer, by=cast.supplies_liaison, reply="disagree", reason="没有清单。"
        )

    assert (row_of(matter, cast.supplies).opinion, fresh(matter).handling) == ("", Handling.SIMPLE)


def test_a_sheet_that_was_not_signed_is_not_sent_beside_the_material_of_the_full_track(cast):
    matter = track.simple(cast)

    flows.leave_simple_track(matter_id=matter.pk, by=cast.officer, reason="牵涉面比预想的大。")

    sheet = track.sheet(matter)
    assert (sheet.state, world.owed(sheet, Kind.APPROVE_DEPARTMENT)) == ("withdrawn", None)
    with pytest.raises(NotReady):
        flows.sign_letter(letter_id=sheet.pk, by=cast.office_head)


def test_a_suspended_matter_changes_neither_its_track_nor_its_sheet(cast):
    matter = track.asked(cast)
    with at_moment(NOON):
        flows.suspend(
            matter_id=matter.pk, by=cast.office_head, reason="等外包合同。", until=date(2026, 9, 15), interim_measure="暂借。"
        )  # fmt: skip

    with pytest.raises(NotReady):
        flows.leave_simple_track(matter_id=matter.pk, by=cast.officer, reason="牵涉面大。")
    with pytest.raises(NotReady):
        flows.withdraw_letter(letter_id=track.sheet(matter).pk, by=cast.office_head, reason="有误。")

    assert (fresh(matter).handling, track.sheet(matter).state) == (Handling.SIMPLE, "sent")
    assert not Obligation.objects.filter(kind=Kind.OPINION).exists()
