"""R053: a draft result is shown to departments, each objection is answered, nothing is decided before."""

import pytest

from audit.acting import as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import CoordinationRequest, PublicNotice
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import Kind
from tests.kept import kept
from tests.requests import world


def publish(cast, matter, **changes):
    given = {
        "text": "由物资部采购发放。",
        "departments": [cast.staffing, cast.planning],
        "days": 3,
        **changes,
    }
    return flows.publish_notice(matter_id=matter.pk, by=cast.officer, **given)


@kept
def published(cast) -> PublicNotice:
    """On Thursday 2026-09-10 at 11:00, for three working days: until Tuesday the 15th."""
    matter = world.deciding(cast)
    with at_moment(world.moment(10, 10)):
        world.draft_item(cast, matter, question=matter.questions.get())
    with at_moment(world.moment(10, 11)):
        return publish(cast, matter)


def object_to(cast, notice, reason="合同条款没有着落。", *, by=None, at=None):
    with at_moment(at or world.moment(11)):
        return flows.object_to_notice(notice_id=notice.pk, by=by or cast.planning_liaison, reason=reason)


def end(notice):
    with at_moment(world.moment(16)):
        supervision.tick(now=world.moment(16))
        flows.act_on_lapses(world.moment(16))


def decide(cast, notice):
    return flows.decide_as_office(
        matter_id=notice.matter_id, by=cast.office_head, resolution="由物资部采购发放。"
    )


def test_r053_it_is_shown_for_so_many_working_days_to_the_chosen_departments(cast):
    notice = published(cast)

    window = Obligation.objects.of(PublicNotice.SUBJECT, notice.pk).get(kind=Kind.NOTICE_WINDOW)
    assert (window.due_at, window.holder, window.holder_department) == (world.moment(15, 17, 30), None, None)
    assert CoordinationRequest.objects.visible_to(cast.planning_liaison).filter(pk=notice.matter_id).exists()
    assert world.told(cast.planning_liaison, "draft result")


def test_r053_nothing_is_decided_while_the_period_runs(cast):
    notice = published(cast)

    with pytest.raises(NotReady):
        decide(cast, notice)

    assert CoordinationRequest.objects.get(pk=notice.matter_id).stage == "decision"


def test_r053_the_period_ends_by_its_window_and_without_objection_it_is_decided(cast):
    notice = published(cast)

    end(notice)

    assert PublicNotice.objects.get(pk=notice.pk).ended_at == world.moment(16)
    assert decide(cast, notice).stage == "execution"


def test_r053_each_objection_is_answered_before_the_decision(cast):
    notice = published(cast)
    row = object_to(cast, notice)
    end(notice)
    assert world.owed(row, Kind.OBJECTION_REPLY).holder == cast.officer
    with pytest.raises(NotReady):
        decide(cast, notice)

    flows.answer_objection(
        objection_id=row.pk, by=cast.officer, is_followed=False, answer="合同条款另行修订。"
    )

    assert world.owed(row, Kind.OBJECTION_REPLY) is None
    assert world.told(cast.planning_liaison, "has its answer")
    assert decide(cast, notice).stage == "execution"


def test_r053_an_objection_has_its_reason(cast):
    notice = published(cast)

    with pytest.raises(Invalid):
        object_to(cast, notice, " ")

    assert not notice.objections.exists()


def test_r053_only_departments_that_are_shown_it_object(cast):
    notice = published(cast)

    with pytest.raises(NotYours):
        object_to(cast, notice, by=cast.supplies_liaison)

    assert not notice.objections.exists()


def test_r053_after_the_period_nobody_objects(cast):
    notice = published(cast)
    end(notice)

    with pytest.raises(NotReady):
        object_to(cast, notice, at=world.moment(16, 10))

    assert not notice.objections.exists()


def test_r053_taken_back_it_holds_nothing_up(cast):
    notice = published(cast)
    row = object_to(cast, notice)

    flows.withdraw_notice(notice_id=notice.pk, by=cast.officer, reason="表述有误。")

    assert world.owed(row, Kind.OBJECTION_REPLY) is None
    assert decide(cast, notice).stage == "execution"


def test_r053_the_page_refuses_an_empty_objection_beside_its_field(cast, client):
    notice = published(cast)
    client.force_login(cast.planning_liaison)
    assert client.get(f"/notices-of-result/{notice.pk}/").content.decode().count("btn-primary") == 1

    response = client.post(
        f"/notices-of-result/{notice.pk}/object/", {"department": cast.planning.pk, "reason": ""}
    )

    assert response.status_code == 422
    assert not notice.objections.exists()


def held(cast, notice, *, outcome="agreed"):
    """Minutes settle the only question while the period runs."""
    matter = notice.matter
    with at_moment(world.moment(11, 15)), as_actor(cast.secretary):
        flows.record_outcome(
            question_id=matter.questions.get().pk, by=cast.secretary, outcome=outcome,
            resolution="由物资部采购发放。" if outcome == "agreed" else "",
        )  # fmt: skip
        flows.decide_if_ready(
            matter_id=matter.pk, by=cast.secretary, way="meeting", resolution="由物资部采购发放。",
            document="纪〔2026〕1号", decided_by=cast.chair,
        )  # fmt: skip
    return matter


def test_r053_what_a_meeting_decides_meanwhile_waits_and_its_items_with_it(cast):
    notice = published(cast)

    matter = held(cast, notice)

    matter.refresh_from_db()
    assert (matter.stage, matter.items.get().state) == ("decision", "drafted")
    assert world.told(cast.officer, "waits for the public notice")


def test_r053_it_takes_effect_by_itself_when_the_period_ends_without_objection(cast):
    notice = published(cast)
    matter = held(cast, notice)

    end(notice)

    matter.refresh_from_db()
    assert (matter.stage, matter.decided_by, matter.decision_document) == (
        "execution",
        cast.chair,
        "纪〔2026〕1号",
    )
    assert matter.items.get().state == "issued"


def test_r053_with_an_objection_it_takes_effect_with_the_last_answer(cast):
    notice = published(cast)
    row = object_to(cast, notice)
    matter = held(cast, notice)
    end(notice)
    matter.refresh_from_db()
    assert matter.stage == "decision"

    flows.answer_objection(objection_id=row.pk, by=cast.officer, is_followed=False, answer="另行修订。")

    matter.refresh_from_db()
    assert (matter.stage, matter.decided_by) == ("execution", cast.chair)


def test_r053_what_cannot_take_effect_by_then_is_told_with_its_reason(cast):
    notice = published(cast)
    matter = held(cast, notice, outcome="deferred")

    end(notice)

    matter.refresh_from_db()
    assert matter.stage == "decision"
    assert world.told(cast.officer, "did not take effect")
    told = TransitionLog.objects.of_case(matter.pk).get(verb="leave_decision")
    assert told.params["why"] == {"word": "Some core questions have no outcome yet."}
