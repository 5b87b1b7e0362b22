"""R062, §3.5: a paper goes round, its text is locked under the signatures, silence means what its kind says."""

import pytest

from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import TransitionLog
from audit.refusals import Conflict, Invalid, NotReady, NotYours
from organization.models import Department
from requests import flows
from requests.models import Circulation, CoordinationRequest
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import circulation_world as papers
from tests.requests import world


def change(paper, *, is_editorial=False, version=None, at=None, text="物资部采购四套同款劳保服。"):
    with at_moment(at or world.moment(11, 15)):
        return flows.change_text(
            circulation_id=paper.pk, by=paper.drafted_by, text=text, note="数量由三套改为四套。",
            is_editorial=is_editorial, version=version,
        )  # fmt: skip


def silent_until(paper, department, moment):
    world.lapse(papers.row(paper, department), Kind.COUNTERSIGN)
    with at_moment(moment):
        flows.act_on_lapses(moment)


def test_s35_all_departments_are_asked_at_once_within_three_working_days(cast):
    paper = papers.routing(cast)

    duties = [world.owed(row, Kind.COUNTERSIGN) for row in paper.countersigns.current()]

    assert [duty.due_at for duty in duties] == [world.moment(15, 17, 30)] * 2
    assert world.told(cast.supplies_head, "waits for your signature")


def test_s35_by_choice_one_signs_after_the_other(cast):
    paper = papers.routing(cast, in_series=True)
    with pytest.raises(NotReady):
        papers.sign(paper, cast.staffing_head)

    papers.sign(paper, cast.supplies_head)

    assert world.owed(papers.row(paper, cast.staffing), Kind.COUNTERSIGN) is not None
    assert papers.sign(paper, cast.staffing_head).opinion == "agree"


@pytest.mark.parametrize(
    "touched",
    [{"of": "协调方案"}, {"touches_money": True}, {"touches_duty": True}, {"touches_personal_data": True}],
    ids=str,
)
def test_s35_silence_is_never_made_consent_where_money_duty_or_personal_data_is_touched(cast, touched):
    matter = world.deciding(cast)

    with pytest.raises(Invalid) as refusal:
        papers.draft(cast, matter, **{"of": "日常通知", "silence": "deemed", **touched})

    assert set(refusal.value.fields) == {"silence"}
    assert not Circulation.objects.exists()


def test_s35_routine_silence_counts_as_no_objection(cast):
    paper = papers.routine(cast)
    papers.sign(paper, cast.supplies_head)

    silent_until(paper, cast.staffing, world.moment(16))

    row = papers.row(paper, cast.staffing)
    assert (row.opinion, row.is_deemed, row.state) == ("no_comment", True, "opined")
    assert papers.now(paper).state == "consolidating"


def test_peers_5_an_automatic_act_is_signed_by_the_system_never_by_a_person(cast):
    paper = papers.routine(cast)

    silent_until(paper, cast.staffing, world.moment(16))

    told = TransitionLog.objects.get(verb="deem_countersign")
    assert told.actor_name == "系统"
    assert papers.row(paper, cast.staffing).signed_by is None


def test_s35_silence_asks_the_head_for_one_working_day_more_and_climbs_the_ladder(cast):
    paper = papers.routing(cast)

    silent_until(paper, cast.staffing, world.moment(16))
    silent_until(paper, cast.staffing, world.moment(16, 10))

    duty = world.owed(papers.row(paper, cast.staffing), Kind.COUNTERSIGN)
    assert (duty.holder, duty.due_at, duty.ladder) == (cast.staffing_head, world.moment(17, 17, 30), True)
    assert not papers.row(paper, cast.staffing).is_signed


def test_peers_6_the_day_more_is_a_working_day(cast):
    paper = papers.routing(cast)

    silent_until(paper, cast.staffing, world.moment(18))

    duty = world.owed(papers.row(paper, cast.staffing), Kind.COUNTERSIGN)
    # Saturday is off; Sunday the 20th is worked in 2026, before the holidays.
    assert duty.due_at == world.moment(20, 17, 30)


def test_s35_what_came_to_touch_money_meanwhile_is_not_deemed(cast):
    paper = papers.routine(cast)
    with as_actor(SYSTEM):
        CoordinationRequest.objects.filter(pk=paper.matter_id).update(amount=1350)

    silent_until(paper, cast.staffing, world.moment(16))

    assert not papers.row(paper, cast.staffing).is_signed


def test_s35_who_objected_to_the_version_before_is_never_deemed_to_agree(cast):
    paper = papers.routine(cast)
    papers.sign(paper, cast.staffing_head, "disagree", "岗位不符。")
    change(paper)

    silent_until(paper, cast.staffing, world.moment(17))

    assert not papers.row(paper, cast.staffing).is_signed


def test_peers_1_the_timer_of_a_paper_pulled_back_and_sent_again_is_the_new_one(cast):
    paper = papers.routine(cast)
    old = world.owed(papers.row(paper, cast.staffing), Kind.COUNTERSIGN)
    with at_moment(world.moment(14)):
        flows.pull_back(circulation_id=paper.pk, by=cast.officer, reason="补充附件。")
        flows.start_circulation(circulation_id=paper.pk, by=cast.officer)

    with at_moment(world.moment(16)):
        supervision.tick(now=world.moment(16))
        flows.act_on_lapses(world.moment(16))

    assert Obligation.objects.get(pk=old.pk).state == "cancelled"
    assert not papers.row(paper, cast.staffing).is_deemed
    assert world.owed(papers.row(paper, cast.staffing), Kind.COUNTERSIGN).due_at == world.moment(17, 17, 30)


def test_peers_10_sent_again_only_who_has_not_signed_is_asked(cast):
    paper = papers.routing(cast)
    papers.sign(paper, cast.supplies_head)
    told = cast.supplies_head.notices.count()
    with at_moment(world.moment(14)):
        flows.pull_back(circulation_id=paper.pk, by=cast.officer, reason="补充附件。")
        flows.start_circulation(circulation_id=paper.pk, by=cast.officer)

    assert papers.row(paper, cast.supplies).is_signed
    assert cast.supplies_head.notices.count() == told
    assert world.owed(papers.row(paper, cast.staffing), Kind.COUNTERSIGN) is not None


def test_peers_2_one_disagreement_does_not_end_the_round(cast):
    paper = papers.routing(cast)

    papers.sign(paper, cast.supplies_head, "disagree", "预算未列。")

    assert papers.now(paper).state == "routing"
    assert papers.sign(paper, cast.staffing_head).opinion == "agree"


def test_peers_3_who_signed_early_still_sees_the_paper_and_may_change_the_opinion(cast):
    paper = papers.routing(cast)
    papers.sign(paper, cast.supplies_head)

    assert Circulation.objects.visible_to(cast.supplies_head).filter(pk=paper.pk).exists()
    assert papers.sign(paper, cast.supplies_head, "disagree", "预算未列。").opinion == "disagree"


def test_peers_4_a_signature_on_the_first_version_never_counts_for_the_second(cast):
    paper = papers.routing(cast)
    papers.both_sign(cast, paper)

    change(paper)

    assert papers.now(paper).state == "routing"
    assert [row.is_signed for row in paper.countersigns.current()] == [False, False]
    assert set(paper.countersigns.filter(is_current=False).values_list("version", "opinion")) == {
        (1, "agree")
    }
    with pytest.raises(NotReady):
        flows.sign_off(circulation_id=paper.pk, by=cast.office_head)


def test_r062_an_editorial_change_leaves_the_signatures_and_says_who_marked_it(cast):
    paper = papers.routing(cast)
    papers.sign(paper, cast.supplies_head)

    change(paper, is_editorial=True)

    assert papers.row(paper, cast.supplies).is_signed
    written = paper.texts.get(version=2)
    assert (written.is_editorial, written.written_by) == (True, cast.officer)
    assert world.told(cast.supplies_liaison, "editorial change")


def test_r062_nobody_signs_a_text_that_was_not_on_their_page(cast):
    paper = papers.routing(cast)
    change(paper)

    with pytest.raises(Conflict):
        papers.sign(paper, cast.supplies_head, version=1, at=world.moment(14))

    assert not papers.row(paper, cast.supplies).is_signed


def test_peers_12_the_second_of_two_who_change_the_text_is_told(cast):
    paper = papers.routing(cast)
    change(paper, version=1)

    with pytest.raises(Conflict):
        change(paper, version=1, text="物资部采购五套。")

    assert "四套" in papers.now(paper).text


@pytest.mark.parametrize("opinion", ["conditions", "disagree", "not_ours"])
def test_s35_an_objection_has_its_reason(cast, opinion):
    paper = papers.routing(cast)

    with pytest.raises(Invalid) as refusal:
        papers.sign(paper, cast.supplies_head, opinion, " ", proposed_department=cast.planning)

    assert set(refusal.value.fields) == {"reason"}
    assert not papers.row(paper, cast.supplies).is_signed


def test_s5_the_liaison_drafts_and_the_head_signs(cast):
    paper = papers.routing(cast)
    with pytest.raises(NotYours):
        papers.sign(paper, cast.supplies_liaison)

    flows.draft_countersign(
        countersign_id=papers.row(paper, cast.supplies).pk, by=cast.supplies_liaison, opinion="conditions", reason="先列预算。"
    )  # fmt: skip

    row = papers.row(paper, cast.supplies)
    assert (row.is_signed, row.opinion, row.drafted_by) == (False, "conditions", cast.supplies_liaison)
    assert world.owed(row, Kind.COUNTERSIGN).holder == cast.supplies_head


def test_peers_8_a_signature_passed_on_counts_for_the_head_who_is_absent(cast):
    paper = papers.routing(cast)
    row = papers.row(paper, cast.supplies)
    flows.transfer_countersign(countersign_id=row.pk, by=cast.supplies_head, person=cast.supplies_clerk)

    papers.sign(paper, cast.supplies_clerk)

    row = papers.row(paper, cast.supplies)
    assert (row.signed_by, row.on_behalf_of) == (cast.supplies_clerk, cast.supplies_head)
    assert world.told(cast.supplies_clerk, "waits for your signature")


def test_s35_the_signature_stays_inside_the_own_department(cast):
    row = papers.row(papers.routing(cast), cast.supplies)

    for passed in (flows.transfer_countersign, flows.add_signer):
        with pytest.raises(Invalid):
            passed(countersign_id=row.pk, by=cast.supplies_head, person=cast.planning_head)

    assert row.circulation.countersigns.filter(person__isnull=False).count() == 0


def test_s35_an_added_signer_is_waited_for_beside_the_department(cast):
    paper = papers.routing(cast)
    row = papers.row(paper, cast.supplies)
    flows.add_signer(countersign_id=row.pk, by=cast.supplies_head, person=cast.supplies_clerk)
    papers.both_sign(cast, paper)
    assert papers.now(paper).state == "routing"

    added = paper.countersigns.current().get(person=cast.supplies_clerk)
    flows.countersign(countersign_id=added.pk, by=cast.supplies_clerk, opinion="agree")

    assert papers.now(paper).state == "consolidating"


def test_edge_12_who_speaks_for_two_departments_signs_twice_and_both_are_shown(cast):
    paper = papers.routing(cast)
    row = papers.row(paper, cast.staffing)
    with as_actor(SYSTEM):
        cast.staffing_head.posts.update(user=cast.supplies_head)
    head = type(cast.supplies_head).objects.get(pk=cast.supplies_head.pk)

    papers.sign(paper, head, department=cast.supplies)
    assert not papers.row(paper, cast.staffing).is_signed
    papers.sign(paper, head, "disagree", "岗位不符。", department=cast.staffing)

    assert papers.row(paper, cast.supplies).opinion == "agree"
    assert papers.row(paper, cast.staffing).pk == row.pk


def test_s35_not_our_duty_is_ruled_by_the_office_within_a_working_day(cast):
    paper = papers.routing(cast)

    row = papers.sign(
        paper, cast.staffing_head, "not_ours", "职责清单第3条。", proposed_department=cast.planning
    )

    duty = world.owed(row, Kind.DUTY_RULING)
    assert (duty.holder_department, duty.due_at) == (cast.office, world.moment(14, 17, 30))
    papers.sign(paper, cast.supplies_head)
    assert papers.now(paper).state == "routing"


def test_r100_upheld_it_is_passed_on_counted_and_the_right_department_signs(cast):
    paper = papers.routing(cast)
    row = papers.sign(
        paper, cast.staffing_head, "not_ours", "职责清单第3条。", proposed_department=cast.planning
    )

    flows.rule_duty(countersign_id=row.pk, by=cast.officer, uphold=True, reason="属合同管理。")

    handover = paper.matter.handovers.get()
    assert (handover.from_department, handover.to_department) == (cast.staffing, cast.planning)
    assert world.owed(papers.row(paper, cast.planning), Kind.COUNTERSIGN) is not None
    assert not paper.countersigns.current().filter(department=cast.staffing).exists()


def test_s35_ruled_to_be_its_duty_the_department_is_asked_again_and_bound(cast):
    paper = papers.routing(cast)
    row = papers.sign(
        paper, cast.staffing_head, "not_ours", "职责清单第3条。", proposed_department=cast.planning
    )
    flows.rule_duty(countersign_id=row.pk, by=cast.officer, uphold=False, reason="职责清单第5条。")

    with pytest.raises(Invalid):
        papers.sign(paper, cast.staffing_head, "not_ours", "不归我部。", proposed_department=cast.planning)

    assert paper.matter.handovers.count() == 0
    assert papers.sign(paper, cast.staffing_head).opinion == "agree"


def test_q20_while_the_matter_is_suspended_nobody_signs_and_no_clock_runs(cast):
    paper = papers.routing(cast)
    with at_moment(world.moment(11)):
        flows.suspend(
            matter_id=paper.matter_id, by=cast.office_head, reason="等待外部单位答复。", until=world.moment(25).date(),
            interim_measure="先借用三套。",
        )  # fmt: skip

    with pytest.raises(NotReady):
        papers.sign(paper, cast.supplies_head)

    row = papers.row(paper, cast.supplies)
    assert world.owed(row, Kind.COUNTERSIGN).state == "suspended"
    assert not row.is_signed


def test_r062_a_department_is_asked_in_the_midst_of_the_round_and_waited_for(cast):
    paper = papers.both_sign(cast, papers.routing(cast))
    assert world.owed(paper, Kind.APPROVE_OFFICE)

    flows.add_department(circulation_id=paper.pk, by=cast.officer, department=cast.planning)

    assert papers.now(paper).state == "routing"
    assert world.owed(papers.row(paper, cast.planning), Kind.COUNTERSIGN).holder_department == cast.planning
    assert world.owed(paper, Kind.APPROVE_OFFICE) is None


def test_r062_in_a_row_the_department_that_is_added_signs_last(cast):
    paper = papers.routing(cast, in_series=True)

    flows.add_department(circulation_id=paper.pk, by=cast.officer, department=cast.planning)

    added = papers.row(paper, cast.planning)
    assert (added.place, added.asked_at) == (3, None)


def test_r062_nobody_is_added_twice(cast):
    paper = papers.routing(cast)

    with pytest.raises(Invalid):
        flows.add_department(circulation_id=paper.pk, by=cast.officer, department=cast.staffing)

    assert paper.countersigns.count() == 2


def test_edge_23_forty_departments_are_each_asked_once_and_their_silence_ends_the_round(cast):
    """Domain §9, 23: a paper of routine goes to forty departments, nobody of them answers."""
    with as_actor(SYSTEM):
        many = Department.objects.bulk_create(
            Department(code=f"D{n}", name=f"第{n}科", parent=cast.company, order=100 + n) for n in range(40)
        )
    matter = world.deciding(cast)
    with at_moment(world.moment(10, 11)):
        paper = flows.draft_circulation(
            matter_id=matter.pk, by=cast.officer, kind=papers.kind("日常通知"), departments=many, **papers.PAPER,
            silence="deemed",
        )  # fmt: skip
        flows.start_circulation(circulation_id=paper.pk, by=cast.officer)
    owed = Obligation.objects.of_case(matter.pk).open().filter(kind=Kind.COUNTERSIGN)
    assert owed.values("holder_department").distinct().count() == owed.count() == 40

    with at_moment(world.moment(16)):
        supervision.tick(now=world.moment(16))
        flows.act_on_lapses(world.moment(16))

    assert papers.now(paper).state == "consolidating"
    assert paper.countersigns.filter(is_deemed=True).count() == 40
