"""What each kind of duty asks of a person: the word on its button and the reason in one sentence.

An app that knows more about its own duties is asked first (`ASKED_FIRST`); this table speaks for the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.addresses import link
from requests.duties import step_of_duty
from supervision.models import Obligation
from supervision.states import Kind

Words = str | Promise


@dataclass(frozen=True)
class Ask:
    """The word on the button, why it is asked, where it is done, and where the thing itself can be read."""

    word: Words
    why: Words
    do_url: str
    see_url: str


# Kind: the word, the reason.
WORDS: dict[str, tuple[Words, Words]] = {
    Kind.ACCEPT: (pgettext_lazy("desk", "Accept"), _("The form has been filed and waits to be accepted, returned or refused.")),
    Kind.COMPLETE: (pgettext_lazy("desk", "Complete"), _("The office returned the form and named what is missing.")),
    Kind.RECEIPT: (pgettext_lazy("desk", "Sign for it"), _("It has been delivered to you and waits for your signature.")),
    Kind.FIRST_REPLY: (pgettext_lazy("desk", "Reply"), _("Say how you will go about it and whether the date holds.")),
    Kind.LETTER_REPLY: (pgettext_lazy("desk", "Reply"), _("A letter waits for the answer of your department.")),
    Kind.OPINION: (pgettext_lazy("desk", "Give opinion"), _("The opinion of your department is asked for.")),
    Kind.COUNTERSIGN: (pgettext_lazy("desk", "Countersign"), _("The paper goes round and waits for your signature.")),
    Kind.OBJECTION_REPLY: (pgettext_lazy("desk", "Answer"), _("A department objects to a public notice.")),
    Kind.END_INTERIM: (pgettext_lazy("desk", "End it"), _("An interim measure ends on its day.")),
    Kind.DUTY_RULING: (pgettext_lazy("desk", "Rule"), _("A department says that it is not its duty.")),
    Kind.CONSOLIDATE: (pgettext_lazy("desk", "Answer"), _("Everybody has signed; the opinions wait for their answers.")),
    Kind.ISSUE_PAPER: (pgettext_lazy("desk", "Issue"), _("The paper is signed off and waits to be issued.")),
    Kind.APPROVE_DEPARTMENT: (pgettext_lazy("desk", "Approve"), _("It waits for the approval of the department.")),
    Kind.APPROVE_OFFICE: (pgettext_lazy("desk", "Approve"), _("It waits for the approval of the coordination office.")),
    Kind.APPROVE_LEADER: (pgettext_lazy("desk", "Approve"), _("It waits for the approval of the leadership.")),
    Kind.PREPARE: (pgettext_lazy("desk", "Prepare"), _("Facts, scope, questions and opinions have to be brought together.")),
    Kind.DECIDE: (pgettext_lazy("desk", "Decide"), _("The preparation is finished; it waits for a decision.")),
    Kind.ISSUE_ACTION_ITEMS: (pgettext_lazy("desk", "Issue items"), _("Action items with owner, date and standard have to be issued.")),
    Kind.MEETING_NOTICE: (pgettext_lazy("desk", "Answer"), _("You are invited; please say whether you come or who comes for you.")),
    Kind.MINUTES_DRAFT: (pgettext_lazy("desk", "Draft minutes"), _("The meeting is closed and its minutes have to be drafted.")),
    Kind.MINUTES_CONFIRM: (pgettext_lazy("desk", "Confirm minutes"), _("The minutes wait for your word; silence counts as consent.")),
    Kind.MINUTES_SIGN: (pgettext_lazy("desk", "Sign"), _("The minutes are confirmed and wait for the chair's signature.")),
    Kind.MINUTES_ISSUE: (pgettext_lazy("desk", "Issue"), _("The minutes are signed and have to be sent out.")),
    Kind.EXECUTE: (pgettext_lazy("desk", "Report progress"), _("It has been issued to you and has to be done by its date.")),
    Kind.PROGRESS: (pgettext_lazy("desk", "Report progress"), _("A report on the progress is due.")),
    Kind.RELEASE_REPLY: (pgettext_lazy("desk", "Settle"), _("The department asks to be released and waits for an answer.")),
    Kind.EXTENSION_REPLY: (pgettext_lazy("desk", "Settle"), _("More time is asked for; the answer is yours.")),
    Kind.VERIFY: (pgettext_lazy("desk", "Verify"), _("It has been reported done, with evidence.")),
    Kind.MEND: (pgettext_lazy("desk", "Report it"), _("It passed on the condition that this is mended.")),
    Kind.CLOSE_EXECUTION: (pgettext_lazy("desk", "Close the matter"), _("All action items are closed; the matter can be completed.")),
    Kind.RESTART: (pgettext_lazy("desk", "Check"), _("It is suspended; see whether it can go on.")),
    Kind.CONFIRM: (pgettext_lazy("desk", "Confirm"), _("It has been carried out; please say whether the goal is reached.")),
    Kind.SURVEY: (pgettext_lazy("desk", "Rate"), _("Please say how the coordination went.")),
    Kind.LEVEL: (pgettext_lazy("desk", "Answer"), _("The level is to be lowered; it takes a second person.")),
    Kind.ARCHIVE: (pgettext_lazy("desk", "Archive it"), _("The feedback is in; the papers can be archived.")),
    Kind.RETURN_LOAN: (pgettext_lazy("desk", "Return it"), _("It was borrowed and has to be brought back by its day.")),
    Kind.CONFIRM_RETURN: (pgettext_lazy("desk", "Confirm the return"), _("The borrower reports that it is back; see whether it is all there.")),
    Kind.REVIEW: (pgettext_lazy("desk", "Write the review"), _("What was learnt is written down before the matter is archived.")),
    Kind.IMPROVE: (pgettext_lazy("desk", "Report it"), _("A review asks you to better something.")),
    Kind.NEGOTIATE: (pgettext_lazy("desk", "Negotiate"), _("The parties have to talk and record what came of it.")),
    Kind.MEDIATE: (pgettext_lazy("desk", "Mediate"), _("The parties did not agree and wait for mediation.")),
    Kind.RULE: (pgettext_lazy("desk", "Rule"), _("The dispute waits for a ruling.")),
}  # fmt: skip

# Functions of the apps: a duty in, (word, reason, url) out, or None for a duty of somebody else.
ASKED_FIRST: tuple[Callable[[Obligation], Any], ...] = (step_of_duty,)


def ask_of(duty: Obligation) -> Ask:
    """What this duty asks; never nothing: the name of its kind is the last resort."""
    see_url = page_of(duty)
    for app_knows in ASKED_FIRST:
        step = app_knows(duty)
        if step is not None:
            return Ask(step.label, step.sentence, step.url or see_url, see_url)
    word, why = WORDS.get(duty.kind) or (
        pgettext_lazy("desk", "Open"),
        duty.get_kind_display(),
    )
    return Ask(word, why, see_url, see_url)


# A duty may hang on the page where it is done, which opens for its holder only: whoever waits for it reads the thing here.
READ_AT = {"requests:approve": "requests:application"}


def page_of(duty: Obligation) -> str:
    """The page of the thing that the duty hangs on, for everybody who may see it."""
    return link(READ_AT.get(duty.url_name, duty.url_name), *duty.url_args) if duty.url_name else ""
