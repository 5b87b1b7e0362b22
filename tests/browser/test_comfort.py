"""Several rows at once by keyboard, the empty parts of a matter, changes where a thing stands: in a browser."""

from django.conf import settings

from requests.models import Extension
from tests.browser.conftest import enter, looks, visit
from tests.requests import world

AT_DESK = ({"width": 1440, "height": 900},)
REGISTER = "/outside-papers/new/"
KEPT = "Object.keys(sessionStorage).filter(place => place.startsWith('typed ')).length"


def is_kept(page, number):
    """Asked until it is so: the script keeps what was typed a moment after the last key."""
    return page.evaluate(f"""new Promise((done) => {{
        let tries = 60;
        const look = () => {KEPT} === {number} || !tries-- ? done({KEPT} === {number}) : setTimeout(look, 50);
        look();
    }})""")


def typed_title(page, user):
    enter(page, user)
    page.goto(REGISTER)
    page.locator("[name=title]").fill("关于停电检修的函")
    assert is_kept(page, 1)


def test_rows_are_ticked_by_keyboard_looked_at_and_dealt_with(page, cast, monday):
    first, second = world.started(cast), world.submitted(cast, text="在三个班组张贴统一着装要求")
    enter(page, cast.supplies_clerk)
    visit(page, {"bulk-list": "/items/"})
    for key in "jxjx":
        page.keyboard.press(key)
    assert page.locator("[data-picked]").inner_text() == "2"
    page.get_by_role("button", name="申请延期").click()
    page.get_by_label("推迟几个工作日").fill("3")
    page.get_by_label("理由", exact=True).fill("机组停机推迟。")
    page.get_by_label("目前进展").fill("已下单，等待到货。")
    looks(page, "bulk-form", sizes=AT_DESK)
    page.get_by_role("button", name="预览").click()
    looks(page, "bulk-preview")
    page.get_by_role("button", name="申请延期", exact=True).click()
    looks(page, "bulk-result")
    assert list(Extension.objects.values_list("item", flat=True)) == [first.pk]
    assert second.extensions.count() == 0


def test_empty_parts_and_changes_in_place_fit(page, cast, monday):
    item = world.started(cast)
    enter(page, cast.office_head)
    visit(page, {"parts-list": "/requests/"})
    page.goto(f"/requests/{item.matter_id}/")
    page.locator(".x-parts summary").click()
    looks(page, "parts-open")
    page.locator(".x-meta .x-here summary").click()
    looks(page, "keeper-here")
    page.goto("/items/")
    page.locator("td .x-here summary").click()
    looks(page, "reassign-here")
    page.keyboard.press("?")
    looks(page, "parts-keys", sizes=AT_DESK)


def test_what_was_typed_when_the_session_had_ended_is_brought_back(page, cast, monday):
    """Peers §4, rank 16: the door asks for the name first, and the text is there again; once handed in it is forgotten."""
    matter = world.prepared(cast)
    row = matter.participants.get(department=cast.supplies)
    form = f"/requests/{matter.pk}/opinions/{row.pk}/"
    enter(page, cast.supplies_liaison)
    page.goto(form)
    page.get_by_label("有条件同意").check()
    page.locator("[name=reason]").fill("须由人力资源部出具联系单。")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("main .btn-primary").click()
    page.get_by_label("密码").wait_for()
    enter(page, cast.supplies_liaison)
    page.goto(form)
    looks(page, "typed-before", sizes=AT_DESK)

    page.get_by_role("button", name="恢复内容").click()
    assert page.get_by_label("有条件同意").is_checked()
    page.locator("main .btn-primary").click()
    page.locator(".x-toast.success").wait_for()

    row.refresh_from_db()
    assert row.opinion_reason == "须由人力资源部出具联系单。"
    page.goto(form)
    assert page.get_by_role("button", name="恢复内容").count() == 0


def test_nothing_is_kept_of_a_form_that_calls_itself_confidential(page, cast):
    """Domain §5: the level chosen after typing takes away what was kept; what is typed later is not kept either."""
    typed_title(page, cast.officer)

    page.locator("[name=confidentiality]").select_option("confidential")
    assert page.evaluate(KEPT) == 0
    page.locator("[name=unit]").fill("市电力公司")
    page.locator("main .btn-primary").click()
    page.locator(".x-toast.success, .x-errsum").first.wait_for()
    assert page.evaluate(KEPT) == 0


def test_what_was_typed_goes_with_a_logout_in_another_window_and_with_the_next_person(page, cast):
    typed_title(page, cast.officer)
    other = page.context.new_page()
    other.goto(f"{page.home}/")
    other.locator("form[data-log-out]").evaluate("form => form.requestSubmit()")
    assert is_kept(page, 0)

    typed_title(page, cast.officer)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto("/")
    assert page.evaluate(KEPT) == 1
    enter(page, cast.clerk)
    page.goto("/")
    assert page.evaluate(KEPT) == 0


def test_a_page_that_took_nothing_leaves_what_was_typed(page, cast):
    """The page that had been open too long promises that the text is still there."""
    typed_title(page, cast.officer)
    page.locator("main form[data-unsaved] [name=csrfmiddlewaretoken]").evaluate(
        "token => { token.value = 'x' }"
    )
    page.locator("main .btn-primary").click()
    page.locator("[data-not-taken]").wait_for()

    page.goto(REGISTER)
    page.get_by_role("button", name="恢复内容").click()
    assert page.locator("[name=title]").input_value() == "关于停电检修的函"
