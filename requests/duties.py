"""From a duty to the act that ends it: the word on the button, the page, and why (the first page and the API ask here).

Only the row of the obligation is read: no query, whatever it hangs on.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pages.addresses import link
from requests.next_steps import Step, Words
from supervision.models import Obligation
from supervision.states import Kind

# Kind of the duty on a matter, with the page that ends it, its word and why it is asked.
OF_MATTER: dict[str, tuple[str, Words, Words]] = {
    Kind.ACCEPT: (
        "requests:accept", _("Accept"), _("The form has been handed in and waits to be accepted, returned or refused."),
    ),
    Kind.REVIEW_REFUSAL: (
        "requests:review", _("Review"), _("The applicant asks that somebody else looks at the refusal again."),
    ),
    Kind.CONFIRM_URGENCY: (
        "requests:urgency", _("Confirm the urgency"), _("Extra urgent needs a head's word; until then it runs as urgent."),
    ),
    Kind.COMPLETE: ("requests:form", _("Complete the form"), _("The office returned it and named what is missing.")),
    Kind.PAPERS: ("requests:oral_papers", _("Hand in the papers"), _("It was started on an oral order; the rest of the form follows.")),
    Kind.CONFIRM_ORDER: ("requests:oral_answer", _("Answer the order"), _("It was started on your oral order; confirm it, or say that there was none.")),
    Kind.PREPARE: ("requests:detail", _("Prepare"), _("Facts, scope, questions and opinions have to be brought together.")),
    Kind.DECIDE: ("requests:detail", _("Decide"), _("The preparation is closed; it waits for a decision.")),
    Kind.ISSUE_ACTION_ITEMS: (
        "requests:draft_item", _("Draft an action item"), _("Nobody has a task yet, or the applicant objected; action items are needed."),
    ),
    Kind.CLOSE_EXECUTION: ("requests:complete", _("Report it carried out"), _("All action items are closed.")),
    Kind.REVIEW_PROGRESS: (
        "requests:review_progress", _("Review the progress"), _("A plan is being carried out: say how it goes, and of each late task why."),
    ),
    Kind.CONFIRM: ("requests:confirm", _("Confirm the result"), _("It has been carried out; silence counts as consent.")),
    Kind.SURVEY: ("requests:survey", _("Fill in the survey"), _("It has been carried out; six marks, a minute.")),
    Kind.RESTART: ("requests:resume", _("Resume"), _("It is suspended; see whether it can go on.")),
    Kind.REVIEW: ("requests:retrospect", _("Write the review"), _("A major matter has ended; what was learnt is written down before it is archived.")),
    Kind.LEVEL: ("requests:answer_lowering", _("Answer"), _("The level is to be lowered; it takes a second person.")),
    Kind.ARCHIVE: ("archive:seal", _("Archive"), _("The feedback is in; the matter can be archived.")),
}  # fmt: skip
# Kind of the duty of a participating department, with its word and why.
OF_PARTICIPANT: dict[str, tuple[Words, Words]] = {
    Kind.RECEIPT: (_("Confirm receipt"), _("Material has arrived for your department.")),
    Kind.OPINION: (_("Give the opinion"), _("Your department's opinion is asked for.")),
}

# A confidential matter is read by named persons: whoever decides next is named first.
NAME_THE_DECIDER = (
    _("Name the reader"),
    _("Whoever decides on it now does not read the matter yet: name this person."),
)

# Kind of the duty on a paper (sheet or letter, project application), with its word and why.
OF_PAPER: dict[tuple[str, str], tuple[Words, Words]] = {
    ("letter", Kind.APPROVE_DEPARTMENT): (_("Read and sign"), _("A paper of your department waits for your signature.")),
    ("addressee", Kind.RECEIPT): (_("Sign for it"), _("A paper has arrived for your department.")),
    ("addressee", Kind.LETTER_REPLY): (_("Answer"), _("A paper waits for the answer of your department.")),
    ("procedure_reading", Kind.RECEIPT): (_("Read it"), _("A process document was published; your department confirms having read it.")),
    ("outside_paper", Kind.LETTER_REPLY): (_("See to it"), _("A paper in the register waits for its answer.")),
    ("addressee", Kind.APPROVE_DEPARTMENT): (
        _("Confirm the answer"), _("The liaison has answered; the head stands for the answer."),
    ),
    ("resource_request", Kind.APPROVE_DEPARTMENT): (
        _("Answer the request"), _("A plan asks your department for people, things or money."),
    ),
    ("application", Kind.APPROVE_DEPARTMENT): (
        _("Approve"), _("The project application waits for the first review by the department."),
    ),
    ("application", Kind.APPROVE_OFFICE): (
        _("Approve"), _("The project application waits for the second review by the coordination office."),
    ),
    ("application", Kind.APPROVE_LEADER): (
        _("Approve"), _("The project application waits for the final review by the leadership."),
    ),
    ("application", Kind.NAME_READER): NAME_THE_DECIDER,
    ("application", Kind.FILL_POST): (
        _("See the application"), _("Whoever approves it has left, and nobody holds the post: have it filled."),
    ),
}  # fmt: skip
# Kind of the duty on a paper that goes round, or on a signature, with its word and why.
OF_CIRCULATION: dict[tuple[str, str], tuple[Words, Words]] = {
    ("countersign", Kind.COUNTERSIGN): (_("Countersign"), _("A paper goes round and waits for the signature of your department.")),
    ("countersign", Kind.DUTY_RULING): (_("Rule on it"), _("A department says that the paper is not its duty.")),
    ("countersign", Kind.RECEIPT): (_("Read the result"), _("Your opinion on a paper has its answer.")),
    ("objection", Kind.OBJECTION_REPLY): (_("Answer the objection"), _("A department objects to a public notice; the decision waits for your answer.")),
    ("measure", Kind.END_INTERIM): (_("End the measure"), _("An interim measure ends on its day; give back what it was about.")),
    ("circulation", Kind.CONSOLIDATE): (_("Answer the opinions"), _("Everybody has signed; each opinion waits for your answer.")),
    ("circulation", Kind.APPROVE_OFFICE): (_("Read and sign off"), _("A countersigned paper waits for your sign-off.")),
    ("circulation", Kind.ISSUE_PAPER): (_("Issue it"), _("The paper is signed off and waits to be issued.")),
}  # fmt: skip
# Kind of the duty on a change request, with its word and why.
OF_CHANGE: dict[tuple[str, str], tuple[Words, Words]] = {
    ("change", Kind.CHANGE_ASSESS): (_("Assess it"), _("A change is asked for; say what it means for the matter.")),
    ("change", Kind.CONFIRM_ORDER): (_("Confirm your order"), _("A change holds already on your oral order; confirm that you gave it.")),
    ("change", Kind.CHANGE_APPROVE): (_("Decide on it"), _("A change of what was decided waits for your decision.")),
    ("change", Kind.CHANGE_APPLY): (_("Carry it out"), _("The change is approved; write it into the matter.")),
    ("change", Kind.CHANGE_READ): (_("Sign for it"), _("What was decided has been changed; sign that you know of it.")),
    ("decision_appeal", Kind.APPEAL_DECISION): (_("Rule on the appeal"), _("A department appeals against a decision; you stand one level above it.")),
    ("decision_appeal", Kind.CHANGE_APPLY): (_("See to the change"), _("An appeal was upheld: have what was decided changed.")),
    ("change", Kind.FILL_POST): (
        _("See the change"), _("Whoever decides on a change has left, and nobody holds the post: have it filled."),
    ),
    ("change", Kind.NAME_READER): NAME_THE_DECIDER,
    ("change", Kind.CHANGE_VERIFY): (_("Check it"), _("The change is carried out; see whether all concerned have read it.")),
}  # fmt: skip
# Kind of the duty on what departments agreed, with its word and why.
OF_AGREEMENT: dict[tuple[str, str], tuple[Words, Words]] = {
    ("agreement_side", Kind.HEADS_WORD): (_("Note or object"), _("Your department is named as having agreed on something; silence lets it stand.")),
}  # fmt: skip
# Kind of the duty on an improvement, with the page that ends it, its word and why.
OF_IMPROVEMENT: dict[str, tuple[str, Words, Words]] = {
    Kind.IMPROVE: ("requests:improvement_report", _("Report it bettered"), _("A review asks you to better something.")),
    Kind.VERIFY: ("requests:improvement", _("Check"), _("It is reported as bettered; see whether the evidence shows it.")),
}  # fmt: skip
# Kind of the duty on a loan, with the page that ends it, its word and why.
OF_LOAN: dict[str, tuple[str, Words, Words]] = {
    Kind.RETURN_LOAN: ("requests:loan_report", _("Report the return"), _("It was borrowed and has to be brought back by its day.")),
    Kind.CONFIRM_RETURN: ("requests:loan", _("Confirm the return"), _("The borrower reports that it is back; see whether it is all there.")),
}  # fmt: skip
# Kind of the duty on a plan, a stage or a risk, with its word and why; its page is where the duty itself points.
OF_PLAN: dict[tuple[str, str], tuple[Words, Words]] = {
    ("plan", Kind.APPROVE_OFFICE): (_("Read the plan"), _("A version of the plan waits for your approval.")),
    ("plan", Kind.CHANGE_APPROVE): (
        _("Read the plan"), _("A version of the plan changes what was decided and waits for your decision."),
    ),
    ("plan", Kind.FILL_POST): (
        _("See the plan"), _("Whoever decides on a version has left, and nobody holds the post: have it filled."),
    ),
    ("plan", Kind.NAME_READER): NAME_THE_DECIDER,
    ("plan", Kind.CONSENT): (_("Answer for my tasks"), _("Tasks of a plan are yours: accept them, or say what is wrong.")),
    ("plan", Kind.SETTLE_TASKS): (_("Settle"), _("Tasks of the plan are disputed: uphold them, or change the plan.")),
    ("milestone", Kind.ACCEPT_STAGE): (_("Accept the stage"), _("All its tasks are done; the next stage waits for it.")),
    ("plan_risk", Kind.WATCH_RISK): (_("Look at the risk"), _("A high risk is looked at regularly; say how it stands.")),
}  # fmt: skip
# Kind of the duty on a defect, with the page that ends it, its word and why.
OF_DEFECT: dict[str, tuple[str, Words, Words]] = {
    Kind.MEND: ("requests:defect_report", _("Report it mended"), _("It passed on the condition that this is mended.")),
    Kind.VERIFY: ("requests:defect", _("Check"), _("A defect is reported mended; see whether it is.")),
}  # fmt: skip
# Kind of the duty on an action item that has a page or words of its own: its other duties lead to the item.
OF_ITEM: dict[str, tuple[str, Words, Words]] = {
    Kind.PROGRESS: (
        "requests:item_report", _("Report progress"), _("The reporting cycle ends; say how far it has come."),
    ),
    Kind.RESTART: (
        "requests:item", _("Look at it"), _("An action item is suspended; see whether it can go on."),
    ),
}  # fmt: skip
# Things whose duties lead to a page of their own.
BY_SUBJECT = {
    "matter": OF_MATTER,
    "item": OF_ITEM,
    "improvement": OF_IMPROVEMENT,
    "loan": OF_LOAN,
    "defect": OF_DEFECT,
}


def step_of_duty(duty: Obligation) -> Step | None:
    """The act that ends this duty; None for a duty that belongs to another app."""
    if found := BY_SUBJECT.get(duty.subject_type, {}).get(duty.kind):
        page, label, why = found
        return Step(duty.kind, label, link(page, duty.subject_id), why)
    if duty.subject_type == "participant" and duty.kind in OF_PARTICIPANT:
        label, why = OF_PARTICIPANT[duty.kind]
        return Step(duty.kind, label, link(duty.url_name, *duty.url_args), why)
    if duty.subject_type == "release":
        sentence = _("A department asks to be released from its item and names another one.")
        return Step(duty.kind, _("Rule on it"), link(duty.url_name, *duty.url_args), sentence)
    on_paper = (OF_PAPER | OF_CIRCULATION | OF_PLAN | OF_CHANGE | OF_AGREEMENT).get(
        (duty.subject_type, duty.kind)
    )
    if on_paper:
        label, why = on_paper
        return Step(duty.kind, label, link(duty.url_name, *duty.url_args), why)
    return None
