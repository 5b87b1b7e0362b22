"""Addresses of the change requests."""

from django.urls import path

from requests.views import changes

urlpatterns = [
    path("requests/<int:pk>/changes/new/", changes.new_change, name="new_change"),
    path("changes/<int:pk>/", changes.change, name="change"),
    *(
        path(f"changes/<int:pk>/{name}/", changes.page_of(name), name=f"change_{name}")
        for name in changes.ACTS
    ),
]
