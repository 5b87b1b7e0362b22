"""The demo office for a story played in the browser: the clock is moved by hand, people log in, fill in and press.

A field is named as in its form, and filled in with the words that stand on the page: `fill({"urgency": "急件"})`.
"""

from __future__ import annotations

import re
from typing import Any

import time_machine

from coordination.demo.player import Player, moment
from requests.models import AcceptanceCondition
from tests.browser.conftest import enter

BOXES = ("checkbox", "radio")
OK, FOUND_WRONG, NOT_YOURS = 200, 422, 403
READY = "domcontentloaded"  # the page's script has run; nobody waits for icons


class Office:
    """One window in which now this, now that person sits, at the moments of the story."""

    def __init__(self, page: Any, clock: time_machine.Traveller, start: str) -> None:
        self.page, self.clock = page, clock
        self.player = Player(moment(start))
        self.sits = ""
        clock.move_to(self.player.clock)

    # --- time and people ---

    def at(self, when: str) -> None:
        """Let the office tick up to this moment. Sessions end overnight, so everybody logs in again."""
        self.player.pass_time(moment(when))
        self.clock.move_to(moment(when))
        self.sits = ""

    def person(self, login: str) -> Any:
        return self.player.person(login)

    def log_in(self, login: str, password: str) -> None:
        """Through the door, as people do."""
        self.page.goto("/")
        self.page.get_by_label("账号").fill(login)
        self.page.get_by_label("密码").fill(password)
        self.send()
        self.sits = login

    def seat(self, login: str, address: str) -> None:
        """This person opens this page."""
        if self.sits != login:
            enter(self.page, self.person(login))
            self.sits = login
        answer = self._open(address)
        assert answer.status == OK, f"{login} {address}: {answer.status}"

    def turned_away(self, login: str, address: str) -> None:
        """The page is not for this person."""
        enter(self.page, self.person(login))
        self.sits = login
        assert self._open(address).status == NOT_YOURS, f"{login} {address}"

    def _open(self, address: str) -> Any:
        return self.page.goto(address, wait_until=READY)

    # --- hands ---

    def follow(self, words: str) -> None:
        """Follow the link with these words; if it stands under “更多操作”, open that first."""
        link = (
            self.page.locator("#main a").filter(has_text=re.compile(rf"^\s*{re.escape(words)}(\s|$)")).first
        )
        if not link.is_visible():
            self.page.locator("#main summary[aria-label^=更多操作]").first.click()
        with self.page.expect_navigation(wait_until=READY):
            link.click()

    def take_turn(self, words: str) -> None:
        """The page says whose turn it is: its one main act carries these words."""
        act = self.page.locator("#main .btn-primary")
        assert act.inner_text().strip() == words, act.inner_text()
        with self.page.expect_navigation(wait_until=READY) as going:
            act.click()
        assert going.value.status == OK, f"{words}: {going.value.status}"

    def send(self, *, status: int = OK) -> None:
        """Press the one main button of the page. `status` is that of the page that comes."""
        with self.page.expect_navigation(wait_until=READY) as going:
            self.page.locator("main .btn-primary").click()
        assert going.value.status == status, f"{self.sits}: {going.value.status} {self._told()}"

    def _told(self) -> list[str]:
        return list(self.page.locator("h1, .x-errsum, .x-toast").all_inner_texts())

    def add_row(self, table: str) -> None:
        self.page.locator(f'[data-rows="{table}"] [data-add-row]').click()

    def fill(self, given: dict[str, Any], prefix: str = "") -> None:
        kinds = self.page.locator("#main [name]").evaluate_all(
            "all => Object.fromEntries(all.map(one => [one.name, one.type]))"
        )
        for name, value in given.items():
            self._fill_one(prefix + name, kinds[prefix + name], value)

    def _fill_one(self, name: str, kind: str, value: Any) -> None:
        control = self.page.locator(f'#main [name="{name}"]')
        if kind in BOXES:
            self._tick(control, value)
        elif kind == "select-one":
            control.select_option(label=value)
        elif kind == "file":
            control.set_input_files(value)
        else:
            control.fill(value)

    def _tick(self, boxes: Any, value: Any) -> None:
        """Exactly these boxes, or this circle, by the words beside them; True and False for a lone box."""
        found = boxes.evaluate_all(
            "all => all.map(one => [one.closest('label').textContent.trim(), one.checked])"
        )
        words = [value] if isinstance(value, str) else value
        right = [value if isinstance(value, bool) else _is_one_of(label, words) for label, _on in found]
        assert isinstance(value, bool) or sum(right) == len(words), (value, found)
        for number, (_label, on) in enumerate(found):
            if right[number] != on and (right[number] or not isinstance(value, str)):
                boxes.nth(number).set_checked(right[number])

    # --- eyes ---

    def value(self, name: str) -> str:
        return str(self.page.locator(f'#main [name="{name}"]').input_value())

    def error_beside(self, field: str) -> str:
        return str(self.page.locator(f"#id_{field}-e").inner_text())

    def text(self) -> str:
        return str(self.page.locator("#main").inner_text())


def met() -> dict[str, Any]:
    """The checklist of acceptance, all met."""
    return {f"condition_{row.pk}": "符合" for row in AcceptanceCondition.objects.in_use()}


def _is_one_of(label: str, words: list[str]) -> bool:
    """`物资部 林佳` is found by the name alone."""
    return any(label == word or label.endswith(f" {word}") for word in words)
