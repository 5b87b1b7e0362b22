"""R048: a refusal is reviewed once, in time, and never by the person who refused."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from organization.models import Department, Post, User
from organization.states import PostKind
from requests import flows
from requests.models import CoordinationRequest, RefusalReview
from requests.states import Stage
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import world

WHY = "去年的结论不包括外包人员。"


def ask(cast, matter, *, by=None, reason=WHY, at=None):
    with at_moment(at or world.moment(8)):
        return flows.ask_review(matter_id=matter.pk, by=by or cast.clerk, reason=reason)


def answer(cast, matter, *, overturn, by=None, reason="结论只涉及本公司员工。", at=None):
    with at_moment(at or world.moment(9)):
        return flows.answer_review(matter_id=matter.pk, by=by or cast.chair, overturn=overturn, reason=reason)


def fresh(matter):
    return CoordinationRequest.objects.get(pk=matter.pk)


def successor_of_the_head(cast):
    """The head who refused has left the post, and somebody else holds it."""
    with as_actor(SYSTEM):
        Post.objects.filter(user=cast.office_head, kind=PostKind.OFFICE_HEAD).update(until=date(2026, 9, 7))
        person = User.objects.create(username="next-head", name="江涛")
        Post.objects.create(
            user=person, department=cast.office, kind=PostKind.OFFICE_HEAD, since=date(2026, 9, 7)
        )
    return User.objects.get(pk=person.pk)


def test_r048_a_refusal_opens_a_period_of_five_working_days_that_nobody_owes(cast):
    matter = world.refused(cast)

    window = world.owed(matter, Kind.REVIEW_WINDOW)
    assert (window.holder, window.holder_department) == (None, None)
    assert window.due_at == world.moment(14, 17, 30)
    assert world.told(cast.clerk, "ask once for a review")


def test_r048_asked_for_the_review_is_owed_within_three_working_days_with_the_ladder(cast):
    matter = world.refused(cast)

    ask(cast, matter)

    duty = world.owed(matter, Kind.REVIEW_REFUSAL)
    assert (duty.holder, duty.due_at, duty.ladder) == (cast.chair, world.moment(11, 17, 30), True)
    assert world.owed(matter, Kind.REVIEW_WINDOW) is None
    assert world.told(cast.chair, "review of the refusal")


def test_r048_the_head_of_the_office_reviews_what_another_head_refused(cast):
    matter = world.refused(cast)
    second = successor_of_the_head(cast)

    review = ask(cast, matter)

    assert review.level == "office_head"
    assert world.owed(matter, Kind.REVIEW_REFUSAL).holder == second
    assert answer(cast, matter, overturn=False, by=second).answered_by == second


def test_r048_what_the_head_refused_goes_to_the_leader_in_charge_of_the_office(cast):
    with as_actor(SYSTEM):
        Department.objects.filter(pk=cast.office.pk).update(leader_in_charge=cast.arbiter)
    matter = world.refused(cast)

    review = ask(cast, matter)

    assert (review.level, world.owed(matter, Kind.REVIEW_REFUSAL).holder) == ("leader", cast.arbiter)
    with pytest.raises(NotYours):
        answer(cast, matter, overturn=True, by=cast.chair)


@pytest.mark.parametrize("name", ["office_head", "officer", "clerk", "supplies_head", "auditor"])
def test_r048_neither_who_refused_nor_who_asked_nor_a_stranger_reviews(cast, name):
    matter = world.reviewed(cast)

    with pytest.raises(NotYours):
        answer(cast, matter, overturn=True, by=getattr(cast, name))

    assert fresh(matter).stage == Stage.REJECTED
    assert RefusalReview.objects.get(matter=matter).outcome == ""


def test_r048_the_database_lets_nobody_review_the_own_refusal(cast):
    matter = world.reviewed(cast)

    with pytest.raises(IntegrityError), transaction.atomic(), as_actor(SYSTEM):
        RefusalReview.objects.filter(matter=matter).update(answered_by=cast.office_head)


def test_r048_only_the_applicant_asks_with_a_reason_and_once(cast):
    matter = world.refused(cast)

    with pytest.raises(NotYours):
        ask(cast, matter, by=cast.repair_head)
    with pytest.raises(Invalid):
        ask(cast, matter, reason=" ")
    assert not RefusalReview.objects.exists()
    ask(cast, matter)
    with pytest.raises(NotReady):
        ask(cast, matter)

    assert RefusalReview.objects.count() == 1


def test_r048_after_the_period_no_review_is_asked_for(cast):
    matter = world.refused(cast)

    with pytest.raises(NotReady):
        ask(cast, matter, at=world.moment(15))

    assert not RefusalReview.objects.exists()


def test_r048_the_period_that_has_passed_ends_by_itself(cast):
    matter = world.refused(cast)
    world.lapse(matter, Kind.REVIEW_WINDOW)

    with at_moment(world.moment(15)):
        flows.act_on_lapses(world.moment(15))

    window = Obligation.objects.of(matter.SUBJECT, matter.pk).get(kind=Kind.REVIEW_WINDOW)
    assert window.outcome == "lapsed"


def test_r048_what_was_not_refused_cannot_be_reviewed(cast):
    with pytest.raises(NotReady):
        ask(cast, world.filed(cast))


def test_r048_upheld_with_its_reason_the_refusal_stands(cast):
    matter = world.reviewed(cast)

    with pytest.raises(Invalid):
        answer(cast, matter, overturn=False, reason="")
    review = answer(cast, matter, overturn=False)

    assert (review.outcome, fresh(matter).stage) == ("upheld", Stage.REJECTED)
    assert fresh(matter).ending_reason == "去年已有结论。\n按去年结论办理。"
    assert not Obligation.objects.of_case(matter.pk).open().exists()
    assert world.told(cast.clerk, "upheld")


def test_r048_overturned_the_matter_waits_for_acceptance_and_the_refusal_stays_in_history(cast):
    matter = world.reviewed(cast)

    review = answer(cast, matter, overturn=True)

    matter = fresh(matter)
    assert (matter.stage, matter.ending_reason, matter.ended_at) == (Stage.PROPOSAL, "", None)
    assert world.owed(matter, Kind.ACCEPT).due_at == world.moment(11, 17, 30)
    assert (review.ground, review.refusal) == ("settled", "去年已有结论。\n按去年结论办理。")
    assert TransitionLog.objects.of_case(matter.pk).filter(verb="reject").exists()
    assert world.told(cast.officer, "overturned")


def test_r048_what_was_overturned_is_not_refused_again(cast):
    matter = world.reviewed(cast)
    answer(cast, matter, overturn=True)

    with pytest.raises(NotReady):
        flows.reject(
            matter_id=matter.pk,
            by=cast.office_head,
            ground="settled",
            reason="已有结论。",
            instead="按结论办理。",
        )

    assert fresh(matter).stage == Stage.PROPOSAL


def test_r048_a_review_is_answered_once(cast):
    matter = world.reviewed(cast)
    answer(cast, matter, overturn=False)

    with pytest.raises(NotReady):
        answer(cast, matter, overturn=True)

    assert fresh(matter).stage == Stage.REJECTED


@pytest.mark.django_db(transaction=True)
def test_r048_two_answers_at_once_and_one_counts(cast):
    matter = world.reviewed(cast)

    results = world.both_at_once(
        lambda: answer(cast, matter, overturn=False),
        lambda: answer(cast, matter, overturn=True, by=cast.arbiter),
    )

    assert sorted(type(result).__name__ for result in results) == ["NotReady", "RefusalReview"]


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def test_the_refused_applicant_finds_the_period_and_the_button(cast):
    matter = world.refused(cast)

    with at_moment(world.moment(8)):
        page = as_(cast.clerk).get(f"/requests/{matter.pk}/").content.decode()

    assert f"/requests/{matter.pk}/ask-review/" in page
    assert "可以申请一次复核" in page


def test_the_reviewer_reads_refusal_and_wish_and_answers_on_the_page(cast):
    matter, chair = world.reviewed(cast), as_(cast.chair)

    with at_moment(world.moment(9)):
        page = chair.get(f"/requests/{matter.pk}/review/").content.decode()
        sent = chair.post(f"/requests/{matter.pk}/review/", {"overturn": "yes", "reason": "结论不适用。"})

    assert "去年已有结论。" in page
    assert WHY in page
    assert page.count("btn-primary") == 1
    assert sent.status_code == 302
    assert fresh(matter).stage == Stage.PROPOSAL
