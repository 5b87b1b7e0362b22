"""R163, form F22: what is lent stands in the ledger; its return is owed, reported by one side and confirmed by the other."""

from datetime import date

import pytest

from audit.acting import at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from coordination.flows import tick
from organization import flows as staff
from organization.states import PostKind
from requests import flows
from requests.loan_states import LoanState
from requests.models import Loan
from supervision.models import Obligation
from supervision.states import Kind, State
from tests.requests import world

LOAN = {"thing": "劳保服(秋装)", "quantity": 3, "unit": "套", "way": "equal"}


@pytest.fixture
def matter(cast):
    return world.executing(cast)


def lend(cast, matter, *, by=None, **changes):
    given = {
        **LOAN, "lender": cast.supplies, "borrower": cast.repair,
        "lent_on": date(2026, 9, 14), "due_on": date(2026, 9, 24), **changes,
    }  # fmt: skip
    with at_moment(world.moment(14, 10)):
        return flows.lend(matter_id=matter.pk, by=by or cast.supplies_clerk, **given)


def duty(loan, kind):
    return Obligation.objects.open().of(Loan.SUBJECT, loan.pk).filter(kind=kind).first()


def reported(cast, loan, *, by=None, on=date(2026, 9, 18)):
    with at_moment(world.moment(18, 15)):
        return flows.report_return(loan_id=loan.pk, by=by or cast.clerk, returned_on=on, note="全部清洗。")


# --- lending ---


def test_the_borrower_owes_the_return_by_its_day_and_both_sides_and_the_story_know(cast, matter):
    loan = lend(cast, matter)

    owed = duty(loan, Kind.RETURN_LOAN)
    assert (owed.holder_department, owed.ladder) == (cast.repair, True)
    assert owed.due_at == world.moment(24, 17, 30)
    assert cast.repair_liaison.notices.filter(url_args=[loan.pk], url_name="requests:loan").exists()
    assert TransitionLog.objects.of_case(matter.pk).filter(verb="lend").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"thing": " "}, "thing"),
        ({"unit": ""}, "unit"),
        ({"quantity": 0}, "quantity"),
        ({"lent_on": date(2026, 9, 15)}, "lent_on"),
        ({"due_on": date(2026, 9, 13)}, "due_on"),
    ],
)
def test_what_cannot_be_right_is_refused_beside_its_field(cast, matter, changes, field):
    with pytest.raises(Invalid) as refusal:
        lend(cast, matter, **changes)

    assert set(refusal.value.fields) == {field}
    assert not Loan.objects.exists()


def test_lender_and_borrower_are_two_departments_that_take_part(cast, matter):
    for changes in ({"borrower": cast.supplies}, {"borrower": cast.planning}):
        with pytest.raises(Invalid) as refusal:
            lend(cast, matter, **changes)
        assert set(refusal.value.fields) == {"borrower"}

    assert not Loan.objects.exists()


@pytest.mark.parametrize("who", ["clerk", "repair_head", "auditor"])
def test_the_borrower_does_not_write_down_by_itself_what_somebody_lends(cast, matter, who):
    with pytest.raises(NotYours):
        lend(cast, matter, by=getattr(cast, who))

    assert not Loan.objects.exists()


def test_the_coordination_office_may_write_it_down_for_the_lender(cast, matter):
    assert lend(cast, matter, by=cast.officer).recorded_by == cast.officer


def test_nothing_is_lent_in_a_matter_that_is_suspended(cast, matter):
    with at_moment(world.moment(14)):
        flows.suspend(
            matter_id=matter.pk,
            by=cast.office_head,
            reason="等合同",
            until=date(2026, 9, 21),
            interim_measure="不需要",
        )

    with pytest.raises(NotReady):
        lend(cast, matter)

    assert not Loan.objects.exists()


# --- the day ---


def test_an_overdue_loan_climbs_the_ladder(cast, matter):
    loan = lend(cast, matter)

    for day in (21, 23, 28):
        tick(now=world.moment(day, 9, 30))

    steps = list(
        duty(loan, Kind.RETURN_LOAN).reminders.order_by("pk").values_list("step", flat=True).distinct()
    )
    assert set(steps) == {"L1", "L2", "L3"}


def test_a_later_day_is_agreed_by_the_lender_and_the_first_one_stays(cast, matter):
    loan = lend(cast, matter)
    with at_moment(world.moment(22)):
        flows.prolong_loan(
            loan_id=loan.pk, by=cast.supplies_liaison, due_on=date(2026, 10, 20), reason="采购未到货。"
        )

    loan.refresh_from_db()
    assert (loan.due_on, loan.original_due_on) == (date(2026, 10, 20), date(2026, 9, 24))
    owed = duty(loan, Kind.RETURN_LOAN)
    assert owed.due_at == world.moment(20, 17, 30, month=10)
    assert owed.original_due_at == world.moment(24, 17, 30)


@pytest.mark.parametrize("who", ["clerk", "repair_head", "officer", "supplies_clerk"])
def test_nobody_but_head_and_liaison_of_the_lender_gives_more_time(cast, matter, who):
    loan = lend(cast, matter)

    with pytest.raises(NotYours):
        flows.prolong_loan(
            loan_id=loan.pk, by=getattr(cast, who), due_on=date(2026, 10, 20), reason="再用几天"
        )

    loan.refresh_from_db()
    assert loan.due_on == loan.original_due_on


def test_a_later_day_is_later_and_has_its_reason(cast, matter):
    loan = lend(cast, matter)
    for due_on, reason in ((date(2026, 9, 24), "再用几天"), (date(2026, 10, 20), " ")):
        with at_moment(world.moment(22)), pytest.raises(Invalid):
            flows.prolong_loan(loan_id=loan.pk, by=cast.supplies_head, due_on=due_on, reason=reason)

    loan.refresh_from_db()
    assert loan.due_on == loan.original_due_on


# --- the return ---


def test_the_word_of_the_borrower_ends_its_duty_and_asks_the_lender(cast, matter):
    loan = reported(cast, lend(cast, matter))

    assert loan.state == LoanState.REPORTED
    assert duty(loan, Kind.RETURN_LOAN) is None
    assert duty(loan, Kind.CONFIRM_RETURN).holder_department == cast.supplies


def test_the_lender_confirms_and_nobody_owes_anything(cast, matter):
    loan = reported(cast, lend(cast, matter))

    with at_moment(world.moment(21)):
        loan = flows.confirm_return(loan_id=loan.pk, by=cast.supplies_clerk)

    assert (loan.state, loan.confirmed_by) == (LoanState.RETURNED, cast.supplies_clerk)
    assert not Obligation.objects.open().of(Loan.SUBJECT, loan.pk).exists()


def test_what_is_not_all_there_is_owed_again_by_the_same_day(cast, matter):
    loan = reported(cast, lend(cast, matter))

    with at_moment(world.moment(21)):
        loan = flows.refuse_return(loan_id=loan.pk, by=cast.supplies_clerk, reason="缺一套裤子。")

    assert (loan.state, loan.returned_on, loan.reported_by) == (LoanState.LENT, None, None)
    assert duty(loan, Kind.CONFIRM_RETURN) is None
    assert duty(loan, Kind.RETURN_LOAN).due_at == world.moment(24, 17, 30)
    assert cast.repair_liaison.notices.filter(dedupe_key__contains="refuse_return").exists()


@pytest.mark.parametrize("who", ["clerk", "repair_head", "officer", "auditor"])
def test_only_the_lender_says_that_it_is_back(cast, matter, who):
    loan = reported(cast, lend(cast, matter))

    for act in (flows.confirm_return, lambda **given: flows.refuse_return(reason="缺一套", **given)):
        with pytest.raises(NotYours):
            act(loan_id=loan.pk, by=getattr(cast, who))

    loan.refresh_from_db()
    assert loan.state == LoanState.REPORTED


def test_nobody_confirms_the_own_report(cast, matter):
    loan = lend(cast, matter)
    with at_moment(world.moment(18, 15)):
        staff.appoint(
            user_id=cast.clerk.pk, department_id=cast.supplies.pk, kind=PostKind.STAFF, by=cast.system_admin
        )
        loan = flows.report_return(loan_id=loan.pk, by=cast.clerk, returned_on=date(2026, 9, 18))

        with pytest.raises(NotYours):
            flows.confirm_return(loan_id=loan.pk, by=cast.clerk)

    loan.refresh_from_db()
    assert loan.state == LoanState.REPORTED


@pytest.mark.parametrize("day", [date(2026, 9, 13), date(2026, 9, 19)])
def test_the_day_of_the_return_lies_between_hand_over_and_today(cast, matter, day):
    loan = lend(cast, matter)

    with pytest.raises(Invalid) as refusal:
        reported(cast, loan, on=day)

    assert set(refusal.value.fields) == {"returned_on"}
    assert duty(loan, Kind.RETURN_LOAN).state == State.OPEN


def test_a_return_is_reported_once_when_two_people_bring_it_at_the_same_time(cast, matter):
    loan = reported(cast, lend(cast, matter))

    with pytest.raises(NotReady):
        reported(cast, loan, by=cast.repair_liaison)

    assert TransitionLog.objects.of_case(matter.pk).filter(verb="report_return").count() == 1


def test_who_has_no_part_in_a_loan_is_told_so_also_when_it_is_back(cast, matter):
    loan = reported(cast, lend(cast, matter))
    flows.confirm_return(loan_id=loan.pk, by=cast.supplies_clerk)

    with pytest.raises(NotYours):
        flows.confirm_return(loan_id=loan.pk, by=cast.auditor)


def test_the_ledger_is_seen_with_its_matter_and_by_nobody_else(cast, matter):
    loan = lend(cast, matter)

    assert list(Loan.objects.visible_to(cast.clerk)) == [loan]
    assert not Loan.objects.visible_to(cast.planning_head).exists()
