"""Addresses of public notices and of the objections to them."""

from django.urls import path

from requests.views import public_notices

ONE = "notices-of-result/<int:pk>/"

urlpatterns = [
    path("requests/<int:pk>/notices/new/", public_notices.publish, name="publish_notice"),
    path(ONE, public_notices.notice, name="public_notice"),
    path(f"{ONE}object/", public_notices.object_to, name="notice_object"),
    path(f"{ONE}withdraw/", public_notices.withdraw, name="notice_withdraw"),
    path(f"{ONE}objections/<int:objection_pk>/", public_notices.answer_objection, name="objection_answer"),
]
