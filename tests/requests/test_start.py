"""How a form begins (R041): from a template, from an own earlier matter, or empty."""

from datetime import date

import pytest

from audit.acting import SYSTEM, as_actor
from audit.refusals import Invalid, NotReady, NotYours
from requests import flows
from requests.models import CoordinationRequest, RequestTemplate
from requests.states import Category, Stage
from tests.requests import world


def template():
    """The one that every office starts with for a hazard."""
    return RequestTemplate.objects.get(category=Category.SAFETY)


def start(cast, **given):
    return flows.start_from(by=cast.clerk, **given)


def test_every_category_has_a_template_from_the_first_day_on(db):
    assert set(RequestTemplate.objects.active().values_list("category", flat=True)) == set(Category.values)


def test_what_a_template_holds_fits_the_form(db):
    for row in RequestTemplate.objects.all():
        assert len(row.title) <= 60
        assert "【" in row.title
        assert 20 <= len(row.background) <= 2000
        assert len(row.goal) <= 500
        assert len(row.expected_result) <= 1000


def test_a_form_begins_with_what_the_template_gives(cast, monday):
    matter = start(cast, template_id=template().pk)

    assert (matter.stage, matter.template, matter.category) == (Stage.DRAFT, template(), Category.SAFETY)
    assert (matter.title, matter.background) == (template().title, template().background)
    # 10 working days on: Sunday 20 September is worked, the 25th to the 27th are a holiday.
    assert matter.wished_on == date(2026, 9, 28)


def test_the_own_department_of_a_template_is_left_out(cast):
    with as_actor(SYSTEM):
        template().departments.set([cast.repair, cast.supplies])

    matter = start(cast, template_id=template().pk)

    assert list(matter.wished_departments.all()) == [cast.supplies]


def test_a_place_that_is_left_is_named_beside_its_field_and_nothing_is_handed_in(cast, monday):
    matter = start(cast, template_id=template().pk)
    flows.save_draft(
        matter_id=matter.pk,
        by=cast.clerk,
        fields={**world.FORM, "goal": template().goal},
        departments=[cast.supplies],
    )

    with pytest.raises(Invalid) as refused:
        flows.submit(matter_id=matter.pk, by=cast.clerk)

    assert list(refused.value.fields) == ["goal"]
    assert "【隐患】" in str(refused.value.fields["goal"][0])
    assert CoordinationRequest.objects.get(pk=matter.pk).number is None


def test_a_filled_in_template_is_handed_in(cast, monday):
    matter = start(cast, template_id=template().pk)
    flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields=world.FORM, departments=[cast.supplies])

    assert flows.submit(matter_id=matter.pk, by=cast.clerk).stage == Stage.PROPOSAL


def test_a_template_out_of_use_starts_nothing(cast):
    flows.switch_template(template_id=template().pk, is_active=False, by=cast.officer)

    with pytest.raises(NotReady, match="已停用"):
        start(cast, template_id=template().pk)

    assert not CoordinationRequest.objects.exists()


def test_an_own_matter_gives_its_texts_and_nothing_that_belongs_to_its_own_time(cast, monday):
    earlier = world.prepared(cast, amount="1200.00", phone="8001")

    matter = start(cast, matter_id=earlier.pk)

    assert (matter.title, matter.goal, matter.category) == (earlier.title, earlier.goal, earlier.category)
    assert list(matter.wished_departments.all()) == [cast.supplies]
    assert (matter.number, matter.wished_on, matter.amount, matter.keeper) == (None, None, None, None)
    assert not matter.attempts.exists()
    assert not matter.participants.exists()
    assert matter.copied_from == earlier


def test_what_was_restricted_stays_restricted(cast, monday):
    earlier = world.filed(cast, confidentiality="restricted")

    assert start(cast, matter_id=earlier.pk).confidentiality == "restricted"


@pytest.mark.parametrize("name", ["repair_head", "officer", "planning_head"])
def test_somebody_elses_matter_is_no_start(cast, monday, name):
    earlier = world.filed(cast)

    with pytest.raises(NotYours):
        flows.start_from(by=getattr(cast, name), matter_id=earlier.pk)

    assert CoordinationRequest.objects.get() == earlier


@pytest.mark.parametrize("name", ["auditor", "system_admin", "outsider"])
def test_who_cannot_file_starts_nothing(cast, name):
    with pytest.raises(NotYours):
        flows.start_from(by=getattr(cast, name), template_id=template().pk)

    assert not CoordinationRequest.objects.exists()


def test_a_form_that_was_never_touched_is_filled_anew(cast, monday):
    first = start(cast, template_id=template().pk)

    again = start(cast, category=Category.POLICY)

    assert again.pk == first.pk
    assert (again.category, again.title, again.template, again.wished_on) == (Category.POLICY, "", None, None)


def test_a_form_that_was_written_on_is_left_alone(cast, monday):
    first = start(cast, template_id=template().pk)
    flows.save_draft(matter_id=first.pk, by=cast.clerk, fields={"title": "关于整治三号皮带隐患"})

    again = start(cast, template_id=template().pk)

    assert again.pk != first.pk
    first.refresh_from_db()
    assert first.title == "关于整治三号皮带隐患"


def test_one_thing_to_start_from_at_a_time(cast, monday):
    earlier = world.filed(cast)

    with pytest.raises(Invalid):
        start(cast, template_id=template().pk, matter_id=earlier.pk)

    assert CoordinationRequest.objects.get() == earlier
