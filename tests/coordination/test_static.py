"""Styles, icons and templates keep to the policy: nothing inline, nothing from elsewhere, no icon that is not there."""

import re

from django.conf import settings
from django.contrib.staticfiles import finders

from coordination import sprite

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
TOKENS = (settings.BASE_DIR / "static" / "office" / "tokens.css").read_text("utf-8")


def in_templates(pattern):
    return [
        f"{path.relative_to(settings.BASE_DIR)}: {hit.group()}"
        for path in TEMPLATES
        for hit in re.finditer(pattern, path.read_text("utf-8"))
    ]


def test_every_icon_that_a_template_names_is_in_the_sprite():
    named = {
        name for path in TEMPLATES for name in re.findall(r'{% icon "([\w-]+)"', path.read_text("utf-8"))
    }

    assert named - set(sprite.names()) == set()


def test_icons_are_listed_once_and_in_order():
    assert sprite.names() == sorted(set(sprite.names()))


def test_the_sprite_holds_each_icon_and_the_four_lights():
    drawn = re.findall(r'<symbol id="([\w-]+)"', sprite.sprite())

    assert drawn == [f"i-{name}" for name in sprite.names()] + ["l-ok", "l-warn", "l-bad", "l-hold"]


def test_static_files_are_found_where_npm_put_them():
    for name in ("bootstrap/bootstrap.min.css", "bootstrap/bootstrap.min.css.map", "office/sprite.svg"):
        assert finders.find(name), name
    assert finders.find("bootstrap/bootstrap.bundle.min.js") is None
    assert finders.find("bootstrap/../axe-core/axe.min.js") is None


def test_no_template_carries_style_or_script_of_its_own():
    assert in_templates(r"\sstyle=|<style|<script(?![^>]* src=)|\son\w+=|hx-on|javascript:") == []


def test_no_template_loads_anything_from_elsewhere():
    assert in_templates(r"(?:src|href)=[\"'](?:https?:)?//") == []


def test_dark_is_the_same_whether_chosen_or_taken_from_the_device():
    chosen = re.search(r'^\[data-bs-theme="dark"\] \{(.*?)^\}', TOKENS, re.S | re.M)
    device = re.search(
        r'^@media \(prefers-color-scheme: dark\) \{\n\[data-bs-theme="auto"\] \{(.*?)^\}', TOKENS, re.S | re.M
    )

    assert chosen.group(1) == device.group(1)


def test_one_solid_button_a_page():
    more = [
        str(path.relative_to(settings.BASE_DIR))
        for path in TEMPLATES
        if len(re.findall(r'class="[^"]*\bbtn-primary\b', path.read_text("utf-8"))) > 1
        and "elif" not in path.read_text("utf-8")
    ]

    assert more == []
