"""The page of a matter: where it stands, what is this person's turn, and one tab of what belongs to it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from audit.acting import now
from audit.flows import note_read
from pages.addresses import link
from pages.answers import answer
from pages.lists import chosen
from pages.typing import AuthenticatedHttpRequest
from requests import approval_view, letter_policies, panels, policies, process_record
from requests.awaited import awaited_in
from requests.channels import with_channels
from requests.forms.discussion import CommentForm
from requests.inline import keepers
from requests.looking import keep_look
from requests.loops import loops_of
from requests.models import CoordinationRequest, Gap
from requests.next_steps import Case, NextSteps, Step, next_steps
from requests.outside import shared_with
from requests.reads import STORY, matter_for
from requests.states import ENDED, PAPERS_MAY_GO, Stage
from requests.step_bar import step_bar
from requests.tab_row import arranged
from requests.views.letters import letters_of
from requests.views.merging import merges_of
from requests.views.shared import the_matter, the_public_one
from supervision.calendar import working_days
from supervision.states import Kind

# While the office still weighs the form, what was completed stands on the page; later its history tells.
WEIGHED = (Stage.PROPOSAL, Stage.PREPARATION)
# What stands on the one page for the printer wherever there is any, and what rooms above bring to it.
PRINTED = (
    "plan", "circulations", "notices", "measures", "effects", "visits", "loans", "changes", "files",
)  # fmt: skip
LOADED = ("meetings", "disputes")


@require_GET
@login_required
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One matter. Its applicant's draft is the form itself; who is not concerned reads the summary of a public one."""
    matter = matter_for(request.user, pk)
    if matter is None:
        return answer(request, "requests/public.html", {"matter": the_public_one(request, pk)})
    if matter.stage == Stage.DRAFT and matter.filed_by_id == request.user.pk:
        return redirect("requests:form", pk)
    keep_look(request.user, matter, "matter", request.GET.get("tab", "")[:20])
    if request.user.is_external:
        return answer(request, "requests/shared.html", shared_with(matter, request.user))
    case = panels.load_case(matter, request.user)
    offered = panels.tabs(case)
    tab = chosen(request, "tab", [tab.key for tab in offered], "overview")
    shown = _shown(request, matter, case, tab)
    steps = _all(shown["steps"])
    context = {
        "matter": matter,
        "case": case,
        "tabs": arranged(offered, tab, case, steps),
        "tab": tab,
        "keepers": keepers(matter, steps),
    }
    return answer(request, "requests/detail.html", context | shown)


def _all(steps: NextSteps) -> list[Step]:
    return [*([steps.main] if steps.main else []), *steps.others]


@require_GET
@login_required
def printed(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Everything of a matter on one page, to be printed; who printed it is kept."""
    matter = the_matter(request, pk)
    case = panels.load_case(matter, request.user)
    note_read(what="print", by=request.user, filters={"matter": str(pk), "number": matter.number or ""})
    held = [tab.key for tab in panels.tabs(case) if tab.key in PRINTED and not tab.is_empty]
    parts: dict[str, Any] = {}
    for tab in ("overview", "items", "talks", "story", *held):
        parts |= panels.panel(tab, case)
    # On paper nothing is begun or ended.
    parts |= {name: () for name in parts if name.startswith("may_")}
    shown = _shown(request, matter, case, "letters") | parts
    more = {
        "matter": matter,
        "case": case,
        "printed_at": now(),
        "held": held,
        "loaded": [
            link(f"{tab.key}:panel", pk) for tab in panels.tabs(case) if tab.key in LOADED and tab.holds
        ],
        "kept": matter.messages.all(),
    }
    return answer(request, "requests/print.html", shown | more | {"may_write_letter": False})


def _shown(
    request: AuthenticatedHttpRequest, matter: CoordinationRequest, case: Case, tab: str
) -> dict[str, Any]:
    duties = panels.open_duties(matter)
    departments = [row.department_id for row in case.participants]
    return {
        "steps": next_steps(case, request.user),
        "bar": step_bar(matter, duties),
        "opinions": panels.opinions_with_duties(case.participants, duties),
        "silent_ones": panels.silent_ones(case, duties),
        "loops": loops_of(matter, talked_before=case.talked_before),
        "answered": sum(1 for row in case.participants if row.opinion),
        "awaited": awaited_in(case, now(), working_days()),
        "recent": [] if tab == "story" else with_channels(STORY(matter.pk)),
        "may_attach": tab == "files" and policies.may_attach(matter, request.user, departments),
        "papers_may_go": matter.stage in PAPERS_MAY_GO,
        "may_record": tab == "talks" and policies.may_record_talks(matter, request.user),
        "papers_duty": next((duty for duty in duties if duty.kind == Kind.PAPERS), None),
        "open_gaps": matter.gaps.open() if matter.stage == Stage.RETURNED else (),
        "answered_gaps": _answered_gaps(matter),
        **(approval_view.shown(case, duties) if tab in ("overview", "letters") else {}),
        "comment_form": CommentForm() if tab == "discussion" else None,
        **(_passed_on(request, matter) if case.was_passed_on else {}),
        **(merges_of(matter, request.user) if case.has_merges else {}),
        **(letters_of(matter, request.user) if tab == "letters" else panels.panel(tab, case)),
        **(_record(request, matter) if tab == "story" else {}),
    }


def _record(request: AuthenticatedHttpRequest, matter: CoordinationRequest) -> dict[str, Any]:
    """R096: all steps, or those of one kind, the newest first."""
    kind = process_record.kind_of(request.GET)
    lines = process_record.lines_of(matter, kind).reverse()
    return {
        "story": lines[: panels.LONGEST_STORY],
        "kind": kind,
        "record_kinds": process_record.KINDS.items(),
        "may_take_record": not matter.is_closed,
    }


def _passed_on(request: AuthenticatedHttpRequest, matter: CoordinationRequest) -> dict[str, Any]:
    """R100: how often it was passed on, with the chain, and the meeting that came of it."""
    rows = list(matter.handovers.select_related("wish"))
    return {
        "handovers": rows,
        "handover_count": sum(row.misrouted_at is None for row in rows),
        "may_admit": matter.stage not in ENDED and letter_policies.may_admit_misrouting(request.user),
        # Its tab shows the meeting to whoever may see it; a link to the meeting would fail for the others.
        "meeting_called_for": any(row.wish and row.wish.meeting_id for row in rows),
    }


def _answered_gaps(matter: CoordinationRequest) -> list[Gap]:
    """The gaps of the last return, each beside what the applicant said to it (Q3)."""
    if matter.stage not in WEIGHED:
        return []
    rows = list(matter.gaps.answered().order_by("-round", "pk"))
    return [gap for gap in rows if gap.round == rows[0].round]
