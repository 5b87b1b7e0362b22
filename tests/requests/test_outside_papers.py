"""R066: papers from outside and to outside have their line in the register, belong to a matter, and are answered in time."""

from datetime import date

import pytest
import time_machine

from archive.contents import outside_papers as of_dossier
from audit.acting import SYSTEM, as_actor, at_moment
from audit.models import Reading, TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from audit.transitions import why_not
from documents.models import File
from requests import flows
from requests.models import OutsidePaper
from requests.procedure_api import PROCEDURE_VERBS
from requests.resource_api import RESOURCE_VERBS
from requests.visit_api import VISIT_VERBS
from supervision.flows import hand_over
from supervision.states import Kind
from tests.documents.uploads import PDF, upload
from tests.requests import world

MONDAY = world.moment(14, 10)
FRIDAY = date(2026, 9, 18)
LINE = {
    "direction": "in", "sort": "opinions", "unit": "市应急管理局", "their_number": "应急函〔2026〕15号",
    "title": "关于征求劳动防护用品管理办法意见的函", "passed_on": date(2026, 9, 14),
}  # fmt: skip


def register(cast, *, by=None, at=MONDAY, **changes):
    with at_moment(at):
        return flows.register_paper(by=by or cast.officer, **{**LINE, **changes})


def due(cast, **changes):
    return register(cast, reply_due_on=FRIDAY, department=cast.supplies, **changes)


def test_r066_each_direction_has_its_own_numbers(cast):
    numbers = [register(cast, direction=direction).number for direction in ("in", "in", "out")]

    assert numbers == ["收文〔2026〕1号", "收文〔2026〕2号", "发文〔2026〕1号"]


@pytest.mark.parametrize("name", ["clerk", "supplies_head", "auditor", "chair"])
def test_r066_nobody_else_registers_and_no_number_is_lost(cast, name):
    with pytest.raises(NotYours):
        register(cast, by=getattr(cast, name))

    assert register(cast, by=cast.secretary).number == "收文〔2026〕1号"


def test_r066_what_the_line_lacks_stands_beside_its_field(cast):
    with pytest.raises(Invalid) as refused:
        register(cast, unit=" ", title="", dated_on=date(2026, 9, 15), reply_due_on=date(2026, 9, 1))

    assert set(refused.value.fields) == {"unit", "title", "dated_on", "reply_due_on", "department"}
    assert not OutsidePaper.objects.exists()


def test_r066_whoever_sees_to_it_owes_the_answer_by_its_day(cast):
    paper = due(cast, handler=cast.supplies_clerk)

    duty = world.owed(paper, Kind.LETTER_REPLY)
    assert (duty.holder, duty.holder_department) == (cast.supplies_clerk, cast.supplies)
    assert duty.due_at == world.moment(18, 17, 30)
    assert world.told(cast.supplies_clerk, "you see to it")


def test_r066_the_answer_that_goes_out_settles_what_came_in(cast):
    came = due(cast)

    went = register(cast, direction="out", title="复函", answers=came)

    came.refresh_from_db()
    assert (came.how_settled, went.answers_id) == (went.number, came.pk)
    assert world.owed(came, Kind.LETTER_REPLY) is None


def test_r066_a_paper_is_not_answered_in_its_own_direction(cast):
    came = due(cast)

    with pytest.raises(Invalid) as refused:
        register(cast, answers=came)

    assert list(refused.value.fields) == ["answers"]
    assert world.owed(came, Kind.LETTER_REPLY) is not None


def test_r066_without_a_paper_it_is_settled_by_whoever_sees_to_it_in_words(cast):
    paper = due(cast)
    with pytest.raises(NotYours):
        flows.settle_paper(paper_id=paper.pk, by=cast.staffing_head, how="已电话答复。")
    with pytest.raises(Invalid):
        flows.settle_paper(paper_id=paper.pk, by=cast.supplies_liaison, how=" ")

    flows.settle_paper(paper_id=paper.pk, by=cast.supplies_liaison, how="已电话答复。")

    assert world.owed(paper, Kind.LETTER_REPLY) is None
    with pytest.raises(NotReady):
        flows.settle_paper(paper_id=paper.pk, by=cast.supplies_liaison, how="再次。")


def test_r066_linked_to_a_matter_it_stands_among_its_files_and_in_its_dossier(cast, client):
    matter = world.accepted(cast)
    paper = register(cast, papers=[upload("来函.pdf", PDF)])
    flows.link_paper(paper_id=paper.pk, by=cast.officer, matter_id=matter.pk)
    client.force_login(cast.staffing_liaison)

    with time_machine.travel(MONDAY, tick=False):
        page = client.get(f"/requests/{matter.pk}/?tab=files").content.decode()

    assert LINE["title"] in page
    correct(cast, paper, by=cast.officer, unit="省应急管理厅")
    kept = next(of_dossier(matter)).snapshot
    assert "省应急管理厅" in kept["corrections"][0]["what"]
    assert kept["files"][0]["sha256"] == File.objects.of("outside_paper", paper.pk).get().sha256


def test_r066_only_a_matter_that_one_sees_and_that_goes_on_takes_a_paper(cast):
    paper, ended = register(cast), world.filed(cast)
    flows.withdraw(matter_id=ended.pk, by=cast.clerk, reason="不再需要。")
    with pytest.raises(Invalid):
        flows.link_paper(paper_id=paper.pk, by=cast.officer, matter_id=ended.pk)
    with pytest.raises(Invalid):
        flows.link_paper(paper_id=paper.pk, by=cast.secretary, matter_id=world.filed(cast).pk)

    assert OutsidePaper.objects.get().matter is None


def test_r066_struck_out_it_keeps_its_number_and_nobody_owes_anything(cast):
    paper = due(cast)

    flows.strike_paper(paper_id=paper.pk, by=cast.records_admin, reason="重复登记。")

    assert OutsidePaper.objects.get().struck_why == "重复登记。"
    assert world.owed(paper, Kind.LETTER_REPLY) is None
    assert register(cast).number == "收文〔2026〕2号"


def test_r066_what_only_an_answer_registered_by_mistake_settled_is_owed_again(cast):
    came = due(cast, handler=cast.supplies_clerk)
    answers = [register(cast, direction="out", answers=came) for _ in range(2)]

    owed = []
    for went in answers:
        flows.strike_paper(paper_id=went.pk, by=cast.officer, reason="登记有误。")
        owed.append(world.owed(came, Kind.LETTER_REPLY))

    came.refresh_from_db()
    assert (came.is_waiting, came.how_settled, owed[0]) == (True, "", None)
    assert (owed[1].holder, owed[1].due_at) == (cast.supplies_clerk, world.moment(18, 17, 30))
    assert world.told(cast.supplies_clerk, "waits for an answer again")


def test_r066_what_was_settled_in_words_stays_settled_when_an_answer_is_struck_out(cast):
    came = due(cast)
    flows.settle_paper(paper_id=came.pk, by=cast.officer, how="已电话答复。")
    went = register(cast, direction="out", answers=came)

    flows.strike_paper(paper_id=went.pk, by=cast.officer, reason="登记有误。")

    assert world.owed(came, Kind.LETTER_REPLY) is None


@pytest.mark.parametrize("name", ["auditor", "system_admin", "outsider"])
def test_r066_nobody_sees_to_a_paper_who_could_not_settle_it(cast, name):
    with pytest.raises(Invalid) as refused:
        due(cast, handler=getattr(cast, name))

    assert list(refused.value.fields) == ["handler"]
    assert not OutsidePaper.objects.exists()


def test_r066_whoever_the_duty_was_handed_to_reads_the_paper_and_settles_it(cast):
    paper = due(cast, handler=cast.supplies_clerk, confidentiality="confidential")
    assert not OutsidePaper.objects.visible_to(cast.clerk).exists()
    duty = world.owed(paper, Kind.LETTER_REPLY)
    with as_actor(SYSTEM):
        hand_over(obligation_id=duty.pk, holder=cast.clerk)

    assert OutsidePaper.objects.visible_to(cast.clerk).get() == paper
    flows.settle_paper(paper_id=paper.pk, by=cast.clerk, how="已书面答复。")

    assert world.owed(paper, Kind.LETTER_REPLY) is None


@pytest.mark.parametrize("of_matter", [False, True])
def test_r066_each_look_at_a_confidential_paper_is_kept_by_page_download_and_program(cast, client, of_matter):
    matter = world.filed(cast, confidentiality="confidential").pk if of_matter else None
    level = "internal" if of_matter else "confidential"
    files = [upload("来函.pdf", PDF)]
    paper = register(cast, by=cast.office_head, confidentiality=level, matter_id=matter, papers=files)
    scan = File.objects.of("outside_paper", paper.pk).get()
    client.force_login(cast.office_head)

    with time_machine.travel(MONDAY, tick=False):
        for way in (
            "outside-papers/{}/",
            "outside-papers/{}/files/{}/",
            "api/v1/outside-papers/{}/",
            "api/v1/outside-papers/",
        ):
            assert client.get("/" + way.format(paper.pk, scan.pk)).getvalue()

    kept = Reading.objects.filter(filters__detail=paper.number).order_by("pk")
    assert [look.what for look in kept] == ["paper", "file", "api", "api"]
    about = {"matter": str(matter)} if of_matter else {"outside_paper": str(paper.pk)}
    assert all(about.items() <= look.filters.items() for look in kept)


def test_r066_a_reason_too_long_for_its_line_is_refused_by_the_program_as_on_the_page(cast, client):
    paper = register(cast, confidentiality="confidential")
    client.force_login(cast.officer)

    with time_machine.travel(MONDAY, tick=False):
        address = f"/api/v1/outside-papers/{paper.pk}/strike/"
        answer = client.post(address, {"reason": "误" * 301}, content_type="application/json")

    assert (answer.status_code, "reason" in answer.json()["fields"]) == (422, True)
    assert OutsidePaper.objects.get().struck_at is None
    assert Reading.objects.filter(filters__outside_paper=str(paper.pk), what="api").exists()


@pytest.mark.parametrize("verbs", [PROCEDURE_VERBS, RESOURCE_VERBS, VISIT_VERBS])
def test_a_reason_of_withdrawal_that_stands_in_one_line_has_its_length(verbs):
    shape = verbs["withdraw"][0]

    assert shape(data={"reason": "误" * 300}).is_valid()
    assert not shape(data={"reason": "误" * 301}).is_valid()


@pytest.mark.parametrize(
    ("level", "readers"),
    [
        ("internal", {"officer", "secretary", "chair", "auditor", "supplies_head", "office_head"}),
        ("restricted", {"officer", "auditor", "supplies_head", "office_head"}),
        ("confidential", {"officer", "auditor", "supplies_head", "office_head"}),
    ],
)
def test_r066_it_is_read_by_who_sees_to_it_and_who_reads_that_level_for_the_house(cast, level, readers):
    register(cast, confidentiality=level, department=cast.supplies)
    names = ("officer", "office_head", "secretary", "chair", "auditor", "supplies_head", "clerk", "outsider")

    seen = {name for name in names if OutsidePaper.objects.visible_to(getattr(cast, name)).exists()}

    assert seen == readers


def test_r066_the_dossier_is_not_sealed_while_an_answer_is_due(cast):
    matter = world.in_feedback(cast)
    with at_moment(world.moment(22)):
        flows.confirm(matter_id=matter.pk, by=cast.clerk)
    paper = due(cast, matter_id=matter.pk, at=world.moment(22, 10), passed_on=date(2026, 9, 14))
    matter.refresh_from_db()
    assert "收发文" in (why_not(matter.archive) or "")

    flows.settle_paper(paper_id=paper.pk, by=cast.officer, how="已答复。")

    assert why_not(matter.archive) is None


def test_r066_of_a_confidential_matter_only_its_readers_read_the_papers(cast):
    matter = world.filed(cast, confidentiality="confidential")
    register(cast, by=cast.office_head, matter_id=matter.pk)
    names = ("office_head", "auditor", "clerk", "officer", "chair", "secretary", "records_admin")

    seen = {name for name in names if OutsidePaper.objects.visible_to(getattr(cast, name)).exists()}

    assert seen == {"office_head", "auditor", "clerk"}


def correct(cast, paper, *, by=None, **changes):
    with at_moment(world.moment(14, 15)):
        return flows.correct_paper(
            paper_id=paper.pk, by=by or cast.secretary, **{"reason": "登记有误。", **changes}
        )


def test_r066_a_line_written_wrongly_is_put_right_and_tells_what_stood_there(cast):
    paper = due(cast)

    correct(cast, paper, their_number="应急函〔2026〕51号", reply_due_on=date(2026, 9, 17))

    paper.refresh_from_db()
    told = TransitionLog.objects.of("outside_paper", paper.pk).get(verb="correct_paper")
    assert paper.their_number == "应急函〔2026〕51号"
    assert "应急函〔2026〕15号 → 应急函〔2026〕51号" in told.reason
    assert "2026-09-18 → 2026-09-17" in told.reason
    assert told.reason.startswith("登记有误。")


def test_r066_the_duty_follows_the_line_that_was_corrected(cast):
    paper = due(cast)
    correct(cast, paper, reply_due_on=date(2026, 9, 17), department=cast.staffing)
    moved = world.owed(paper, Kind.LETTER_REPLY)
    correct(cast, paper, reply_due_on=None)
    none = world.owed(paper, Kind.LETTER_REPLY)
    correct(cast, paper, reply_due_on=FRIDAY)

    assert (moved.holder_department, moved.due_at) == (cast.staffing, world.moment(17, 17, 30))
    assert none is None
    assert world.owed(paper, Kind.LETTER_REPLY).due_at == world.moment(18, 17, 30)


def test_r066_a_duty_that_a_correction_makes_is_owed_by_who_stands_in_the_line_now(cast):
    paper = due(cast, handler=cast.supplies_clerk)
    correct(cast, paper, reply_due_on=None)
    correct(cast, paper, department=cast.staffing, handler=None)

    correct(cast, paper, reply_due_on=FRIDAY)

    duty = world.owed(paper, Kind.LETTER_REPLY)
    assert (duty.holder, duty.holder_department) == (None, cast.staffing)


def test_r066_once_its_answer_has_left_a_line_stays_as_it_was_answered(cast):
    paper = due(cast)
    register(cast, direction="out", answers=paper)

    with pytest.raises(NotReady):
        correct(cast, paper, unit="省应急管理厅")

    assert OutsidePaper.objects.get(pk=paper.pk).unit == LINE["unit"]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({}, NotReady),
        ({"unit": "省应急管理厅", "reason": " "}, Invalid),
        ({"title": " ", "passed_on": date(2026, 9, 15)}, Invalid),
        ({"direction": "out"}, Invalid),
        ({"confidentiality": "public"}, Invalid),
        ({"confidentiality": "restricted"}, Invalid),
    ],
    ids=["nothing", "no reason", "wrong", "another register", "level lowered", "out of the own sight"],
)
def test_r066_what_is_no_correction_changes_nothing(cast, changes, refusal):
    paper = register(cast, department=cast.supplies)

    with pytest.raises(refusal):
        correct(cast, paper, **changes)

    kept = OutsidePaper.objects.get()
    assert (kept.unit, kept.title, kept.confidentiality) == (LINE["unit"], LINE["title"], "internal")
    assert not TransitionLog.objects.filter(verb="correct_paper").exists()


def test_r066_nobody_but_who_keeps_the_register_corrects_it(cast):
    paper = due(cast)

    with pytest.raises(NotYours):
        correct(cast, paper, by=cast.supplies_head, unit="省应急管理厅")

    assert OutsidePaper.objects.get().unit == LINE["unit"]
