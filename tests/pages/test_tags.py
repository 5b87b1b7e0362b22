"""What the tags print."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.paginator import Paginator
from django.forms import formset_factory
from django.template import Context, Template
from django.test import RequestFactory

from audit.acting import at_moment
from requests.states import Stage
from tests.pages.test_forms import Ask, ask

NOON = datetime(2026, 9, 18, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def show(template, path="/", **context):
    return Template(template).render(Context({"request": RequestFactory().get(path), **context})).strip()


def test_a_field_tells_label_hint_error_and_control_together():
    html = show("{% field form.title %}", form=ask(title=""))

    assert '<label for="id_title">标题</label>' in html
    assert 'id="id_title-h"' in html
    assert "还没有填写" in html
    assert 'aria-describedby="id_title-h id_title-e"' in html
    assert 'aria-invalid="true"' in html
    assert "required" in html


def test_only_the_optional_field_is_marked():
    assert "选填" in show("{% field form.due_on %}", form=Ask())
    assert "选填" not in show("{% field form.title %}", form=Ask())


def test_boxes_are_a_group_with_a_name():
    html = show("{% field form.parts %}", form=ask(parts=[]))

    assert 'role="group"' in html
    assert 'aria-labelledby="id_parts-l"' in html
    assert html.count("<label") == 2


def test_a_long_text_shows_its_count():
    html = show("{% field form.goal %}", form=ask(goal="请物资部发放劳保服"))

    assert "<span data-count>9</span> / 500字" in " ".join(html.split())
    assert 'aria-describedby="id_goal-e id_goal-c"' in html


def test_what_was_typed_is_escaped():
    assert "<script>" not in show("{% field form.title %}", form=ask(title="<script>x</script>"))


def test_the_summary_counts_and_links_in_the_order_of_the_fields():
    html = show("{% errors form %}", form=ask(parts=[], title=""))

    assert "还差2处，改好就能提交" in html
    assert html.index('href="#id_title"') < html.index('href="#id_parts_0"')


def test_the_summary_reaches_into_the_rows_of_a_formset():
    rows = formset_factory(Ask, extra=0)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-title": "x"}
    )

    assert 'href="#id_form-0-goal"' in show("{% errors form rows %}", form=Ask(), rows=rows)


def test_a_clean_form_has_no_summary():
    assert show("{% errors form %}", form=Ask()) == ""


def test_numbers_stay_in_one_piece():
    assert show("{{ n|no }}", n="协〔2026〕41号") == '<span class="x-no">协〔2026〕41号</span>'
    assert show("{{ n|no }}", n="") == ""
    assert (
        show("{{ t|numbers }}", t="见 督单〔2026〕23号<b>")
        == '见 <span class="x-no">督单〔2026〕23号</span>&lt;b&gt;'
    )


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOON, "今天 12:00"),
        (NOON - timedelta(days=1), "昨天 12:00"),
        (NOON - timedelta(days=2), "09-16 12:00"),
        (NOON - timedelta(days=365), "2025-09-18 12:00"),
    ],
)
def test_a_moment_is_said_as_people_say_it(moment, words):
    with at_moment(NOON):
        assert f">{words}</time>" in show("{{ m|lately }}", m=moment)


def test_days_and_moments_are_written_one_way():
    assert show("{{ m|when }}", m=NOON) == '<time datetime="2026-09-18T12:00+08:00">2026-09-18 12:00</time>'
    assert show("{{ d|day }} {{ d|weekday }}", d=date(2026, 9, 18)).endswith("周五")
    assert show("{{ m|when }}{{ m|day }}{{ m|weekday }}{{ m|lately }}", m=None) == ""


def test_a_light_is_a_shape_and_words():
    html = show('{% light "bad" %}逾期{{ n }}个工作日<b>{{ evil }}</b>{% endlight %}', n=1, evil="<i>")

    assert "sprite.svg#l-bad" in html
    assert "逾期1个工作日<b>&lt;i&gt;</b>" in html


def test_a_history_line_is_told_in_the_readers_language():
    entry = SimpleNamespace(sentence="today %(time)s", values={"time": "<协〔2026〕41号>"})

    assert show("{% sentence e %}", e=entry) == '今天 &lt;<span class="x-no">协〔2026〕41号</span>&gt;'


def test_a_history_line_whose_sentence_has_changed_is_still_shown():
    assert show("{% sentence e %}", e=SimpleNamespace(sentence="%(gone)s said", values={})) == "%(gone)s said"


def test_the_stage_is_a_word_in_its_tint():
    assert (
        show("{% stage s %}", s="preparation") == f'<span class="x-stage s2">{Stage.PREPARATION.label}</span>'
    )
    assert show("{% stage s %}", s="returned") == f'<span class="x-tag">{Stage.RETURNED.label}</span>'


def test_filters_are_kept_and_the_page_number_is_not():
    path = "/?status=open&q=a&page=3"

    assert show('{% query status="done" %}', path) == "?status=done&amp;q=a"
    assert show("{% query status=None %}", path) == "?q=a"
    assert show("{% query page=4 %}", path) == "?status=open&amp;q=a&amp;page=4"


def test_paging_says_which_rows_of_how_many():
    pages = Paginator(range(70), 30)

    html = show("{% pages p %}", "/?status=open&page=2", p=pages.page(2))
    assert "第31—60件，共70件" in html
    assert 'href="?status=open&amp;page=1"' in html
    assert 'href="?status=open&amp;page=3"' in html
    assert show("{% pages p %}", p=Paginator([], 30).page(1)) == ""
