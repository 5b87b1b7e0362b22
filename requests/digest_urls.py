"""Addresses of the digest for the leaders."""

from django.urls import path

from requests.views import digests

urlpatterns = [
    path("requests/<int:pk>/digest/", digests.digest, name="digest"),
    path("requests/<int:pk>/digest/write/", digests.write, name="write_digest"),
    path("requests/<int:pk>/digest/present/", digests.present, name="present_digest"),
    path("requests/<int:pk>/digest.pdf", digests.as_pdf, name="digest_pdf"),
    path("requests/<int:pk>/digest.docx", digests.as_word, name="digest_word"),
]
