"""`/api/v1/channels/`."""

from django.urls import path

from archive import api

urlpatterns = [path("channels/", api.ChannelList.as_view(), name="channels")]
