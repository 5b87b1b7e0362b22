"""Q3: a returned form that its applicant does not complete is withdrawn by the office, after twice the limit and not before."""

import pytest

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import CoordinationRequest
from requests.next_steps import next_steps
from requests.panels import load_case
from requests.states import Stage
from supervision.models import Obligation
from tests.kept import kept
from tests.requests import world
from tests.requests.merge_world import filed_by, merged

# Due on Monday the 14th at the close; five working days from the next one, the make-up Sunday among them.
IN_TIME, TOO_LATE = world.moment(21, 17), world.moment(22, 9)
WHY = "多次提醒，申请人仍未补正。"


@kept
def returned(cast) -> CoordinationRequest:
    """Sent back for completion on Monday 2026-09-07 14:30."""
    return send_back(cast, world.filed(cast))


def send_back(cast, matter):
    with at_moment(world.moment(7, 14, 30)):
        return flows.return_for_revision(matter_id=matter.pk, by=cast.officer, gaps=[("goal", "写明目标。")])


def withdraw(cast, matter, moment=TOO_LATE, *, by=None, reason=WHY):
    with at_moment(moment):
        return flows.withdraw(matter_id=matter.pk, by=by or cast.officer, reason=reason)


def test_after_twice_the_limit_the_office_withdraws_it_and_the_applicant_hears_so(cast):
    matter = withdraw(cast, returned(cast))

    assert (matter.stage, matter.ending_reason) == (Stage.WITHDRAWN, WHY)
    assert not Obligation.objects.of_case(matter.pk).open().exists()
    assert world.told(cast.clerk, "not completed in twice the time")
    assert not world.told(cast.office_head, "withdrawn by the applicant")


def test_who_filed_what_was_merged_in_hears_once_and_nothing_of_a_form_left_open(cast):
    matter = world.filed(cast)
    with at_moment(world.moment(7, 14)):
        merged(cast, filed_by(cast, cast.staffing_liaison), matter)

    withdraw(cast, send_back(cast, matter))

    assert world.told(cast.staffing_liaison, "into which yours was merged, was withdrawn")
    assert not world.told(cast.staffing_liaison, "not completed")
    assert world.told(cast.clerk, "not completed in twice the time")


def test_while_there_is_time_nobody_takes_it_from_its_applicant(cast):
    matter = returned(cast)

    with pytest.raises(NotReady, match="2026-09-21 17:30"):
        withdraw(cast, matter, IN_TIME)

    matter.refresh_from_db()
    assert matter.stage == Stage.RETURNED


def test_it_is_the_offices_act_with_its_reason_and_only_on_a_returned_form(cast):
    matter = returned(cast)

    with pytest.raises(NotYours):
        withdraw(cast, matter, by=cast.supplies_head)
    with pytest.raises(Invalid):
        withdraw(cast, matter, reason=" ")
    with pytest.raises(NotYours):
        withdraw(cast, world.filed(cast))

    assert not CoordinationRequest.objects.filter(stage=Stage.WITHDRAWN).exists()


def test_the_office_is_offered_it_when_the_time_has_passed(cast):
    matter = returned(cast)
    with at_moment(IN_TIME):
        assert next_steps(load_case(matter, cast.officer), cast.officer).main is None

    with at_moment(TOO_LATE):
        assert next_steps(load_case(matter, cast.officer), cast.officer).main.key == "withdraw"
