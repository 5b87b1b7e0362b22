"""The language of a page, who asks for it, and refusals that no view has caught."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation

from audit.refusals import Refusal

GetResponse = Callable[[HttpRequest], HttpResponse]
OFFERED = {code for code, _name in settings.LANGUAGES}


def language(get_response: GetResponse) -> GetResponse:
    """Pages speak Chinese until the person chooses otherwise; the API follows Accept-Language.

    The browser's setting says what its maker delivered, not what this office reads.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if code not in OFFERED:
            api = request.path.startswith("/api/")
            code = translation.get_language_from_request(request) if api else settings.LANGUAGE_CODE
        # The zone is the house's anyway: said here, it is found at once wherever a page prints a time.
        with translation.override(code), timezone.override(timezone.get_default_timezone()):
            request.LANGUAGE_CODE = code
            response = get_response(request)
            response.headers.setdefault("Content-Language", code)
        return response

    return middleware


class person:  # noqa: N801 - named in the settings like its neighbours
    """Who asks is read before the page is written: Django's stand-in for them would be asked hundreds of times."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            request.user = get_user(request)


class refusals:  # noqa: N801 - named in the settings like its neighbours
    """A refusal that escapes a view becomes the right answer: its sentence, its status and a way back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if wants_json(request):
            return JsonResponse(
                {
                    "code": exception.code,
                    "detail": str(exception),
                    "fields": {
                        name: [str(line) for line in lines] for name, lines in exception.fields.items()
                    },
                },
                status=exception.status,
            )
        context = {"refusal": exception, "back": way_back(request)}
        if getattr(request, "htmx", False):
            response = render(request, "includes/refused.html", context, status=exception.status)
            response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "beforeend"
            return response
        return render(request, "refused.html", context, status=exception.status)


def wants_json(request: HttpRequest) -> bool:
    return (
        request.path.startswith("/api/")
        or request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    )


def way_back(request: HttpRequest) -> str:
    """The page that the refused button stood on, if it was one of ours."""
    referer = request.headers.get("Referer", "")
    own = request.build_absolute_uri("/")
    return referer if referer.startswith(own) else "/"
