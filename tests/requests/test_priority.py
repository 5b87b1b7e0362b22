"""R030: the priority follows from five marks by a shown formula; another one keeps both values and its reason."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.acting import at_moment
from audit.refusals import Invalid
from requests import flows, priority
from requests.flows.conditions import all_met
from requests.states import Stage
from tests.requests import world

MARK = st.integers(1, 5)


def accept(cast, matter, **changes):
    with at_moment(world.moment(7, 14)):
        return flows.accept(
            matter_id=matter.pk, by=cast.officer, lead_department=cast.supplies, co_departments=[cast.staffing],
            conditions=all_met(), **{**world.ASSESSMENT, **changes},
        )  # fmt: skip


def test_r030_urgency_and_breadth_are_read_off_the_form(cast):
    matter = accept(cast, world.filed(cast, urgency="urgent"), complexity=2, risk=4, resource_limits=1)

    assert matter.priority_marks == {
        "urgency": 3, "complexity": 2, "breadth": 2, "risk": 4, "resource_limits": 1,
    }  # fmt: skip
    assert (matter.priority_score, matter.priority) == (Decimal("2.7"), 3)


@given(
    urgency=st.sampled_from(["normal", "urgent", "extra"]),
    departments=st.integers(1, 40),
    marks=st.tuples(MARK, MARK, MARK),
)
def test_r030_the_score_stays_between_one_and_five_and_grows_with_each_mark(urgency, departments, marks):
    judged = dict(zip(priority.JUDGED, marks, strict=True))
    found = priority.marks_of(urgency=urgency, departments=departments, judged=judged)

    assert sum(priority.WEIGHTS.values()) == 100
    assert 1 <= priority.mark_of(priority.score_of(found)) <= 5
    for name in (name for name in found if found[name] < 5):
        assert priority.score_of({**found, name: found[name] + 1}) > priority.score_of(found)


def test_r030_another_priority_keeps_both_values_and_the_reason(cast):
    matter = accept(cast, world.filed(cast), priority=5, priority_reason="检修开工在即。")

    assert (matter.priority, matter.priority_reason) == (5, "检修开工在即。")
    assert priority.mark_of(matter.priority_score) == 3


def test_r030_another_priority_without_its_reason_is_refused(cast):
    matter = world.filed(cast)

    with pytest.raises(Invalid) as refused:
        accept(cast, matter, priority=5)

    assert list(refused.value.fields) == ["priority_reason"]
    matter.refresh_from_db()
    assert (matter.stage, matter.priority, matter.priority_score) == (Stage.PROPOSAL, None, None)


def test_r030_the_page_shows_the_formula(cast, client, monday):
    client.force_login(cast.officer)

    page = client.get(f"/requests/{world.filed(cast).pk}/accept/").content.decode()

    assert "紧急程度 × 30%" in page
