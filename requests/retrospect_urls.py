"""Addresses of the review and of the improvements."""

from django.urls import path

from requests.views import recurring, retrospect

ONE = "improvements/<int:pk>/"

urlpatterns = [
    path("requests/<int:pk>/retrospect/", retrospect.review, name="retrospect"),
    path("requests/recurring/", recurring.listing, name="recurring"),
    path("requests/<int:pk>/better-system/", recurring.better, name="better_system"),
    path("improvements/", retrospect.improvements, name="improvements"),
    path(ONE, retrospect.improvement, name="improvement"),
    path(f"{ONE}report/", retrospect.report_improvement, name="improvement_report"),
    path(f"{ONE}confirm/", retrospect.confirm_improvement, name="improvement_confirm"),
    path(f"{ONE}send-back/", retrospect.send_back_improvement, name="improvement_send_back"),
]
