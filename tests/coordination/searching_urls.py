"""The house with a page of matters, whichever apps have landed."""

from django.http import HttpResponse
from django.urls import include, path

from coordination.urls import urlpatterns as house


def detail(request, pk):
    return HttpResponse("")


matters = ([path("<int:pk>/", detail, name="detail")], "requests")
urlpatterns = [path("requests/", include(matters)), *house]
