"""A later date: asked before it is due, decided by the level its length asks for; the original date is kept."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.acting import SYSTEM, as_actor, at_moment
from audit.refusals import Invalid, NotReady, NotYours
from coordination.flows import tick
from organization.models import User
from requests import flows
from requests.models import Extension
from requests.states import ExtensionState
from supervision.models import Obligation
from supervision.states import Kind, State, Step
from tests.requests import world

TWO_DAYS_MORE = date(2026, 9, 24)


def ask(cast, item, *, by=None, moment=None, wished_on=TWO_DAYS_MORE, **changes):
    given = {"reason": "供应商晚到货。", "progress": "已下单。", **changes}
    with at_moment(moment or world.moment(14)):
        return flows.ask_extension(
            item_id=item.pk, by=by or cast.supplies_clerk, wished_on=wished_on, **given
        )


def answer(extension, by, *, approve=True, answer="", moment=None):
    with at_moment(moment or world.moment(15)):
        return flows.answer_extension(extension_id=extension.pk, by=by, approve=approve, answer=answer)


@pytest.mark.parametrize(
    ("wished_on", "days", "approver", "name"),
    [
        (date(2026, 9, 24), 2, "head", "supplies_head"),
        (date(2026, 9, 30), 5, "head", "supplies_head"),
        (date(2026, 10, 8), 6, "leader", "chair"),
        (date(2026, 10, 13), 10, "leader", "chair"),
        (date(2026, 10, 14), 11, "chair", "chair"),
    ],
)
def test_the_length_in_working_days_names_who_decides(cast, wished_on, days, approver, name):
    extension = ask(cast, world.started(cast), wished_on=wished_on)

    assert (extension.working_days, extension.approver) == (days, approver)
    assert world.owed(extension, Kind.EXTENSION_REPLY).holder == getattr(cast, name)


def test_the_answer_is_owed_within_one_working_day(cast):
    extension = ask(cast, world.started(cast))

    assert world.owed(extension, Kind.EXTENSION_REPLY).due_at == world.moment(15, 17, 30)


def test_edge_9_asked_in_the_last_minute_of_the_due_day_it_is_in_time_and_nobody_is_chased(cast):
    item = world.started(cast)

    extension = ask(cast, item, moment=world.moment(22, 17, 29))

    assert not extension.asked_late
    tick(now=world.moment(23, 9, 1))
    assert not world.owed(item, Kind.EXECUTE).rungs.filter(step=Step.L3).exclude(settled_at=None).exists()


def test_asked_after_the_due_moment_it_says_so_and_the_item_stays_late(cast):
    """R097"""
    item = world.started(cast)

    extension = ask(cast, item, moment=world.moment(22, 17, 31))
    assert extension.asked_late
    answer(extension, cast.supplies_head, moment=world.moment(23))

    execution = world.owed(item, Kind.EXECUTE)
    assert (execution.due_at, execution.original_due_at) == (
        world.moment(24, 17, 30), world.moment(22, 17, 30),
    )  # fmt: skip
    with at_moment(world.moment(23, 10)):
        flows.submit_item(
            item_id=item.pk, by=cast.supplies_clerk, result="已签领。", evidence_note=world.SEEN
        )
        assert flows.close_item(item_id=item.pk, by=cast.officer).is_on_time is False


def test_asked_late_it_asks_for_a_day_that_has_not_passed(cast):
    """R097"""
    item = world.started(cast)

    with pytest.raises(Invalid) as refused:
        ask(cast, item, moment=world.moment(28), wished_on=date(2026, 9, 24))

    assert list(refused.value.fields) == ["wished_on"]
    assert not Extension.objects.exists()


def test_asked_in_time_it_is_not_marked_late(cast):
    """R097"""
    assert not ask(cast, world.started(cast)).asked_late


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"progress": " "}, "progress"),
        ({"wished_on": date(2026, 9, 22)}, "wished_on"),
        ({"wished_on": date(2026, 9, 26)}, "wished_on"),
        ({"wished_on": date(2026, 10, 23)}, "wished_on"),
    ],
    ids=["no reason", "no progress", "not later", "a holiday", "more than 30 days"],
)
def test_an_incomplete_wish_is_refused_beside_its_field(cast, change, field):
    item = world.started(cast)

    with pytest.raises(Invalid) as refused:
        ask(cast, item, **change)

    assert list(refused.value.fields) == [field]
    assert not Extension.objects.exists()


def test_one_wish_at_a_time(cast):
    item = world.started(cast)
    ask(cast, item)

    with pytest.raises(NotReady):
        ask(cast, item)

    assert Extension.objects.count() == 1


def test_a_fourth_extension_is_refused(cast):
    item = world.started(cast)
    for wished_on in (date(2026, 9, 23), date(2026, 9, 24), date(2026, 9, 28)):
        answer(ask(cast, item, wished_on=wished_on), cast.supplies_head)

    with pytest.raises(Invalid) as refused:
        ask(cast, item, wished_on=date(2026, 9, 29))

    assert list(refused.value.fields) == ["wished_on"]


def test_thirty_days_are_counted_from_the_original_date(cast):
    item = world.started(cast)
    answer(ask(cast, item, wished_on=date(2026, 10, 14)), cast.chair)

    with pytest.raises(Invalid):
        ask(cast, item, wished_on=date(2026, 10, 23))

    assert ask(cast, item, wished_on=date(2026, 10, 22)).pk


def test_after_being_sent_back_thirty_days_still_count_from_the_original_date(cast):
    item = world.submitted(cast)
    with at_moment(world.moment(15)):
        flows.send_back(item_id=item.pk, by=cast.officer, defects="尺码不符", due_on=date(2026, 10, 14))

    with pytest.raises(Invalid):
        ask(cast, item, moment=world.moment(16), wished_on=date(2026, 10, 23))


@pytest.mark.parametrize("name", ["clerk", "staffing_liaison", "officer", "auditor"])
def test_only_owner_and_speakers_of_the_department_ask(cast, name):
    item = world.started(cast)

    with pytest.raises(NotYours):
        ask(cast, item, by=getattr(cast, name))

    assert not Extension.objects.exists()


def test_approved_it_has_a_new_date_beside_the_original(cast):
    item = world.started(cast)

    extension = answer(ask(cast, item), cast.supplies_head)

    assert extension.state == ExtensionState.APPROVED
    execution = world.owed(item, Kind.EXECUTE)
    assert execution.due_at == world.moment(24, 17, 30)
    assert execution.original_due_at == world.moment(22, 17, 30)
    assert (execution.due_version, execution.state) == (2, State.OPEN)
    assert world.owed(extension, Kind.EXTENSION_REPLY) is None
    assert world.told(cast.supplies_clerk, "was approved")


def test_denied_the_date_stays(cast):
    item = world.started(cast)

    extension = answer(ask(cast, item), cast.supplies_head, approve=False, answer="检修开工在即。")

    assert extension.state == ExtensionState.DENIED
    execution = world.owed(item, Kind.EXECUTE)
    assert (execution.due_at, execution.due_version) == (world.moment(22, 17, 30), 1)
    assert world.told(cast.supplies_clerk, "was denied")


def test_a_no_needs_its_reason(cast):
    extension = ask(cast, world.started(cast))

    with pytest.raises(Invalid):
        answer(extension, cast.supplies_head, approve=False)

    extension.refresh_from_db()
    assert extension.state == ExtensionState.ASKED


@pytest.mark.parametrize(
    "name", ["supplies_clerk", "supplies_liaison", "staffing_head", "officer", "auditor"]
)
def test_another_level_does_not_answer(cast, name):
    extension = ask(cast, world.started(cast))

    with pytest.raises(NotYours):
        answer(extension, getattr(cast, name))

    extension.refresh_from_db()
    assert extension.state == ExtensionState.ASKED


def test_a_head_does_not_grant_ten_days(cast):
    extension = ask(cast, world.started(cast), wished_on=date(2026, 10, 8))

    with pytest.raises(NotYours):
        answer(extension, cast.supplies_head)

    assert answer(extension, cast.chair).state == ExtensionState.APPROVED


def test_a_head_who_asks_does_not_answer_it_goes_one_level_up(cast):
    extension = ask(cast, world.started(cast), by=cast.supplies_head)

    assert extension.approver == "leader"
    assert world.owed(extension, Kind.EXTENSION_REPLY).holder == cast.chair
    with pytest.raises(NotYours):
        answer(extension, cast.supplies_head)


def test_a_head_who_owns_the_item_does_not_grant_it_when_the_liaison_asks(cast):
    item = world.issued(cast, assignee=cast.supplies_head)

    extension = ask(cast, item, by=cast.supplies_liaison)

    assert extension.approver == "leader"
    with pytest.raises(NotYours):
        answer(extension, cast.supplies_head)


def test_a_vacant_level_goes_one_level_up(cast):
    """No leader in charge is named for staffing: the chair decides, and may."""
    item = world.issued(cast, department=cast.staffing, assignee=cast.staffing_liaison)

    extension = ask(cast, item, by=cast.staffing_liaison, wished_on=date(2026, 10, 8))

    assert extension.approver == "chair"
    assert answer(extension, cast.chair).state == ExtensionState.APPROVED


def test_it_is_answered_once(cast):
    extension = ask(cast, world.started(cast))
    answer(extension, cast.supplies_head)

    with pytest.raises(NotReady):
        answer(extension, cast.supplies_head, approve=False, answer="不行")

    extension.refresh_from_db()
    assert extension.state == ExtensionState.APPROVED


def test_the_database_refuses_the_asker_as_answerer_whatever_code_runs(cast):
    extension = ask(cast, world.started(cast))

    with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
        Extension.objects.filter(pk=extension.pk).update(answered_by=cast.supplies_clerk)


def test_while_the_matter_is_suspended_nothing_is_answered(cast):
    item = world.started(cast)
    extension = ask(cast, item)
    with at_moment(world.moment(14, 10)):
        flows.suspend(
            matter_id=item.matter_id, by=cast.office_head, reason="等待合同谈判", until=date(2026, 9, 24),
            interim_measure="借用备用劳保服。",
        )  # fmt: skip

    with pytest.raises(NotReady):
        answer(extension, cast.supplies_head)

    extension.refresh_from_db()
    assert extension.state == ExtensionState.ASKED
    assert world.owed(item, Kind.EXECUTE).state == State.SUSPENDED


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_and_one_counts(cast):
    extension = ask(cast, world.started(cast), wished_on=date(2026, 10, 14))

    results = world.both_at_once(
        lambda: answer(extension, cast.chair),
        lambda: answer(extension, cast.arbiter, approve=False, answer="太长"),
    )

    assert sorted(type(result).__name__ for result in results) == ["Extension", "NotReady"]


def test_a_wish_that_falls_away_lets_the_overdue_steps_run_again(cast):
    item = world.started(cast)
    ask(cast, item)
    with at_moment(world.moment(15)):
        flows.submit_item(
            item_id=item.pk, by=cast.supplies_clerk, result="三人已签领。", evidence_note=world.SEEN
        )
    with at_moment(world.moment(15, 11)):
        flows.send_back(item_id=item.pk, by=cast.officer, defects="少一套", due_on=world.DUE)

    assert not world.owed(item, Kind.EXECUTE).pauses.filter(until=None).exists()


@pytest.mark.django_db(transaction=True)
def test_a_wish_answered_while_the_item_is_reported_done_never_moves_the_date_of_a_dropped_one(cast):
    item = world.started(cast)
    extension = ask(cast, item)

    def report_done():
        with at_moment(world.moment(15)):
            return flows.submit_item(
                item_id=item.pk, by=cast.supplies_clerk, result="三人已签领。", evidence_note=world.SEEN
            )

    results = world.both_holding(lambda: answer(extension, cast.supplies_head), report_done)

    assert not isinstance(results[1], Exception)
    extension.refresh_from_db()
    duty = Obligation.objects.get(kind=Kind.EXECUTE, subject_id=item.pk)
    approved = extension.state == ExtensionState.APPROVED
    assert approved != isinstance(results[0], NotReady)
    assert (duty.due_at != duty.original_due_at) == approved


def test_where_the_chair_is_a_doer_the_last_decider_answers(cast):
    item = world.issued(cast, assignee=cast.chair, department=cast.chair.department)

    extension = ask(cast, item, by=cast.chair, wished_on=date(2026, 10, 14))

    assert world.owed(extension, Kind.EXTENSION_REPLY).holder == cast.arbiter
    assert answer(extension, cast.arbiter).state == ExtensionState.APPROVED


def test_where_nobody_holds_a_post_that_decides_nothing_is_asked(cast):
    item = world.started(cast)
    with as_actor(SYSTEM):
        User.objects.filter(pk__in=[cast.chair.pk, cast.arbiter.pk]).update(is_active=False)

    with pytest.raises(NotReady):
        ask(cast, item, wished_on=date(2026, 10, 14))

    assert not Extension.objects.exists()
    assert not world.owed(item, Kind.EXECUTE).pauses.filter(until=None).exists()
