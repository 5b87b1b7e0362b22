"""R064, R101: each addressed department signs for a sheet, or is deemed to have, and answers it."""

from datetime import date

import pytest

from audit.acting import SYSTEM, at_moment
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import Addressee
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import letters_world as letters
from tests.requests import world


@pytest.fixture
def addressee(cast):
    return letters.row(letters.sent(cast, world.accepted(cast)), cast.supplies)


def now(addressee):
    return Addressee.objects.get(pk=addressee.pk)


def test_r064_the_liaison_signs_for_it_and_the_receipt_is_real(cast, addressee):
    with at_moment(world.moment(8, 11)):
        flows.receive_letter(addressee_id=addressee.pk, by=cast.supplies_liaison)

    row = now(addressee)
    assert (row.receipt, row.received_by, row.received_at) == (
        "real",
        cast.supplies_liaison,
        world.moment(8, 11),
    )
    assert world.owed(row, Kind.RECEIPT) is None
    assert world.owed(row, Kind.LETTER_REPLY) is not None


def test_r101_a_sheet_that_nobody_signs_for_counts_as_received_and_its_clock_runs_on(cast, addressee):
    world.lapse(addressee, Kind.RECEIPT)

    with at_moment(world.moment(10)):
        flows.act_on_lapses(world.moment(10))
        flows.act_on_lapses(world.moment(10))

    row = now(addressee)
    assert (row.receipt, row.received_by) == ("deemed", None)
    assert world.owed(row, Kind.LETTER_REPLY).due_at == world.moment(11, 17, 30)


def test_r101_what_counts_as_received_is_not_signed_for_afterwards(cast, addressee):
    flows.deem_letter_received(addressee_id=addressee.pk, by=SYSTEM)

    flows.receive_letter(addressee_id=addressee.pk, by=cast.supplies_liaison)

    assert now(addressee).receipt == "deemed"


def test_r064_an_overdue_answer_is_told_as_a_lapsed_limit(cast, addressee):
    supervision.tick(now=world.moment(14, 9, 1))

    assert world.told(cast.supplies_liaison, "the limit for", "ended")
    assert now(addressee).answered_at is None


@pytest.mark.parametrize("reply", ["conditions", "not_ours", "disagree"])
def test_r064_everything_but_consent_needs_its_reason(cast, addressee, reply):
    with pytest.raises(Invalid) as refusal:
        letters.answer(cast, addressee, reply, " ", cast.staffing)

    assert set(refusal.value.fields) == {"reason"}
    assert now(addressee).reply == ""
    assert world.owed(addressee, Kind.LETTER_REPLY) is not None


def test_f4_not_our_duty_names_whose_duty_it_is(cast, addressee):
    with pytest.raises(Invalid) as refusal:
        letters.answer(cast, addressee, "not_ours", "不在职责范围内。")

    assert set(refusal.value.fields) == {"proposed_department"}
    assert now(addressee).reply == ""


def test_f4_nobody_proposes_the_own_department(cast, addressee):
    with pytest.raises(Invalid):
        letters.answer(cast, addressee, "not_ours", "不在职责范围内。", cast.supplies)

    assert now(addressee).reply == ""


def test_r064_answering_signs_for_it_and_ends_both_duties(cast, addressee):
    letters.answer(cast, addressee)

    row = now(addressee)
    assert (row.reply, row.receipt, row.answered_by) == ("agree", "real", cast.supplies_liaison)
    assert world.owed(row, Kind.RECEIPT) is None
    assert world.owed(row, Kind.LETTER_REPLY) is None
    assert world.told(cast.repair_liaison, "answered")


def test_f4_the_liaisons_answer_waits_for_the_head_without_holding_the_clock(cast, addressee):
    letters.answer(cast, addressee)
    assert world.owed(addressee, Kind.APPROVE_DEPARTMENT).holder == cast.supplies_head

    flows.confirm_answer(addressee_id=addressee.pk, by=cast.supplies_head)

    assert now(addressee).confirmed_by == cast.supplies_head
    assert world.owed(addressee, Kind.APPROVE_DEPARTMENT) is None


def test_f4_the_heads_own_answer_is_confirmed_at_once(cast, addressee):
    flows.answer_letter(addressee_id=addressee.pk, by=cast.supplies_head, reply="agree")

    assert now(addressee).confirmed_by == cast.supplies_head
    assert world.owed(addressee, Kind.APPROVE_DEPARTMENT) is None


def test_f4_a_liaison_does_not_confirm_the_own_answer(cast, addressee):
    letters.answer(cast, addressee)

    with pytest.raises(NotYours):
        flows.confirm_answer(addressee_id=addressee.pk, by=cast.supplies_liaison)

    assert now(addressee).confirmed_at is None


@pytest.mark.parametrize("name", ["supplies_clerk", "staffing_head", "officer", "auditor", "clerk"])
def test_s5_nobody_answers_for_another_department(cast, addressee, name):
    with pytest.raises(NotYours):
        flows.answer_letter(addressee_id=addressee.pk, by=getattr(cast, name), reply="agree")

    assert now(addressee).reply == ""


def test_r064_an_answer_is_changed_until_the_sheet_is_closed(cast, addressee):
    letters.answer(cast, addressee, "conditions", "需先付款。")
    letters.answer(cast, addressee, at=world.moment(9, 9))
    assert now(addressee).reply == "agree"

    flows.close_letter(letter_id=addressee.letter_id, by=cast.repair_liaison)
    with pytest.raises(NotReady):
        letters.answer(cast, addressee, "disagree", "不行。")

    assert now(addressee).reply == "agree"


@pytest.mark.django_db(transaction=True)
def test_two_speakers_at_once_are_taken_one_after_the_other_and_count_once(cast, addressee):
    def act(person):
        return lambda: flows.answer_letter(
            addressee_id=addressee.pk, by=person, reply="not_ours", reason="不归我部。",
            proposed_department=cast.staffing,
        )  # fmt: skip

    world.both_holding(act(cast.supplies_liaison), act(cast.supplies_head))

    assert addressee.letter.matter.handovers.count() == 1


def test_f4_an_answer_that_waits_for_the_head_is_what_the_head_comes_for(cast, addressee, client):
    letters.answer(cast, addressee)
    client.force_login(cast.supplies_head)

    page = " ".join(client.get(f"/letters/{addressee.letter_id}/").content.decode().split())

    assert page.count("btn-primary") == 1
    assert 'btn-primary" type="submit">确认回复' in page


def test_s5_of_a_restricted_letter_whoever_is_no_party_hears_that_it_exists_and_no_word_of_it(cast, client):
    matter = world.accepted(cast)
    texts = {
        name: f"金丝雀{text}"
        for name, text in letters.LETTER.items()
        if name not in ("form", "title", "contact_phone")
    }
    letter = letters.sent(
        cast, matter, **{**texts, "form": "letter", "title": "关于金丝雀的函"}, confidentiality="restricted"
    )
    answered = letters.row(letter, cast.supplies)
    letters.answer(cast, answered, "not_ours", "金丝雀理由。", cast.staffing)
    flows.withdraw_letter(letter_id=letter.pk, by=cast.repair_head, reason="金丝雀撤回。")
    client.force_login(cast.staffing_liaison)

    pages = [
        "/requests/{}/",
        "/requests/{}/?tab=letters",
        "/requests/{}/?tab=story",
        "/requests/{}/print/",
        "/api/v1/matters/{}/",
    ]
    told = [client.get(page.format(matter.pk)).content.decode() for page in (*pages, "/search/?q=函")]

    assert letter.number in told[2]  # that it exists stands in the story
    assert [page for page in told if "金丝雀" in page] == []
    assert client.get(f"/letters/{letter.pk}/").status_code == 404


@pytest.fixture
def in_answer(cast):
    """复函: supplies answers the letter of repair by a letter of its own."""
    asked = letters.sent(cast, world.accepted(cast), form="letter")
    return letters.sent(
        cast, asked.matter, by=cast.supplies_liaison, signer=cast.supplies_head, to=[cast.repair], form="letter",
        reply_to=asked,
    )  # fmt: skip


def test_f5_a_letter_in_answer_is_signed_for_and_owed_no_answer(cast, in_answer, client):
    row = letters.row(in_answer, cast.repair)
    client.force_login(cast.repair_liaison)
    shown = client.get(f"/letters/{in_answer.pk}/").content.decode()
    with pytest.raises(NotReady):
        flows.answer_letter(addressee_id=row.pk, by=cast.repair_liaison, reply="agree")

    client.post(f"/letters/{in_answer.pk}/answers/{row.pk}/receive/")
    closed = flows.close_letter(letter_id=in_answer.pk, by=cast.supplies_head)

    assert in_answer.reply_by is None
    assert f"/letters/{in_answer.pk}/answers/{row.pk}/receive/" in shown
    assert not Obligation.objects.open().of("addressee", row.pk).exists()
    assert closed.state == "closed"
    assert in_answer.number in client.get(f"/letters/{in_answer.reply_to_id}/").content.decode()


def test_f5_a_letter_in_answer_that_names_a_day_is_answered_by_it(cast, in_answer):
    again = letters.sent(
        cast, in_answer.matter, form="letter", reply_to=in_answer, reply_by=date(2026, 9, 18)
    )

    assert world.owed(letters.row(again, cast.supplies), Kind.LETTER_REPLY).due_at == world.moment(18, 17, 30)
