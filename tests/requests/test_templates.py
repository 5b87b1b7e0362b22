"""The templates of forms (R041): the coordination office keeps them, everybody who files is offered them."""

import pytest

from audit.models import Event, TransitionLog
from audit.refusals import Conflict, Invalid, NotReady, NotYours
from requests import flows
from requests.models import RequestTemplate
from tests.requests import world

FIELDS = {
    "category": "service", "name": "窗口联办", "purpose": "群众要跑几个部门时用", "title": "关于【事项】联办的协作需求",
    "confidentiality": "internal", "working_days": 10, "order": 5,
}  # fmt: skip


def write(cast, *, by=None, **changes):
    return flows.create_template(
        by=by or cast.officer, fields={**FIELDS, **changes}, departments=[cast.supplies]
    )


def change(cast, template, *, by=None, revision=0, **changes):
    return flows.change_template(
        template_id=template.pk, by=by or cast.officer, fields={**FIELDS, **changes}, departments=[cast.supplies],
        revision=revision,
    )  # fmt: skip


def names(person):
    return set(RequestTemplate.objects.visible_to(person).values_list("name", flat=True))


def test_a_template_is_offered_from_then_on(cast):
    template = write(cast)

    assert "窗口联办" in names(cast.clerk)
    assert list(template.departments.all()) == [cast.supplies]


def test_out_of_use_it_is_offered_to_nobody_but_the_office_still_sees_it(cast):
    template = write(cast)

    flows.switch_template(template_id=template.pk, is_active=False, by=cast.officer)

    assert "窗口联办" not in names(cast.clerk)
    assert "窗口联办" in names(cast.officer)


def test_it_can_be_offered_again(cast):
    template = write(cast)
    flows.switch_template(template_id=template.pk, is_active=False, by=cast.officer)

    flows.switch_template(template_id=template.pk, is_active=True, by=cast.office_head)

    assert "窗口联办" in names(cast.clerk)


def test_nobody_from_outside_and_no_system_administrator_is_offered_any(cast):
    assert names(cast.outsider) == names(cast.system_admin) == set()


@pytest.mark.parametrize(
    "name", ["clerk", "repair_head", "chair", "secretary", "auditor", "system_admin", "outsider"]
)
def test_only_the_office_keeps_the_templates(cast, name):
    template, person = write(cast), getattr(cast, name)

    with pytest.raises(NotYours):
        write(cast, by=person, name="别的")
    with pytest.raises(NotYours):
        change(cast, template, by=person, name="别的")
    with pytest.raises(NotYours):
        flows.switch_template(template_id=template.pk, is_active=False, by=person)

    assert RequestTemplate.objects.filter(name="窗口联办", is_active=True).exists()
    assert not RequestTemplate.objects.filter(name="别的").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("purpose", ""), ("category", "other"), ("confidentiality", "confidential"), ("working_days", 0),
     ("working_days", 251), ("title", "长" * 61), ("goal", "长" * 501)],
)  # fmt: skip
def test_what_does_not_fit_is_named_and_nothing_is_written(cast, field, value):
    with pytest.raises(Invalid) as refused:
        write(cast, **{field: value})

    assert list(refused.value.fields) == [field]
    assert not RequestTemplate.objects.filter(purpose=FIELDS["purpose"]).exists()


def test_two_templates_of_one_name_cannot_be_told_apart(cast):
    write(cast)

    with pytest.raises(Invalid) as refused:
        write(cast, category="policy")

    assert list(refused.value.fields) == ["name"]


def test_who_saves_second_is_told_who_was_quicker(cast):
    template = write(cast)
    change(cast, template, by=cast.office_head, purpose="窗口办件时用")

    with pytest.raises(Conflict, match="宋雅琴"):
        change(cast, template, purpose="大厅办件时用")

    template.refresh_from_db()
    assert template.purpose == "窗口办件时用"


@pytest.mark.django_db(transaction=True)
def test_two_officers_save_at_once_and_one_wins(cast):
    template = write(cast)

    results = world.both_at_once(
        lambda: change(cast, template, purpose="窗口办件时用"),
        lambda: change(cast, template, by=cast.office_head, purpose="大厅办件时用"),
    )

    assert sorted(type(result).__name__ for result in results) == ["Conflict", "RequestTemplate"]


@pytest.mark.django_db(transaction=True)
def test_two_officers_switch_it_off_at_once_and_the_second_is_told(cast):
    template = write(cast)

    def off(by):
        return flows.switch_template(template_id=template.pk, is_active=False, by=by)

    results = world.both_at_once(lambda: off(cast.officer), lambda: off(cast.office_head))

    assert sorted(type(result).__name__ for result in results) == ["NotReady", "RequestTemplate"]


def test_switching_what_is_switched_already_is_refused(cast):
    template = write(cast)

    with pytest.raises(NotReady):
        flows.switch_template(template_id=template.pk, is_active=True, by=cast.officer)

    template.refresh_from_db()
    assert template.revision == 0


def test_saving_the_same_again_changes_nothing(cast):
    template = write(cast)

    change(cast, template)

    template.refresh_from_db()
    assert template.revision == 0
    assert TransitionLog.objects.of("template", template.pk).count() == 1


def test_every_change_stands_in_the_story_and_in_the_log(cast):
    template = write(cast)

    change(cast, template, purpose="窗口办件时用")

    verbs = TransitionLog.objects.of("template", template.pk).values_list("verb", flat=True)
    assert list(verbs) == ["change_template", "create_template"]
    event = Event.objects.filter(object_type="requests_requesttemplate", object_id=str(template.pk)).latest(
        "pk"
    )
    assert (event.before["purpose"], event.after["purpose"]) == (FIELDS["purpose"], "窗口办件时用")


def test_a_form_that_was_begun_keeps_what_it_holds(cast, monday):
    template = write(cast)
    matter = flows.start_from(by=cast.clerk, template_id=template.pk)

    change(cast, template, title="关于【事项】一次办好的协作需求")

    matter.refresh_from_db()
    assert matter.title == FIELDS["title"]
