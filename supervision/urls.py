from django.urls import path

from supervision import views

app_name = "supervision"

urlpatterns = [
    path("supervision/limits/", views.settings, name="settings"),
    path("supervision/limits/<int:pk>/", views.limit, name="limit"),
    path("supervision/hours/", views.hours, name="hours"),
    path("supervision/calendar/", views.year, name="this_year"),
    path("supervision/calendar/<int:number>/", views.year, name="calendar"),
    path("supervision/calendar/day/<str:day>/", views.day, name="day"),
]
