"""The group of a matter: one matter with a group, one without."""

from audit.acting import today
from requests import flows
from tests.permissions import row
from tests.permissions.verbs import SEE_ACCEPTED, flat, statuses
from tests.requests import world as matters

# Of the house; and who sits in the group, with whoever speaks for the unit.


def build(world):
    world.grouped = matters.accepted(world)
    flows.set_up_group(
        matter_id=world.grouped.pk, by=world.officer, name="劳保服协调小组", purpose="解决劳保服配置", lead_department=world.supplies,
        begins_on=today(), end_condition="事项归档",
        members=[{"department": world.planning, "person": world.planning_liaison}],
    )  # fmt: skip


def data(world):
    return {
        "name": "备件协调小组", "purpose": "解决备件编码", "lead_department": world.supplies.pk, "begins_on": f"{today():%Y-%m-%d}",
        "end_condition": "事项归档", "members-TOTAL_FORMS": 1, "members-INITIAL_FORMS": 0,
        "members-0-department": world.planning.pk, "members-0-person": world.planning_liaison.pk,
        "members": [{"department": world.planning.pk, "person": world.planning_liaison.pk}],
    }  # fmt: skip


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


SEES = dict.fromkeys(flat((*SEE_ACCEPTED, "planning_liaison")), 200)
ROWS = [
    row("GET", "requests:group", 404, kwargs=pk("grouped"), **SEES),
    row("GET", "requests:group_new", 404, kwargs=pk("accepted"), **statuses(SEE_ACCEPTED, ("office",), 200)),
    row("POST", "requests:group_new", 404, kwargs=pk("accepted"), data=data, **statuses(SEE_ACCEPTED, ("office",), 302)),
    row("POST", "api:matter_set-up-group", 404, anonymous=401, kwargs=pk("accepted"), data=data, **statuses(SEE_ACCEPTED, ("office",), 200)),
]  # fmt: skip
