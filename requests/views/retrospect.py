"""Pages of the review (复盘) and of the improvements that came of it (F19, R107, R108)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.acting import today
from audit.refusals import NotYours
from audit.transitions import is_allowed
from organization.models import User
from pages.acts import carry_out, hand_in
from pages.answers import answer, posted
from pages.lists import chosen, paginate
from pages.typing import AuthenticatedHttpRequest
from requests import flows, retrospect_rules
from requests import retrospect_policies as policies
from requests.flows.shared import speakers
from requests.forms.retrospect import EvidenceForm, ReviewForm, SendBackForm, rows_of
from requests.looking import keep_look
from requests.models import CoordinationRequest, Improvement, Review
from requests.retrospect_facts import facts_of, lines
from requests.retrospect_states import CHECKED_TEXTS, RUNNING, ImprovementState, ReviewState
from requests.states import Stage
from requests.survey_view import survey_result
from requests.views.shared import the_matter
from supervision.models import Obligation

TABS: dict[str, str | Promise] = {
    "running": pgettext_lazy("improvements", "Under way"),
    "late": pgettext_lazy("improvements", "Overdue"),
    "done": pgettext_lazy("improvements", "Done"),
}


@require_http_methods(["GET", "POST"])
@login_required
def review(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The review of a matter: its form while it is a draft, the paper once it is issued."""
    matter = the_matter(request, pk)
    found = Review.objects.visible_to(request.user).filter(matter=matter).first()
    if request.method == "GET" and found is not None and found.state == ReviewState.ISSUED:
        return answer(request, "requests/retrospect.html", _paper(matter, found))
    if not policies.may_write_review(matter, request.user) or matter.stage != Stage.FEEDBACK:
        raise NotYours(
            _("The coordination office and the lead department write the review, during the feedback.")
        )
    retrospect_rules.insist_on_draft(found)  # whoever writes while it is issued is told
    return _written(request, matter, found)


def _written(
    request: AuthenticatedHttpRequest, matter: CoordinationRequest, found: Review | None
) -> HttpResponse:
    form = ReviewForm(posted(request), matter=matter, review=found, offered=_people(matter))
    rows = rows_of(found, posted(request))
    issue = "issue" in request.POST

    def keep() -> Review:
        given = dict(form.cleaned_data)
        people = list(given.pop("people"))
        kept = flows.write_review(
            matter_id=matter.pk, by=request.user, fields=given, people=people, improvements=rows.complete
        )
        return flows.issue_review(matter_id=matter.pk, by=request.user) if issue else kept

    if taken := hand_in(form, keep, rows):
        done = _("The review has been issued as %(number)s.") if issue else _("The draft has been saved.")
        messages.success(request, done % {"number": taken.result.number})
        return redirect("requests:retrospect", matter.pk)
    context = {
        "matter": matter, "review": found, "rows": rows, "facts": lines(facts_of(matter)),
        "survey": survey_result(matter), "may_issue": request.user.authority.is_officer,
    }  # fmt: skip
    return answer(request, "requests/retrospect_form.html", {**context, "form": form}, [form, rows])


def _paper(matter: CoordinationRequest, found: Review) -> dict[str, Any]:
    return {
        "matter": matter, "review": found, "facts": lines(found.facts or {}), "survey": survey_result(matter),
        "graded": found.graded(),
        "texts": [(label, getattr(found, name)) for name, label in CHECKED_TEXTS],
        "improvements": found.improvements.select_related("owner", "department"),
        "people": found.people.order_by("name"), "today": today(),
    }  # fmt: skip


def _people(matter: CoordinationRequest) -> list[int]:
    """Who can have sat in the review: who kept, filed, spoke, worked and checked."""
    departments = [
        *matter.participants.values_list("department_id", flat=True),
        matter.filed_by_department_id,
    ]
    found: set[int | None] = {person.pk for person in speakers(pk for pk in departments if pk)}
    found.update((matter.keeper_id, matter.filed_by_id))
    for row in matter.items.values_list("assignee_id", "verifier_id"):
        found.update(row)
    return list(User.objects.active().filter(pk__in=[pk for pk in found if pk]).values_list("pk", flat=True))


def _tab(tab: str) -> Q:
    return {
        "running": Q(state__in=RUNNING),
        "late": Q(state=ImprovementState.OPEN, due_on__lt=today()),
    }.get(tab, Q(state=ImprovementState.DONE))


@require_GET
@login_required
def improvements(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What reviews want bettered, also of matters that are archived (R108)."""
    seen = Improvement.objects.visible_to(request.user)
    tab = chosen(request, "tab", TABS, "running")
    counts = seen.order_by().aggregate(**{key: Count("pk", filter=_tab(key)) for key in TABS})
    page = paginate(request, seen.filter(_tab(tab)).for_list_page())
    context = {
        "page": page, "tab": tab, "tabs": [(key, label, counts[key]) for key, label in TABS.items()], "today": today(),
        "may_read_recurring": policies.may_read_recurring(request.user),
    }  # fmt: skip
    return answer(request, "requests/improvements.html", context)


def _the_improvement(request: AuthenticatedHttpRequest, pk: int) -> Improvement:
    found: Improvement = get_object_or_404(
        Improvement.objects.visible_to(request.user)
        .for_list_page()
        .select_related("reported_by", "checked_by"),
        pk=pk,
    )
    keep_look(request.user, found.matter, "improvement")
    return found


@require_GET
@login_required
def improvement(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _the_improvement(request, pk)
    duty = Obligation.objects.open().of(Improvement.SUBJECT, pk).for_lists().first()
    context = {
        "improvement": found, "duty": duty, "today": today(),
        "may_read_review": Review.objects.visible_to(request.user).filter(pk=found.review_id).exists(),
        "may_report": is_allowed(found.report, request.user),
        "may_check": is_allowed(found.confirm, request.user),
    }  # fmt: skip
    return answer(request, "requests/improvement.html", context)


def _with_form(
    request: AuthenticatedHttpRequest,
    found: Improvement,
    form: Any,
    flow: Any,
    *,
    allowed: bool,
    **context: Any,
) -> HttpResponse:
    if not allowed:
        raise NotYours(_("Somebody else does this."))
    return carry_out(
        request, form, flow, done=context["done"], then=reverse("requests:improvement", args=[found.pk]),
        template="requests/improvement_act.html", context={"improvement": found, **context}, improvement_id=found.pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def report_improvement(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Done, with what shows it."""
    found = _the_improvement(request, pk)
    return _with_form(
        request, found, EvidenceForm(posted(request)), flows.report_improvement, heading=_("Report it bettered"),
        button=_("Report"), allowed=policies.may_report_improvement(found, request.user),
        done=_("Reported. The coordination office looks at it."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def send_back_improvement(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """It does not show yet."""
    found = _the_improvement(request, pk)
    return _with_form(
        request, found, SendBackForm(posted(request)), flows.send_back_improvement, heading=_("Send it back"),
        button=pgettext_lazy("improvement", "Send back"),
        allowed=policies.may_check_improvement(found, request.user), done=_("It has been sent back."),
    )  # fmt: skip


@require_POST
@login_required
def confirm_improvement(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    if not policies.may_check_improvement(_the_improvement(request, pk), request.user):
        raise NotYours(_("Somebody else does this."))
    flows.confirm_improvement(improvement_id=pk, by=request.user)
    messages.success(request, _("Confirmed."))
    return redirect("requests:improvement", pk)
