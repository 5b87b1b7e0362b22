"""Addresses of the review and of the improvements."""

from django.urls import path

from requests.views import review

ONE = "improvements/<int:pk>/"

urlpatterns = [
    path("requests/<int:pk>/retrospect/", review.review, name="retrospect"),
    path("improvements/", review.improvements, name="improvements"),
    path(ONE, review.improvement, name="improvement"),
    path(f"{ONE}report/", review.report_improvement, name="improvement_report"),
    path(f"{ONE}confirm/", review.confirm_improvement, name="improvement_confirm"),
    path(f"{ONE}send-back/", review.send_back_improvement, name="improvement_send_back"),
]
