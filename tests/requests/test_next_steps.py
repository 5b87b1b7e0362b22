"""Whose turn it is, and which act ends a duty."""

import pytest

from requests import panels
from requests.duties import step_of_duty
from requests.next_steps import next_steps
from supervision.models import Obligation
from tests.requests import pages_world as world


def main_of(matter, person):
    matter.refresh_from_db()
    step = next_steps(panels.load_case(matter, person), person).main
    return step.key if step else None


def answered_urgently(cast):
    return world.answered(cast, urgency="urgent")


@pytest.mark.parametrize(
    ("make", "turns"),
    [
        (world.filed, {"officer": "accept", "clerk": None, "chair": None, "auditor": None}),
        (world.accepted, {"officer": "prepare", "clerk": None, "supplies_liaison": None}),
        (world.delivered, {"officer": None, "staffing_liaison": None}),
        (
            world.answered,
            {"officer": None, "supplies_liaison": None},
        ),  # the material has not lain there long enough
        (answered_urgently, {"officer": "start_decision", "supplies_liaison": None}),
        (world.deciding, {"officer": "draft_item", "clerk": None}),
        (world.done, {"repair_liaison": "complete", "clerk": None}),
        (world.in_feedback, {"clerk": "confirm", "officer": None}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_at_each_stage_it_is_the_turn_of_the_right_people(monday, cast, make, turns):
    matter = make(cast)

    assert {name: main_of(matter, getattr(cast, name)) for name in turns} == turns


def test_only_the_asked_department_is_asked(monday, cast):
    matter = world.delivered(cast)
    row = matter.participants.get(department=cast.supplies)

    assert main_of(matter, cast.supplies_liaison) == f"opinion{row.pk}"
    assert main_of(matter, cast.supplies_clerk) is None


def test_every_duty_of_a_matter_leads_to_the_page_of_its_act(monday, cast):
    matter = world.delivered(cast)
    row = matter.participants.get(department=cast.supplies)
    duties = Obligation.objects.of_case(matter.pk).open()
    found = {(duty.kind, duty.subject_id): step_of_duty(duty).url for duty in duties}

    assert found["opinion", row.pk] == f"/requests/{matter.pk}/opinions/{row.pk}/"
    assert found["prepare", matter.pk] == f"/requests/{matter.pk}/"
    assert all(found.values())


def test_only_who_may_refuse_is_asked_to_refuse(monday, cast):
    matter = world.filed(cast)

    asked = {
        name: str(
            next_steps(panels.load_case(matter, getattr(cast, name)), getattr(cast, name)).main.sentence
        )
        for name in ("officer", "office_head")
    }

    assert "不予受理" not in asked["officer"]
    assert "不予受理" in asked["office_head"]
