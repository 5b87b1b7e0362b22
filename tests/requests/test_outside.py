"""R018, §5 column EX: whoever a matter is shared with from outside reads what it is about and its decision, no more."""

from types import SimpleNamespace

from archive.models import Dossier
from audit.acting import SYSTEM, as_actor, at_moment
from organization.models import User
from requests import flows
from requests.models import Reader
from tests.kept import kept
from tests.requests import circulation_world as papers
from tests.requests import letters_world as letters
from tests.requests import world

INNER = "只在院内说"
OPEN_TABS = (
    "",
    *(
        f"?tab={tab}"
        for tab in ("opinions", "circulations", "notices", "measures", "letters", "talks", "story")
    ),
)


@kept
def shared(cast) -> SimpleNamespace:
    """A matter in decision with an inner word in everything that hangs on it; somebody from outside may read it."""
    paper = papers.routing(cast, title=f"{INNER}一", text=f"{INNER}二")
    papers.sign(paper, cast.staffing_head, "disagree", f"{INNER}三")
    matter = paper.matter
    with at_moment(world.moment(11)):
        notice = flows.publish_notice(
            matter_id=matter.pk, by=cast.officer, text=f"{INNER}四", departments=[cast.planning], days=3
        )
        flows.object_to_notice(notice_id=notice.pk, by=cast.planning_liaison, reason=f"{INNER}五")
        measure = flows.record_measure(
            matter_id=matter.pk, by=cast.officer, definitive=f"{INNER}六", interim=f"{INNER}七", department=cast.repair,
            ends_on=world.DUE, return_duty=f"{INNER}八",
        )  # fmt: skip
        flows.comment(matter_id=matter.pk, by=cast.clerk, text=f"{INNER}九")
        letter = letters.sent(cast, matter, title=f"{INNER}十", at=world.moment(11))
        with as_actor(SYSTEM):
            observer = User.objects.create(username="observer", name="赵观察", external_unit=cast.unit)
            Reader.objects.create(matter=matter, user=observer, why="observer")
    return SimpleNamespace(
        matter=matter, paper=paper, notice=notice, measure=measure, letter=letter, observer=observer
    )


def pages(given):
    one = f"/requests/{given.matter.pk}/"
    api = f"/api/v1/matters/{given.matter.pk}/"
    return [*(f"{one}{tab}" for tab in OPEN_TABS), api, "/requests/", "/archive/", "/", f"/search/?q={INNER}"]


def closed(given):
    """The pages and addresses behind it, and those of what hangs on it."""
    matter, api = given.matter.pk, f"/api/v1/matters/{given.matter.pk}/"
    return [
        f"/requests/{matter}/print/", f"/circulations/{given.paper.pk}/", f"/notices-of-result/{given.notice.pk}/",
        f"/measures/{given.measure.pk}/end/", f"/letters/{given.letter.pk}/",
        *(f"{api}{part}/" for part in ("circulations", "notices", "measures", "letters", "comments", "changes", "effects")),
        f"/api/v1/circulations/{given.paper.pk}/", f"/meetings/panel/{matter}/", f"/disputes/panel/{matter}/",
    ]  # fmt: skip


def test_r018_whoever_is_from_outside_hears_no_inner_word(cast, client):
    given = shared(cast)
    client.force_login(given.observer)

    answers = {page: client.get(page) for page in pages(given)}

    bodies = {
        page: answer.content.decode().replace(f'{INNER}"', "").replace(f"“{INNER}”", "")
        for page, answer in answers.items()
    }
    assert {page: answer.status_code for page, answer in answers.items() if answer.status_code != 200} == {}
    assert {page for page, body in bodies.items() if INNER in body or "会签" in body} == set()
    assert given.matter.title in bodies[f"/requests/{given.matter.pk}/"]


def test_r018_what_hangs_on_the_matter_does_not_exist_for_them(cast, client):
    given = shared(cast)
    client.force_login(given.observer)

    assert {page: client.get(page).status_code for page in closed(given)} == dict.fromkeys(closed(given), 404)


def test_r018_people_of_the_house_go_on_reading_it(cast, client):
    given = shared(cast)
    client.force_login(cast.officer)

    found = {page: client.get(page).status_code for page in closed(given)}

    assert {page: status for page, status in found.items() if status != 200} == {}


def test_r018_no_dossier_and_no_item_of_others_exists_for_them(cast):
    given = shared(cast)

    with at_moment(world.moment(11)):
        world.draft_item(cast, given.matter)

    assert not given.matter.items.model.objects.visible_to(given.observer).exists()
    assert not Dossier.objects.visible_to(given.observer).exists()
