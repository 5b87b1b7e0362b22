"""Two matters about one thing, and the way from the one into the other (Q11)."""

from audit.acting import at_moment
from requests import flows
from requests.models import CoordinationRequest
from tests.requests import world

SAME = "两件都是解决管焊工劳保服的问题。"


def filed_by(cast, person, **fields):
    """The same thing as in the story, filed by somebody else."""
    with at_moment(world.moment(7, 10)):
        return flows.file_at_once(by=person, fields={**world.FORM, **fields}, departments=[cast.supplies])


def announce(cast, matter, main, *, by=None, reason=SAME):
    return flows.announce_merge(matter_id=matter.pk, by=by or cast.officer, main_id=main.pk, reason=reason)


def merge(cast, matter, *, by=None):
    return flows.merge(matter_id=matter.pk, by=by or cast.officer)


def merged(cast, matter, main):
    announce(cast, matter, main)
    return merge(cast, matter)


def stage(matter):
    return CoordinationRequest.objects.get(pk=matter.pk).stage
