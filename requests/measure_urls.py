"""Addresses of definitive and interim measures."""

from django.urls import path

from requests.views import measures

urlpatterns = [
    path("requests/<int:pk>/measures/new/", measures.record, name="record_measure"),
    path("measures/<int:pk>/end/", measures.end, name="measure_end"),
    path("measures/<int:pk>/prolong/", measures.prolong, name="measure_prolong"),
]
