"""Addresses of the approvals: the paper of a matter, its answer, the office's rule."""

from django.urls import path

from requests.views import approvals

ONE = "requests/<int:pk>/"

urlpatterns = [
    path("requests/approval-rules/", approvals.approval_rules, name="approval_rules"),
    path("requests/approval-rules/new/", approvals.approval_rule, name="new_approval_rule"),
    path("requests/approval-rules/<int:pk>/", approvals.approval_rule, name="approval_rule"),
    path(f"{ONE}application/", approvals.application, name="application"),
    path(f"{ONE}application/pdf/", approvals.as_pdf, name="application_pdf"),
    path(f"{ONE}application/word/", approvals.as_word, name="application_word"),
    path(f"{ONE}approve/", approvals.approve, name="approve"),
]
