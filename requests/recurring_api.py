"""The API of recurring problems (R109): the same groups as their page. What they call for is `better-system` of a matter."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from audit.refusals import NotYours
from requests.models import CoordinationRequest
from requests.recurring import recurring
from requests.retrospect_policies import may_read_recurring
from requests.retrospect_serializers import ImprovementRow
from requests.states import Category


class RecurringMatter(serializers.ModelSerializer):
    class Meta:
        model = CoordinationRequest
        fields = ["id", "number", "title", "stage", "accepted_at"]
        read_only_fields = fields


class RecurrenceRow(serializers.Serializer):
    """Matters of one category between the same two departments within half a year, the newest first."""

    category = serializers.ChoiceField(choices=Category.choices, source="newest.category")
    filed_by_department = serializers.IntegerField(source="newest.filed_by_department_id")
    filed_by_department_name = serializers.CharField(source="newest.department_name")
    lead_department = serializers.IntegerField(source="newest.lead_department_id")
    lead_department_name = serializers.CharField(source="newest.lead_department.name", default="")
    count = serializers.IntegerField()
    is_flagged = serializers.BooleanField(help_text=gettext_lazy("From the third time on."))
    wants_improvement = serializers.BooleanField(
        help_text=gettext_lazy("Flagged, and no system improvement has been started yet.")
    )
    improvement = ImprovementRow(allow_null=True)
    matters = RecurringMatter(many=True)


class RecurringList(APIView):
    """The same departments and category again and again, the most frequent first."""

    @extend_schema(responses=RecurrenceRow(many=True))
    def get(self, request: Request) -> Response:
        if not may_read_recurring(request.user):
            raise NotYours(_("The list is for the coordination office, the leaders and the auditor."))
        return Response(RecurrenceRow(recurring(request.user), many=True).data)
