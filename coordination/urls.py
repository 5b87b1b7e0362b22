"""The root of all addresses."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path
from django.views.i18n import set_language

from coordination import health, views
from coordination.admin import site

urlpatterns = [
    path("", views.home, name="home"),
    path("livez", health.livez, name="livez"),
    path("healthz", health.healthz, name="healthz"),
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", views.PasswordChange.as_view(), name="password_change"),
    path("language/", set_language, name="set_language"),
    path("theme/", views.theme, name="theme"),
    path("search/", views.search, name="search"),
    path("admin/", site.urls),
    path("organization/", include("organization.urls")),
    path("audit/", include("audit.urls")),
    path("", include("notifications.urls")),
    path("", include("supervision.urls")),
    path("", include("requests.urls")),
    path("", include("meetings.urls")),
    path("api/v1/", include("coordination.api_urls")),
    path("disputes/", include("disputes.urls")),
    path("archive/", include("archive.urls")),
]
