"""The API's way into filing: the templates, and a draft that starts from one of them or from an own earlier matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from requests import flows
from requests import serializers as shapes
from requests.api import Verb
from requests.models import RequestTemplate
from requests.start_serializers import (
    StartFromInput,
    SwitchInput,
    TemplateChangeInput,
    TemplateInput,
    TemplateRow,
)


class TemplateList(generics.ListAPIView):
    """The templates that a form can start from, by category."""

    serializer_class = TemplateRow

    def get_queryset(self) -> QuerySet[Any]:
        return _templates(self.request.user).active()

    @extend_schema(request=TemplateInput, responses={201: TemplateRow})
    def post(self, request: Request) -> Response:
        """Write a template; from then on it is offered to everybody who files."""
        given = TemplateInput(data=request.data)
        given.is_valid(raise_exception=True)
        template = flows.create_template(by=request.user, **given.validated_data)
        return Response(TemplateRow(template).data, status=status.HTTP_201_CREATED)


class TemplateOne(generics.RetrieveAPIView):
    """One template; the office also reads those that are out of use."""

    serializer_class = TemplateRow

    def get_queryset(self) -> QuerySet[Any]:
        return _templates(self.request.user)


class TemplateVerb(Verb):
    name_of_id = "template_id"
    output = TemplateRow

    def things(self) -> QuerySet[Any]:
        return _templates(self.request.user)


TEMPLATE_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "change": (TemplateChangeInput, flows.change_template),
    "switch": (SwitchInput, flows.switch_template),
}


def _templates(user: Any) -> Any:
    return RequestTemplate.objects.visible_to(user).prefetch_related("departments")


class MatterStart(generics.GenericAPIView):
    """A draft that starts with a template, with an own earlier matter, or with a category alone."""

    serializer_class = StartFromInput

    @extend_schema(responses={201: shapes.MatterDetail}, operation_id="matter_start")
    def post(self, request: Request) -> Response:
        """Open form F1 with what a template or an own earlier matter gives; nothing is handed in."""
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        matter = flows.start_from(
            by=request.user,
            template_id=getattr(wanted.get("template"), "pk", None),
            matter_id=getattr(wanted.get("matter"), "pk", None),
            category=wanted.get("category", ""),
        )
        return Response(shapes.shown(shapes.MatterDetail, matter), status=status.HTTP_201_CREATED)
