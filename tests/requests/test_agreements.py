"""R092 (双向告知): what heads agree on reaches those who do the work, what those agree on reaches their heads, who can object."""

from datetime import date

import pytest

from archive.contents import entries
from archive.states import EntryKind
from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Invalid, NotReady, NotYours
from coordination.flows import tick
from requests import flows
from requests.agreement_states import AgreementState, HeadsWord
from requests.models import Agreement, AgreementSide
from supervision.states import Kind
from tests.kept import kept
from tests.requests import world

TEXT = "物资部9月18日前备货，人力资源部同日补齐合同条款。"


def agree(cast, matter, supplies, staffing, by=None, **changes):
    sides = [
        {"department": cast.supplies, "person": supplies},
        {"department": cast.staffing, "person": staffing},
    ]
    given = {"text": TEXT, "agreed_on": date(2026, 9, 14), "sides": sides, **changes}
    return flows.record_agreement(matter_id=matter.pk, by=by or cast.supplies_clerk, **given)


@kept
def between_doers(cast) -> Agreement:
    """By the clerk of supplies and the liaison of staffing, on Monday 2026-09-14 09:00."""
    matter = world.issued(cast).matter
    with at_moment(world.moment(14)):
        return agree(cast, matter, cast.supplies_clerk, cast.staffing_liaison)


def side(agreement, department):
    return agreement.sides.get(department=department)


def word(agreement, by, moment=None, **given):
    with at_moment(moment or world.moment(14, 15)):
        return flows.answer_agreement(agreement_id=agreement.pk, by=by, **given)


@kept
def between_heads(cast) -> Agreement:
    """The head of supplies records it with the head of staffing, on Monday 2026-09-14 09:00."""
    matter = world.issued(cast).matter
    with at_moment(world.moment(14)):
        return agree(cast, matter, cast.supplies_head, cast.staffing_head, by=cast.supplies_head)


def test_a_head_who_records_it_tells_those_who_do_the_work(cast):
    agreement = between_heads(cast)

    assert world.told(cast.supplies_clerk, "head of your department has agreed")
    assert not world.told(cast.supplies_head, "agreed")
    assert world.owed(side(agreement, cast.supplies), Kind.HEADS_WORD) is None


def test_a_head_whom_somebody_else_names_is_asked_before_it_stands(cast):
    agreement = between_heads(cast)

    assert agreement.state == AgreementState.TOLD
    assert world.owed(side(agreement, cast.staffing), Kind.HEADS_WORD).holder == cast.staffing_head
    assert world.told(cast.staffing_head, "you are named as having agreed")
    assert not world.told(cast.staffing_liaison, "has agreed")


def test_a_named_head_who_knows_of_it_lets_it_stand_and_the_own_people_hear_of_it(cast):
    agreement = between_heads(cast)

    word(agreement, cast.staffing_head, agree=True)

    assert Agreement.objects.get().state == AgreementState.STANDS
    assert world.told(cast.staffing_liaison, "head of your department has agreed")


def test_whoever_is_named_by_somebody_else_hears_of_it(cast):
    between_doers(cast)

    assert world.told(cast.staffing_liaison, "you are named as having agreed")
    assert not world.told(cast.supplies_clerk, "you are named")


def test_between_doers_each_head_has_a_working_day_to_object(cast):
    agreement = between_doers(cast)

    duty = world.owed(side(agreement, cast.supplies), Kind.HEADS_WORD)

    assert (duty.holder, duty.due_at) == (cast.supplies_head, world.moment(15, 17, 30))
    assert world.owed(side(agreement, cast.staffing), Kind.HEADS_WORD).holder == cast.staffing_head
    assert world.told(cast.staffing_head, "object within a working day")
    assert agreement.state == AgreementState.TOLD


def test_with_the_word_of_both_heads_it_stands(cast):
    agreement = between_doers(cast)

    word(agreement, cast.supplies_head, agree=True)
    assert Agreement.objects.get().state == AgreementState.TOLD
    word(agreement, cast.staffing_head, agree=True)

    assert Agreement.objects.get().state == AgreementState.STANDS
    assert world.owed(side(agreement, cast.staffing), Kind.HEADS_WORD) is None


def test_a_head_who_says_nothing_in_time_was_told_and_lets_it_stand(cast):
    agreement = between_doers(cast)

    tick(now=world.moment(16, 9))

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.STANDS
    assert set(agreement.sides.values_list("word", flat=True)) == {HeadsWord.SILENT}
    with pytest.raises(NotReady):
        word(agreement, cast.supplies_head, world.moment(16, 10), agree=False, objection="不妥。")


def test_what_a_head_objects_to_does_not_stand_and_both_sides_hear_of_it(cast):
    agreement = between_doers(cast)

    word(agreement, cast.staffing_head, agree=False, objection="合同条款须经法务审核，18日来不及。")

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.OBJECTED
    assert world.owed(side(agreement, cast.supplies), Kind.HEADS_WORD) is None
    for person in (cast.supplies_clerk, cast.staffing_liaison, cast.supplies_head):
        assert world.told(person, "does not stand")


def test_an_objection_says_why_and_is_nobodys_but_the_heads(cast):
    agreement = between_doers(cast)

    with pytest.raises(Invalid):
        word(agreement, cast.staffing_head, agree=False, objection=" ")
    with pytest.raises(NotYours):
        word(agreement, cast.staffing_liaison, agree=False, objection="不妥。")

    assert set(agreement.sides.values_list("word", flat=True)) == {HeadsWord.WAITING}


def test_a_head_with_somebody_elses_clerk_tells_the_own_people_and_asks_the_other_head(cast):
    matter = world.issued(cast).matter

    with at_moment(world.moment(14)):
        agreement = agree(cast, matter, cast.supplies_head, cast.staffing_liaison, by=cast.supplies_head)

    assert world.told(cast.supplies_clerk, "head of your department has agreed")
    assert world.owed(side(agreement, cast.supplies), Kind.HEADS_WORD) is None
    assert world.owed(side(agreement, cast.staffing), Kind.HEADS_WORD).holder == cast.staffing_head


def test_two_departments_of_the_matter_agree_each_by_somebody_of_its_own(cast):
    matter = world.issued(cast).matter
    alone = [{"department": cast.supplies, "person": cast.supplies_clerk}]
    stranger = [*alone, {"department": cast.staffing, "person": cast.planning_liaison}]
    outside = [*alone, {"department": cast.planning, "person": cast.planning_liaison}]

    for sides in (alone, stranger, outside):
        with pytest.raises(Invalid) as refused, at_moment(world.moment(14)):
            agree(cast, matter, cast.supplies_clerk, cast.staffing_liaison, sides=sides)
        assert list(refused.value.fields) == ["sides"]

    assert not Agreement.objects.exists()


def undecided(cast) -> Agreement:
    """Agreed while the matter is prepared."""
    matter = world.prepared(cast)
    with at_moment(world.moment(10, 9)):
        given = {"agreed_on": date(2026, 9, 10)}
        return agree(cast, matter, cast.supplies_clerk, cast.staffing_liaison, **given)


def test_with_its_matter_ends_what_waits_for_a_head(cast):
    agreement = undecided(cast)

    with at_moment(world.moment(10, 10)):
        flows.withdraw(matter_id=agreement.matter_id, by=cast.clerk, reason="已另行解决。")
    with pytest.raises(NotReady):
        word(agreement, cast.staffing_head, world.moment(10, 11), agree=False, objection="不妥。")

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.ENDED
    assert not AgreementSide.objects.waiting().exists()
    assert world.told(cast.staffing_head, "word on what was agreed is not asked for")


def test_while_the_matter_is_suspended_no_head_answers_and_silence_lets_nothing_stand(cast):
    agreement = undecided(cast)
    with at_moment(world.moment(10, 10)):
        flows.suspend(
            matter_id=agreement.matter_id, by=cast.office_head, reason="等外包合同。", until=date(2026, 9, 18),
            interim_measure="暂借。",
        )  # fmt: skip

    with pytest.raises(NotReady):
        word(agreement, cast.staffing_head, world.moment(10, 11), agree=True)
    tick(now=world.moment(16, 9))

    assert set(agreement.sides.values_list("word", flat=True)) == {HeadsWord.WAITING}


def test_what_another_head_has_objected_to_is_not_asked_any_more(cast):
    agreement = between_doers(cast)

    word(agreement, cast.staffing_head, agree=False, objection="不妥。")

    assert not AgreementSide.objects.waiting_for(cast.supplies_head).exists()


def test_who_has_nothing_to_do_with_the_matter_records_nothing(cast):
    matter = world.issued(cast).matter

    with pytest.raises(NotYours), at_moment(world.moment(14)):
        agree(cast, matter, cast.supplies_clerk, cast.staffing_liaison, by=cast.planning_head)

    assert not Agreement.objects.exists()


def test_the_head_finds_it_on_the_page_of_the_matter_and_objects_there(client, cast):
    agreement = between_doers(cast)
    client.force_login(cast.staffing_head)

    with at_moment(world.moment(14, 15)):
        told = client.get(f"/requests/{agreement.matter_id}/?tab=talks").content.decode()
        refused = client.post(f"/agreements/{agreement.pk}/", {"agree": "no", "objection": ""})
        done = client.post(f"/agreements/{agreement.pk}/", {"agree": "no", "objection": "来不及。"})

    assert f'href="/agreements/{agreement.pk}/"' in told
    assert (refused.status_code, done.status_code) == (422, 302)
    assert Agreement.objects.get().state == AgreementState.OBJECTED


def test_what_was_agreed_lies_in_the_dossier_with_the_words_of_the_heads(cast):
    agreement = between_doers(cast)

    with as_actor(SYSTEM):
        (entry,) = [one for one in entries(agreement.matter) if one.kind == EntryKind.AGREEMENTS]

    assert {one["word"] for one in entry.snapshot[0]["sides"]} == {"waiting"}
