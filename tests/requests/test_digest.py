"""R067: one page for the leaders on each matter: question, positions, options, recommendation; made from it, then worded."""

from io import BytesIO

import pytest
import time_machine
from pypdf import PdfReader

from archive.contents import digest as of_dossier
from audit.acting import at_moment
from audit.refusals import Conflict, Invalid, NotReady, NotYours
from requests import digest_print, flows
from requests.digest_text import LONGEST, MOST_LINES, made_from
from requests.flows.digests import leaders_of, seen_of
from requests.models import CoordinationRequest, Digest
from requests.states import Opinion
from tests.requests import world

THURSDAY = world.moment(10, 11)
WORDS = {
    "question": "3名外包管焊工的劳保服由谁采购？",
    "positions": "物资部：同意。",
    "options": "方案1：由物资部采购。",
    "recommendation": "建议采用方案1。",
}


def write(cast, matter, *, by=None, **changes):
    with at_moment(THURSDAY):
        return flows.write_digest(matter_id=matter.pk, by=by or cast.officer, **{**WORDS, **changes})


def present(cast, matter, *leaders, by=None):
    with at_moment(THURSDAY):
        return flows.present_digest(matter_id=matter.pk, by=by or cast.officer, leaders=leaders)


def test_r067_it_is_made_from_what_the_matter_says(cast):
    matter = world.deciding(cast, staffing=Opinion.DISAGREE)

    parts = made_from(CoordinationRequest.objects.get(pk=matter.pk))

    assert "1. 三人的劳保服由谁采购发放？" in parts["question"]
    assert "人力资源部：不同意，专项资金仅用于公司员工。" in parts["positions"]
    assert "（人力资源部）" in parts["options"]
    assert "人力资源部有不同意见" in parts["recommendation"]


def test_r067_a_department_that_is_silent_is_named(cast):
    parts = made_from(world.prepared(cast))

    assert "尚未表态：物资部、人力资源部" in parts["positions"]
    assert parts["recommendation"].startswith("待物资部、人力资源部表态后")


def test_r067_the_office_words_it_and_the_dossier_keeps_it(cast):
    matter = world.deciding(cast)

    write(cast, matter)

    assert Digest.objects.get().recommendation == "建议采用方案1。"
    assert next(of_dossier(matter)).snapshot["question"] == WORDS["question"]


@pytest.mark.parametrize("name", ["clerk", "supplies_head", "chair", "auditor", "secretary"])
def test_r067_nobody_else_words_it(cast, name):
    matter = world.deciding(cast)

    with pytest.raises(NotYours):
        write(cast, matter, by=getattr(cast, name))

    assert not Digest.objects.exists()


def test_r067_what_is_missing_or_longer_than_its_place_on_the_page_is_named(cast):
    short_lines = "是。\n" * (MOST_LINES["positions"] + 1)
    with pytest.raises(Invalid) as refused:
        write(
            cast,
            world.deciding(cast),
            options=" ",
            question="长" * (LONGEST["question"] + 1),
            positions=short_lines,
        )

    assert set(refused.value.fields) == {"options", "question", "positions"}
    assert not Digest.objects.exists()


def test_r067_whoever_saves_second_is_told_who_was_first(cast):
    matter = world.deciding(cast)
    write(cast, matter)

    with pytest.raises(Conflict, match=cast.officer.name):
        write(cast, matter, by=cast.office_head, question="另一句。", seen=seen_of(None))

    assert Digest.objects.get().question == WORDS["question"]


def test_r067_it_is_laid_before_leaders_who_decide_on_the_matter(cast):
    matter = world.deciding(cast)
    with pytest.raises(NotReady):
        present(cast, matter, cast.chair)
    write(cast, matter)

    present(cast, matter, cast.chair)

    assert list(Digest.objects.get().presented_to.all()) == [cast.chair]
    assert world.told(cast.chair, "lies before you")
    assert cast.clerk not in leaders_of(matter)


def test_r067_it_is_not_laid_before_somebody_who_does_not_decide(cast):
    matter = world.deciding(cast)
    write(cast, matter)

    with pytest.raises(Invalid):
        present(cast, matter, cast.planning_head)

    assert not Digest.objects.get().presented_to.exists()
    assert not world.told(cast.planning_head, "lies before you")


def test_r067_worded_anew_whoever_has_it_hears_of_it(cast):
    matter = world.deciding(cast)
    write(cast, matter)
    present(cast, matter, cast.chair)

    write(cast, matter, recommendation="建议开会议定。")

    assert world.told(cast.chair, "worded anew")


def test_r067_after_the_end_it_stays_as_it_was(cast):
    matter = world.filed(cast)
    flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="不再需要。")

    with pytest.raises(NotReady):
        write(cast, matter)


@pytest.mark.parametrize("full", [None, LONGEST, MOST_LINES])
def test_r067_full_to_the_last_character_and_line_it_is_one_page(cast, full):
    matter = world.deciding(cast)
    if full:
        unit = "协" if full is LONGEST else "协调。\n"
        write(cast, matter, **{name: unit * most for name, most in full.items()})

    paper = digest_print.as_pdf(matter, Digest.objects.first())

    pages = PdfReader(BytesIO(paper)).pages
    assert len(pages) == 1
    assert "综合材料" in pages[0].extract_text()


def test_r067_leaders_read_it_before_and_participants_once_it_is_worded(cast, client):
    matter = world.deciding(cast)
    seen = {}
    for moment in ("before", "after"):
        for name in ("chair", "staffing_liaison", "planning_liaison"):
            client.force_login(getattr(cast, name))
            with time_machine.travel(THURSDAY, tick=False):
                page = client.get(f"/requests/{matter.pk}/digest/")
            seen[moment, name] = page.status_code == 200 and "四、建议" in page.content.decode()
        write(cast, matter)

    assert [pair for pair, reads in seen.items() if reads] == [
        ("before", "chair"), ("after", "chair"), ("after", "staffing_liaison"),
    ]  # fmt: skip


def test_r067_the_page_says_when_the_matter_has_moved_on(cast, client):
    matter = world.prepared(cast)
    write(cast, matter)
    row = matter.participants.get(department=cast.staffing)
    flows.give_opinion(participant_id=row.pk, by=cast.staffing_head, opinion="agree")
    client.force_login(cast.officer)

    page = client.get(f"/requests/{matter.pk}/digest/").content.decode()

    assert "撰写之后，事项内容有变化" in page
