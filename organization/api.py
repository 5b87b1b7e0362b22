"""The API of stock phrases (常用语): the same flows, policies and refusals as their page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response

from audit.refusals import NotYours
from organization import flows, policies
from organization import serializers as shapes
from organization.phrases import Phrase


class PhraseList(generics.ListAPIView):
    """The caller's own phrases and those of their departments."""

    serializer_class = shapes.PhraseRow

    def get_queryset(self) -> QuerySet[Any]:
        if not policies.may_keep_phrases(self.request.user):
            raise NotYours(_("Stock phrases are for those of the house who write."))
        return Phrase.objects.visible_to(self.request.user)

    @extend_schema(request=shapes.PhraseInput, responses={201: shapes.PhraseRow})
    def post(self, request: Request) -> Response:
        """Keep a phrase for oneself, or for a department in whose name the caller speaks."""
        given = shapes.PhraseInput(data=request.data)
        given.is_valid(raise_exception=True)
        phrase = flows.keep_phrase(by=request.user, **given.validated_data)
        return Response(shapes.PhraseRow(phrase).data, status=status.HTTP_201_CREATED)


class PhraseChange(generics.GenericAPIView):
    """Mend a phrase of one's own, or of a department in whose name the caller speaks."""

    serializer_class = shapes.PhraseTextInput

    @extend_schema(responses=shapes.PhraseRow, operation_id="phrase_change")
    def post(self, request: Request, pk: int) -> Response:
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        phrase = flows.change_phrase(
            phrase_id=_the_phrase(self, pk).pk, by=request.user, **given.validated_data
        )
        return Response(shapes.PhraseRow(phrase).data)


class PhraseDrop(generics.GenericAPIView):
    """Drop a phrase of one's own, or of a department in whose name the caller speaks."""

    serializer_class = shapes.PhraseTextInput

    @extend_schema(request=None, responses={204: None}, operation_id="phrase_drop")
    def post(self, request: Request, pk: int) -> Response:
        flows.drop_phrase(phrase_id=_the_phrase(self, pk).pk, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _the_phrase(view: generics.GenericAPIView, pk: int) -> Phrase:
    found: Phrase = generics.get_object_or_404(Phrase.objects.visible_to(view.request.user), pk=pk)
    return found
