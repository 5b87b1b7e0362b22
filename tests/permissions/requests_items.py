"""Who may open which page of the action items (domain §5): method, URL name, arguments, status by role.

The world: one item in progress of the supplies department (owner, liaison, head), asked for by the clerk; staffing
takes part; the office verifies. `planning_liaison`, `system_admin` and `outsider` have nothing to do with it.
"""

from __future__ import annotations

STRANGERS = ("planning_liaison", "secretary", "system_admin", "outsider")
ASKER, OWNER, SPEAKERS = ("clerk",), ("supplies_clerk",), ("supplies_liaison", "supplies_head")
READERS = (
    "clerk", "repair_liaison", "repair_head", "supplies_clerk", "supplies_liaison", "supplies_head",
    "staffing_liaison", "staffing_head", "officer", "office_head", "chair", "arbiter", "auditor", "records_admin",
)  # fmt: skip
OFFICE = ("officer", "office_head")
NOBODY: tuple[str, ...] = ()


def _item(world):
    return [world.item.pk]


def _wish(world):
    return [world.wish.pk]


def _obstacle(world):
    return [world.item.pk, world.obstacle.pk]


def _release(world):
    return [world.release.pk]


def _paper(world):
    return [world.item.pk, world.paper.pk]


def _row(method, name, args, allowed, status=200, *, outside=404):
    """Those allowed get `status`, other readers of the item 403, strangers `outside`, nobody logged in the login."""
    statuses = dict.fromkeys(READERS, 403) | dict.fromkeys(STRANGERS, outside)
    return (method, name, args, statuses | dict.fromkeys(allowed, status) | {"anonymous": 302})


EVERYBODY = (*READERS, *STRANGERS)
WORKERS = (*OWNER, *SPEAKERS)
VERBS = {
    "acknowledge": WORKERS, "start": WORKERS, "report": WORKERS, "help": WORKERS, "submit": WORKERS,
    "extend": WORKERS, "close": OFFICE, "send_back": OFFICE, "reassign": (*SPEAKERS, *OFFICE),
    "release": ("supplies_head",), "obstacle": (*WORKERS, *OFFICE),
    "cancel": ("office_head",), "attach": (*WORKERS, *OFFICE),
}  # fmt: skip

ROWS = [
    _row("get", "requests:items", None, EVERYBODY),
    _row("get", "requests:items_export", None, (*OFFICE, "chair", "arbiter", "auditor"), outside=403),
    _row("get", "requests:items_workbook", None, (*OFFICE, "chair", "arbiter", "auditor"), outside=403),
    _row("post", "requests:items_remind", None, OFFICE, 302, outside=403),
    _row("get", "requests:item", _item, READERS),
    _row("post", "requests:item_remind", _item, OFFICE, 302),
    _row("get", "requests:item_file", _paper, READERS),
    _row("get", "requests:extension", _wish, READERS),
    # An empty answer: refused as incomplete for whoever decides.
    _row("post", "requests:extension", _wish, ("supplies_head",), 422),
    _row("get", "requests:end_obstacle", _obstacle, (*WORKERS, *OFFICE)),
    _row("post", "requests:end_obstacle", _obstacle, (*WORKERS, *OFFICE), 422),
    _row("get", "requests:release", _release, READERS),
    _row("post", "requests:release", _release, OFFICE, 422),
    *(_row("get", f"requests:item_{verb}", _item, allowed) for verb, allowed in VERBS.items()),
    # Nothing is filled in: whoever may gets the form back, nothing changes.
    *(_row("post", f"requests:item_{verb}", _item, allowed, 422) for verb, allowed in VERBS.items()),
]
