"""Pages of the register of outside papers: the list, one line of it, and what is done with it (R066)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.forms import BaseForm
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from audit.acting import today
from audit.models import TransitionLog
from audit.refusals import NotYours
from documents.models import File
from documents.serving import serve
from organization.models import User
from pages.acts import carry_out, hand_in
from pages.answers import answer, posted
from pages.lists import Filter, chosen, paginate
from pages.typing import AuthenticatedHttpRequest
from requests import flows
from requests import outside_paper_policies as policies
from requests.forms.outside_papers import (
    AddToPaperForm,
    CorrectPaperForm,
    LinkPaperForm,
    RegisterPaperForm,
    SettlePaperForm,
    StrikePaperForm,
)
from requests.looking import keep_look_at_paper
from requests.models import CoordinationRequest, OutsidePaper
from requests.outside_paper_states import PaperDirection
from requests.states import Stage
from supervision.models import Obligation

ACT = "requests/outside_paper_act.html"
CORRECT = "requests/outside_paper_correct.html"
WHO = gettext_lazy(
    "Only the coordination office, its secretary and the records administrator keep this register."
)
TABS: dict[str, str | Promise] = {
    "all": pgettext_lazy("outside papers", "All"),
    "waiting": pgettext_lazy("outside papers", "Answer due"),
    "late": pgettext_lazy("outside papers", "Overdue"),
    "free": pgettext_lazy("outside papers", "Without a matter"),
    "struck": pgettext_lazy("outside papers", "Struck out"),
}


def _tab(tab: str, day: date) -> Q:
    standing = Q(struck_at=None)
    waiting = standing & Q(reply_due_on__isnull=False, settled_at=None)
    return {
        "waiting": waiting,
        "late": waiting & Q(reply_due_on__lt=day),
        "free": standing & Q(matter=None),
        "struck": Q(struck_at__isnull=False),
    }.get(tab, standing)


@require_GET
@login_required
def register(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Every line that exists for this person, the newest first."""
    seen = OutsidePaper.objects.for_reader(request.user)
    tab, day = chosen(request, "tab", TABS, "all"), today()
    direction, q = chosen(request, "direction", PaperDirection.values), request.GET.get("q", "").strip()[:60]
    counts = seen.order_by().aggregate(**{key: Count("pk", filter=_tab(key, day)) for key in TABS})
    found = seen.filter(_tab(tab, day)).search(q)
    page = paginate(request, (found.filter(direction=direction) if direction else found).for_list_page())
    context = {
        "page": page, "tab": tab, "tabs": [(key, label, counts[key]) for key, label in TABS.items()], "today": day,
        "find": _("Number, unit or title"), "is_filtered": bool(q or direction),
        "filters": [Filter("direction", _("In and out"), PaperDirection.choices, direction)],
        "may_register": policies.may_register(request.user),
    }  # fmt: skip
    return answer(request, "requests/outside_papers.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One more line; `?matter=` and `?answers=` begin it from where one comes."""
    if not policies.may_register(request.user):
        raise NotYours(str(WHO))
    form = RegisterPaperForm(
        posted(request), request.FILES or None, user=request.user, initial=_beginning(request)
    )
    if taken := hand_in(form, lambda: flows.register_paper(by=request.user, **form.cleaned_data)):
        messages.success(request, _("Registered as %(number)s.") % {"number": taken.result.number})
        return redirect("requests:outside_paper", taken.result.pk)
    return answer(request, "requests/outside_paper_form.html", {}, form)


def _beginning(request: AuthenticatedHttpRequest) -> dict[str, Any]:
    """What a link hands along, as far as it exists for this person."""
    start: dict[str, Any] = {}
    if (pk := request.GET.get("matter", "")).isdecimal() and len(pk) < 19:
        matter = CoordinationRequest.objects.inside(request.user).filter(pk=pk).first()
        start["matter"] = matter.number if matter else ""
    if (pk := request.GET.get("answers", "")).isdecimal() and len(pk) < 19:
        paper = (
            OutsidePaper.objects.for_reader(request.user)
            .waiting()
            .select_related("matter")
            .filter(pk=pk)
            .first()
        )
        if paper is not None:
            start |= {"answers": paper.pk, "unit": paper.unit, "sort": paper.sort}
            start["direction"] = PaperDirection.OUT if paper.is_incoming else PaperDirection.IN
            start["matter"] = paper.matter.number if paper.reads_matter else ""
    return start


def _the_paper(request: AuthenticatedHttpRequest, pk: int, what: str = "paper") -> Any:
    seen = OutsidePaper.objects.for_reader(request.user)
    found = get_object_or_404(
        seen.for_list_page().select_related("registered_by", "settled_by", "answers"), pk=pk
    )
    keep_look_at_paper(request.user, found, what)
    return found


def _owes(user: User, pk: int) -> bool:
    return OutsidePaper.objects.owed_by(user).filter(pk=pk).exists()


@require_GET
@login_required
def paper(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One line with its scans, its story and what this person can do with it."""
    found, user = _the_paper(request, pk), request.user
    stands = found.struck_at is None and (found.matter is None or found.matter.stage != Stage.ARCHIVED)
    seen = OutsidePaper.objects.visible_to(user)
    waits = stands and found.is_waiting
    answers = list(seen.standing().filter(answers=pk))
    context = {
        "paper": found, "today": today(),
        "matter": found.matter if found.reads_matter else None,
        "files": File.objects.of(OutsidePaper.SUBJECT, pk).kept().select_related("uploaded_by"),
        "answered": seen.filter(pk=found.answers_id).first() if found.answers_id else None,
        "answered_by": answers,
        "duty": Obligation.objects.open().of(OutsidePaper.SUBJECT, pk).for_lists().first(),
        "story": TransitionLog.objects.of(OutsidePaper.SUBJECT, pk)[:50],
        "may_register": stands and policies.may_register(user),
        "may_correct": stands and not answers and found.settled_at is None and policies.may_register(user),
        "may_settle": waits and policies.may_settle_paper(found, user, owes=_owes(user, pk)),
    }  # fmt: skip
    return answer(request, "requests/outside_paper.html", context)


@require_GET
@login_required
def scan(request: AuthenticatedHttpRequest, pk: int, file_pk: int) -> FileResponse:
    """A scan, for whoever may see its line."""
    _the_paper(request, pk, "file")
    return serve(get_object_or_404(File.objects.of(OutsidePaper.SUBJECT, pk).kept(), pk=file_pk))


def _acted(
    request: AuthenticatedHttpRequest,
    found: Any,
    form: BaseForm,
    flow: Callable[..., Any],
    *,
    may: bool,
    template: str = ACT,
    **words: Any,
) -> HttpResponse:
    if not may:
        raise NotYours(str(words["who"]))
    then = reverse("requests:outside_paper", args=[found.pk])
    return carry_out(
        request, form, flow, done=words["done"], then=then, template=template, context={"paper": found, "back": then, **words},
        paper_id=found.pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def link(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """To which matter the paper belongs."""
    found = _the_paper(request, pk)
    return _acted(
        request, found, LinkPaperForm(posted(request)), flows.link_paper, may=policies.may_register(request.user), who=WHO,
        heading=_("Link to a matter"), button=_("Link it"), done=_("The paper stands among the files of the matter."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def correct(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What was written wrongly is put right, and the history keeps what stood there."""
    found = _the_paper(request, pk)
    return _acted(
        request, found, CorrectPaperForm(posted(request), paper=found), flows.correct_paper,
        may=policies.may_register(request.user), who=WHO, heading=_("Correct the line"), button=_("Correct it"),
        done=_("The line is corrected; its history shows what stood there."), template=CORRECT,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def settle(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """It is answered, or needs no answer any more."""
    found = _the_paper(request, pk)
    return _acted(
        request, found, SettlePaperForm(posted(request)), flows.settle_paper,
        may=policies.may_settle_paper(found, request.user, owes=_owes(request.user, pk)),
        who=_("Whoever sees to the paper settles it, or who keeps the register."), heading=_("Settle the paper"),
        button=_("Settle it"), done=_("The paper is settled."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def strike(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """It was registered by mistake."""
    found = _the_paper(request, pk)
    return _acted(
        request, found, StrikePaperForm(posted(request)), flows.strike_paper, may=policies.may_register(request.user),
        who=WHO, heading=_("Strike out of the register"), button=_("Strike it out"), done=_("The line is struck out."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def add(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A scan that comes later."""
    found = _the_paper(request, pk)
    form = AddToPaperForm(posted(request), request.FILES or None)
    return _acted(
        request, found, form, flows.add_to_paper, may=policies.may_register(request.user), who=WHO, heading=_("Add a scan"),
        button=_("Add it"), done=_("The scan has been added."),
    )  # fmt: skip
