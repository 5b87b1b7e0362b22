"""The API of the figures by channel (R047)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from archive.channels import WHO_READS, lines, may_read_channels, period
from audit.refusals import Invalid, NotYours
from requests.channel_states import Channel


class PeriodInput(serializers.Serializer):
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)


class ChannelLine(serializers.Serializer):
    """One channel: how many steps went through it, of how many matters, and which share of all steps."""

    channel = serializers.ChoiceField(choices=Channel.choices)
    steps = serializers.IntegerField()
    matters = serializers.IntegerField()
    share = serializers.IntegerField(help_text=_("Per cent of all steps of the period."))


class ChannelList(APIView):
    """Steps of coordination by channel, between two days; all six channels stand there."""

    @extend_schema(
        parameters=[
            OpenApiParameter("since", OpenApiTypes.DATE),
            OpenApiParameter("until", OpenApiTypes.DATE),
        ],
        responses=ChannelLine(many=True),
    )
    def get(self, request: Request) -> Response:
        if not may_read_channels(request.user):
            raise NotYours(WHO_READS)
        given = PeriodInput(data=request.query_params)
        if not given.is_valid():
            raise Invalid(_("Write the days like 2026-11-21."))
        since, until = period(**given.validated_data)
        return Response(ChannelLine(lines(request.user, since, until), many=True).data)
