"""Folder, digest, papers in and out, process documents as a browser sees them: wide and narrow, light and dark, accessible."""

from datetime import date

import pytest

from audit.acting import at_moment
from requests import flows
from tests.browser.conftest import enter, visit
from tests.documents.uploads import PDF, upload
from tests.requests import test_digest as digests
from tests.requests import test_outside_papers as papers
from tests.requests import test_procedures as procedures
from tests.requests import world


@pytest.fixture
def office(monday, cast):
    matter = world.deciding(cast, staffing="disagree")
    with at_moment(world.moment(10, 11)):
        for content in (PDF, PDF + b"%2"):
            flows.attach_papers(matter_id=matter.pk, by=cast.clerk, uploads=[upload("现场说明.pdf", content)])
    digests.write(cast, matter)
    paper = papers.due(
        cast, matter_id=matter.pk, handler=cast.supplies_clerk, papers=[upload("来函.pdf", PDF)],
        at=world.moment(14, 8), dated_on=date(2026, 9, 10), note="请物资部提出意见。",
    )  # fmt: skip
    with at_moment(world.moment(14, 8)):
        procedure = flows.publish_procedure(by=cast.office_head, **procedures.document(cast))
    return matter, paper, procedure


def test_pages_of_papers_fit_and_are_accessible(page, cast, office):
    matter, paper, procedure = office
    enter(page, cast.officer)
    visit(
        page,
        {
            "folder": f"/requests/{matter.pk}/?tab=files",
            "digest": f"/requests/{matter.pk}/digest/",
            "digest-write": f"/requests/{matter.pk}/digest/write/",
            "outside-papers": "/outside-papers/",
            "outside-paper": f"/outside-papers/{paper.pk}/",
            "outside-paper-new": "/outside-papers/new/",
            "procedures": "/procedures/",
            "notices-subscription": "/notices/subscription/",
        },
    )
    enter(page, cast.supplies_liaison)
    visit(page, {"procedure": f"/procedures/{procedure.pk}/"})
