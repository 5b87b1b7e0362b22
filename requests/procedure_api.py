"""The API of process documents (R071); a document with its file is published on its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from rest_framework import generics, serializers

from requests import flows
from requests import serializers as shapes
from requests.api import Verb
from requests.models import Procedure, ProcedureReading


class ProcedureRow(serializers.ModelSerializer):
    """One document, with how many departments have to read its latest version and how many have."""

    asked = serializers.IntegerField(read_only=True)
    read = serializers.IntegerField(read_only=True)
    # None while the first version is yet to come; `version` is the newest one.
    in_force = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = Procedure
        fields = [
            "id", "title", "sort", "department", "owner", "version", "in_force", "withdrawn_at", "withdrawn_why", "asked", "read",
        ]  # fmt: skip
        read_only_fields = fields


class ReadingOfProcedure(serializers.ModelSerializer):
    """A department that reads a version."""

    class Meta:
        model = ProcedureReading
        fields = ["id", "version", "department", "department_name", "confirmed_by", "confirmed_at"]
        read_only_fields = fields


class ProcedureList(generics.ListAPIView):
    """Process documents, templates and rules, those out of force too."""

    serializer_class = ProcedureRow

    def get_queryset(self) -> QuerySet[Any]:
        return Procedure.objects.visible_to(self.request.user).for_list_page()


class ProcedureReadings(generics.ListAPIView):
    """Which departments read the latest version of one document."""

    serializer_class = ReadingOfProcedure

    def get_queryset(self) -> QuerySet[Any]:
        seen = Procedure.objects.visible_to(self.request.user)
        found = generics.get_object_or_404(seen, pk=self.kwargs["pk"])
        return ProcedureReading.objects.filter(version__procedure=found, version__version=found.version)


class ProcedureVerb(Verb):
    name_of_id = "procedure_id"
    output = ProcedureRow

    def things(self) -> QuerySet[Any]:
        return Procedure.objects.visible_to(self.request.user).for_list_page()


class ProcedureReadingVerb(Verb):
    name_of_id = "reading_id"
    output = ReadingOfProcedure

    def things(self) -> QuerySet[Any]:
        return ProcedureReading.objects.visible_to(self.request.user)


PROCEDURE_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "withdraw": (shapes.ShortReasonInput, flows.withdraw_procedure),
}
PROCEDURE_READING_VERBS: dict[str, tuple[type[serializers.Serializer], Callable[..., Any]]] = {
    "confirm": (shapes.NoInput, flows.confirm_procedure),
}
