"""Pages of one verb: show its form, hand what was typed to its flow, say that it is done and go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.forms import BaseForm, BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from audit.refusals import Refusal
from pages.answers import answer
from pages.forms import apply_refusal
from pages.typing import AuthenticatedHttpRequest

Words = str | Promise


@dataclass(frozen=True)
class Act:
    """A verb of the office: who may open its page, its form and flow, heading, button, toast, a line of advice."""

    may: Callable[[Any, Any], bool]
    form: Callable[..., BaseForm]
    flow: Callable[..., Any]
    heading: Words
    button: Words
    done: Words
    advice: Words = ""
    danger: bool = False
    # Fits the form to the thing that it is about: its labels, choices, hints.
    prepare: Callable[[Any, Any], None] | None = None

    def form_for(self, thing: Any, *args: Any, **kwargs: Any) -> BaseForm:
        form = self.form(*args, **kwargs)
        if self.prepare is not None:
            self.prepare(form, thing)
        return form


class Taken:
    """What became of a form that was handed in: false until its flow took it, then with the flow's result."""

    NOT: ClassVar[Taken]

    def __init__(self, *, is_taken: bool, result: Any = None) -> None:
        self.is_taken, self.result = is_taken, result

    def __bool__(self) -> bool:
        return self.is_taken


Taken.NOT = Taken(is_taken=False)


def hand_in(form: BaseForm, flow: Callable[[], Any], *others: BaseForm | BaseFormSet[Any]) -> Taken:
    """Hand a valid form (and its `others`) to a flow; whatever they refuse then stands in the form, as typed."""
    parts = (form, *others)
    if not all(part.is_bound for part in parts):
        return Taken.NOT
    valid = [part.is_valid() for part in parts]  # each is asked: every part says what it lacks
    if not all(valid):
        return Taken.NOT
    try:
        return Taken(is_taken=True, result=flow())
    except Refusal as refusal:
        apply_refusal(form, refusal)
        return Taken.NOT


def carry_out(
    request: AuthenticatedHttpRequest,
    form: BaseForm,
    flow: Callable[..., Any],
    *,
    done: Words,
    then: str,
    template: str,
    context: dict[str, Any],
    **given: Any,
) -> HttpResponse:
    """The whole page of a verb: the form, its flow with `given` and what was typed, then on to `then` with a toast."""
    if hand_in(form, lambda: flow(by=request.user, **given, **form.cleaned_data)):
        messages.success(request, str(done))
        return redirect(then)
    return answer(request, template, context, form)
