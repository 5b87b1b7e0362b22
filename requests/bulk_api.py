"""The API of acts on several matters or action items: looked at in advance, then carried out, each row by itself.

The same forms, flows and words as the page (`requests/bulk.py`); a row that is refused does not hold up the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from audit.refusals import Conflict, Invalid, NotYours
from requests.bulk import ITEMS, MATTERS, BulkAct, Listing, Round, chosen


class BulkInput(serializers.Serializer):
    """The chosen rows. Of a preview one may hand back what it showed: whoever was quicker is then named."""

    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        help_text=gettext_lazy("At least one, at most a hundred."),
    )
    previewed = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        help_text=gettext_lazy("The stamp of the preview, if there was one."),
    )
    seen = serializers.DictField(
        child=serializers.CharField(allow_blank=True), required=False, default=dict,
        help_text=gettext_lazy("What the preview showed of each row, by its id."),
    )  # fmt: skip


class BulkLine(serializers.Serializer):
    """What becomes of one row, or why it is refused. Of what does not exist for the caller only that is said."""

    id = serializers.IntegerField()
    number = serializers.CharField(allow_blank=True)
    title = serializers.CharField(allow_blank=True)
    is_done = serializers.BooleanField(help_text=gettext_lazy("In a preview: it will be done."))
    told = serializers.CharField(allow_blank=True)
    refusal = serializers.CharField(allow_blank=True)
    seen = serializers.CharField(allow_blank=True)


class BulkAnswer(serializers.Serializer):
    stamp = serializers.CharField()
    done = serializers.IntegerField()
    refused = serializers.IntegerField()
    rows = BulkLine(many=True)


class BulkView(APIView):
    """One act on several rows of one list; `is_preview` looks without doing."""

    listing: Listing
    act: BulkAct
    is_preview: bool

    def answered(self, request: Request) -> Response:
        if not self.act.may(request.user):
            raise NotYours(_("You cannot do this here. Ask the coordination office if you think you should."))
        given = BulkInput(data=request.data)
        given.is_valid(raise_exception=True)
        asked = Round(self.listing, self.act, chosen(map(str, given.validated_data["ids"])), request.user)
        written = _written(self.act, request.data, asked)
        stamp = asked.stamp(written)
        if self.is_preview:
            lines = asked.rehearsed(written)
        else:
            if given.validated_data["previewed"] not in ("", stamp):
                raise Conflict(
                    _("What was written has changed since the preview. Look at the rows again, then go on.")
                )
            lines = asked.carried_out(written, asked.ids, _seen(given.validated_data["seen"]))
        rows = [{"id": pk, **_row(line)} for pk, line in zip(asked.ids, lines, strict=True)]
        refused = sum(bool(row["refusal"]) for row in rows)
        answer = {"stamp": stamp, "done": len(rows) - refused, "refused": refused, "rows": rows}
        return Response(BulkAnswer(answer).data)


def _written(act: BulkAct, data: Any, asked: Round) -> Mapping[str, Any]:
    """What is said once for all rows, as the form of the page takes it."""
    form = act.form({name: data[name] for name in act.form.base_fields if name in data}, rows=asked.rows)
    if not form.is_valid():
        fields: Any = {name: list(sentences) for name, sentences in form.errors.items()}
        raise Invalid(next(iter(next(iter(fields.values())))), fields=fields)
    return form.cleaned_data


def _seen(given: Mapping[str, str]) -> dict[int, str]:
    return {int(pk): seen for pk, seen in given.items() if pk.isdecimal() and len(pk) < 19}


def _row(line: Any) -> dict[str, Any]:
    names = ("number", "title", "is_done", "refusal", "seen")
    return {name: getattr(line, name) for name in names} | {"told": str(line.told)}


def _shape(listing: Listing, name: str) -> type[serializers.Serializer]:
    """The input of one act, for the description: the rows, and the fields of its form."""
    fields = {field: _field(one) for field, one in listing.acts[name].form.base_fields.items()}
    title = f"Bulk{listing.name.title()}{name.title()}Input"
    return type(title, (BulkInput,), fields)


def _field(field: forms.Field) -> serializers.Field:
    told = str(field.label or "")
    if isinstance(field, forms.IntegerField | forms.ModelChoiceField):
        return serializers.IntegerField(help_text=told)
    return serializers.CharField(help_text=told)


def views() -> Iterator[tuple[str, str, Any]]:
    """For each act of each list the address, the name and the view of its preview and of the act itself."""
    for listing in (MATTERS, ITEMS):
        for name, act in listing.acts.items():
            address, shape = f"{listing.name}/bulk/{name}/", _shape(listing, name)
            yield (
                f"{address}preview/",
                f"{listing.name}_bulk_{name}_preview",
                _view(listing, name, act, shape, is_preview=True),
            )
            yield address, f"{listing.name}_bulk_{name}", _view(listing, name, act, shape, is_preview=False)


def _view(
    listing: Listing, name: str, act: BulkAct, shape: type[serializers.Serializer], *, is_preview: bool
) -> Any:
    def post(self: BulkView, request: Request) -> Response:
        return self.answered(request)

    described = extend_schema(
        request=shape, responses=BulkAnswer, description=str(act.advice),
        operation_id=f"{listing.name}_bulk_{name}{'_preview' if is_preview else ''}",
    )(post)  # fmt: skip
    members = {"listing": listing, "act": act, "is_preview": is_preview, "post": described}
    view: Any = type(f"Bulk{listing.name.title()}{name.title()}", (BulkView,), members)
    return view.as_view()
