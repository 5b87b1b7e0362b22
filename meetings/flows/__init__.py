"""Every write of this app, one verb each. Read the file whose name says the part of the meeting's life."""

from meetings.flows.agenda import add_item, order_items, remove_item
from meetings.flows.call import call
from meetings.flows.lapses import act_on_lapses
from meetings.flows.minutes import (
    answer_objection,
    confirm,
    deem_confirmed,
    object_to_minutes,
    send_for_confirmation,
    sign,
    take_back,
    write_minutes,
)
from meetings.flows.people import answer, invite, mark_arrival, mark_departure, uninvite
from meetings.flows.plan import cancel, change_plan, plan, postpone
from meetings.flows.publish import confirm_reading, publish
from meetings.flows.results import record_result, revise_item, undo_result
from meetings.flows.session import close, open_session
from meetings.flows.wishes import draft_wished, draft_wished_meeting

__all__ = [
    "act_on_lapses", "add_item", "answer", "answer_objection", "call", "cancel", "change_plan", "close", "confirm",
    "confirm_reading", "deem_confirmed", "draft_wished", "draft_wished_meeting", "invite", "mark_arrival", "mark_departure", "object_to_minutes",
    "open_session", "order_items", "plan", "postpone", "publish", "record_result", "remove_item", "revise_item",
    "send_for_confirmation", "sign", "take_back", "undo_result", "uninvite", "write_minutes",
]  # fmt: skip
