"""The pages of the organization: read by everybody of the house, changed by the administrator."""

import pytest

from audit.acting import SYSTEM, as_actor
from organization import flows
from organization.external_units import ExternalUnit
from organization.models import Committee, Department, Post, User
from tests import cast as the_cast


def page(client, person, address, status=200):
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def post(client, person, address, **data):
    client.force_login(person)
    return client.post(address, data)


def test_the_tree_shows_heads_liaisons_and_who_is_in_charge(client, cast):
    text = page(client, cast.clerk, "/organization/")

    for name in ("临江能源集团", "检修部", "郑国栋", "陈启明", "范长青"):
        assert name in text


def test_what_is_missing_is_listed_for_who_can_mend_it(client, cast):
    flows.end_post(post_id=cast.supplies_liaison.posts.get().pk, by=cast.system_admin)

    assert "没有联络员" in page(client, cast.clerk, "/organization/")
    assert "需要处理" in page(client, cast.office_head, "/organization/")
    assert "需要处理" not in page(client, cast.clerk, "/organization/")


def test_a_closed_department_is_named_below_the_tree(client, cast):
    with as_actor(SYSTEM):
        Department.objects.create(code="OLD", name="旧物资科", is_active=False)

    assert "已停用" in page(client, cast.clerk, "/organization/")


def test_a_department_below_a_closed_one_does_not_vanish(client, cast):
    with as_actor(SYSTEM):
        old = Department.objects.create(code="OLD", name="旧", is_active=False)
        Department.objects.create(code="NEW", name="悬空科", parent=old)

    assert "悬空科" in page(client, cast.clerk, "/organization/")


@pytest.mark.parametrize("query", ["q=立群", "q=clerk", "post=staff", "q=周&post=staff"])
def test_people_are_found_by_name_login_and_post(client, cast, query):
    text = page(client, cast.officer, f"/organization/people/?{query}")

    assert "周立群" in text
    assert "林佳" not in text


def test_people_are_filtered_by_department_and_state(client, cast):
    assert "林佳" in page(client, cast.officer, f"/organization/people/?department={cast.supplies.pk}")
    assert "周立群" not in page(client, cast.officer, f"/organization/people/?department={cast.supplies.pk}")
    assert "马国平" in page(client, cast.officer, "/organization/people/?tab=external")
    assert "没有找到人员" in page(client, cast.officer, "/organization/people/?tab=closed")


def test_a_person_in_two_posts_is_one_row(client, cast):
    flows.appoint(
        user_id=cast.clerk.pk, department_id=cast.repair.pk, kind="deputy_liaison", by=cast.system_admin
    )

    text = page(client, cast.officer, f"/organization/people/?department={cast.repair.pk}")

    assert text.count(f'/organization/people/{cast.clerk.pk}/"') == 1


@pytest.mark.parametrize("size", [1, 20])
def test_the_lists_cost_the_same_for_any_house(client, cast, django_assert_max_num_queries, size):
    with as_actor(SYSTEM):
        for n in range(size):
            department = Department.objects.create(code=f"N{n}", name=f"新{n}", parent=cast.company)
            person = User.objects.create(username=f"n{n}", name=f"人{n}")
            Post.objects.create(user=person, department=department, kind="head", since=the_cast.SINCE)
            Committee.objects.create(name=f"会{n}", chair=person)
    client.force_login(cast.clerk)
    for address, limit in (
        ("/organization/", 22),
        ("/organization/people/", 22),
        ("/organization/committees/", 16),
        ("/organization/units/", 14),
    ):
        with django_assert_max_num_queries(limit):
            client.get(address)


def test_the_story_of_a_person_is_for_administrators_and_auditors(client, cast):
    flows.change_person(user_id=cast.clerk.pk, name="周立群", title="班长", by=cast.system_admin)
    address = f"/organization/people/{cast.clerk.pk}/"

    for name in ("system_admin", "auditor"):
        assert "修改了人员资料" in page(client, getattr(cast, name), address)
    assert "修改了人员资料" not in page(client, cast.officer, address)


def test_an_account_is_opened_and_given_a_post(client, cast):
    response = post(client, cast.system_admin, "/organization/people/new/", username="new", name="新人")
    person = User.objects.get(username="new")
    assert response["Location"] == f"/organization/people/{person.pk}/"

    post(
        client, cast.system_admin, f"/organization/people/{person.pk}/appoint/",
        department=cast.repair.pk, kind="staff", since="2026-01-01",
    )  # fmt: skip

    assert Post.objects.get(user=person).department == cast.repair


def test_a_refused_account_keeps_what_was_typed(client, cast):
    response = post(client, cast.system_admin, "/organization/people/new/", username="clerk", name="新人甲")

    assert response.status_code == 422
    assert "该登录名已被使用" in response.content.decode()
    assert "新人甲" in response.content.decode()
    assert User.objects.filter(username="clerk").count() == 1


def test_closing_an_account_needs_a_reason(client, cast):
    address = f"/organization/people/{cast.clerk.pk}/deactivate/"

    assert post(client, cast.system_admin, address).status_code == 422
    assert User.objects.get(pk=cast.clerk.pk).is_active

    assert post(client, cast.system_admin, address, reason="调离").status_code == 302
    assert not User.objects.get(pk=cast.clerk.pk).is_active


def test_what_ends_something_is_asked_with_the_button_of_danger_and_nothing_else_is(client, cast):
    person = f"/organization/people/{cast.clerk.pk}"
    ending = [f"{person}/deactivate/", f"/organization/departments/{cast.supplies.pk}/close/"]
    client.force_login(cast.system_admin)

    assert all("btn-danger-plain" in client.get(address).content.decode() for address in ending)
    assert "btn-danger-plain" not in client.get(f"{person}/password/").content.decode()


def test_the_office_head_is_offered_liaison_posts_only(client, cast):
    text = page(client, cast.office_head, f"/organization/people/{cast.clerk.pk}/appoint/")

    assert 'value="liaison"' in text
    assert 'value="deputy_liaison"' in text
    assert 'value="head"' not in text
    assert 'value="system_admin"' not in text


def test_a_post_that_is_not_offered_is_not_given(client, cast):
    response = post(
        client, cast.office_head, f"/organization/people/{cast.clerk.pk}/appoint/",
        department=cast.repair.pk, kind="officer", since="2026-01-01",
    )  # fmt: skip

    assert response.status_code == 422
    assert not Post.objects.filter(user=cast.clerk, kind="officer").exists()


def test_a_post_ends_on_its_page(client, cast):
    held = cast.supplies_liaison.posts.get()

    response = post(
        client, cast.office_head, f"/organization/posts/{held.pk}/end/",
        until="2026-01-05", successor=cast.supplies_clerk.pk,
    )  # fmt: skip

    assert response.status_code == 302
    held.refresh_from_db()
    assert str(held.until) == "2026-01-05"
    assert held.changes.get().successor == cast.supplies_clerk
    assert page(client, cast.office_head, f"/organization/posts/{held.pk}/end/", 404)


def test_a_department_is_changed_and_keeps_what_the_form_does_not_show(client, cast):
    address = f"/organization/departments/{cast.repair.pk}/change/"
    values = {"name": "检修中心", "kind": "office", "parent": cast.company.pk, "order": "10"}

    assert post(client, cast.system_admin, address, **values).status_code == 302

    cast.repair.refresh_from_db()
    assert (cast.repair.name, cast.repair.code, cast.repair.leader_in_charge) == ("检修中心", "JX", None)


def test_a_department_in_use_is_not_closed_and_the_page_says_why(client, cast):
    response = post(
        client, cast.system_admin, f"/organization/departments/{cast.repair.pk}/close/", reason="撤并"
    )

    assert response.status_code == 422
    assert "部门内仍有人任职" in response.content.decode()
    cast.repair.refresh_from_db()
    assert cast.repair.is_active


def test_a_committee_is_set_up_and_changed_by_the_office_head(client, cast):
    values = {"name": "安全委员会", "kind": "standing", "chair": cast.arbiter.pk, "members": [cast.repair.pk]}
    assert post(client, cast.office_head, "/organization/committees/new/", **values).status_code == 302
    made = Committee.objects.get(name="安全委员会")

    values["members"] = [cast.supplies.pk, cast.planning.pk]
    post(client, cast.office_head, f"/organization/committees/{made.pk}/change/", **values)

    assert set(made.members.all()) == {cast.supplies, cast.planning}
    assert "安全委员会" in page(client, cast.clerk, f"/organization/committees/{made.pk}/")


def test_all_gaps_of_a_group_are_named_at_once(client, cast):
    response = post(client, cast.office_head, "/organization/committees/new/", name="组", kind="temporary", members=[cast.repair.pk])  # fmt: skip

    assert response.status_code == 422
    assert response.context["errors_found"] == 4
    assert not Committee.objects.filter(name="组").exists()


def test_an_external_unit_is_entered_changed_and_closed(client, cast):
    post(client, cast.system_admin, "/organization/units/new/", name="宏远物流")
    unit = ExternalUnit.objects.get(name="宏远物流")
    post(client, cast.system_admin, f"/organization/units/{unit.pk}/change/", name="宏远", contact="021")
    post(client, cast.system_admin, f"/organization/units/{unit.pk}/close/", reason="合同到期")

    unit.refresh_from_db()
    assert (unit.name, unit.contact, unit.is_active) == ("宏远", "021", False)
