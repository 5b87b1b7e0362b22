"""Who may open which page of meetings and minutes (domain §3.4, §5): method, URL name, arguments, status by role.

The world: a closed meeting on a matter of 检修部 and 物资部, its minutes being drafted. The head of the office chairs, the
secretary records, the head of 检修部 and the liaison of 物资部 attended, a guest from outside sat in.
"""

from __future__ import annotations

TABLE = ("repair_head", "supplies_liaison", "outsider")
SPEAKERS = ("repair_liaison", "supplies_head")
RUNNING = ("office_head", "secretary")
WIDE = ("officer", "office_head", "secretary", "chair", "arbiter", "auditor", "records_admin")
READERS = (*TABLE, *SPEAKERS, *WIDE)
STRANGERS = (
    "clerk", "supplies_clerk", "staffing_liaison", "staffing_head", "planning_liaison", "planning_head",
    "system_admin",
)  # fmt: skip
EVERYBODY = (*READERS, *STRANGERS)
ARRANGERS = ("officer", *RUNNING)
PLANNERS = (
    *ARRANGERS, "chair", "arbiter", "repair_liaison", "repair_head", "supplies_liaison", "supplies_head",
    "staffing_liaison", "staffing_head", "planning_liaison", "planning_head",
)  # fmt: skip
NOBODY: tuple[str, ...] = ()


def _none(place):
    return []


def _meeting(place):
    return [place.meeting.pk]


def _item(place):
    return [place.meeting.pk, place.item.pk]


def _seat(place):
    return [place.meeting.pk, place.seat.pk]


def _material(place):
    return [place.meeting.pk, place.material.pk]


def _word(place):
    return [place.meeting.pk, 0]


def _row(method, name, args, allowed, status=200, *, seen_by=READERS, refused=403):
    """Those allowed get `status`, others who see it are refused, for the rest it does not exist; nobody: the login."""
    statuses = (
        dict.fromkeys(EVERYBODY, 404) | dict.fromkeys(seen_by, refused) | dict.fromkeys(allowed, status)
    )
    return (method, f"meetings:{name}", args, statuses | {"anonymous": 302})


VERBS = {
    "officers": ("officer", "office_head", "secretary"), "edit": ARRANGERS, "invite": ARRANGERS, "add_item": ARRANGERS, "call": ARRANGERS, "open": ("office_head",),
    "close": ("office_head",), "postpone": ("office_head",), "cancel": ("office_head",), "answer": (*TABLE, *RUNNING),
    "object": NOBODY, "take_back": RUNNING, "sign": ("office_head",), "publish": ("officer", "secretary"),
}  # fmt: skip

ROWS = [
    _row("get", "list", _none, EVERYBODY),
    _row("get", "new", _none, PLANNERS, seen_by=EVERYBODY),
    _row("get", "detail", _meeting, READERS),
    _row("get", "calendar", _meeting, READERS),
    _row("get", "notice", _meeting, READERS),
    _row("get", "material", _material, READERS),
    _row("get", "add_material", _meeting, (*ARRANGERS, "repair_head", "repair_liaison"), seen_by=READERS),
    _row("post", "remove_material", _material, ("secretary",), 422),
    _row("get", "rules", _none, ("office_head", "system_admin"), seen_by=EVERYBODY),
    _row("get", "live", _meeting, READERS, 302),
    _row("get", "minutes", _meeting, WIDE, seen_by=WIDE),
    _row("get", "draft", _meeting, ("secretary",), seen_by=WIDE),
    _row("get", "result", _item, ("secretary",)),
    _row("get", "revise", _item, ("secretary",), seen_by=WIDE),
    *(_row("get", verb, _meeting, allowed) for verb, allowed in VERBS.items()),
    # The meeting is over: whoever may is told so, the others are refused, nothing changes.
    _row("get", "change_item", _item, ARRANGERS),
    _row("post", "agree_to_item", _item, ("office_head",), 422),
    _row("post", "remove_item", _item, ARRANGERS, 422),
    _row("post", "move_item", _item, ARRANGERS, 422),
    _row("post", "uninvite", _seat, ARRANGERS, 422),
    _row("post", "arrive", _seat, ("secretary", "repair_head"), 422),
    _row("post", "leave", _seat, ("secretary", "repair_head"), 422),
    _row("get", "sheet", _meeting, READERS),
    _row("get", "seat", _seat, ("secretary",)),
    _row("get", "proxy", _seat, NOBODY, refused=404),
    _row("post", "sign_in", _seat, ("repair_head",), 422),
    _row("post", "undo", _item, ("secretary",), 422),
    _row("post", "confirm", _meeting, NOBODY, seen_by=WIDE),
    _row("post", "read", _meeting, NOBODY, seen_by=WIDE),
    _row("get", "answer_objection", _word, RUNNING, 404, seen_by=WIDE),
    _row("post", "open", _meeting, ("office_head",), 422),
    _row("post", "close", _meeting, ("office_head",), 422),
    _row("post", "sign", _meeting, ("office_head",), 422),
    _row("post", "publish", _meeting, ("officer", "secretary"), 422),
]
