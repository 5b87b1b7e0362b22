"""Address of the progress review."""

from django.urls import path

from requests.views import progress_reviews

urlpatterns = [
    path("requests/<int:pk>/progress-review/", progress_reviews.review, name="review_progress"),
]
