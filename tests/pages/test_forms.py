"""What a form of the office takes, and what it says when it does not."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.test import RequestFactory

from audit.refusals import Conflict, Invalid, NotReady, NotYours
from pages.answers import answer
from pages.forms import OfficeForm, apply_refusal


class Ask(OfficeForm):
    title = forms.CharField(label="标题", max_length=60, help_text="写成“关于……的协作需求”。")
    goal = forms.CharField(label="协调目标", widget=forms.Textarea, min_length=10, max_length=500)
    due_on = forms.DateField(label="希望完成日期", required=False)
    met_at = forms.DateTimeField(label="时间", required=False)
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), ("a", "内部事务")], required=False)
    parts = forms.MultipleChoiceField(
        label="部门", choices=[("1", "物资部"), ("2", "财务部")], widget=forms.CheckboxSelectMultiple
    )


GOOD = {"title": "劳保服", "goal": "检修开工前三人穿上同款劳保服", "parts": ["1"]}


def ask(**changes):
    return Ask({**GOOD, **changes})


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-21",
        "2026/11/21",
        "2026.11.21",
        "2026年11月21日",
        "20261121",
        "２０２６－１１－２１",
        " 2026-11-21 ",
    ],
)
def test_a_date_is_taken_as_people_type_it(typed):
    form = ask(due_on=typed)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["due_on"] == date(2026, 11, 21)


@pytest.mark.parametrize(
    "typed", ["2026-11-21 14:30", "2026-11-21T14:30", "2026年11月21日 14：30", "2026/11/21 14时30分"]
)
def test_a_moment_is_taken_as_people_type_it(typed):
    form = ask(met_at=typed)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["met_at"] == datetime(2026, 11, 21, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_a_wrong_date_is_answered_with_an_example():
    assert ask(due_on="下周五").errors["due_on"] == ["请把日期写成2026-11-21的样子。"]


def test_errors_say_what_to_write():
    form = ask(title="", goal="请物资部发放劳保服", parts=[])

    assert form.errors == {
        "title": ["还没有填写。请补上。"],
        "goal": ["现在9个字，至少10个字。"],
        "parts": ["还没有选。请至少选1项。"],
    }


def test_a_sentence_written_by_the_form_itself_stays():
    class Own(OfficeForm):
        title = forms.CharField(error_messages={"required": "请写标题。"})

    assert Own({}).errors["title"] == ["请写标题。"]


def test_a_date_shown_again_is_written_the_same_way():
    form = Ask(initial={"due_on": date(2026, 11, 21)})

    assert 'value="2026-11-21"' in str(form["due_on"])
    assert 'type="text"' in str(form["due_on"])


def test_a_long_text_is_counted_and_never_cut_by_the_browser():
    assert "maxlength" not in str(Ask()["goal"])
    assert 'maxlength="60"' in str(Ask()["title"])


def told(form):
    return answer(RequestFactory().get("/"), "pages/empty.html", {"heading": "x"}, form).status_code


@pytest.mark.django_db
def test_the_answer_carries_the_status():
    assert told(None) == 200
    assert told(Ask()) == 200
    assert told(ask()) == 200
    assert told(ask(title="")) == 422
    assert told([ask(), ask(title="")]) == 422


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("refusal", "status"),
    [(NotReady("还有部门未提交意见。"), 422), (Conflict("已被办理。"), 409), (NotYours("不由您办理。"), 403)],
)
def test_a_refusal_stands_in_the_form_and_sets_the_status(refusal, status):
    form = ask()
    assert form.is_valid()

    apply_refusal(form, refusal)

    assert form.non_field_errors() == [str(refusal)]
    assert told(form) == status


def test_a_refusal_of_fields_stands_beside_them_and_a_foreign_one_above():
    form = ask()
    assert form.is_valid()

    apply_refusal(form, Invalid("x", fields={"title": ["请写标题。"], "elsewhere": ["请补材料。"]}))

    assert form.errors["title"] == ["请写标题。"]
    assert form.non_field_errors() == ["请补材料。"]


def test_a_lone_button_takes_a_refusal_too():
    form = OfficeForm()

    apply_refusal(form, NotReady("还有部门未提交意见。"))

    assert form.non_field_errors() == ["还有部门未提交意见。"]
