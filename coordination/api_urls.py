"""`/api/v1/`: the doors, the description, and what each app offers."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from coordination import api

app_name = "api"

urlpatterns = [
    path("token/", api.TokenView.as_view(), name="token"),
    path("token/end/", api.TokenEnd.as_view(), name="token_end"),
    path("me/", api.MeView.as_view(), name="me"),
    path("inbox/", api.Inbox.as_view(), name="inbox"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("reference/", api.reference, name="reference"),
    path("", include("organization.api_urls")),
    path("", include("requests.api_urls")),
    path("", include("meetings.api_urls")),
    path("", include("archive.api_urls")),
]
