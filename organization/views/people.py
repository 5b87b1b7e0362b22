"""The list of people, and one person."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import TransitionLog
from organization import flows, policies
from organization.forms import NewPersonForm, PasswordForm, PersonForm, ReasonForm
from organization.models import Department, Post, User
from organization.querysets import UserQuerySet
from organization.states import PostKind
from organization.views.doors import accepted, confirmed, ids, inside, only
from pages.answers import answer, posted
from pages.lists import Filter, chosen, paginate
from pages.typing import AuthenticatedHttpRequest

STATES = {
    "active": gettext_lazy("In use"),
    "closed": gettext_lazy("No longer in use"),
    "external": gettext_lazy("From outside"),
}


@inside("GET")
def listing(request: AuthenticatedHttpRequest) -> HttpResponse:
    """People by name, login, department, post; closed accounts and people from outside on tabs of their own."""
    state = chosen(request, "tab", STATES, "active")
    asked = request.GET.get("q", "").strip()
    departments = Department.objects.active()
    department = chosen(request, "department", [str(d.pk) for d in departments])
    post = chosen(request, "post", PostKind.values)
    where = Q()
    if department:
        where &= Q(posts__department=department, posts__until=None)
    if post:
        where &= Q(posts__kind=post, posts__until=None)
    people = _in_state(state).filter(where).distinct()
    page = paginate(request, _with_posts(people.search(asked) if asked else people))
    context = {
        "page": page, "tab": state, "tabs": [(name, label, _in_state(name).count()) for name, label in STATES.items()],
        "find": _("Name or login name"), "is_filtered": bool(asked or department or post),
        "filters": [
            Filter("department", _("All departments"), [(str(one.pk), one.name) for one in departments], department),
            Filter("post", _("All posts"), PostKind.choices, post),
        ],
        "may_administer": policies.may_administer(request.user),
    }  # fmt: skip
    return render(request, "organization/people.html", context)


def _in_state(state: str) -> UserQuerySet:
    people: UserQuerySet = User.objects.external() if state == "external" else User.objects.internal()
    return people if state == "external" else people.filter(is_active=state == "active")


def _with_posts(people: UserQuerySet) -> UserQuerySet:
    current = Post.objects.current().select_related("department").order_by("-is_main", "since", "pk")
    return people.select_related("external_unit").prefetch_related(Prefetch("posts", current, to_attr="now"))


@inside("GET")
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user).select_related("external_unit"), pk=pk)
    posts = person.posts.select_related("department").order_by("-is_main", "until", "since", "pk")
    reads_story = policies.may_administer(request.user) or request.user.authority.is_auditor
    context = {
        "person": person,
        "posts": [
            (post, policies.may_appoint(post.kind, person, request.user))
            for post in posts
            if post.until is None
        ],
        "past": [post for post in posts if post.until is not None],
        "may_administer": policies.may_administer(request.user),
        "may_close": policies.may_change_account(person, request.user),
        "may_appoint": _may_appoint_somehow(person, request.user),
        "story": TransitionLog.objects.of("user", pk)[:20] if reads_story else None,
    }
    return render(request, "organization/person.html", context)


def _may_appoint_somehow(person: User, by: User) -> bool:
    fits = person.is_active and not person.is_external
    return fits and any(policies.may_appoint(kind, person, by) for kind in PostKind)


@inside("GET", "POST")
def create(request: AuthenticatedHttpRequest) -> HttpResponse:
    only(allowed=policies.may_administer(request.user))
    form = NewPersonForm(posted(request))
    if accepted(form, lambda data: flows.create_person(by=request.user, **ids(data, "external_unit"))):
        messages.success(request, _("The account has been opened. Now give the person a post."))
        return redirect(
            "organization:person",
            pk=User.objects.visible_to(request.user).get(username=form.cleaned_data["username"]).pk,
        )
    return answer(request, "organization/person_form.html", {"person": None}, form)


@inside("GET", "POST")
def change(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    only(allowed=policies.may_administer(request.user))
    names = ("name", "title", "phone", "email")
    form = PersonForm(posted(request), initial={name: getattr(person, name) for name in names})
    if accepted(form, lambda data: flows.change_person(user_id=pk, by=request.user, **data)):
        messages.success(request, _("The particulars have been changed."))
        return redirect(person)
    return answer(request, "organization/person_form.html", {"person": person}, form)


@inside("GET", "POST")
def password(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    only(allowed=policies.may_change_account(person, request.user))
    form = PasswordForm(posted(request))
    return confirmed(
        request,
        form,
        lambda data: flows.set_password(user_id=pk, by=request.user, **data),
        done=_("The new password has been set."),
        title=_("Set a new password"),
        subject=person.name,
        person=person,
        note=_("Every device on which the person is logged in is logged out."),
        button=_("Set password"),
        back=person.get_absolute_url(),
    )


@inside("GET", "POST")
def deactivate(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    only(allowed=policies.may_change_account(person, request.user))
    form = ReasonForm(posted(request))
    return confirmed(
        request,
        form,
        lambda data: flows.deactivate_person(user_id=pk, by=request.user, **data),
        done=_("The account has been closed; all sessions have ended."),
        title=_("Close the account"),
        subject=person.name,
        person=person,
        note=_(
            "All sessions end at once and all posts end today; the open work goes to whoever speaks for the department."
        ),
        posts=person.posts.current().select_related("department"),
        button=_("Close account"),
        danger=True,
        back=person.get_absolute_url(),
    )


@inside("GET", "POST")
def reactivate(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    only(allowed=policies.may_change_account(person, request.user))
    form = ReasonForm(posted(request))
    return confirmed(
        request,
        form,
        lambda data: flows.reactivate_person(user_id=pk, by=request.user, **data),
        done=_("The account is open again. Its posts have to be given anew."),
        title=_("Open the account again"),
        subject=person.name,
        person=person,
        note=_("The old password holds; posts and sessions do not come back."),
        button=_("Open account"),
        back=person.get_absolute_url(),
    )
