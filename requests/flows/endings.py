"""What runs on a matter ends with it: its group, public notices, papers that go round, letters (Q9–Q11, R005, R053, §3.5)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _n

from audit.acting import now
from organization import people
from organization.models import User
from requests.change_states import UNDONE
from requests.circulation_states import OUT as PAPERS_OUT
from requests.flows.agreements import end_agreements
from requests.flows.appeals import end_appeals
from requests.flows.circulation_shared import askers, stop_asking, tell_about, tell_paper
from requests.flows.groups import dissolve_groups
from requests.flows.letter_shared import LETTER, end_letter, tell_letter
from requests.flows.public_notices import take_back
from requests.flows.resource_shared import end_resource_requests
from requests.flows.shared import speakers, tell_people, tell_story
from requests.letter_states import UNDER_WAY as LETTERS_UNDER_WAY
from requests.letter_states import LetterState
from requests.models import Addressee, Circulation, CoordinationRequest, Letter
from supervision.audience import Audiences
from supervision.models import Obligation
from supervision.states import Kind, Step

# What has to be given back, mended or settled whatever becomes of the matter (R054, F14, F22, D1–D9).
STAYS_OWED = (
    Kind.END_INTERIM, Kind.RETURN_LOAN, Kind.CONFIRM_RETURN, Kind.MEND, Kind.LEVEL, Kind.NEGOTIATE, Kind.MEDIATE, Kind.RULE,
    Kind.APPEAL_WINDOW, Kind.APPEAL_DECISION,
)  # fmt: skip


def end_what_runs(matter: CoordinationRequest, *, by: User, reason: str) -> None:
    """The matter is withdrawn, merged, not taken on, or its oral order is denied: whoever held something of it hears that
    it is over.

    What was lent, or is kept up meanwhile, has come back by then, for the guards of the transitions ask for it; where a
    denied order waits for nothing, it stays owed (STAYS_OWED).
    """
    dissolve_groups(matter, by)
    end_resource_requests(matter)
    end_agreements(matter)
    end_appeals(matter)
    for notice in matter.public_notices.unsettled():
        notice.matter = matter
        take_back(
            notice, reason,
            _n("%(number)s does not go on, nor does the draft result that was shown to you: no objection is asked for, and none is answered any more."),
        )  # fmt: skip
    for paper in matter.circulations.filter(state__in=PAPERS_OUT).select_related("drafted_by"):
        paper.matter = matter
        _end_paper(paper, reason)
    _end_changes(matter)
    for letter in matter.letters.filter(state__in=LETTERS_UNDER_WAY).select_related("drafted_by", "signer"):
        letter.matter = matter
        _end_letter(letter, reason)


def _end_changes(matter: CoordinationRequest) -> None:
    """Of a project that was not decided yet: nothing of its frame is left to change."""
    for change in matter.change_requests.filter(state__in=UNDONE).select_related("asked_by", "approver"):
        change.lapse()
        change.save()
        told = {person.pk: person for person in (change.asked_by, change.approver)}
        tell_people(
            matter, told.values(), _n("The change %(number)s has ended with its matter."), key=f"change:{change.pk}:over",
            number=change.number, url_name="requests:change", url_args=[change.pk],
        )  # fmt: skip
        tell_story(
            matter, "end_change", _n("The change %(number)s has ended with its matter."), subject=change,
            params={"number": change.number}, tone="warn",
        )  # fmt: skip


def _end_paper(paper: Circulation, reason: str) -> None:
    rows = list(paper.countersigns.current().select_related("department", "person"))
    asked = [person for row in rows if not row.is_signed and row.asked_at for person in askers(row)]
    ruling = people.officers() if any(row.waits_for_ruling for row in rows) else []
    holders = [*asked, *ruling, *_owing(paper)]
    stop_asking(paper)
    paper.end_with_matter()
    paper.pulled_reason, paper.ended_at = reason, now()
    paper.save()
    tell_about(
        paper, [paper.drafted_by, *holders], _n("%(number)s does not go on, nor does the round of “%(kind)s”: nothing is asked of you on it any more."),
        key="over",
    )  # fmt: skip
    tell_paper(paper, "end_paper", _n("The round of “%(kind)s” ended with the matter."), tone="warn")


def _owing(paper: Circulation) -> list[User]:
    """Who had the paper itself: to merge the opinions, to sign it off, to issue it."""
    reach = Audiences()
    duties = (
        Obligation.objects.of(Circulation.SUBJECT, paper.pk)
        .open()
        .select_related("holder", "holder_department")
    )
    return [person for duty in duties for person in reach.of(duty, Step.LAPSE)]


def _end_letter(letter: Letter, reason: str) -> None:
    was_sent = letter.state == LetterState.SENT
    waiting = Addressee.objects.waiting().filter(letter=letter)
    holders = speakers(waiting.values_list("department_id", flat=True)) if was_sent else []
    if letter.state == LetterState.SIGNING and letter.signer is not None:
        holders = [letter.signer]
    letter.withdraw()
    end_letter(letter, reason)
    told = {one.pk: one for one in (letter.drafted_by, *holders)}
    tell_people(
        letter.matter, told.values(),
        _n("%(matter)s does not go on, nor does the paper %(number)s: it needs no signature and no answer any more.")
        if letter.number
        else _n("%(matter)s does not go on, nor does the paper that was to be signed: it needs no signature any more."),
        key=f"letter:{letter.pk}:over", params={"matter": letter.matter.number or ""}, number=letter.number,
        url_name=LETTER, url_args=[letter.pk],
    )  # fmt: skip
    if was_sent:
        tell_letter(letter, "end_letter", _n("%(number)s ended with the matter."), tone="warn")
