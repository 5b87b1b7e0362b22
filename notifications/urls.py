from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("notices/", views.notices, name="list"),
    path("notices/collected/", views.collected, name="collected"),
    path("notices/subscription/", views.subscription, name="subscription"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/<int:pk>/", views.open_notice, name="open"),
]
