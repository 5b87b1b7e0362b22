"""Papers that go round as a browser sees them: wide and narrow, light and dark, accessible."""

from tests.browser.conftest import enter, visit
from tests.requests import circulation_world as papers


def test_pages_of_a_circulating_paper_fit_and_are_accessible(page, monday, cast):
    opined = papers.both_sign(cast, papers.routing(cast), staffing="conditions")
    matter = opined.matter
    paper = papers.draft(cast, matter, in_series=True)
    enter(page, cast.officer)
    answered = papers.row(opined, cast.staffing)
    visit(
        page,
        {
            "circulations-tab": f"/requests/{matter.pk}/?tab=circulations",
            "circulation-new": f"/requests/{matter.pk}/circulations/new/",
            "circulation-draft": f"/circulations/{paper.pk}/",
            "circulation-opined": f"/circulations/{opined.pk}/",
            "circulation-text": f"/circulations/{opined.pk}/text/",
            "countersign-answer": f"/circulations/{opined.pk}/signatures/{answered.pk}/answer/",
            "paper-kinds": "/requests/paper-kinds/",
        },
    )
