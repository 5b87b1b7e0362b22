"""What every flow of the register of outside papers begins and ends with: the lock, what is owed, whom it is told (R066)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from audit.flows import record
from audit.refusals import NotReady
from notifications.flows import announce
from notifications.states import NoticeKind
from organization.models import Department, User
from requests.flows.item_shared import close_of_office
from requests.flows.shared import speakers
from requests.models import OutsidePaper
from requests.states import Stage
from supervision import flows as supervision
from supervision.models import Obligation
from supervision.states import Kind

PAGE = "requests:outside_paper"
REGISTERED = _n("%(number)s was registered; you see to it.")
WHO = _n("Only the coordination office, its secretary and the records administrator keep this register.")


def lock_outside_paper(paper_id: int) -> OutsidePaper:
    paper: OutsidePaper = (
        OutsidePaper.objects.select_for_update(of=("self",)).select_related("matter", "handler", "department").get(pk=paper_id)
    )  # fmt: skip
    return paper


def insist_on_standing(paper: OutsidePaper) -> None:
    if paper.struck_at is not None:
        raise NotReady(_("This paper was struck out of the register."))
    if paper.matter is not None and paper.matter.stage == Stage.ARCHIVED:
        raise NotReady(_("Its matter is archived: the paper stays as it is."))


def owe_answer(paper: OutsidePaper, by: User) -> None:
    """By whoever stands in the line, person and department."""
    _owe(paper, by, paper.handler, paper.department)


def owe_answer_again(paper: OutsidePaper, by: User) -> None:
    """By whoever owed it last: the duty may have been handed over since the line was written."""
    last = Obligation.objects.of(OutsidePaper.SUBJECT, paper.pk).for_lists().order_by("pk").last()
    holder, department = (last.holder, last.holder_department) if last else (paper.handler, paper.department)
    _owe(paper, by, holder, department)


def _owe(paper: OutsidePaper, by: User, holder: User | None, department: Department | None) -> None:
    if paper.reply_due_on is None:
        return
    supervision.owe(
        kind=Kind.LETTER_REPLY, subject_type=OutsidePaper.SUBJECT, subject_id=paper.pk, number=paper.number, url_name=PAGE,
        url_args=[paper.pk], holder=holder, holder_department=department,
        due_at=close_of_office(paper.reply_due_on), asked_by=by, ladder=True,
    )  # fmt: skip


def tell_handlers(paper: OutsidePaper, by: User, sentence: str = REGISTERED, key: str = "registered") -> None:
    """Whoever sees to it: the person, else who speaks for the department."""
    duty = Obligation.objects.open().of(OutsidePaper.SUBJECT, paper.pk).for_lists().first()
    handler, department_id = (
        (duty.holder, duty.holder_department_id) if duty else (paper.handler, paper.department_id)
    )
    seeing = [handler] if handler else speakers([department_id] if department_id else [])
    announce(
        recipients=[person for person in seeing if person.pk != by.pk], sentence=sentence,
        number=paper.number, url_name=PAGE, url_args=[paper.pk], dedupe_key=f"outside_paper:{paper.pk}:{key}",
        kind=NoticeKind.TASK if paper.is_waiting else NoticeKind.INFO,
    )  # fmt: skip


def tell_register(paper: OutsidePaper, verb: str, sentence: str, by: User, reason: str = "") -> None:
    record(
        subject_type=OutsidePaper.SUBJECT, subject_id=paper.pk, verb=verb, sentence=sentence, params={"number": paper.number},
        reason_text=reason, department_name=by.department_name,
    )  # fmt: skip
