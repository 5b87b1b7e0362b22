"""Addresses that refuse, beside those of the house."""

from django.contrib.auth.decorators import login_required
from django.urls import path

from audit.refusals import Conflict, Invalid, NotReady, NotYours
from coordination.urls import urlpatterns as house


def refuse(kind, **more):
    @login_required
    def view(request):
        raise kind("协〔2026〕41号已由他人受理。", **more)

    return view


def break_down(request):
    raise RuntimeError("boom")


urlpatterns = [
    *house,
    path("conflict/", refuse(Conflict)),
    path("not-ready/", refuse(NotReady)),
    path("not-yours/", refuse(NotYours)),
    path("invalid/", refuse(Invalid, fields={"title": ["请写标题。"]})),
    path("broken/", break_down),
]
