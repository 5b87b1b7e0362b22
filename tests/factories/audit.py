from audit.acting import now
from audit.models import Reading, TransitionLog
from tests.factories import line


@line(TransitionLog, change=("verb", "file", "accept"), refuses=("update", "delete"))
def transition(cast, n):
    return TransitionLog(
        subject_type="matter", subject_id=n, at=now(), actor="person:1", sentence="%(actor)s"
    )


@line(Reading, change=("what", "events", "event"), refuses=("update", "delete"))
def reading(cast, n):
    return Reading(reader=f"person:{n}", reader_name="彭越", at=now())
