"""Pages of a circulating paper: written, read with its table of opinions, sent round, changed, issued (R062, R063)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.refusals import NotYours
from documents.models import File
from pages.acts import carry_out, hand_in
from pages.answers import answer, posted
from pages.typing import AuthenticatedHttpRequest
from requests import circulation_policies as policies
from requests import circulation_rules, flows
from requests.circulation_acts import paper_acts
from requests.circulation_states import UNDER_WAY
from requests.forms.circulations import AddDepartmentForm, CirculationForm, TextForm
from requests.looking import keep_look
from requests.models import Circulation, CoordinationRequest, Countersign
from requests.views.reasons import ask_reason
from requests.views.shared import the_matter
from supervision.models import Obligation

OWN = gettext_lazy("Only the drafter and whoever speaks for the issuing department do this.")


def the_paper(request: AuthenticatedHttpRequest, pk: int) -> Circulation:
    """The paper, for whom it exists."""
    seen = Circulation.objects.visible_to(request.user).with_people()
    found: Circulation = get_object_or_404(seen.select_related("matter__keeper", "matter__filed_by"), pk=pk)
    keep_look(request.user, found.matter, "paper", found.number)
    return found


def page_of_paper(pk: int) -> str:
    return reverse("requests:circulation", args=[pk])


@require_http_methods(["GET", "POST"])
@login_required
def new_circulation(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A new paper on this matter; `instead` takes the place of an older one."""
    matter = the_matter(request, pk)
    if not policies.may_circulate(matter, request.user):
        raise NotYours(_("Only the coordination office and the lead department send papers round."))
    old = request.GET.get("instead", "")
    instead = the_paper(request, int(old)) if old.isdecimal() else None
    return _written(
        request, matter, instead,
        lambda given: flows.draft_circulation(matter_id=pk, by=request.user, supersedes=instead, **given),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def edit_circulation(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    paper = _own(request, pk)
    return _written(
        request, paper.matter, paper,
        lambda given: flows.change_circulation(circulation_id=pk, by=request.user, **given),
    )  # fmt: skip


def _own(request: AuthenticatedHttpRequest, pk: int) -> Circulation:
    paper = the_paper(request, pk)
    if not policies.may_edit_paper(paper, request.user):
        raise NotYours(str(OWN))
    return paper


def _written(
    request: AuthenticatedHttpRequest,
    matter: CoordinationRequest,
    paper: Circulation | None,
    write: Callable[[dict[str, Any]], Circulation],
) -> HttpResponse:
    form = CirculationForm(
        posted(request), request.FILES or None, matter=matter, user=request.user, paper=paper
    )
    if taken := hand_in(form, lambda: write(form.cleaned_data)):
        messages.success(request, _("The draft has been saved."))
        return redirect(page_of_paper(taken.result.pk))
    return answer(request, "requests/circulation_form.html", {"matter": matter, "paper": paper}, form)


@require_GET
@login_required
def circulation(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Text, versions with what differs, and the table of opinions: the same number of queries for 2 and 40 departments."""
    paper, user = the_paper(request, pk), request.user
    rows = list(paper.countersigns.with_people().order_by("place", "pk"))
    current = [row for row in rows if row.is_current]
    texts = list(paper.texts.select_related("written_by"))
    acts = paper_acts(paper, current, user)
    has_main = bool(acts) and acts[0].is_main
    context = {
        "paper": paper, "matter": paper.matter, "rows": _with_duties(current),
        "earlier": [row for row in rows if not row.is_current],
        "changes": _changes(texts), "written": texts[-1] if texts else None,
        "files": File.objects.of(Circulation.SUBJECT, paper.pk).kept().newest_versions(),
        "signed_count": sum(row.is_signed for row in current),
        "main": acts[0] if has_main else None, "others": acts[1:] if has_main else acts,
        "may_answer": paper.state in UNDER_WAY and policies.may_edit_paper(paper, user),
        "may_rule": {row.pk for row in current if row.waits_for_ruling and policies.may_rule_duty(row, user)},
        "may_print": paper.number is not None,
    }  # fmt: skip
    return answer(request, "requests/circulation.html", context)


def _with_duties(rows: list[Countersign]) -> list[tuple[Countersign, Obligation | None]]:
    """Each signature with what is owed on it: lateness is never computed here."""
    duties = Obligation.objects.filter(
        subject_type=Countersign.SUBJECT, subject_id__in=[row.pk for row in rows]
    )
    owed = {duty.subject_id: duty for duty in duties.open().order_by("-due_at")}
    return [(row, owed.get(row.pk)) for row in rows]


def _changes(texts: list[Any]) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Each later version with what differs from the one before, the newest first."""
    pairs = list(pairwise(texts))[::-1]
    return [(new, list(circulation_rules.difference(old.text, new.text))) for old, new in pairs]


@require_http_methods(["GET", "POST"])
@login_required
def change_text(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A new version of the text."""
    paper = _own(request, pk)
    form = TextForm(posted(request), initial={"text": paper.text, "version": paper.version})
    return carry_out(
        request, form, flows.change_text, done=_("The new version stands; whoever has to sign it is asked."),
        then=page_of_paper(pk), template="requests/circulation_text.html",
        context={"paper": paper, "matter": paper.matter, "back": page_of_paper(pk)}, circulation_id=pk,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def add_department(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One more department signs."""
    paper = _own(request, pk)
    context = {
        "paper": paper, "matter": paper.matter, "heading": _("Ask one more department"), "button": _("Ask it"),
        "advice": _("Its opinion is waited for like the others'."), "back": page_of_paper(pk),
    }  # fmt: skip
    return carry_out(
        request, AddDepartmentForm(posted(request), paper=paper), flows.add_department,
        done=_("The department has been asked."), then=page_of_paper(pk), template="requests/plain_act.html",
        context=context, circulation_id=pk,
    )  # fmt: skip


DONE = {
    "start": (flows.start_circulation, gettext_lazy("It goes round now; the clocks run.")),
    "sign_off": (
        flows.sign_off,
        gettext_lazy("Signed off; each department gets the table of opinions back."),
    ),
    "issue": (flows.issue_paper, gettext_lazy("Issued; it has its number.")),
    "put_on_file": (flows.put_on_file, gettext_lazy("Put on file.")),
    "leave_open": (
        flows.leave_open,
        gettext_lazy(
            "Recorded as not agreed, with where each department stands. A dispute can be opened on it."
        ),
    ),
}
WITH_REASON = {
    "pull_back": (
        flows.pull_back, gettext_lazy("Pull the paper back"), gettext_lazy("Pull back"), gettext_lazy("Pulled back."),
        gettext_lazy("The clocks stop. Whoever has signed need not sign again, as long as the text stays."),
    ),
    "drop": (
        flows.drop_paper, gettext_lazy("Do not follow the paper up"), gettext_lazy("Do not follow it up"),
        gettext_lazy("It is not followed up; nothing is owed on it."),
        gettext_lazy("Nothing is owed on it any more. Whoever has signed reads the reason; it can still be sent round later."),
    ),
    "give_back": (
        flows.give_back_paper, gettext_lazy("Give back to the drafter"), gettext_lazy("Give back"),
        gettext_lazy("Given back."), gettext_lazy("Say what should be otherwise; the drafter reads it."),
    ),
}  # fmt: skip


def at_once(name: str) -> Callable[..., HttpResponse]:
    """A verb that needs nothing but its button."""
    flow, words = DONE[name]

    @require_POST
    @login_required
    def view(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
        found = the_paper(request, pk)
        shown = request.POST.get("version", "")
        seen = {"version": int(shown)} if name == "sign_off" and shown.isdecimal() else {}
        flow(circulation_id=found.pk, by=request.user, **seen)
        messages.success(request, str(words))
        return redirect(page_of_paper(pk))

    return view


def with_reason(name: str) -> Callable[..., HttpResponse]:
    """A verb that is never done without its reason (R048)."""

    @require_http_methods(["GET", "POST"])
    @login_required
    def view(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
        found = the_paper(request, pk)
        may = policies.may_sign_off if name == "give_back" else policies.may_edit_paper
        if not may(found, request.user):
            raise NotYours(str(OWN))
        return ask_reason(
            request, WITH_REASON[name], found.matter, back=page_of_paper(pk), danger=name != "give_back", circulation_id=pk
        )  # fmt: skip

    return view
