"""Every change of who is who: one function per verb, one module per thing."""

from organization.flows.accounts import change_password, remember_login, set_password
from organization.flows.committees import (
    change_committee,
    close_committee,
    create_committee,
    dissolve_group,
    set_up_group,
)
from organization.flows.departments import (
    change_department,
    close_department,
    create_department,
    take_merger,
)
from organization.flows.goals import add_goal, change_goal, retire_goal, take_up_goal
from organization.flows.people import (
    change_person,
    create_person,
    deactivate_person,
    reactivate_person,
)
from organization.flows.phrases import change_phrase, drop_phrase, keep_phrase
from organization.flows.posts import appoint, end_post, take_post_change
from organization.flows.units import change_external_unit, close_external_unit, create_external_unit

__all__ = [
    "add_goal",
    "appoint",
    "change_committee",
    "change_department",
    "change_external_unit",
    "change_goal",
    "change_password",
    "change_person",
    "change_phrase",
    "close_committee",
    "close_department",
    "close_external_unit",
    "create_committee",
    "create_department",
    "create_external_unit",
    "create_person",
    "deactivate_person",
    "dissolve_group",
    "drop_phrase",
    "end_post",
    "keep_phrase",
    "reactivate_person",
    "remember_login",
    "retire_goal",
    "set_password",
    "set_up_group",
    "take_merger",
    "take_post_change",
    "take_up_goal",
]
