"""`/api/v1/meetings/`."""

from django.urls import path

from meetings import api

urlpatterns = [
    path("meetings/", api.MeetingList.as_view(), name="meetings"),
    path("meetings/<int:pk>/", api.MeetingOne.as_view(), name="meeting"),
]
