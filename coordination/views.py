"""The doors of the house: login, password, theme, first page, search, and what is said when a request fails."""

from __future__ import annotations

from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from audit.acting import LOGIN, as_actor, now, today
from coordination import desk, navigation
from coordination import search as searching
from coordination.context import THEME_COOKIE, THEMES
from coordination.forms import LoginForm, OwnPasswordForm
from organization.models import Department
from pages.addresses import way_back
from pages.answers import UNPROCESSABLE, count_errors
from pages.typing import AuthenticatedHttpRequest

YEAR = 365 * 24 * 3600
TOO_MANY = 429


class Login(auth.LoginView):
    """Log in by name and password; five wrong tries lock the account for a while (`locked`)."""

    authentication_form = LoginForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # In the login's own name: besides `last_login`, Django renews a password hash of an older strength here.
        with as_actor(LOGIN, flow="coordination.login"):
            return super().post(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        context = self.get_context_data(form=form, errors_found=count_errors(form))
        return self.render_to_response(context, status=UNPROCESSABLE)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | _lock_rule() | {"house": _house()}


class PasswordChange(auth.PasswordChangeView):
    form_class = OwnPasswordForm
    template_name = "registration/password_change.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, _("Your password has been changed."))
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        context = self.get_context_data(form=form, errors_found=count_errors(form))
        return self.render_to_response(context, status=UNPROCESSABLE)


def locked(
    request: HttpRequest, _response: Any = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """After too many wrong tries: say when to try again."""
    last = (
        AccessAttempt.objects.filter(username=(credentials or {}).get("username", ""))
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    context = {**_lock_rule(), "until": (last or now()) + settings.AXES_COOLOFF_TIME, "house": _house()}
    return render(request, "registration/locked.html", context, status=TOO_MANY)


def _lock_rule() -> dict[str, int]:
    return {
        "limit": settings.AXES_FAILURE_LIMIT,
        "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
    }


def _house() -> str:
    return Department.objects.filter(parent=None).values_list("name", flat=True).first() or ""


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep light, dark or "as the device" for this browser and go back to the page."""
    choice = request.POST.get("theme", "")
    response = HttpResponseRedirect(way_back(request, "/", "next"))
    if choice in THEMES:
        # office.js reads and writes it too, so that a change needs no reload.
        response.set_cookie(THEME_COOKIE, choice, max_age=YEAR, samesite="Lax", secure=settings.HTTPS)
    return response


@require_GET
@login_required
def home(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Waiting for me. Who owes nothing here (auditor, system administrator) starts at their own first page."""
    if not navigation.works_here(request.user) and (start := navigation.first_page(request.user)):
        return redirect(start)
    laid_out = desk.lay_out(request, request.user, now())
    return render(
        request,
        "home.html",
        {
            "today": today(),
            "desk": laid_out,
            "tabs": [(name, desk.TABS[name], number) for name, number in laid_out.tabs.items()],
            "file_url": navigation.address("requests:new") if navigation.works_inside(request.user) else "",
            "mine_url": navigation.address("requests:list"),
            "register_url": navigation.address("requests:items"),
        },
    )


@require_GET
@login_required
def search(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Numbers, titles, names. A number typed in full opens its thing."""
    asked = request.GET.get("q", "").strip()
    found = searching.find(asked, request.user)
    if exact := searching.only_hit(found, asked):
        return redirect(exact)
    return render(request, "search.html", {"asked": asked, "found": found})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: nearly always a page that has been open overnight."""
    return render(request, "csrf.html", {"reason": reason}, status=403)
