"""Every write of this app, one verb each. Read the file whose name says the part of the meeting's life."""

from meetings.flows.agenda import add_item, agree_to_late_item, change_item, order_items, remove_item
from meetings.flows.attendance import correct_seat, mark_arrival, mark_departure, sign_in
from meetings.flows.call import call
from meetings.flows.house import set_leave_rules
from meetings.flows.lapses import act_on_lapses
from meetings.flows.material import add_material, remove_material
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
from meetings.flows.officers import name_officers, tell_of_lost, tell_of_lost_officers
from meetings.flows.people import answer, invite, uninvite
from meetings.flows.plan import cancel, change_plan, plan, postpone
from meetings.flows.planned import draft_planned, draft_planned_meeting
from meetings.flows.publish import confirm_reading, publish
from meetings.flows.results import record_result, revise_item, undo_result
from meetings.flows.session import close, open_session
from meetings.flows.wishes import draft_wished, draft_wished_meeting

__all__ = [
    "act_on_lapses", "add_item", "add_material", "agree_to_late_item", "answer", "answer_objection", "call",
    "cancel", "change_item", "change_plan", "close", "confirm", "confirm_reading", "correct_seat",
    "deem_confirmed", "draft_planned", "draft_planned_meeting", "draft_wished", "draft_wished_meeting",
    "invite", "mark_arrival", "mark_departure", "name_officers", "object_to_minutes", "open_session",
    "order_items", "plan", "postpone", "publish", "record_result", "remove_item", "remove_material",
    "revise_item", "send_for_confirmation", "set_leave_rules", "sign", "sign_in", "take_back", "tell_of_lost",
    "tell_of_lost_officers", "undo_result", "uninvite", "write_minutes",
]  # fmt: skip
