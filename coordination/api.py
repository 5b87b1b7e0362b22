"""The API's own doors: a token for a name and password, who am I, what waits for me, the description."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status, views
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from audit.refusals import NotYours
from coordination import desk, tokens
from coordination.reference import described, operations
from supervision.models import Obligation


class Credentials(serializers.Serializer):
    username = serializers.CharField()
    password = serializers.CharField(trim_whitespace=False)


class Token(serializers.Serializer):
    token = serializers.CharField()


class TokenView(views.APIView):
    """A token for name and password; it ends with `DELETE`. Lockout counts here as on the login page."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    @extend_schema(request=Credentials, responses=Token, auth=[])
    def post(self, request: Request) -> Response:
        given = Credentials(data=request.data)
        given.is_valid(raise_exception=True)
        person = authenticate(request._request, **given.validated_data)
        if person is None:
            raise NotYours(_("Login name or password is not right."))
        token = tokens.issue_token(by=person)
        return Response({"token": token.key}, status=status.HTTP_201_CREATED)


class TokenEnd(views.APIView):
    """End the caller's token."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        tokens.end_token(by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Me(serializers.Serializer):
    id = serializers.IntegerField()
    username = serializers.CharField()
    name = serializers.CharField()
    department = serializers.CharField(source="department_name")


class MeView(views.APIView):
    @extend_schema(responses=Me)
    def get(self, request: Request) -> Response:
        """The person behind the token or the session."""
        return Response(Me(request.user).data)


class ObligationRow(serializers.ModelSerializer):
    holder = serializers.CharField(source="holder.name", default=None)
    holder_department = serializers.CharField(source="holder_department.name", default=None)

    class Meta:
        model = Obligation
        fields = [
            "id", "kind", "subject_type", "subject_id", "case_id", "number", "holder", "holder_department", "since",
            "due_at", "original_due_at", "urgency", "state",
        ]  # fmt: skip
        read_only_fields = fields


class Inbox(generics.ListAPIView):
    """What waits for the caller, the nearest due date first."""

    serializer_class = ObligationRow
    pagination_class = None

    def get_queryset(self) -> QuerySet[Any]:
        waiting = desk.waiting_for(self.request.user)
        return waiting.select_related("holder", "holder_department").order_by("due_at", "pk")[:200]


@require_GET
@login_required
def reference(request: HttpRequest) -> HttpResponse:
    """The API described on one page of our own: no foreign script, readable without one."""
    schema = described(get_language())
    return render(request, "coordination/reference.html", {"groups": operations(schema)})
