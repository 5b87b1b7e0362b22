"""Papers that go round, questions, notices and measures as a browser sees them: wide and narrow, light and dark, accessible."""

from audit.acting import SYSTEM, as_actor, at_moment
from requests import flows
from requests.models import Reader
from tests.browser.conftest import enter, visit
from tests.requests import circulation_world as papers
from tests.requests import test_measures, test_public_notice, test_questions, world


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
            "circulation-edit": f"/circulations/{paper.pk}/edit/",
            "circulation-add": f"/circulations/{opined.pk}/add/",
            "circulation-opined": f"/circulations/{opined.pk}/",
            "countersign-answer": f"/circulations/{opined.pk}/signatures/{answered.pk}/answer/",
            "paper-kinds": "/requests/paper-kinds/",
        },
    )
    with as_actor(SYSTEM):
        Reader.objects.create(matter=matter, user=cast.outsider, why="observer")
    enter(page, cast.outsider)
    visit(page, {"matter-shared": f"/requests/{matter.pk}/"})


def test_pages_of_a_question_a_notice_and_a_measure_fit_and_are_accessible(page, monday, cast):
    question = test_questions.undisputed(cast)
    matter = question.matter
    notice = test_public_notice.publish(cast, matter)
    test_public_notice.object_to(cast, notice)
    with at_moment(world.moment(14)):
        measure = test_measures.record(cast, matter)
    paper = papers.draft(cast, matter, question=question)
    flows.start_circulation(circulation_id=paper.pk, by=cast.officer)
    enter(page, cast.office_head)
    visit(
        page,
        {
            "question": f"/requests/{matter.pk}/questions/{question.pk}/",
            "questions-tab": f"/requests/{matter.pk}/?tab=opinions",
            "notices-tab": f"/requests/{matter.pk}/?tab=notices",
            "notice": f"/notices-of-result/{notice.pk}/",
            "notice-new": f"/requests/{matter.pk}/notices/new/",
            "measures-tab": f"/requests/{matter.pk}/?tab=measures",
            "measure-new": f"/requests/{matter.pk}/measures/new/",
            "measure-end": f"/measures/{measure.pk}/end/",
        },
    )
    enter(page, cast.supplies_head)
    row = papers.row(paper, cast.supplies)
    visit(page, {"countersign": f"/circulations/{paper.pk}/signatures/{row.pk}/", "countersign-desk": "/"})
