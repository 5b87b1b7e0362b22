"""The API of the discussion: comments and messages of a matter, and what their author does with a comment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from requests import discussion_serializers as shapes
from requests import flows
from requests.api import Verb
from requests.looking import keep_look
from requests.models import Comment, CoordinationRequest, KeptMessage


class CommentList(generics.ListAPIView):
    """What was said on one matter; saying a word."""

    serializer_class = shapes.CommentRow

    def get_queryset(self) -> QuerySet[Any]:
        return _of(self, Comment.objects.select_related("author").prefetch_related("mentioned"))

    @extend_schema(request=shapes.CommentInput, responses={201: shapes.CommentRow})
    def post(self, request: Request, pk: int) -> Response:
        """Say a word; whoever is called by @name is told."""
        return _written(self, request, pk, flows.comment, shapes.CommentInput)


class MessageList(generics.ListAPIView):
    """Messages from elsewhere that are on record; putting one there."""

    serializer_class = shapes.MessageRow

    def get_queryset(self) -> QuerySet[Any]:
        return _of(self, KeptMessage.objects.select_related("kept_by"))

    @extend_schema(request=shapes.MessageInput, responses={201: shapes.MessageRow})
    def post(self, request: Request, pk: int) -> Response:
        """Put a message on record, word for word. It never changes again."""
        return _written(self, request, pk, flows.keep_message, shapes.MessageInput)


def _of(view: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    matters = CoordinationRequest.objects.inside(view.request.user)
    matter = generics.get_object_or_404(matters, pk=view.kwargs["pk"])
    keep_look(view.request.user, matter, "api")
    return rows.filter(matter=matter)


def _written(view: Any, request: Request, pk: int, flow: Callable[..., Any], shape: Any) -> Response:
    generics.get_object_or_404(CoordinationRequest.objects.inside(request.user), pk=pk)
    given = shape(data=request.data)
    given.is_valid(raise_exception=True)
    row = flow(matter_id=pk, by=request.user, **given.validated_data)
    return Response(view.serializer_class(row).data, status=status.HTTP_201_CREATED)


class CommentVerb(Verb):
    name_of_id = "comment_id"
    output = shapes.CommentRow

    def things(self) -> QuerySet[Any]:
        return Comment.objects.visible_to(self.request.user).select_related("author")


COMMENT_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "change": (shapes.CommentInput, flows.change_comment),
    "withdraw": (shapes.NoInput, flows.withdraw_comment),
}
