"""R064, R065: contact sheets and coordination letters are drafted, signed, sent, closed, taken back and replaced."""

import pytest

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from documents.models import NumberSeries
from notifications.models import Notice
from requests import flows
from requests.models import Addressee, CoordinationRequest, Letter
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import letters_world as letters
from tests.requests import world


@pytest.fixture
def matter(cast):
    return world.accepted(cast)


def owed(thing, kind):
    return world.owed(thing, kind)


# --- the draft ---


def test_r064_a_draft_is_kept_with_what_it_has_and_the_signature_names_all_gaps(cast, matter):
    letter = flows.draft_letter(matter_id=matter.pk, by=cast.clerk, form="sheet", title="请提供3套劳保服")

    with pytest.raises(Invalid, match="主送") as refusal:
        flows.ask_signature(letter_id=letter.pk, by=cast.clerk)

    assert set(refusal.value.fields) == {"addressees", "content", "asks"}
    assert Letter.objects.get(pk=letter.pk).state == "draft"


def test_r065_a_letter_is_titled_about_something_and_names_what_it_asks_and_whom_to_ring(cast, matter):
    letter = letters.draft(cast, matter, form="letter", title="劳保服", request_text="", contact_phone="")

    with pytest.raises(Invalid) as refusal:
        flows.sign_letter(letter_id=letter.pk, by=cast.repair_head)

    assert set(refusal.value.fields) == {"title", "request_text", "contact_phone"}
    assert Letter.objects.get(pk=letter.pk).number is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"to": ["repair"]}, "addressees"),
        ({"copies": ["supplies"]}, "copies"),
        ({"reply_by": world.moment(7).date()}, "reply_by"),
        ({"reply_by": world.moment(12).date()}, "reply_by"),
        ({"title": "长" * 61}, "title"),
    ],
)
def test_r064_what_cannot_be_right_is_refused_beside_its_field(cast, matter, changes, field):
    given = {
        name: [getattr(cast, one) for one in value] if name in ("to", "copies") else value
        for name, value in changes.items()
    }
    with pytest.raises(Invalid) as refusal:
        letters.draft(cast, matter, **given)

    assert set(refusal.value.fields) == {field}
    assert not Letter.objects.exists()


def test_s5_whoever_takes_no_part_writes_no_sheet(cast, matter):
    with pytest.raises(NotYours):
        letters.draft(cast, matter, by=cast.planning_liaison)

    assert not Letter.objects.exists()


def test_s5_a_draft_exists_in_its_own_department_only(cast, matter):
    letter = letters.draft(cast, matter, by=cast.clerk)

    for reader, sees in (
        (cast.clerk, True),
        (cast.repair_head, True),
        (cast.officer, False),
        (cast.supplies_head, False),
    ):
        assert Letter.objects.visible_to(reader).filter(pk=letter.pk).exists() is sees


def test_r064_a_changed_draft_comes_back_from_the_signer(cast, matter):
    letter = letters.draft(cast, matter)
    flows.ask_signature(letter_id=letter.pk, by=cast.repair_liaison)

    flows.change_letter(
        letter_id=letter.pk, by=cast.repair_liaison, addressees=[cast.staffing], title="请出具意见",
        asks=[{"text": "出具意见"}],
    )  # fmt: skip

    letter = Letter.objects.get(pk=letter.pk)
    assert (letter.state, letter.title) == ("draft", "请出具意见")
    assert [row.department for row in letter.addressees.all()] == [cast.staffing]
    assert owed(letter, Kind.APPROVE_DEPARTMENT) is None


# --- the signature ---


def test_f4_the_head_checks_a_sheet_and_it_waits_on_the_heads_desk(cast, matter):
    letter = letters.draft(cast, matter)

    flows.ask_signature(letter_id=letter.pk, by=cast.repair_liaison)

    duty = Obligation.objects.waiting_for(cast.repair_head).get(kind=Kind.APPROVE_DEPARTMENT)
    assert (duty.subject_type, duty.subject_id) == ("letter", letter.pk)
    assert Letter.objects.get().number is None


def test_f4_signing_takes_the_number_and_ends_the_signers_duty(cast, matter):
    letter = letters.draft(cast, matter)
    flows.ask_signature(letter_id=letter.pk, by=cast.repair_liaison)

    with at_moment(world.moment(8, 10)):
        flows.sign_letter(letter_id=letter.pk, by=cast.repair_head)

    letter = Letter.objects.get()
    assert (letter.number, letter.state, letter.signed_by) == ("联〔2026〕1号", "signed", cast.repair_head)
    assert owed(letter, Kind.APPROVE_DEPARTMENT) is None


def test_f5_nobody_signs_the_own_letter_and_no_number_is_lost(cast, matter):
    letter = letters.draft(cast, matter, by=cast.repair_head, form="letter")

    with pytest.raises(NotYours):
        flows.sign_letter(letter_id=letter.pk, by=cast.repair_head)

    assert Letter.objects.get().state == "draft"
    assert not NumberSeries.objects.filter(code="协函").exists()


def test_f5_the_letter_of_the_head_goes_to_the_chair(cast, matter):
    letter = letters.draft(cast, matter, by=cast.repair_head, form="letter")

    flows.ask_signature(letter_id=letter.pk, by=cast.repair_head)
    flows.sign_letter(letter_id=letter.pk, by=cast.chair)

    letter = Letter.objects.get()
    assert (letter.signer, letter.signed_by) == (cast.chair, cast.chair)
    assert letter.number == "协函〔2026〕1号"


@pytest.mark.parametrize("name", ["repair_liaison", "clerk", "supplies_head", "officer"])
def test_s5_only_the_head_of_the_issuing_department_signs(cast, matter, name):
    letter = letters.draft(cast, matter)

    with pytest.raises(NotYours):
        flows.sign_letter(letter_id=letter.pk, by=getattr(cast, name))

    assert Letter.objects.get().number is None


def test_s5_a_letter_of_the_office_is_signed_by_the_head_of_the_office(cast, matter):
    letter = letters.draft(cast, matter, by=cast.officer, form="letter")

    flows.sign_letter(letter_id=letter.pk, by=cast.office_head)

    assert Letter.objects.get().department == cast.office


def test_f4_the_signer_gives_it_back_with_a_reason(cast, matter):
    letter = letters.draft(cast, matter)
    flows.ask_signature(letter_id=letter.pk, by=cast.repair_liaison)

    with pytest.raises(Invalid):
        flows.return_letter(letter_id=letter.pk, by=cast.repair_head, reason=" ")
    flows.return_letter(letter_id=letter.pk, by=cast.repair_head, reason="写明数量。")

    assert Letter.objects.get().state == "draft"
    assert world.told(cast.repair_liaison, "given back")


# --- sending ---


def test_r064_an_addressee_owes_receipt_and_answer_by_the_offices_limits(cast, matter):
    letter = letters.sent(cast, matter)

    addressee = letters.row(letter, cast.supplies)
    receipt, reply = owed(addressee, Kind.RECEIPT), owed(addressee, Kind.LETTER_REPLY)
    assert (receipt.due_at, receipt.on_lapse) == (world.moment(9, 17, 30), "deemed")
    assert reply.due_at == world.moment(11, 17, 30)
    assert (reply.holder_department, reply.number) == (cast.supplies, letter.number)
    assert Letter.objects.get().reply_by == world.moment(11).date()


def test_f4_a_day_for_the_answer_ends_with_its_close_of_office(cast, matter):
    letter = letters.sent(cast, matter, reply_by=world.moment(9).date())

    assert owed(letters.row(letter, cast.supplies), Kind.LETTER_REPLY).due_at == world.moment(9, 17, 30)


def test_s5_addressed_departments_and_copies_become_readers_when_it_is_sent(cast, matter):
    letter = letters.draft(cast, matter, copies=[cast.planning])
    seen = CoordinationRequest.objects.visible_to
    assert not seen(cast.planning_head).exists()

    with at_moment(world.moment(8, 10)):
        flows.sign_letter(letter_id=letter.pk, by=cast.repair_head)
        flows.send_letter(letter_id=letter.pk, by=cast.repair_liaison)

    assert seen(cast.planning_head).get() == matter
    assert Letter.objects.visible_to(cast.planning_head).get() == letter
    assert not Obligation.objects.filter(holder_department=cast.planning).exists()


def test_s5_a_restricted_letter_stays_between_its_parties_and_the_office(cast, matter):
    letter = letters.sent(cast, matter, confidentiality="restricted")

    for name, sees in (
        ("supplies_head", True),
        ("officer", True),
        ("auditor", True),
        ("staffing_head", False),
        ("clerk", True),
    ):
        assert Letter.objects.visible_to(getattr(cast, name)).filter(pk=letter.pk).exists() is sees


def test_r064_nothing_goes_out_while_the_matter_is_suspended(cast, matter):
    letter = letters.draft(cast, matter)
    with at_moment(world.moment(8, 10)):
        flows.sign_letter(letter_id=letter.pk, by=cast.repair_head)
        flows.suspend(
            matter_id=matter.pk,
            by=cast.office_head,
            reason="等待批复。",
            until=world.moment(25).date(),
            interim_measure="借",
        )

    with pytest.raises(NotReady):
        flows.send_letter(letter_id=letter.pk, by=cast.repair_liaison)

    assert not Obligation.objects.filter(subject_type=Addressee.SUBJECT).exists()


# --- the end ---


def test_r064_a_sheet_is_closed_when_everybody_has_answered(cast, matter):
    letter = letters.sent(cast, matter, to=[cast.supplies, cast.staffing])
    letters.answer(cast, letters.row(letter, cast.supplies))
    with pytest.raises(NotReady):
        flows.close_letter(letter_id=letter.pk, by=cast.repair_liaison)

    letters.answer(cast, letters.row(letter, cast.staffing))
    flows.close_letter(letter_id=letter.pk, by=cast.repair_liaison)

    assert Letter.objects.get().state == "closed"


def test_r064_a_sheet_taken_back_says_why_and_nobody_owes_anything_on_it(cast, matter):
    letter = letters.sent(cast, matter)

    flows.withdraw_letter(letter_id=letter.pk, by=cast.repair_head, reason="已当面解决。")

    letter = Letter.objects.get()
    assert (letter.state, letter.ending_reason) == ("withdrawn", "已当面解决。")
    assert owed(letters.row(letter, cast.supplies), Kind.LETTER_REPLY) is None
    assert world.told(cast.supplies_liaison, "taken back")


def test_r064_a_new_sheet_replaces_the_old_one_when_it_is_sent(cast, matter):
    old = letters.sent(cast, matter)
    new = letters.draft(cast, matter, supersedes=old)
    assert Letter.objects.get(pk=old.pk).state == "sent"

    with at_moment(world.moment(8, 14)):
        flows.sign_letter(letter_id=new.pk, by=cast.repair_head)
        flows.send_letter(letter_id=new.pk, by=cast.repair_liaison)

    old = Letter.objects.get(pk=old.pk)
    assert (old.state, old.ending_reason) == ("superseded", "联〔2026〕2号")
    assert owed(letters.row(old, cast.supplies), Kind.LETTER_REPLY) is None


def test_why_it_was_given_back_stands_on_it_and_not_in_the_notice(cast, matter):
    letter = letters.draft(cast, matter)
    flows.ask_signature(letter_id=letter.pk, by=cast.repair_liaison)

    flows.return_letter(letter_id=letter.pk, by=cast.repair_head, reason="写明规格。")

    letter.refresh_from_db()
    assert (letter.returned_reason, letter.returned_by, letter.state) == (
        "写明规格。",
        cast.repair_head,
        "draft",
    )
    assert "写明规格" not in str(Notice.objects.filter(recipient=cast.repair_liaison).values_list("params"))
