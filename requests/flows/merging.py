"""Merging (并案): announced to both applicants first, then carried out or called off by the office (Q11, R042)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from audit.transitions import insist
from organization.models import User
from requests import policies, rules
from requests.flows.approval_shared import end_paper
from requests.flows.endings import end_what_runs
from requests.flows.shared import let_read, lock, speakers, tell_people, tell_story
from requests.merged import applicants, taken_in
from requests.models import CoordinationRequest, Merge
from supervision.flows import cancel, discharge
from supervision.states import Kind


@flow
def announce_merge(*, matter_id: int, by: User, main_id: int, reason: str) -> CoordinationRequest:
    """Q11: both applicants hear that this matter is to be merged into the main one, and why, before it happens.

    Raises Invalid, beside `main`, when the chosen one cannot take it in; NotReady while another announcement stands.
    """
    matter, main = _lock_in_order(matter_id, main_id)
    insist(matter.merge, by)
    main = _insist_on_main(matter, main, by)
    rules.insist_on_reason(reason)
    standing = Merge.objects.standing().filter(matter=matter).select_related("main").first()
    if standing is not None:
        raise NotReady(
            _("Its merge into %(number)s has been announced already. Carry it out, or call it off first.")
            % {"number": standing.main.number}
        )
    announced = Merge.objects.create(
        matter=matter, main=main, reason=reason.strip(), announced_by=by, announced_at=now()
    )
    _tell_both(
        announced,
        "announced",
        _n(
            "%(number)s is to be merged into %(other)s. Tell the coordination office if they are not the same thing."
        ),
        _n(
            "%(other)s is to be merged into %(number)s. Tell the coordination office if they are not the same thing."
        ),
    )
    tell_story(
        matter, "announce_merge", _n("%(actor)s announced that it is to be merged into %(other)s."),
        by=by, params={"other": main.number}, reason=announced.reason,
    )  # fmt: skip
    tell_story(
        main, "announce_merge", _n("%(actor)s announced that %(other)s is to be merged into it."),
        by=by, params={"other": matter.number}, reason=announced.reason,
    )  # fmt: skip
    return matter


@flow
def merge(*, matter_id: int, by: User) -> CoordinationRequest:
    """Q11: it ends and points to its main matter; its applicant reads that one from now on and goes on being told (R042).

    What was owed in it ends. Raises NotReady unless the merge was announced before and everything still holds.
    """
    announced = Merge.objects.standing().filter(matter=matter_id).first()
    matter, main = _lock_in_order(matter_id, announced.main_id if announced else 0)
    insist(matter.merge, by)
    # Under the locks: meanwhile it may have been called off, or announced into another one.
    if announced is None or not Merge.objects.standing().filter(pk=announced.pk).exists():
        raise NotReady(_("Announce the merge first: both applicants are told before."))
    announced.matter, announced.main = matter, _insist_on_main(matter, main, by)
    came_from = matter.stage
    matter.merge()
    matter.merged_into, matter.ending_reason, matter.ended_at = announced.main, announced.reason, now()
    matter.save()
    announced.merged_at = matter.ended_at
    announced.save()
    end_what_runs(matter, by=by, reason=announced.reason)
    _end_what_was_owed(matter)
    _let_them_read_on(announced)
    _tell_of_the_merge(announced)
    tell_story(
        matter, "merge", _n("%(actor)s merged it into %(other)s."), by=by, came_from=came_from, tone="warn",
        params={"other": announced.main.number}, reason=announced.reason,
    )  # fmt: skip
    tell_story(
        announced.main, "take_in", _n("%(actor)s merged %(other)s into it; its applicant reads along."), by=by,
        tone="acc", params={"other": matter.number}, reason=announced.reason,
    )  # fmt: skip
    return matter


@flow
def call_off_merge(*, matter_id: int, by: User, reason: str) -> CoordinationRequest:
    """The two are not the same thing after all: each goes on by itself, and both applicants are told."""
    announced = Merge.objects.standing().filter(matter=matter_id).first()
    matter, main = _lock_in_order(matter_id, announced.main_id if announced else 0)
    if not policies.may_merge(matter, by):
        raise NotYours(
            _("Only the coordination office merges matters, and nobody merges a matter of their own.")
        )
    if announced is None or not Merge.objects.standing().filter(pk=announced.pk).exists():
        raise NotReady(_("No merge is announced here that could be called off."))
    rules.insist_on_reason(reason)
    announced.matter, announced.main = matter, main or announced.main
    announced.called_off_at = now()
    announced.save()
    _tell_both(
        announced,
        "called-off",
        _n("%(number)s is not merged into %(other)s after all; each goes on by itself."),
        _n("%(other)s is not merged into %(number)s after all; each goes on by itself."),
    )
    for one, other in ((matter, announced.main), (announced.main, matter)):
        tell_story(
            one, "call_off_merge", _n("%(actor)s called off the merge with %(other)s."), by=by,
            params={"other": other.number}, reason=reason,
        )  # fmt: skip
    return matter


def _lock_in_order(matter_id: int, main_id: int) -> tuple[CoordinationRequest, CoordinationRequest | None]:
    """Both rows, the older one first: two merges that cross wait for each other in one order, and the second one finds
    what the first has ended."""
    locked: dict[int, CoordinationRequest] = {}
    for pk in sorted({matter_id, main_id}):
        try:
            locked[pk] = lock(pk)
        except CoordinationRequest.DoesNotExist:
            if pk == matter_id:
                raise
    return locked[matter_id], locked.get(main_id)


def _insist_on_main(
    matter: CoordinationRequest, main: CoordinationRequest | None, by: User
) -> CoordinationRequest:
    sentence = ""
    if main is None or not CoordinationRequest.objects.visible_to(by).filter(pk=main.pk).exists():
        sentence = _("There is no such matter. Write the number of the main matter.")
    elif main.pk == matter.pk:
        sentence = _("This is the matter itself. Choose the other one.")
    elif not rules.takes_in(main):
        sentence = _(
            "%(number)s stands at “%(stage)s”: nothing can be merged into it. Choose a matter under way."
        ) % {
            "number": main.number,
            "stage": main.state_words(),
        }
    elif rules.would_open_too_much(main, [matter, *taken_in(matter)]):
        sentence = _(
            "%(number)s has a higher level: its text must not reach whoever filed this one. Merge it the other way round, or leave them apart."
        ) % {"number": main.number}
    if sentence or main is None:
        raise Invalid(sentence, fields={"main": [sentence]})
    return main


def _end_what_was_owed(matter: CoordinationRequest) -> None:
    """The office has answered by merging; what was asked of anybody else falls away."""
    for kind in (Kind.ACCEPT, Kind.PREPARE):
        discharge(kind=kind, subject_type=matter.SUBJECT, subject_id=matter.pk)
    cancel(case_id=matter.pk)
    end_paper(matter)


def _let_them_read_on(announced: Merge) -> None:
    """Followers move along: whoever filed it, with the department, and whoever had been merged into it before."""
    joined = [announced.matter, *taken_in(announced.matter)]
    let_read(
        announced.main,
        users=[row.filed_by_id for row in joined],
        departments={row.filed_by_department_id for row in joined},
        why="merged",
    )


def _tell_both(announced: Merge, what: str, to_this: str, to_main: str) -> None:
    """Each side hears it of its own matter, and reads no more of the other than its number."""
    matter, main = announced.matter, announced.main
    key = f"merge:{announced.pk}:{what}"
    tell_people(matter, applicants(matter), to_this, key=key, params={"other": main.number})
    others = {person.pk for person in applicants(matter)}
    on_main = [*applicants(main), *filter(None, [main.keeper])]
    tell_people(
        main, [person for person in on_main if person.pk not in others], to_main, key=key, params={"other": matter.number}
    )  # fmt: skip


def _tell_of_the_merge(announced: Merge) -> None:
    matter, main = announced.matter, announced.main
    tell_people(
        matter, applicants(matter), _n("%(number)s has been merged into %(other)s; you are told how that one goes on."),
        key=f"merge:{announced.pk}:done", params={"other": main.number}, url_args=[main.pk],
    )  # fmt: skip
    told = {person.pk for person in applicants(matter)}
    on_main = [*applicants(main), *filter(None, [main.keeper])]
    tell_people(
        main, [person for person in on_main if person.pk not in told], _n("%(other)s has been merged into %(number)s."),
        key=f"merge:{announced.pk}:taken-in", params={"other": matter.number},
    )  # fmt: skip
    asked = speakers(matter.participants.values_list("department_id", flat=True))
    tell_people(
        matter, [person for person in asked if person.pk not in told],
        _n("%(number)s has been merged into %(other)s: what was asked of your department in it falls away."),
        key=f"merge:{announced.pk}:falls-away", params={"other": main.number},
    )  # fmt: skip
