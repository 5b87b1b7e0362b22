"""The readable history: each saving leaves the row as it stands from then on, signed and dated."""

from datetime import datetime

from audit.acting import as_actor, at_moment
from organization.models import Department, User
from tests.conftest import SHANGHAI

MONDAY = datetime(2026, 9, 14, 9, 0, tzinfo=SHANGHAI)


def test_a_version_holds_the_row_as_it_was_saved_and_who_saved_it_when(cast):
    with as_actor(cast.officer), at_moment(MONDAY):
        cast.supplies.name, cast.supplies.order = "物资供应部", 7
        cast.supplies.save(update_fields=["name", "order"])
    cast.supplies.refresh_from_db()

    version = Department.history.filter(id=cast.supplies.pk).first()
    columns = [field.attname for field in Department._meta.concrete_fields]
    assert [getattr(version, name) for name in columns] == [getattr(cast.supplies, name) for name in columns]
    assert (version.history_type, version.history_user_id) == ("~", cast.officer.audit_key)
    assert version.history_date == MONDAY


def test_a_new_row_has_its_first_version_without_what_is_left_out_of_it(cast):
    with as_actor(cast.officer):
        person = User.objects.create(username="new", name="新人", password="secret")

    version = User.history.get(id=person.pk)
    assert (version.history_type, version.name) == ("+", "新人")
    assert "password" not in {field.column for field in type(version)._meta.concrete_fields}


def test_the_last_version_of_a_deleted_row_says_that_it_is_gone(cast):
    with as_actor(cast.officer):
        department = Department.objects.create(code="X9", name="临时部门")
        pk = department.pk
        department.delete()

    assert list(Department.history.filter(id=pk).values_list("history_type", "name")) == [
        ("-", "临时部门"),
        ("+", "临时部门"),
    ]
