"""Addresses of agreements."""

from django.urls import path

from requests.views import agreements

urlpatterns = [
    path("requests/<int:pk>/agreements/new/", agreements.record, name="record_agreement"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
]
