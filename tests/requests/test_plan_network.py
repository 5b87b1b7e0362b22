"""The order of the tasks, held against a plain model: who can be reached from whom by walking."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from requests.plan_network import Node, cycle, latest_end, numbers, too_early, unknown

DAY = date(2026, 9, 14)
NAMES = st.sampled_from(["1.1", "1.2", "1.3", "2.1", "2.2"])
TASKS = st.dictionaries(NAMES, st.tuples(st.integers(0, 9), st.integers(0, 9), st.lists(NAMES, max_size=3)))
# A busy machine is no fault of the order of tasks.
calmly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def nodes_of(tasks):
    return [
        Node(wbs, DAY + timedelta(begin), DAY + timedelta(begin + length), tuple(after))
        for wbs, (begin, length, after) in tasks.items()
    ]


def reached(nodes, wbs):
    """Everything that one comes to by walking from a task to what it waits for."""
    after = {node.wbs: node.after for node in nodes}
    found, walking = set(), list(after[wbs])
    while walking:
        one = walking.pop()
        if one not in found:
            found.add(one)
            walking += after.get(one, ())
    return found


@calmly
@given(TASKS)
def test_a_circle_is_found_exactly_where_a_task_can_be_reached_from_itself(tasks):
    nodes = nodes_of(tasks)
    after = {node.wbs: node.after for node in nodes}

    circle = cycle(nodes)

    assert bool(circle) == any(node.wbs in reached(nodes, node.wbs) for node in nodes)
    # graphlib tells it from what is waited for to who waits.
    assert all(before in after[later] for before, later in pairwise(circle))


@calmly
@given(TASKS)
def test_too_early_and_unknown_are_what_one_sees_pair_by_pair(tasks):
    nodes = nodes_of(tasks)
    ends = {node.wbs: node.ends_on for node in nodes}

    pairs = [(node, wbs) for node in nodes for wbs in node.after]

    assert unknown(nodes) == [(node.wbs, wbs) for node, wbs in pairs if wbs not in ends]
    assert set(too_early(nodes)) == {
        (node.wbs, wbs)
        for node, wbs in pairs
        if wbs in ends and wbs != node.wbs and node.begins_on < ends[wbs]
    }


def test_numbers_are_read_however_they_are_divided():
    assert numbers("1.1、1.2，1.3, 1.1;2.1") == ("1.1", "1.2", "1.3", "2.1")
    assert numbers("  ") == ()


def test_a_task_may_end_until_the_first_one_that_waits_for_it_begins_and_never_after_its_limits():
    first = Node("1.1", DAY, DAY + timedelta(2))
    nodes = [
        first,
        *(
            Node(wbs, DAY + timedelta(day), DAY + timedelta(9), ("1.1",))
            for wbs, day in (("1.2", 6), ("2.1", 5))
        ),
    ]

    assert latest_end(nodes, "1.1", [DAY + timedelta(9)]) == DAY + timedelta(5)
    assert latest_end(nodes, "1.1", [DAY + timedelta(4)]) == DAY + timedelta(4)
    assert latest_end(nodes, "1.2", [DAY + timedelta(9)]) == DAY + timedelta(9)
