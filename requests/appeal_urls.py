"""Addresses of appeals against a decision."""

from django.urls import path

from requests.views import appeals

urlpatterns = [
    path("requests/<int:pk>/appeals/new/", appeals.new_appeal, name="new_appeal"),
    path("appeals/<int:pk>/", appeals.appeal, name="appeal"),
    path("appeals/<int:pk>/withdraw/", appeals.withdraw, name="appeal_withdraw"),
]
