"""Another person of the same department takes over; the note and the due date stay."""

import pytest

from audit.acting import at_moment
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import CoordinationRequest
from supervision.models import Obligation
from supervision.states import Kind
from tests.requests import world


def reassign(cast, item, *, by=None, to=None, note="孙一凡外出培训，材料已交接。"):
    with at_moment(world.moment(14)):
        return flows.reassign(
            item_id=item.pk, by=by or cast.supplies_head, assignee=to or cast.supplies_liaison, note=note
        )


@pytest.mark.parametrize("name", ["supplies_head", "officer", "office_head"])
def test_the_department_head_and_the_office_reassign(cast, name):
    item = reassign(cast, world.started(cast), by=getattr(cast, name))

    assert item.assignee == cast.supplies_liaison


def test_every_open_duty_of_the_owner_passes_on_with_its_date(cast):
    item = reassign(cast, world.issued(cast))

    running = Obligation.objects.of("item", item.pk).open()
    assert not running.filter(holder=cast.supplies_clerk).exists()
    assert world.owed(item, Kind.EXECUTE).holder == cast.supplies_liaison
    assert world.owed(item, Kind.EXECUTE).due_at == world.moment(22, 17, 30)
    assert world.owed(item, Kind.FIRST_REPLY).holder == cast.supplies_liaison


def test_both_are_told_and_the_note_stays_in_the_story(cast):
    item = reassign(cast, world.started(cast))

    assert world.told(cast.supplies_liaison, "passed from")
    assert world.told(cast.supplies_clerk, "passed from")
    assert "外出培训" in TransitionLog.objects.of("item", item.pk).get(verb="reassign").reason


def test_the_new_owner_sees_the_matter(cast):
    item = world.issued(cast, department=cast.repair, assignee=cast.repair_liaison)

    with at_moment(world.moment(14)):
        flows.reassign(item_id=item.pk, by=cast.repair_head, assignee=cast.clerk, note="移交")

    assert CoordinationRequest.objects.visible_to(cast.clerk).filter(pk=item.matter_id).exists()


@pytest.mark.parametrize(
    ("change", "field"), [({"note": " "}, "note"), ({"to": "clerk"}, "assignee"), ({"to": "supplies_clerk"}, "assignee")],
    ids=["no note", "another department", "the same person"],
)  # fmt: skip
def test_note_and_a_colleague_are_needed(cast, change, field):
    item = world.started(cast)
    change = {key: getattr(cast, value) if key == "to" else value for key, value in change.items()}

    with pytest.raises(Invalid) as refused:
        reassign(cast, item, **change)

    assert list(refused.value.fields) == [field]
    item.refresh_from_db()
    assert item.assignee == cast.supplies_clerk


def test_the_verifier_does_not_become_the_doer(cast):
    item = world.started(cast, verifier=cast.supplies_liaison)

    with pytest.raises(Invalid) as refused:
        reassign(cast, item)

    assert list(refused.value.fields) == ["verifier"]


@pytest.mark.parametrize("name", ["supplies_clerk", "staffing_liaison", "staffing_head", "auditor"])
def test_nobody_else_reassigns(cast, name):
    item = world.started(cast)

    with pytest.raises(NotYours):
        reassign(cast, item, by=getattr(cast, name))

    item.refresh_from_db()
    assert item.assignee == cast.supplies_clerk


def test_what_is_being_verified_is_not_reassigned(cast):
    """The doer stays the doer until it is closed or sent back."""
    with pytest.raises(NotReady):
        reassign(cast, world.submitted(cast))
