"""Addresses of the matter; those of the action items are in `item_urls.py`, under the same name."""

from django.urls import path

from requests import item_urls, letter_urls, loan_urls
from requests.views import (
    acts,
    detail,
    drafting,
    exports,
    file,
    imports,
    intake,
    lists,
    opinions,
    papers,
    start,
    templates,
)

app_name = "requests"

# Each verb of the table with the word in its address.
VERBS = {
    "accept": "accept",
    "reject": "reject",
    "withdraw": "withdraw",
    "keeper": "keeper",
    "suspend": "suspend",
    "resume": "resume",
    "prepare": "prepare",
    "participants": "participants",
    "deliver": "deliver",
    "start_decision": "start-decision",
    "decide": "decide",
    "send_back": "send-back",
    "complete": "complete",
    "confirm": "confirm",
    "object": "object",
    "survey": "survey",
    "rework": "rework",
}

urlpatterns = [
    path("requests/", lists.matters, name="list"),
    path("requests/mine/", lists.mine, name="mine"),
    path("requests/new/", start.new, name="new"),
    path("requests/templates/", templates.listing, name="templates"),
    path("requests/templates/new/", templates.create, name="template_new"),
    path("requests/templates/<int:pk>/", templates.change, name="template"),
    path("requests/templates/<int:pk>/switch/", templates.switch, name="template_switch"),
    path("requests/export.xlsx", exports.matters, name="export"),
    path("requests/import/", imports.drafts, name="import_drafts"),
    path("requests/import/blank.xlsx", imports.drafts_blank, name="drafts_blank"),
    path("requests/<int:pk>/", detail.detail, name="detail"),
    path("requests/<int:pk>/form/", file.form, name="form"),
    path("requests/<int:pk>/autosave/", file.autosave, name="autosave"),
    path("requests/<int:pk>/similar/", file.similar, name="similar"),
    path("requests/<int:pk>/discard/", file.discard, name="discard"),
    path("requests/<int:pk>/return/", intake.return_for_revision, name="return"),
    path("requests/<int:pk>/opinions/<int:participant_pk>/", opinions.opinion, name="opinion"),
    path("requests/<int:pk>/opinions/<int:participant_pk>/read/", opinions.read, name="read"),
    path("requests/<int:pk>/items/new/", drafting.draft_item, name="draft_item"),
    path("requests/<int:pk>/items/import/", imports.items, name="import_items"),
    path("requests/<int:pk>/items/import/blank.xlsx", imports.items_blank, name="items_blank"),
    path("requests/<int:pk>/items/<int:item_pk>/discard/", drafting.discard_item, name="discard_item"),
    path("requests/<int:pk>/attempt/", papers.attempt, name="attempt"),
    path("requests/<int:pk>/attach/", papers.attach, name="attach"),
    path("requests/<int:pk>/files/<int:file_pk>/", papers.file, name="file"),
    path("requests/<int:pk>/files/<int:file_pk>/remove/", papers.drop_file, name="drop_file"),
    *(path(f"requests/<int:pk>/{word}/", acts.page_of(name), name=name) for name, word in VERBS.items()),
    *item_urls.urlpatterns,
    *letter_urls.urlpatterns,
    *loan_urls.urlpatterns,
]
