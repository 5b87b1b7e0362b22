"""The technical administration: a superuser looks at accounts, posts and settings. Nothing is written here.

Matters, meetings and dossiers are not shown: whoever runs the system reads no business (domain §5).
"""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from organization.external_units import ExternalUnit
from organization.models import Committee, Department, Post, PostChange, User
from supervision.models import CalendarDay, Heartbeat, OfficeHours, TimeLimit


class TechnicalAdmin(AdminSite):
    """Open to superusers who have logged in at the office's own door."""

    site_header = site_title = _("Technical administration")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_superuser

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """No second door: lockout and the name of the login hold at the first one."""
        return redirect_to_login(request.get_full_path())

    def password_change(  # type: ignore[override]  # it leads to the office's own page
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("password_change")


class OnlyLooking(ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """A table to look at; every change is a flow of the office."""

    actions = None
    exclude = ("password", "session_epoch")

    def has_add_permission(self, request: HttpRequest, *_: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser


site = TechnicalAdmin(name="admin")
site.register(
    [
        User,
        Department,
        Post,
        PostChange,
        Committee,
        ExternalUnit,
        CalendarDay,
        OfficeHours,
        TimeLimit,
        Heartbeat,
    ],
    OnlyLooking,
)
