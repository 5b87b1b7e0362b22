"""A kept world (tests/kept.py) is the world that would have been built, and no test finds what another one left in it."""

from types import SimpleNamespace

import pytest

from audit.acting import SYSTEM, as_actor
from audit.models import Event
from organization.models import Department
from tests.kept import WORTH_KEEPING, kept

OFTEN = range(2 * WORTH_KEEPING + 1)  # also in two processes one of them is asked often enough
built: list[str] = []


@kept
def workshop(cast, name="焊接车间"):
    built.append(name)
    with as_actor(SYSTEM):
        cast.repair.order = 99
        return SimpleNamespace(
            there=Department.objects.create(code="HJ", name=name, parent=cast.repair), above=cast.repair
        )


@pytest.fixture
def _counted_anew():
    built.clear()


def others(name="临时车间"):
    return Department.objects.filter(name=name)


@pytest.mark.parametrize("time", OFTEN)
def test_a_kept_world_is_the_one_that_would_have_been_built(cast, time):
    found = workshop(cast)

    assert found.there == Department.objects.get(code="HJ")
    assert found.above is cast.repair
    assert cast.repair.order == 99
    assert Event.objects.of_object("organization_department", found.there.pk).get().actor_name == "系统"
    assert built.count("焊接车间") <= WORTH_KEEPING


@pytest.mark.parametrize("time", OFTEN)
def test_what_a_test_writes_in_a_kept_world_is_gone_in_the_next(cast, time):
    workshop(cast)
    assert not others().exists()
    assert cast.planning.name == "计划发展部"

    with as_actor(SYSTEM):
        Department.objects.create(code="LS", name="临时车间")
    cast.planning.name = "改名"

    assert others().exists()


@pytest.mark.parametrize("time", OFTEN)
def test_what_was_written_before_stays(cast, _counted_anew, time):
    with as_actor(SYSTEM):
        Department.objects.create(code="LS", name="临时车间")

    workshop(cast, name="机加工车间")

    assert others().exists()
    assert built == ["机加工车间"]


@pytest.mark.parametrize("time", OFTEN)
def test_a_world_inside_an_act_is_built_in_that_act(cast, _counted_anew, time):
    with as_actor(cast.clerk):
        found = workshop(cast, name="铸造车间")

    assert built == ["铸造车间"]
    assert others("铸造车间").get() == found.there


@pytest.mark.parametrize("time", OFTEN)
@pytest.mark.parametrize("name", ["甲车间", "乙车间"])
def test_a_world_asked_for_in_other_words_is_another_one(cast, name, time):
    assert workshop(cast, name=name).there.name == name
    assert Department.objects.get(code="HJ").name == name
