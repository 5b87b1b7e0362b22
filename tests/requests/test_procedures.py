"""R071: process documents and templates have owner, version, file and day; the departments confirm that they read them."""

from datetime import date

import pytest
import time_machine

from audit.acting import at_moment
from audit.refusals import Invalid, NotReady, NotYours
from documents.models import File
from requests import flows
from requests.models import Procedure, ProcedureReading
from supervision.states import Kind
from tests.documents.uploads import PDF, upload
from tests.requests import world

MONDAY = world.moment(14, 10)


def document(cast):
    return {
        "title": "跨部门会签流程", "owner": cast.officer, "summary": "会签从拟稿到印发的七个步骤。",
        "departments": [cast.supplies, cast.staffing], "papers": [upload("会签流程.pdf", PDF)],
    }  # fmt: skip


def publish(cast, *, by=None, **changes):
    with at_moment(MONDAY):
        return flows.publish_procedure(by=by or cast.office_head, **{**document(cast), **changes})


def renew(cast, procedure, *, by=None, **changes):
    given = {
        "summary": "增加退回步骤。", "departments": [cast.supplies], "papers": [upload("会签流程.pdf", PDF + b"%2")],
        **changes,
    }  # fmt: skip
    with at_moment(MONDAY):
        return flows.renew_procedure(procedure_id=procedure.pk, by=by or cast.officer, **given)


def reading(procedure, department, version=1):
    return ProcedureReading.objects.get(
        version__procedure=procedure, version__version=version, department=department
    )


def test_r071_published_it_has_owner_version_day_and_file_and_is_owed_to_be_read(cast):
    procedure = publish(cast, effective_on=date(2026, 10, 1))

    version = procedure.versions.get()
    assert (procedure.owner, procedure.department, version.version) == (cast.officer, cast.office, 1)
    assert version.effective_on == date(2026, 10, 1)
    assert File.objects.of("procedure_version", version.pk).get().name == "会签流程.pdf"
    duty = world.owed(reading(procedure, cast.staffing), Kind.RECEIPT)
    assert (duty.holder_department, duty.due_at) == (
        cast.staffing,
        world.moment(20, 17, 30),
    )  # a make-up Sunday


@pytest.mark.parametrize("name", ["clerk", "supplies_head", "chair", "auditor", "system_admin"])
def test_r071_only_the_office_publishes(cast, name):
    with pytest.raises(NotYours):
        publish(cast, by=getattr(cast, name))

    assert not Procedure.objects.exists()


def test_r071_without_file_readers_and_a_sentence_nothing_is_published(cast):
    with pytest.raises(Invalid) as refused:
        publish(cast, papers=[], departments=[], summary=" ", effective_on=date(2026, 9, 1))

    assert set(refused.value.fields) == {"papers", "departments", "summary", "effective_on"}
    assert not Procedure.objects.exists()


def test_r071_a_title_stands_once(cast):
    publish(cast)

    with pytest.raises(Invalid) as refused:
        publish(cast)

    assert list(refused.value.fields) == ["title"]


def test_r071_a_department_confirms_for_itself_and_once(cast):
    procedure = publish(cast)
    row = reading(procedure, cast.supplies)
    with pytest.raises(NotYours):
        flows.confirm_procedure(reading_id=row.pk, by=cast.staffing_head)

    flows.confirm_procedure(reading_id=row.pk, by=cast.supplies_liaison)

    row.refresh_from_db()
    assert row.confirmed_by == cast.supplies_liaison
    assert world.owed(row, Kind.RECEIPT) is None
    assert world.owed(reading(procedure, cast.staffing), Kind.RECEIPT) is not None
    with pytest.raises(NotReady):
        flows.confirm_procedure(reading_id=row.pk, by=cast.supplies_head)


def test_r071_the_next_version_is_read_anew_and_the_one_before_no_more(cast):
    procedure = publish(cast)
    old = reading(procedure, cast.supplies)

    renew(cast, procedure)

    assert Procedure.objects.get().version == 2
    assert world.owed(old, Kind.RECEIPT) is None
    assert world.owed(reading(procedure, cast.supplies, 2), Kind.RECEIPT) is not None
    with pytest.raises(NotReady):
        flows.confirm_procedure(reading_id=old.pk, by=cast.supplies_head)


def test_r071_until_the_day_of_the_next_version_the_one_before_holds(cast, client):
    procedure = publish(cast)
    renew(cast, procedure, effective_on=date(2026, 10, 1))
    client.force_login(cast.supplies_liaison)
    pages = {}
    for day in (world.moment(30, 10), world.moment(1, 10, month=10)):
        with time_machine.travel(day, tick=False):
            page = client.get(f"/procedures/{procedure.pk}/").content.decode()
            pages[day.month] = [page.split("<article")[n].count("现行") for n in (1, 2)]
            listed = client.get("/procedures/").content.decode()
            pages[day.month].append("待施行" in listed)

    assert pages == {9: [0, 1, True], 10: [1, 0, False]}


def test_r071_what_still_holds_is_confirmed_until_the_next_one_takes_its_place(cast):
    procedure = publish(cast)
    renew(cast, procedure, effective_on=date(2026, 10, 1))
    with at_moment(MONDAY):
        flows.confirm_procedure(reading_id=reading(procedure, cast.supplies).pk, by=cast.supplies_head)
    with at_moment(world.moment(1, 10, month=10)), pytest.raises(NotReady):
        flows.confirm_procedure(reading_id=reading(procedure, cast.staffing).pk, by=cast.staffing_head)

    assert reading(procedure, cast.supplies).confirmed_at == MONDAY
    assert reading(procedure, cast.staffing).confirmed_at is None


def test_r071_until_its_day_comes_the_next_version_ends_no_reading_of_the_one_that_holds(cast):
    procedure = publish(cast)
    renew(cast, procedure, effective_on=date(2026, 10, 9))
    old, new = reading(procedure, cast.supplies), reading(procedure, cast.supplies, 2)
    owed = []
    for day in (world.moment(15, 9), world.moment(9, 9, month=10)):
        with at_moment(day):
            flows.act_on_lapses(day)
        owed.append([world.owed(row, Kind.RECEIPT) is not None for row in (old, new)])

    assert owed == [[True, True], [False, True]]


def test_r071_a_version_overtaken_before_its_day_is_not_read(cast):
    procedure = publish(cast)
    renew(cast, procedure, effective_on=date(2026, 10, 9))

    renew(cast, procedure, effective_on=date(2026, 9, 30))

    overtaken = reading(procedure, cast.supplies, 2)
    assert world.owed(overtaken, Kind.RECEIPT) is None
    with pytest.raises(NotReady), at_moment(MONDAY):
        flows.confirm_procedure(reading_id=overtaken.pk, by=cast.supplies_head)


def test_r071_while_both_are_to_be_read_the_page_offers_each(cast, client):
    procedure = publish(cast)
    renew(cast, procedure, effective_on=date(2026, 10, 9))
    client.force_login(cast.supplies_liaison)

    with time_machine.travel(MONDAY, tick=False):
        page = client.get(f"/procedures/{procedure.pk}/").content.decode()

    assert page.count("/confirm/") == 2
    assert "0 / 1" in page
    assert "0 / 2" in page


def test_r071_its_owner_renews_it_and_no_other_department(cast):
    procedure = publish(cast, owner=cast.planning_head)
    renew(cast, procedure, by=cast.planning_head)
    with pytest.raises(NotYours):
        renew(cast, procedure, by=cast.supplies_head)

    assert Procedure.objects.get().version == 2


def test_r071_the_office_names_another_owner_with_the_next_version(cast, client):
    procedure = publish(cast, owner=cast.planning_head)
    client.force_login(cast.officer)
    sent = {
        "summary": "换责任人。", "papers": [upload("会签流程.pdf", PDF + b"%2")], "effective_on": "2026-09-14",
        "departments": [cast.supplies.pk], "owner": cast.supplies_head.pk,
    }  # fmt: skip

    with time_machine.travel(MONDAY, tick=False):
        client.post(f"/procedures/{procedure.pk}/renew/", sent)
        page = client.get(f"/procedures/{procedure.pk}/").content.decode()

    procedure.refresh_from_db()
    assert (procedure.owner, procedure.department) == (cast.supplies_head, cast.supplies)
    assert f"{cast.supplies.name} {cast.supplies_head.name}" in page


def test_r071_its_owner_names_no_other_one(cast):
    procedure = publish(cast, owner=cast.planning_head)

    with pytest.raises(NotYours):
        renew(cast, procedure, by=cast.planning_head, owner=cast.supplies_head)
    with pytest.raises(Invalid):
        renew(cast, procedure, owner=cast.outsider)

    procedure.refresh_from_db()
    assert (procedure.owner, procedure.version) == (cast.planning_head, 1)


def test_r071_out_of_force_nobody_reads_it_any_more(cast):
    procedure = publish(cast)

    flows.withdraw_procedure(procedure_id=procedure.pk, by=cast.officer, reason="并入会签办法。")

    assert world.owed(reading(procedure, cast.supplies), Kind.RECEIPT) is None
    with pytest.raises(NotReady):
        renew(cast, procedure)


def test_r071_the_page_shows_every_version_who_read_it_and_the_button_of_the_own_department(cast, client):
    procedure = publish(cast)
    renew(cast, procedure)
    client.force_login(cast.supplies_liaison)

    page = client.get(f"/procedures/{procedure.pk}/").content.decode()
    client.post(f"/procedures/{procedure.pk}/readings/{reading(procedure, cast.supplies, 2).pk}/confirm/")

    assert page.count("会签流程.pdf") == 2
    assert "确认已阅" in page
    assert "1 / 1" in client.get(f"/procedures/{procedure.pk}/").content.decode()
