"""Addresses of the ledger of loans."""

from django.urls import path

from requests.views import loans

ONE = "loans/<int:pk>/"

urlpatterns = [
    path("loans/", loans.ledger, name="loans"),
    path("requests/<int:pk>/loans/new/", loans.new_loan, name="new_loan"),
    path(ONE, loans.loan, name="loan"),
    path(f"{ONE}report/", loans.report, name="loan_report"),
    path(f"{ONE}confirm/", loans.confirm, name="loan_confirm"),
    path(f"{ONE}refuse/", loans.refuse, name="loan_refuse"),
    path(f"{ONE}prolong/", loans.prolong, name="loan_prolong"),
]
