"""Addresses of one core question of a matter."""

from django.urls import path

from requests.views import questions

ONE = "requests/<int:pk>/questions/<int:question_pk>/"

urlpatterns = [
    path(ONE, questions.question, name="question"),
    path(f"{ONE}mark/", questions.mark, name="question_mark"),
    path(f"{ONE}opinion/", questions.opinion, name="question_opinion"),
    path(f"{ONE}decide/", questions.decide, name="question_decide"),
]
