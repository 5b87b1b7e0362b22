"""The API of saved filters: the own ones and those that are shared, keeping one more, one address for each verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from audit.refusals import NotYours
from requests import filter_serializers as shapes
from requests import flows, policies
from requests.api import Verb
from requests.models import SavedFilter
from requests.serializers import NoInput


def _seen(user: Any) -> QuerySet[Any]:
    return SavedFilter.objects.visible_to(user).select_related("department")


class FilterList(generics.ListAPIView):
    """The caller's saved filters in their order, and those that are shared with a department of theirs."""

    serializer_class = shapes.FilterRow

    def get_queryset(self) -> QuerySet[Any]:
        if not policies.may_save_filters(self.request.user):
            raise NotYours(_("Only members of the house save filters."))
        return _seen(self.request.user)

    @extend_schema(request=shapes.FilterInput, responses={201: shapes.FilterRow})
    def post(self, request: Request) -> Response:
        """Keep what a list is filtered by, for oneself or for the own department too."""
        given = shapes.FilterInput(data=request.data)
        given.is_valid(raise_exception=True)
        saved = flows.save_filter(by=request.user, **given.validated_data)
        return Response(shapes.FilterRow(saved).data, status=status.HTTP_201_CREATED)


class FilterVerb(Verb):
    name_of_id = "filter_id"
    output = shapes.FilterRow

    def things(self) -> QuerySet[Any]:
        return _seen(self.request.user)


class FilterRemove(generics.GenericAPIView):
    """Remove an own filter, or one that is shared with the department that the caller heads."""

    serializer_class = NoInput

    @extend_schema(request=None, responses={204: None}, operation_id="filter_remove")
    def post(self, request: Request, pk: int) -> Response:
        flows.remove_filter(
            filter_id=generics.get_object_or_404(_seen(request.user), pk=pk).pk, by=request.user
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


FILTER_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "change": (shapes.FilterChangeInput, flows.change_filter),
    "move": (shapes.FilterMoveInput, flows.move_filter),
}
