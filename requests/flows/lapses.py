"""What happens when a limit of this app has passed: silence counts (deemed receipt, deemed confirmation)."""

from __future__ import annotations

from datetime import datetime

from audit.acting import SYSTEM
from audit.one_by_one import each
from requests.flows.agreements import deem_agreement_known
from requests.flows.circulation_issue import deem_result_read
from requests.flows.countersigns import settle_silences
from requests.flows.feedback import deem_confirmed
from requests.flows.items import deem_received
from requests.flows.letter_answers import deem_letter_received
from requests.flows.plan_consent import note_silence
from requests.flows.prepare import deem_delivered
from requests.flows.procedures import end_replaced_readings
from requests.flows.public_notices import end_notice
from requests.flows.refusal_reviews import end_review_window
from requests.flows.survey import end_surveys
from requests.models import (
    ActionItem,
    Addressee,
    AgreementSide,
    CoordinationRequest,
    Countersign,
    Participant,
    Plan,
    PublicNotice,
)
from supervision.models import Obligation
from supervision.states import Kind


def act_on_lapses(now: datetime) -> int:
    """Take every lapsed obligation that counts as done in silence, each in a transaction of its own."""
    acted = settle_silences(now) + end_replaced_readings(now)
    for kind, subject_type, verb in (
        (Kind.RECEIPT, ActionItem.SUBJECT, lambda pk: deem_received(item_id=pk, by=SYSTEM)),
        (Kind.RECEIPT, Participant.SUBJECT, lambda pk: deem_delivered(participant_id=pk, by=SYSTEM)),
        (Kind.RECEIPT, Addressee.SUBJECT, lambda pk: deem_letter_received(addressee_id=pk, by=SYSTEM)),
        (Kind.RECEIPT, Countersign.SUBJECT, lambda pk: deem_result_read(countersign_id=pk, by=SYSTEM)),
        (Kind.HEADS_WORD, AgreementSide.SUBJECT, lambda pk: deem_agreement_known(side_id=pk, by=SYSTEM)),
        (Kind.CONFIRM, CoordinationRequest.SUBJECT, lambda pk: deem_confirmed(matter_id=pk, by=SYSTEM)),
        (
            Kind.REVIEW_WINDOW,
            CoordinationRequest.SUBJECT,
            lambda pk: end_review_window(matter_id=pk, by=SYSTEM),
        ),
        (Kind.CONSENT, Plan.SUBJECT, lambda pk: note_silence(plan_id=pk, by=SYSTEM)),
        (Kind.NOTICE_WINDOW, PublicNotice.SUBJECT, lambda pk: end_notice(notice_id=pk, by=SYSTEM)),
        (Kind.SURVEY, CoordinationRequest.SUBJECT, lambda pk: end_surveys(matter_id=pk, by=SYSTEM)),
    ):
        lapsed = Obligation.objects.lapsed_unanswered(kind).filter(subject_type=subject_type)
        acted += each(list(dict.fromkeys(lapsed.values_list("subject_id", flat=True)[:1000])), verb)
    return acted
