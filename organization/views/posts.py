"""Giving and ending posts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from organization import flows, policies
from organization.forms import AppointForm, EndPostForm
from organization.models import Post, User
from organization.states import PostKind
from organization.views.doors import accepted, confirmed, ids, inside, only
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest


@inside("GET", "POST")
def appoint(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    only(allowed=any(policies.may_appoint(kind, person, request.user) for kind in PostKind))
    form = AppointForm(posted(request), person=person, by=request.user)
    if accepted(form, lambda data: flows.appoint(user_id=pk, by=request.user, **ids(data, "department"))):
        messages.success(request, _("The post has been given."))
        return redirect(person)
    return answer(request, "organization/appoint.html", {"person": person}, form)


@inside("GET", "POST")
def end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(
        Post.objects.visible_to(request.user).current().select_related("user", "department"), pk=pk
    )
    only(allowed=policies.may_appoint(post.kind, post.user, request.user))
    form = EndPostForm(posted(request))
    return confirmed(
        request,
        form,
        lambda data: flows.end_post(post_id=pk, by=request.user, **ids(data, "successor")),
        done=_("The post has ended."),
        title=_("End the post"),
        person=post.user,
        subject=f"{post.user.name} · {post.department.name} · {post.get_kind_display()}",
        note=_("What the person owes in this department goes to the successor within a minute."),
        button=_("End post"),
        danger=True,
        back=post.user.get_absolute_url(),
    )
