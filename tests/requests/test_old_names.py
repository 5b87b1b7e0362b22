"""Domain §9, 19: a department is renamed or merged, and what was written before bears its old name."""

from types import SimpleNamespace

import pytest

from audit.acting import as_actor, at_moment
from audit.refusals import Invalid
from coordination.flows import tick
from notifications.models import Notice
from organization import flows as organization
from organization import people
from organization.models import Department, User
from requests import flows
from requests.models import CoordinationRequest
from tests.requests import circulation_world as papers
from tests.requests import letters_world as letters
from tests.requests import world
from tests.requests.approval_world import TALK

OLD, NEW = "人力资源部", "人才发展部"


def written(cast):
    """Its opinion, signature, answer due, position and talk stand on the matter."""
    paper = papers.both_sign(cast, papers.routing(cast))
    matter = paper.matter
    letters.sent(cast, matter, to=[cast.staffing], at=world.moment(11))
    with at_moment(world.moment(11)), as_actor(cast.secretary):
        flows.record_attempt(matter_id=matter.pk, by=cast.clerk, department=cast.staffing, **TALK)
        sides = [{"department": one, "position": "归口不明。"} for one in (cast.staffing, cast.supplies)]
        flows.record_outcome(
            question_id=matter.questions.get().pk, by=cast.secretary, outcome="not_agreed", differences=sides
        )
    return paper


def rename(cast):
    with at_moment(world.moment(14)):
        organization.change_department(
            department_id=cast.staffing.pk, name=NEW, kind=cast.staffing.kind, by=cast.system_admin,
            parent_id=cast.company.pk, leader_in_charge_id=None, order=cast.staffing.order, is_coordination_office=False,
        )  # fmt: skip


def merge(cast):
    """The staffing department goes into planning; its people leave their posts first."""
    with at_moment(world.moment(10, 12)):
        for post in cast.staffing.posts.current():
            organization.end_post(post_id=post.pk, by=cast.system_admin)
        organization.close_department(
            department_id=cast.staffing.pk,
            by=cast.system_admin,
            reason="机构调整。",
            successor_id=cast.planning.pk,
        )


def test_edge_19_who_speaks_for_the_successor_takes_over_and_the_record_keeps_the_old_name(cast):
    paper = papers.routing(cast)
    assert not CoordinationRequest.objects.visible_to(cast.planning_head).exists()

    merge(cast)

    head = User.objects.get(pk=cast.planning_head.pk)
    row = papers.sign(paper, head, department=cast.staffing)
    assert (row.department_name, row.signed_by, row.on_behalf_of) == (OLD, head, None)
    assert CoordinationRequest.objects.visible_to(head).filter(pk=paper.matter_id).exists()
    assert people.head(cast.staffing.pk) == head


def test_edge_19_a_department_is_merged_into_another_one_in_use_only(cast):
    with pytest.raises(Invalid):
        merge(SimpleNamespace(**{**vars(cast), "planning": cast.staffing}))

    assert Department.objects.get(pk=cast.staffing.pk).is_active


def test_edge_19_a_renamed_department_keeps_its_old_name_on_what_was_written_before(cast, client):
    paper = written(cast)

    rename(cast)

    client.force_login(cast.officer)
    page = f"/requests/{paper.matter_id}/"
    addresses = (
        *(f"{page}?tab={tab}" for tab in ("opinions", "talks", "letters")),
        f"/circulations/{paper.pk}/",
    )
    shown = {address: client.get(address).content.decode() for address in addresses}
    assert {address for address, text in shown.items() if OLD not in text} == set()
    assert {address for address, text in shown.items() if NEW in text.split("<main")[1]} == set()


def test_edge_19_whoever_speaks_for_the_successor_is_told_of_the_merging_once(cast):
    merge(cast)

    for minute in (1, 2):
        tick(now=world.moment(10, 12, minute))

    told = Notice.objects.filter(sentence__contains="was merged into")
    assert {(row.recipient, row.params["name"]) for row in told} == {
        (cast.planning_head, OLD),
        (cast.planning_liaison, OLD),
    }
    assert told.count() == 2
