"""Addresses of requests for resources and of their conflicts."""

from django.urls import path

from requests.views import resources

urlpatterns = [
    path("plans/<int:pk>/ask-resources/", resources.ask, name="ask_resources"),
    path("resource-requests/<int:pk>/", resources.one, name="resource_request"),
    path("resource-requests/<int:pk>/withdraw/", resources.withdraw, name="resource_withdraw"),
    path("resource-conflicts/", resources.clashes, name="resource_conflicts"),
]
