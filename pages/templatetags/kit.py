"""Tags of the page kit, built into every template: fields, errors, paging, the story of a thing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.template import Library
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString, mark_safe

from pages.answers import Asked, count_errors
from pages.escaping import filled_each
from pages.forms import Phrased

register = Library()

SELECTED = mark_safe(" selected")
GROUPS = (forms.CheckboxSelectMultiple, forms.RadioSelect)


@register.simple_tag(takes_context=True)
def again(context: Any, name: str) -> SafeString:
    """A block once more, where the frame needs its words twice: the heading of a page is its title."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return mark_safe(block.render(context))  # noqa: S308 - a block escapes what it prints


@register.inclusion_tag("pages/field.html", takes_context=True)
def field(context: Any, bound: BoundField, label: str = "", note: str = "") -> dict[str, Any]:
    """Label, hint, error and control of one field; boxes and circles become a group by themselves.

    `label` overrides the label, `note` is a plain line below the control. Beside a text that takes stock phrases
    (`pages.forms.Phrased`) those of the reader are offered, as the shell of the page knows them.
    """
    takes = isinstance(bound.field.widget, Phrased)
    phrases = getattr(context.get("shell"), "phrases", ()) if takes else ()
    return {**_parts(bound), "label": label or bound.label, "note": note, "phrases": phrases}


@register.inclusion_tag("pages/field.html")
def checks(bound: BoundField, label: str = "", note: str = "") -> dict[str, Any]:
    """A group of boxes or circles; `field` finds out by itself, this says so in the template."""
    return {**_parts(bound), "label": label or bound.label, "note": note}


def _parts(bound: BoundField) -> dict[str, Any]:
    widget = bound.field.widget
    ident = bound.auto_id or bound.html_name
    grouped = isinstance(widget, GROUPS)
    counted = isinstance(widget, forms.Textarea) and getattr(bound.field, "max_length", None)
    described = [
        f"{ident}-{suffix}"
        for suffix, there in (("h", bound.help_text), ("e", bound.errors), ("c", counted))
        if there
    ]
    return {
        "bound": bound,
        "ident": ident,
        "described": " ".join(described),
        "optional": not bound.field.required
        and not getattr(bound.field, "needed_at_times", False)
        and not isinstance(widget, forms.CheckboxInput),
        "grouped": grouped,
        "ticked": isinstance(widget, forms.CheckboxInput),
        "hidden": bound.is_hidden,
        "control": "" if grouped else _control(bound, described),
        "limit": counted or 0,
        "length": len(str(bound.value() or "").replace("\r\n", "\n")) if counted else 0,
    }


def _control(bound: BoundField, described: list[str]) -> SafeString:
    attrs: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if isinstance(bound.field.widget, forms.CheckboxInput):
        attrs["class"] = "form-check-input"  # a formset adds its DELETE after the form has been dressed
    return bound.as_widget(attrs=attrs)


@register.inclusion_tag("pages/errors.html")
def errors(*parts: Asked) -> dict[str, Any]:
    """The summary above a form that was refused: how many places, a link to each, in the order of the fields."""
    asked = [part for part in parts if part]
    links = [link for part in asked for form in _forms(part) for link in _links(form)]
    above = [line for part in asked for line in _above(part)]
    return {
        "links": links,
        "above": above,
        "count": sum(count_errors(part) for part in asked),
    }


def _forms(part: Asked) -> list[BaseForm]:
    return list(part.forms) if isinstance(part, BaseFormSet) else [part]


def _links(form: BaseForm) -> list[dict[str, Any]]:
    return [
        {"target": _first_control(bound), "label": bound.label, "sentence": bound.errors[0]}
        for bound in form
        if bound.errors
    ]


def _first_control(bound: BoundField) -> str:
    ident = str(bound.auto_id or bound.html_name)
    return f"{ident}_0" if isinstance(bound.field.widget, GROUPS) else ident


def _above(part: Asked) -> list[str]:
    if isinstance(part, BaseFormSet):
        return [*part.non_form_errors(), *(line for form in part.forms for line in form.non_field_errors())]
    return [str(line) for line in part.non_field_errors()]


@register.inclusion_tag("pages/pages.html", takes_context=True)
def pages(context: Any, page: Page[Any]) -> dict[str, Any]:
    """The foot of a list: which rows of how many, and the way to the next ones."""
    return {"page": page, "request": context["request"]}


@register.simple_tag
def options(offered: Iterable[tuple[Any, Any]], value: Any = "") -> SafeString:
    """The choices of a `<select>`, pairs of value and words, the chosen one marked."""
    return filled_each(
        '<option value="{}"{}>{}</option>',
        ((one, SELECTED if one == value else "", words) for one, words in offered),
    )


@register.inclusion_tag("pages/timeline.html")
def timeline(entries: Any, *, narrow: bool = False) -> dict[str, Any]:
    """The story of a thing as sentences; `narrow=True` in a side column."""
    return {"entries": entries, "narrow": narrow}
