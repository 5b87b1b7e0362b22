"""Reported done: with the result against the standard; the ball goes to the verifier and the owner's clock stops."""

import pytest

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from documents.models import File
from requests import flows
from requests.states import ItemState
from supervision.models import Obligation
from supervision.states import Kind, State
from tests.documents.uploads import PDF, upload
from tests.requests import world


def submit(cast, item, *, by=None, result="三人已签领。", **evidence):
    with at_moment(world.moment(14)):
        return flows.submit_item(
            item_id=item.pk,
            by=by or cast.supplies_clerk,
            result=result,
            **(evidence or {"evidence_note": world.SEEN}),
        )


def test_the_result_is_written_against_the_standard(cast):
    item = world.started(cast)

    with pytest.raises(Invalid) as refused:
        submit(cast, item, result=" ")

    assert list(refused.value.fields) == ["result"]
    item.refresh_from_db()
    assert item.state == ItemState.IN_PROGRESS
    assert world.owed(item, Kind.VERIFY) is None


def test_without_any_evidence_it_is_not_reported_done(cast):
    """A8: neither a file nor a word on where it can be seen."""
    item = world.started(cast)

    with pytest.raises(Invalid) as refused:
        submit(cast, item, evidence_note=" ")

    assert list(refused.value.fields) == ["evidence"]
    item.refresh_from_db()
    assert (item.state, item.evidence_note) == (ItemState.IN_PROGRESS, "")
    assert world.owed(item, Kind.VERIFY) is None


def test_a_file_that_comes_with_the_report_is_its_evidence(cast):
    """A8"""
    item = submit(cast, world.started(cast), evidence=[upload("签领表.pdf", PDF)])

    assert item.state == ItemState.SUBMITTED
    assert File.objects.of("item", item.pk).kept().count() == 1


def test_a_file_that_was_attached_before_is_evidence_enough(cast):
    """A8"""
    item = world.started(cast)
    flows.attach_evidence(item_id=item.pk, by=cast.supplies_clerk, evidence=[upload("签领表.pdf", PDF)])

    assert submit(cast, item, evidence_note="").state == ItemState.SUBMITTED


def test_a_file_that_was_taken_back_is_no_evidence(cast):
    """A8"""
    item = world.started(cast)
    flows.attach_evidence(item_id=item.pk, by=cast.supplies_clerk, evidence=[upload("签领表.pdf", PDF)])
    flows.remove_paper(file_id=File.objects.of("item", item.pk).get().pk, by=cast.supplies_clerk)

    with pytest.raises(Invalid):
        submit(cast, item, evidence_note="")


def test_where_no_paper_is_needed_a_note_says_where_it_can_be_seen(cast):
    """A8"""
    item = submit(cast, world.started(cast), evidence_note=" 库房三号架，可现场核对。 ")

    assert (item.state, item.evidence_note) == (ItemState.SUBMITTED, "库房三号架，可现场核对。")


def test_reported_done_gives_the_ball_to_the_office(cast):
    item = submit(cast, world.started(cast))

    assert (item.state, item.percent, item.submitted_by) == (ItemState.SUBMITTED, 100, cast.supplies_clerk)
    verify = world.owed(item, Kind.VERIFY)
    assert (verify.holder, verify.holder_department) == (None, cast.office)
    assert verify.due_at == world.moment(16, 17, 30)


def test_reported_done_gives_the_ball_to_the_named_verifier(cast):
    item = submit(cast, world.started(cast, verifier=cast.repair_liaison))

    assert world.owed(item, Kind.VERIFY).holder == cast.repair_liaison
    assert world.told(cast.repair_liaison, "reported done")


def test_the_owners_clock_stands_still_while_it_is_verified(cast):
    item = submit(cast, world.started(cast))

    assert world.owed(item, Kind.EXECUTE).state == State.SUSPENDED


def test_an_unsigned_item_can_be_reported_done_at_once(cast):
    item = submit(cast, world.issued(cast))

    assert item.state == ItemState.SUBMITTED
    left = Obligation.objects.of("item", item.pk).open().values_list("kind", flat=True)
    assert set(left) == {Kind.EXECUTE, Kind.VERIFY}


def test_an_open_wish_for_a_later_date_falls_away(cast):
    item = world.started(cast)
    with at_moment(world.moment(14)):
        extension = flows.ask_extension(
            item_id=item.pk, by=cast.supplies_clerk, wished_on=world.moment(24).date(),
            reason="供应商晚到货。", progress="已下单。",
        )  # fmt: skip

    submit(cast, item)

    extension.refresh_from_db()
    assert extension.state == "dropped"
    assert world.owed(extension, Kind.EXTENSION_REPLY) is None


@pytest.mark.parametrize("name", ["clerk", "staffing_liaison", "officer", "auditor"])
def test_only_owner_and_speakers_of_the_department_report_it_done(cast, name):
    item = world.started(cast)

    with pytest.raises(NotYours):
        submit(cast, item, by=getattr(cast, name))

    item.refresh_from_db()
    assert item.state == ItemState.IN_PROGRESS


def test_it_is_reported_done_once(cast):
    item = world.submitted(cast)

    with pytest.raises(NotReady):
        submit(cast, item)


@pytest.mark.django_db(transaction=True)
def test_two_people_report_it_done_at_once_and_one_verification_is_owed(cast):
    item = world.started(cast)

    results = world.both_at_once(
        lambda: submit(cast, item), lambda: submit(cast, item, by=cast.supplies_liaison)
    )

    assert sorted(type(result).__name__ for result in results) == ["ActionItem", "NotReady"]
    assert Obligation.objects.of("item", item.pk).filter(kind=Kind.VERIFY).count() == 1
