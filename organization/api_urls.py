"""`/api/v1/` of stock phrases."""

from django.urls import path

from organization import api

urlpatterns = [
    path("phrases/", api.PhraseList.as_view(), name="phrases"),
    path("phrases/<int:pk>/change/", api.PhraseChange.as_view(), name="phrase_change"),
    path("phrases/<int:pk>/drop/", api.PhraseDrop.as_view(), name="phrase_drop"),
]
