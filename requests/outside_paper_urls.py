"""Addresses of the register of outside papers."""

from django.urls import path

from requests.views import outside_papers

urlpatterns = [
    path("outside-papers/", outside_papers.register, name="outside_papers"),
    path("outside-papers/new/", outside_papers.new, name="outside_paper_new"),
    path("outside-papers/<int:pk>/", outside_papers.paper, name="outside_paper"),
    path("outside-papers/<int:pk>/link/", outside_papers.link, name="outside_paper_link"),
    path("outside-papers/<int:pk>/correct/", outside_papers.correct, name="outside_paper_correct"),
    path("outside-papers/<int:pk>/settle/", outside_papers.settle, name="outside_paper_settle"),
    path("outside-papers/<int:pk>/strike/", outside_papers.strike, name="outside_paper_strike"),
    path("outside-papers/<int:pk>/add/", outside_papers.add, name="outside_paper_add"),
    path("outside-papers/<int:pk>/files/<int:file_pk>/", outside_papers.scan, name="outside_paper_file"),
]
