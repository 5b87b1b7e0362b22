"""R105 (事前沟通、事中协调、事后反馈): the three loops of a case with their tick marks. That the archive waits for the last one, and is
sealed without the surveys only for a reason, is proven in tests/archive/test_seal.py."""

from audit.acting import at_moment
from requests import flows
from requests.loops import loops_of, talked_before
from requests.models import CoordinationRequest
from tests.requests import world


def ticked(matter):
    matter = CoordinationRequest.objects.get(pk=matter.pk)
    return [loop.state for loop in loops_of(matter, talked_before=talked_before(matter))]


def test_each_loop_is_ticked_when_it_is_closed(cast):
    matter = world.filed(cast)
    assert ticked(matter) == ["left out", "to come", "to come"]

    assert ticked(world.executing(cast)) == ["left out", "done", "to come"]

    feedback = world.in_feedback(cast)
    assert ticked(feedback)[2] == "to come"
    with at_moment(world.moment(14, 9)):
        flows.confirm(matter_id=feedback.pk, by=cast.clerk)
    assert ticked(feedback)[2] == "done"


def talk(cast, held_at):
    return {
        "department": cast.supplies, "person_name": "库房值班员", "held_at": held_at, "means": "in_person",
        "our_goal": "领取劳保服3套", "answer": "agreed", "reason": "", "next_step": "",
    }  # fmt: skip


def test_only_a_talk_before_the_filing_closes_the_first_loop(cast):
    matter = world.accepted(cast)
    with at_moment(world.moment(8)):
        flows.record_attempt(matter_id=matter.pk, by=cast.clerk, **talk(cast, world.moment(8)))
        assert ticked(matter)[0] == "left out"

        flows.record_attempt(matter_id=matter.pk, by=cast.clerk, **talk(cast, world.moment(4)))

    assert ticked(matter)[0] == "done"


def test_what_was_refused_has_no_loops_to_close(cast):
    assert ticked(world.refused(cast)) == []


def test_the_page_of_the_matter_shows_them(client, cast):
    matter = world.in_feedback(cast)
    client.force_login(cast.clerk)

    with at_moment(world.moment(14, 9)):
        told = client.get(f"/requests/{matter.pk}/").content.decode()

    for words in ("事前沟通", "事中协调", "事后反馈"):
        assert words in told


def test_the_loops_stand_in_the_api_too(client, cast):
    matter = world.executing(cast)
    client.force_login(cast.clerk)

    shown = client.get(f"/api/v1/matters/{matter.pk}/").json()

    assert shown["loops"] == {"before": "left out", "during": "done", "after": "to come"}
