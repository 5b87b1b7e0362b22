"""Addresses of site visits."""

from django.urls import path

from requests.views import visits

urlpatterns = [
    path("requests/<int:pk>/visits/new/", visits.record, name="record_visit"),
    path("visits/<int:pk>/photos/", visits.photos, name="visit_photos"),
    path("visits/<int:pk>/withdraw/", visits.withdraw, name="visit_withdraw"),
]
