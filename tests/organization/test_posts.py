"""Posts are given and taken, never to oneself, and every change of holder leaves a row for the handover."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.utils.translation import override

from audit.acting import SYSTEM, as_actor
from audit.models import TransitionLog
from audit.refusals import Invalid, NotReady, NotYours
from organization import flows, people
from organization.models import Post, PostChange, User
from organization.states import PostKind


def appoint(person, department, kind, by, **more):
    return flows.appoint(user_id=person.pk, department_id=department.pk, kind=kind, by=by, **more)


def end(person, by, **more):
    return flows.end_post(post_id=person.posts.current().get().pk, by=by, **more)


def test_a_person_holds_several_posts(system_admin, clerk, repair, planning, monday):
    appoint(clerk, planning, PostKind.DEPUTY_LIAISON, system_admin)

    person = User.objects.get(pk=clerk.pk)
    assert person.authority.departments == {repair.pk, planning.pk}
    assert person.authority.liaison_of == {planning.pk}
    assert person.department == repair


def test_the_office_head_appoints_liaisons_and_nothing_else(office_head, clerk, repair):
    appoint(clerk, repair, PostKind.DEPUTY_LIAISON, office_head)

    for kind in set(PostKind) - {PostKind.LIAISON, PostKind.DEPUTY_LIAISON}:
        with pytest.raises(NotYours):
            appoint(clerk, repair, kind, office_head, replaces=True)
    assert set(clerk.posts.current().values_list("kind", flat=True)) == {"staff", "deputy_liaison"}


@pytest.mark.parametrize("kind", PostKind)
@pytest.mark.parametrize("who", ["system_admin", "office_head"])
def test_nobody_gives_a_post_to_themselves(cast, who, kind):
    person = getattr(cast, who)

    with pytest.raises(NotYours):
        appoint(person, cast.repair, kind, person, replaces=True)

    assert person.posts.count() == 1


@pytest.mark.parametrize(
    "who",
    [
        "clerk",
        "repair_head",
        "repair_liaison",
        "officer",
        "secretary",
        "chair",
        "arbiter",
        "auditor",
        "records_admin",
    ],
)
def test_nobody_else_gives_or_takes_posts(cast, who):
    person = getattr(cast, who)
    with pytest.raises(NotYours):
        appoint(cast.supplies_clerk, cast.supplies, PostKind.DEPUTY_LIAISON, person)
    with pytest.raises(NotYours):
        end(cast.supplies_liaison, person)

    assert people.liaisons(cast.supplies.pk) == [cast.supplies_liaison]


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        ("auditor", PostKind.RECORDS),
        ("auditor", PostKind.SYSTEM_ADMIN),
        ("records_admin", PostKind.AUDITOR),
        ("records_admin", PostKind.SYSTEM_ADMIN),
    ],
)
def test_auditor_records_and_system_administrator_are_three_people(cast, held, asked):
    person = getattr(cast, held)

    with pytest.raises(Invalid):
        appoint(person, cast.company, asked, cast.system_admin)
    with pytest.raises(IntegrityError), as_actor(SYSTEM):
        Post.objects.create(user=person, department=cast.company, kind=asked, since=date(2026, 1, 1))


def test_a_post_of_one_changes_hands_only_when_that_is_meant(
    system_admin, repair, repair_liaison, clerk, monday
):
    with pytest.raises(Invalid) as refusal:
        appoint(clerk, repair, PostKind.LIAISON, system_admin)
    assert list(refusal.value.fields) == ["kind"]
    assert people.liaisons(repair.pk) == [repair_liaison]

    appoint(clerk, repair, PostKind.LIAISON, system_admin, replaces=True)

    assert people.liaisons(repair.pk) == [clerk]
    change = PostChange.objects.untaken().get()
    assert (change.post.user, change.successor) == (repair_liaison, clerk)


def test_ending_a_post_leaves_a_row_for_the_handover_that_is_taken_once(
    system_admin, supplies_liaison, supplies_clerk
):
    post = end(supplies_liaison, system_admin, successor_id=supplies_clerk.pk)

    change = PostChange.objects.untaken().get()
    assert (change.post, change.successor) == (post, supplies_clerk)
    with as_actor(SYSTEM):
        assert flows.take_post_change(change_id=change.pk)
        assert not flows.take_post_change(change_id=change.pk)
    assert not PostChange.objects.untaken().exists()


@pytest.mark.parametrize("until", [date(2024, 12, 31), date(2026, 9, 15)])
def test_a_post_ends_between_its_beginning_and_today(system_admin, supplies_liaison, monday, until):
    with pytest.raises(Invalid) as refusal:
        end(supplies_liaison, system_admin, until=until)

    assert list(refusal.value.fields) == ["until"]
    assert supplies_liaison.posts.current().exists()


def test_a_post_ends_once(system_admin, supplies_liaison):
    post = end(supplies_liaison, system_admin)

    with pytest.raises(NotReady):
        flows.end_post(post_id=post.pk, by=system_admin)

    assert PostChange.objects.count() == 1


def test_a_post_does_not_begin_in_the_future(system_admin, clerk, planning, monday):
    with pytest.raises(Invalid) as refusal:
        appoint(clerk, planning, PostKind.STAFF, system_admin, since=date(2026, 9, 15))

    assert list(refusal.value.fields) == ["since"]


@pytest.mark.parametrize("who", ["outsider", "gone"])
def test_only_active_people_of_the_house_hold_posts(system_admin, outsider, clerk, planning, who):
    if who == "gone":
        flows.deactivate_person(user_id=clerk.pk, by=system_admin)
    person = outsider if who == "outsider" else clerk

    with pytest.raises(Invalid) as refusal:
        appoint(person, planning, PostKind.STAFF, system_admin)

    assert list(refusal.value.fields) == ["user"]


def test_the_story_of_a_person_tells_of_their_posts(system_admin, clerk, planning):
    appoint(clerk, planning, PostKind.STAFF, system_admin)

    entry = TransitionLog.objects.of("user", clerk.pk).get()
    with override("en"):
        assert entry.sentence % entry.values == "唐宇 appointed 周立群: 计划发展部, Staff."
    with override("zh-hans"):
        assert entry.values["post"] == str(PostKind.STAFF.label)
