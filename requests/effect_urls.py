"""Addresses of gains and losses."""

from django.urls import path

from requests.views import effects

urlpatterns = [
    path("requests/<int:pk>/effects/new/", effects.state, name="state_effect"),
    path("effects/<int:pk>/withdraw/", effects.withdraw, name="effect_withdraw"),
    path("effects/<int:pk>/compensate/", effects.compensate, name="effect_compensate"),
]
