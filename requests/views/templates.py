"""The templates of the coordination office: list, write, change, take out of use (R041)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.models import TransitionLog
from audit.refusals import NotYours
from pages.acts import hand_in
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import flows, policies
from requests.forms.templates import TemplateForm
from requests.models import RequestTemplate


def _only_the_office(request: AuthenticatedHttpRequest) -> None:
    if not policies.may_edit_templates(request.user):
        raise NotYours(_("Only the coordination office keeps the templates."))


@require_GET
@login_required
def listing(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All templates, with how many forms were begun with each."""
    _only_the_office(request)
    rows = RequestTemplate.objects.visible_to(request.user).annotate(uses=Count("matters"))
    return answer(request, "requests/templates.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@login_required
def create(request: AuthenticatedHttpRequest) -> HttpResponse:
    _only_the_office(request)
    form = TemplateForm(posted(request))
    if hand_in(form, lambda: flows.create_template(by=request.user, **form.given())):
        messages.success(request, _("The template has been written."))
        return redirect("requests:templates")
    return answer(request, "requests/template.html", {"template": None}, form)


@require_http_methods(["GET", "POST"])
@login_required
def change(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Change a template; whoever saves second is told who was quicker."""
    _only_the_office(request)
    template = get_object_or_404(RequestTemplate.objects.visible_to(request.user), pk=pk)
    form = TemplateForm(posted(request), initial=TemplateForm.start(template))
    taken = hand_in(
        form,
        lambda: flows.change_template(
            template_id=pk, by=request.user, revision=form.cleaned_data["revision"] or 0, **form.given()
        ),
    )
    if taken:
        messages.success(request, _("The template has been changed."))
        return redirect("requests:templates")
    story = TransitionLog.objects.of(RequestTemplate.SUBJECT, pk)[:20]
    return answer(request, "requests/template.html", {"template": template, "story": story}, form)


@require_POST
@login_required
def switch(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take it out of use, or offer it again."""
    _only_the_office(request)
    template = get_object_or_404(RequestTemplate.objects.visible_to(request.user), pk=pk)
    is_active = request.POST.get("offer") == "yes"
    flows.switch_template(template_id=template.pk, is_active=is_active, by=request.user)
    messages.success(
        request, _("The template is offered again.") if is_active else _("The template is out of use.")
    )
    return redirect("requests:templates")
