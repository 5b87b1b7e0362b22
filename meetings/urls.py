"""Addresses of meetings and minutes."""

from django.urls import path

from meetings.views import acts, detail, lists, live, material, minutes, plan, prints

app_name = "meetings"

# Each verb of the table with its address.
VERBS = {
    "edit": "edit",
    "officers": "officers",
    "invite": "invite",
    "call": "call",
    "answer": "answer",
    "open": "open",
    "close": "close",
    "postpone": "postpone",
    "cancel": "cancel",
    "object": "minutes/object",
    "take_back": "minutes/take-back",
    "sign": "minutes/sign",
    "publish": "minutes/publish",
}

urlpatterns = [
    path("meetings/", lists.meetings, name="list"),
    path("meetings/new/", plan.new, name="new"),
    path("meetings/rules/", prints.rules, name="rules"),
    path("meetings/panel/<int:matter_pk>/", lists.panel, name="panel"),
    path("meetings/<int:pk>/", detail.detail, name="detail"),
    path("meetings/<int:pk>/calendar.ics", detail.calendar, name="calendar"),
    path("meetings/<int:pk>/notice/", prints.notice, name="notice"),
    path("meetings/<int:pk>/material/new/", material.add, name="add_material"),
    path("meetings/<int:pk>/material/<int:material_pk>/", material.file, name="material"),
    path("meetings/<int:pk>/material/<int:material_pk>/remove/", material.remove, name="remove_material"),
    path("meetings/<int:pk>/live/", live.live, name="live"),
    path("meetings/<int:pk>/items/new/", plan.add_item, name="add_item"),
    path("meetings/<int:pk>/items/<int:item_pk>/change/", plan.change_item, name="change_item"),
    path("meetings/<int:pk>/items/<int:item_pk>/agree/", plan.agree_to_item, name="agree_to_item"),
    path("meetings/<int:pk>/items/<int:item_pk>/remove/", plan.remove_item, name="remove_item"),
    path("meetings/<int:pk>/items/<int:item_pk>/up/", plan.move_item, name="move_item"),
    path("meetings/<int:pk>/items/<int:item_pk>/result/", live.result, name="result"),
    path("meetings/<int:pk>/items/<int:item_pk>/undo/", live.undo, name="undo"),
    path("meetings/<int:pk>/items/<int:item_pk>/revise/", minutes.revise, name="revise"),
    path("meetings/<int:pk>/sheet/", prints.sheet, name="sheet"),
    path("meetings/<int:pk>/seats/<int:seat_pk>/", prints.seat, name="seat"),
    path("meetings/<int:pk>/seats/<int:seat_pk>/proxy/", prints.proxy, name="proxy"),
    path("meetings/<int:pk>/seats/<int:seat_pk>/sign/", live.sign, name="sign_in"),
    path("meetings/<int:pk>/seats/<int:seat_pk>/remove/", plan.uninvite, name="uninvite"),
    path("meetings/<int:pk>/seats/<int:seat_pk>/arrive/", live.arrive, name="arrive"),
    path("meetings/<int:pk>/seats/<int:seat_pk>/leave/", live.leave, name="leave"),
    path("meetings/<int:pk>/minutes/", minutes.minutes, name="minutes"),
    path("meetings/<int:pk>/minutes/draft/", minutes.draft, name="draft"),
    path("meetings/<int:pk>/minutes/confirm/", minutes.confirm, name="confirm"),
    path("meetings/<int:pk>/minutes/read/", minutes.read, name="read"),
    path("meetings/<int:pk>/minutes/words/<int:word_pk>/", minutes.answer_objection, name="answer_objection"),
    *(path(f"meetings/<int:pk>/{word}/", acts.page_of(name), name=name) for name, word in VERBS.items()),
]
