"""A paper is drafted, sent round, changed, pulled back (R062, domain §3.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import File as Upload
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.acting import now
from audit.flow import flow
from audit.refusals import Invalid, NotReady, NotYours
from audit.transitions import insist
from documents.flows import attach
from organization import people
from organization.models import Department, User
from requests import circulation_policies as policies
from requests import circulation_rules, letter_rules, rules
from requests.circulation_states import CHANGEABLE, UNDER_WAY, PaperState
from requests.flows.circulation_shared import (
    askers,
    close_rows,
    end_duties,
    end_signing,
    go_on,
    lock_paper,
    owe_ruling,
    stop_asking,
    tell_about,
    tell_paper,
)
from requests.flows.shared import let_read, lock, speakers
from requests.models import Circulation, Countersign, PaperKind, PaperText
from supervision import flows as supervision
from supervision.states import Kind

FIELDS = (
    "title", "text", "silence", "in_series", "urgency", "touches_money", "touches_duty", "touches_personal_data",
    "decides", "question",
)  # fmt: skip


@flow
def draft_circulation(
    *,
    matter_id: int,
    by: User,
    kind: PaperKind,
    departments: Sequence[Department],
    papers: Sequence[Upload[Any]] = (),
    supersedes: Circulation | None = None,
    **fields: Any,
) -> Circulation:
    """Write a paper that is to go round. Nobody outside the department and the office sees it before it does."""
    matter = lock(matter_id)
    if not policies.may_circulate(matter, by):
        raise NotYours(_("Only the coordination office and the lead department send papers round."))
    circulation_rules.insist_on_matter(matter)
    department = letter_rules.issuing_department(letter_rules.concerned_departments(matter), by)
    _insist_on_replaceable(supersedes, matter.pk)
    paper = Circulation(
        matter=matter, department=department, department_name=department.name, drafted_by=by, drafted_at=now(),
        urgency=matter.urgency, supersedes=supersedes,
    )  # fmt: skip
    _write(paper, kind, departments, fields)
    PaperText.objects.create(circulation=paper, version=1, text=paper.text, written_by=by, written_at=now())
    _keep_papers(paper, papers, by)
    return paper


@flow
def change_circulation(
    *,
    circulation_id: int,
    by: User,
    kind: PaperKind,
    departments: Sequence[Department],
    papers: Sequence[Upload[Any]] = (),
    **fields: Any,
) -> Circulation:
    """Write a draft anew; once it has gone round only its text changes, by `change_text`."""
    paper = _lock_own(circulation_id, by)
    if paper.state != PaperState.DRAFT:
        raise NotReady(_("It has gone round: change its text, which makes a new version."))
    _write(paper, kind, departments, fields)
    paper.texts.filter(version=1).update(text=paper.text, written_by=by, written_at=now())
    _keep_papers(paper, papers, by)
    return paper


@flow
def start_circulation(*, circulation_id: int, by: User) -> Circulation:
    """Send it round. After a pull-back only those who have not signed are asked again (their old clock is gone)."""
    paper = lock_paper(circulation_id)
    insist(paper.start, by)
    circulation_rules.insist_on_matter(paper.matter)
    rows = list(paper.countersigns.current().select_related("department"))
    circulation_rules.insist_on_paper(paper, [row.department for row in rows])
    let_read(paper.matter, departments=[row.department_id for row in rows], why="circulation")
    again = paper.state == PaperState.PULLED_BACK
    paper.start()
    paper.started_at, paper.pulled_reason, paper.ended_at = now(), "", None
    paper.save()
    supervision.discharge(kind=Kind.CONSOLIDATE, subject_type=Circulation.SUBJECT, subject_id=paper.pk)
    end_duties(paper)
    _replace(paper)
    tell_paper(
        paper, "start_circulation",
        _n("%(actor)s sent “%(kind)s” round again, version %(version)s.") if again
        else _n("%(actor)s sent “%(kind)s” round to %(departments)s."),
        by=by, tone="acc", params={"departments": "、".join(row.department_name for row in rows)},
    )  # fmt: skip
    for row in rows:
        row.circulation = paper
        if row.waits_for_ruling:
            owe_ruling(row, by)
    go_on(paper, by)
    return paper


@flow
def change_text(
    *,
    circulation_id: int,
    by: User,
    text: str,
    note: str,
    is_editorial: bool = False,
    version: int | None = None,
) -> Circulation:
    """A new version. Whoever signed the former one signs again, unless the change is marked editorial: then
    everybody is shown who marked it and what differs.
    """
    paper = _lock_own(circulation_id, by)
    if paper.state not in CHANGEABLE:
        raise NotReady(_("The text can be changed from the first round until the sign-off."))
    circulation_rules.insist_on_seen(paper, version)
    _insist_on_change(paper, text, note)
    paper.text, paper.version = text.strip(), paper.version + 1
    PaperText.objects.create(
        circulation=paper, version=paper.version, text=paper.text, written_by=by, written_at=now(),
        is_editorial=is_editorial, note=note.strip(),
    )  # fmt: skip
    signed = [
        row for row in paper.countersigns.current().select_related("department", "person") if row.is_signed
    ]
    if not is_editorial:
        _ask_anew(paper, signed)
    paper.countersigns.current().unsigned().update(version=paper.version)
    if paper.state == PaperState.CONSOLIDATING and not is_editorial and signed:
        paper.route_again()
        end_duties(paper)
    paper.save()
    _tell_change(paper, by, signed, is_editorial=is_editorial, note=note)
    go_on(paper, by)
    return paper


@flow
def pull_back(*, circulation_id: int, by: User, reason: str) -> Circulation:
    """Off the tables: every clock stops, what was signed stays signed, and the drafter has it again."""
    paper = lock_paper(circulation_id)
    insist(paper.pull_back, by)
    rules.insist_on_reason(reason)
    rows = list(paper.countersigns.current().select_related("department", "person"))
    asked = [person for row in rows if not row.is_signed and row.asked_at for person in askers(row)]
    ruling = people.officers() if any(row.waits_for_ruling for row in rows) else []
    stop_asking(paper)
    end_duties(paper)
    paper.pull_back()
    paper.pulled_reason = reason.strip()
    paper.save()
    tell_about(
        paper, [person for person in (*asked, *ruling) if person.pk != by.pk],
        _n("%(number)s: “%(kind)s” has been pulled back, nothing is asked of you now; the reason stands in its story."),
        key=f"pulled:{now():%Y%m%d%H%M%S}",
    )  # fmt: skip
    tell_paper(paper, "pull_back", _n("%(actor)s pulled “%(kind)s” back."), by=by, reason=reason, tone="warn")
    return paper


@flow
def add_department(*, circulation_id: int, by: User, department: Department) -> Circulation:
    """One more department is asked in the midst of the round; its opinion is waited for like the others'."""
    paper = _lock_own(circulation_id, by)
    if paper.state not in UNDER_WAY:
        raise NotReady(_("A department is added while the paper goes round and its opinions are merged."))
    rows = paper.countersigns.current()
    sentence = ""
    if department.pk == paper.department_id:
        sentence = _("It goes out from this department. Choose others.")
    elif rows.filter(department=department, added_by=None).exists():
        sentence = _("This department is asked already. Choose another one.")
    if sentence:
        raise Invalid(sentence, fields={"department": [sentence]})
    last = rows.aggregate(last=Max("place"))["last"] or 1
    Countersign.objects.create(
        circulation=paper, department=department, department_name=department.name, version=paper.version,
        place=last + 1 if paper.in_series else 1,
    )  # fmt: skip
    let_read(paper.matter, departments=[department.pk], why="circulation")
    if paper.state == PaperState.CONSOLIDATING:
        paper.route_again()
        paper.save()
        end_duties(paper)
    tell_paper(
        paper, "add_department", _n("%(actor)s asked %(department)s to sign “%(kind)s” too."), by=by,
        params={"department": department.name},
    )  # fmt: skip
    go_on(paper, by)
    return paper


@flow
def drop_paper(*, circulation_id: int, by: User, reason: str) -> Circulation:
    """Back with its drafter, it is not followed up: nothing is owed on it any more. It can still go round later."""
    paper = lock_paper(circulation_id)
    insist(paper.drop, by)
    rules.insist_on_reason(reason)
    end_duties(paper)
    paper.drop()
    paper.pulled_reason, paper.ended_at = reason.strip(), now()
    paper.save()
    signed = [
        row for row in paper.countersigns.current().select_related("department", "person") if row.is_signed
    ]
    tell_about(
        paper, [person for row in signed for person in askers(row)],
        _n("%(number)s: “%(kind)s” is not followed up; the reason stands in its story."),
        key=f"dropped:{now():%Y%m%d%H%M%S}",
    )  # fmt: skip
    tell_paper(
        paper, "drop_paper", _n("%(actor)s did not follow “%(kind)s” up."), by=by, reason=reason, tone="warn"
    )
    return paper


def _lock_own(circulation_id: int, by: User) -> Circulation:
    paper = lock_paper(circulation_id)
    if not policies.may_edit_paper(paper, by):
        raise NotYours(_("Only the drafter and whoever speaks for the issuing department do this."))
    circulation_rules.insist_on_matter(paper.matter)
    return paper


def _write(
    paper: Circulation, kind: PaperKind, departments: Sequence[Department], fields: Mapping[str, Any]
) -> None:
    """Fill the paper, refuse what it lacks, and write it with its route."""
    paper.kind, paper.kind_name = kind, kind.name
    for name, value in fields.items():
        if name not in FIELDS:
            raise Invalid(_("This cannot be changed."), fields={name: [_("This cannot be changed.")]})
        setattr(paper, name, value.strip() if isinstance(value, str) else value)
    circulation_rules.insist_on_paper(paper, departments)
    paper.save()
    paper.countersigns.all().delete()
    for place, department in enumerate(departments, start=1):
        Countersign.objects.create(
            circulation=paper, department=department, department_name=department.name, version=1,
            place=place if paper.in_series else 1,
        )  # fmt: skip


def _keep_papers(paper: Circulation, uploads: Sequence[Upload[Any]], by: User) -> None:
    for upload in uploads:
        try:
            attach(
                upload=upload,
                subject_type=Circulation.SUBJECT,
                subject_id=paper.pk,
                case_id=paper.matter_id,
                by=by,
            )
        except Invalid as refusal:
            sentence = f"{upload.name}: {refusal}"
            raise Invalid(sentence, fields={"papers": [sentence]}) from refusal


def _insist_on_replaceable(old: Circulation | None, matter_id: int) -> None:
    if old is not None and old.matter_id != matter_id:
        raise NotReady(_("Only a paper of the same matter can be replaced."))


def _insist_on_change(paper: Circulation, text: str, note: str) -> None:
    fields = {}
    if not text.strip():
        fields["text"] = [_("Not filled in yet.")]
    elif text.strip() == paper.text:
        fields["text"] = [_("The text is the same as before. Change it, or go back.")]
    if not note.strip():
        fields["note"] = [_("Write what was changed; everybody who signed reads it.")]
    if fields:
        raise Invalid(_("The change is not complete."), fields=fields)


def _ask_anew(paper: Circulation, signed: Sequence[Countersign]) -> None:
    """What was said to the former version stays on record and counts no more (no signature leaks into this one)."""
    for row in signed:
        row.is_current = False
        row.save()
        end_signing(row)
        supervision.cancel(subject_type=Countersign.SUBJECT, subject_id=row.pk)
        Countersign.objects.create(
            circulation=paper, department=row.department, department_name=row.department_name, person=row.person,
            added_by=row.added_by, place=row.place, version=paper.version,
        )  # fmt: skip


def _tell_change(
    paper: Circulation, by: User, signed: Sequence[Countersign], *, is_editorial: bool, note: str
) -> None:
    if is_editorial:
        tell_about(
            paper, [*speakers([row.department_id for row in signed]), *(r.person for r in signed if r.person)],
            _n("%(number)s: an editorial change of “%(kind)s”; your signature stands. See what differs."),
            key=f"text:{paper.version}",
        )  # fmt: skip
    tell_paper(
        paper, "change_text",
        _n("%(actor)s changed “%(kind)s” and marked it editorial: version %(version)s, the signatures stand.")
        if is_editorial
        else _n("%(actor)s changed “%(kind)s”: version %(version)s, %(count)s departments sign again."),
        by=by, reason=note, tone="warn", params={"count": len(signed)},
    )  # fmt: skip


def _replace(paper: Circulation) -> None:
    """The older paper is over as soon as this one goes round."""
    if paper.supersedes_id is None:
        return
    old = Circulation.objects.select_for_update(of=("self",)).get(pk=paper.supersedes_id)
    old.matter = paper.matter
    if old.state in (
        PaperState.SUPERSEDED,
        PaperState.SIGNED_OFF,
        PaperState.ROUTING,
        PaperState.CONSOLIDATING,
    ):
        return
    old.supersede()
    old.ended_at = now()
    old.save()
    end_duties(old)
    close_rows(old)
    tell_paper(old, "supersede_paper", _n("“%(kind)s” was replaced by a newer paper."))
