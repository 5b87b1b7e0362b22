from django.urls import path

from audit import views

app_name = "audit"
urlpatterns = [
    path("events/", views.events, name="events"),
    path("events/<int:pk>/", views.event, name="event"),
    path("readings/", views.readings, name="readings"),
]
