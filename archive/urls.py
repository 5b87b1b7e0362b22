from django.urls import path

from archive import channel_views, views

app_name = "archive"
urlpatterns = [
    path("", views.list_page, name="list"),
    path("channels/", channel_views.channels, name="channels"),
    path("decisions/", views.decision_list, name="decisions"),
    path("decisions/<int:matter_pk>/", views.decision, name="decision"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/verify/", views.verify_page, name="verify"),
    path("<int:matter_pk>/seal/", views.seal, name="seal"),
]
