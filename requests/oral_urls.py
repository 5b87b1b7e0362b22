"""Addresses of matters that begin on an oral order."""

from django.urls import path

from requests.views import acts, oral

urlpatterns = [
    path("requests/oral/", oral.orders, name="oral_orders"),
    path("requests/oral/new/", oral.start, name="oral_start"),
    path("requests/<int:pk>/oral/answer/", acts.page_of("oral_answer"), name="oral_answer"),
    path("requests/<int:pk>/oral/papers/", acts.page_of("oral_papers"), name="oral_papers"),
]
