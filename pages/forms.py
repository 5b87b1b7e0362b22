"""Forms of the office: hints before the field, `optional` instead of asterisks, sentences that say what to write."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.refusals import Refusal

DAY_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]
MOMENT_FORMATS = [f"{day} {time}" for day in DAY_FORMATS for time in ("%H:%M", "%H:%M:%S", "%H时%M分")] + [
    "%Y-%m-%dT%H:%M"
]
CHOICES = (forms.ChoiceField, forms.ModelChoiceField)
SEVERAL = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)
DATES = (forms.DateField, forms.DateTimeField, forms.TimeField)

# What a person should write, by the code of the error (mock/README.md, wording).
SENTENCES = {
    "min_length": _("There are %(show_value)d characters now; write at least %(limit_value)d."),
    "max_length": _(
        "There are %(show_value)d characters now; at most %(limit_value)d fit. Please shorten it."
    ),
    "min_value": _("Write %(limit_value)s or more."),
    "max_value": _("Write %(limit_value)s or less."),
}
REQUIRED = _("Nothing is written here yet. Please write it.")
REQUIRED_CHOICE = _("Nothing is chosen yet. Please choose one.")
REQUIRED_SEVERAL = _("Nothing is chosen yet. Please choose at least one.")
REQUIRED_TICK = _("Please tick this to go on.")
REQUIRED_FILE = _("No file is chosen yet. Please choose one.")
BAD_CHOICE = _("This is not on the list any more. Please choose another one.")
BAD_DAY = _("Write the date like 2026-11-21.")
BAD_MOMENT = _("Write date and time like 2026-11-21 14:30.")
BAD_TIME = _("Write the time like 14:30.")
BAD_NUMBER = _("Write a number in digits.")
BAD_EMAIL = _("Write the address like name@example.com.")


class DayInput(forms.DateInput):
    """A date is typed: the browser's own control follows the browser's language, not ours."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})}, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"inputmode": "numeric", "autocomplete": "off", **(attrs or {})}, format="%Y-%m-%d %H:%M"
        )


class Phrased(forms.Textarea):
    """A text beside which stock phrases are offered. Without script the chosen one comes in with the form."""

    SUFFIX = "-phrase"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        text = super().value_from_datadict(data, files, name)
        phrase = (data.get(f"{name}{self.SUFFIX}") or "").strip()
        if not phrase or phrase in (text or ""):
            return text
        return f"{text.rstrip()}\n{phrase}" if text and text.strip() else phrase


class OfficeMixin:
    """Dresses every field: classes of the design, typed dates, sentences for what is missing."""

    fields: dict[str, forms.Field]
    refusal: Refusal | None = None

    @property
    def standing(self) -> list[tuple[Any, Any]]:
        """After a collision: each text that stands there now and is not what was typed, with its label."""
        bound: Any = self
        if getattr(self.refusal, "code", "") != "conflict":
            return []
        texts = [one for one in bound if isinstance(one.field, forms.CharField) and not one.is_hidden]
        return [(one.label, one.initial) for one in texts if _plain(one.data) != _plain(one.initial)]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        kind: Any = type(self)
        _dress_all(kind)
        super().__init__(*args, **kwargs)


@cache
def _dress_all(kind: Any) -> None:
    """The fields of a form are dressed before it is first made: each form begins with copies of them."""
    for field in kind.base_fields.values():
        dress(field)


def seen_field() -> forms.CharField:
    """The fingerprint of what a form showed (`organization.collisions`)."""
    return forms.CharField(widget=forms.HiddenInput, required=False)


class OfficeForm(OfficeMixin, forms.Form):
    """A form of the office."""


def dress(field: forms.Field) -> None:
    """Give one field its control, its classes and its sentences."""
    _take_typed_dates(field)
    _set_classes(field.widget)
    _set_sentences(field)
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs.setdefault("rows", 3)
        field.widget.attrs.pop("cols", None)
        # The browser would cut a pasted text without a word; the counter and the server tell instead.
        field.widget.attrs.pop("maxlength", None)


def apply_refusal(form: forms.BaseForm, refusal: Refusal) -> None:
    """Show a flow's refusal in the form: sentences beside their fields, the rest above; `answer` takes its status."""
    form.refusal = refusal  # type: ignore[attr-defined]  # read by pages.answers
    mine = form.errors
    if seen := getattr(refusal, "seen", ""):
        # What was typed stays; the next save has seen what the other one wrote.
        data: Any = form.data
        form.data = data = data.copy()
        data["seen"] = seen
    if not hasattr(form, "cleaned_data"):
        form.cleaned_data = {}  # the empty form of a lone button takes a refusal too
    for name, sentences in refusal.fields.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, str(sentence))
    if str(refusal) and not (refusal.fields or mine):
        form.add_error(None, str(refusal))


def _take_typed_dates(field: forms.Field) -> None:
    if not isinstance(field, DATES):
        return
    if isinstance(field, forms.DateTimeField):
        field.widget, field.input_formats = _same_attrs(MomentInput(), field), [*MOMENT_FORMATS, *DAY_FORMATS]
    elif isinstance(field, forms.DateField):
        field.widget, field.input_formats = _same_attrs(DayInput(), field), DAY_FORMATS
    plain = field.to_python
    # Full-width digits and colons come out of every Chinese keyboard.
    field.to_python = lambda value: plain(_narrow(value))  # type: ignore[method-assign, assignment]  # one field of one form


def _same_attrs(widget: forms.Widget, field: forms.Field) -> forms.Widget:
    if isinstance(field.widget, DayInput | MomentInput):
        return field.widget
    widget.attrs.update(field.widget.attrs)
    widget.is_required = field.widget.is_required
    return widget


def _plain(text: Any) -> str:
    """A text without what a browser adds to it on its way."""
    return str(text or "").replace("\r\n", "\n").strip()


def _narrow(value: Any) -> Any:
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else value


def _set_classes(widget: forms.Widget) -> None:
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect | forms.CheckboxInput):
        style = "form-check-input"
    elif isinstance(widget, forms.Select):
        style = "form-select"
    else:
        style = "form-control"
    given = widget.attrs.get("class", "").split()
    widget.attrs["class"] = " ".join(dict.fromkeys([style, *given]))


def _set_sentences(field: forms.Field) -> None:
    """Replace Django's messages with ours, and leave those that the form has written itself."""
    plain: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        plain.update(getattr(kind, "default_error_messages", {}))
    for code, sentence in {**SENTENCES, **_sentences_of(field)}.items():
        if field.error_messages.get(code) == plain.get(code):
            field.error_messages[code] = sentence


def _sentences_of(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, SEVERAL):
        return {"required": REQUIRED_SEVERAL, "invalid_choice": BAD_CHOICE}
    if isinstance(field, CHOICES):
        return {"required": REQUIRED_CHOICE, "invalid_choice": BAD_CHOICE}
    found = {"required": REQUIRED}
    for kind, more in BY_KIND:
        if isinstance(field, kind):
            found.update(more)
    return found


BY_KIND: list[tuple[type[forms.Field], dict[str, Any]]] = [
    (forms.BooleanField, {"required": REQUIRED_TICK}),
    (forms.FileField, {"required": REQUIRED_FILE}),
    (forms.IntegerField, {"invalid": BAD_NUMBER}),
    (forms.DecimalField, {"invalid": BAD_NUMBER}),
    (forms.EmailField, {"invalid": BAD_EMAIL}),
    (forms.TimeField, {"invalid": BAD_TIME}),
    (forms.DateField, {"invalid": BAD_DAY}),
    (forms.DateTimeField, {"invalid": BAD_MOMENT}),
]
