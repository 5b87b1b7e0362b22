"""`/api/v1/` of stock phrases."""

from django.urls import path

from organization import api, goal_api

urlpatterns = [
    path("goals/", goal_api.GoalList.as_view(), name="goals"),
    *(
        path(f"goals/<int:pk>/{verb}/", goal_api.goal_verb(verb), name=f"goal_{verb.replace('-', '_')}")
        for verb in goal_api.GOAL_VERBS
    ),
    path("phrases/", api.PhraseList.as_view(), name="phrases"),
    path("phrases/<int:pk>/change/", api.PhraseChange.as_view(), name="phrase_change"),
    path("phrases/<int:pk>/drop/", api.PhraseDrop.as_view(), name="phrase_drop"),
]
