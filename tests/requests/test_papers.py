"""The folder of a matter (R070), and papers taken back: only while nobody has relied on them."""

import pytest

from audit.acting import at_moment
from audit.refusals import NotReady, NotYours
from documents.models import File
from requests import flows
from tests.documents.uploads import PDF, upload
from tests.requests import world


def attach(cast, matter):
    flows.attach_papers(matter_id=matter.pk, by=cast.clerk, uploads=[upload("说明.pdf", PDF)])
    return File.objects.of("matter", matter.pk).get()


def evidence(cast, item):
    with at_moment(world.moment(14)):
        flows.attach_evidence(item_id=item.pk, by=cast.supplies_clerk, evidence=[upload("签领表.pdf", PDF)])
    return File.objects.of("item", item.pk).get()


def is_kept(paper):
    return File.objects.kept().filter(pk=paper.pk).exists()


def test_r070_the_folder_keeps_every_version_with_who_brought_it_and_marks_the_latest(cast, client):
    matter = world.deciding(cast)
    for content in (PDF, PDF + b"%2"):
        flows.attach_papers(matter_id=matter.pk, by=cast.clerk, uploads=[upload("说明.pdf", content)])
    client.force_login(cast.staffing_liaison)

    first, latest = File.objects.of_case(matter.pk).order_by("version")
    page = client.get(f"/requests/{matter.pk}/?tab=files").content.decode()

    assert page.count("第2版，最新") == 1
    assert "1个较早的版本" in page
    for version in (first, latest):
        assert f"/requests/{matter.pk}/files/{version.pk}/" in page
        assert f"SHA-256 {version.sha256}" in page
    assert page.count(cast.clerk.name) >= 2


def test_r070_who_does_not_see_the_matter_sees_no_folder(cast, client):
    matter = world.deciding(cast)
    paper = attach(cast, matter)
    client.force_login(cast.planning_liaison)

    answers = [
        client.get(f"/requests/{matter.pk}/{page}").status_code
        for page in ("?tab=files", f"files/{paper.pk}/")
    ]

    assert answers == [404, 404]


def test_a_paper_of_the_matter_is_taken_back_until_the_decision(cast):
    paper = attach(cast, world.deciding(cast))

    flows.remove_paper(file_id=paper.pk, by=cast.clerk)

    assert not is_kept(paper)


@pytest.mark.parametrize("make", [world.executing, world.in_feedback])
def test_a_paper_of_a_decided_matter_stays(cast, make):
    paper = attach(cast, make(cast))

    with pytest.raises(NotReady):
        flows.remove_paper(file_id=paper.pk, by=cast.clerk)

    assert is_kept(paper)


def test_who_did_not_bring_it_is_refused_before_its_state_is_told(cast):
    paper = attach(cast, world.executing(cast))

    with pytest.raises(NotYours):
        flows.remove_paper(file_id=paper.pk, by=cast.auditor)


def test_a_paper_of_a_withdrawn_matter_stays(cast):
    matter = world.filed(cast)
    paper = attach(cast, matter)
    flows.withdraw(matter_id=matter.pk, by=cast.clerk, reason="不再需要。")

    with pytest.raises(NotReady):
        flows.remove_paper(file_id=paper.pk, by=cast.clerk)

    assert is_kept(paper)


def test_evidence_is_taken_back_before_the_item_is_reported_done(cast):
    paper = evidence(cast, world.started(cast))

    with pytest.raises(NotYours):
        flows.remove_paper(file_id=paper.pk, by=cast.supplies_liaison)
    assert is_kept(paper)

    flows.remove_paper(file_id=paper.pk, by=cast.supplies_clerk)
    assert not is_kept(paper)


@pytest.mark.parametrize("verb", ["nothing", "close", "send_back"])
def test_evidence_of_an_item_that_was_reported_done_stays_whatever_follows(cast, verb):
    item = world.started(cast)
    paper = evidence(cast, item)
    with at_moment(world.moment(14, 10)):
        flows.submit_item(
            item_id=item.pk, by=cast.supplies_clerk, result="三人已签领。", evidence_note=world.SEEN
        )
        if verb == "close":
            flows.close_item(item_id=item.pk, by=cast.officer)
        if verb == "send_back":
            flows.send_back(item_id=item.pk, by=cast.officer, defects="少一套", due_on=world.DUE)

    with pytest.raises(NotReady):
        flows.remove_paper(file_id=paper.pk, by=cast.supplies_clerk)

    assert is_kept(paper)
