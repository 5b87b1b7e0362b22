"""A file goes out as a download that no browser runs, and only as it came in."""

import logging
from contextlib import closing

import pytest
from csp.middleware import CSPMiddleware
from django.http import Http404
from django.test import RequestFactory

from coordination import settings as office
from documents import flows
from documents.serving import Damaged, serve
from tests.documents.test_attach import attach
from tests.documents.uploads import HONEST, HTML, PDF


def body(response):
    with closing(response):
        return b"".join(response.streaming_content)


@pytest.mark.parametrize("name", HONEST)
def test_every_kind_goes_out_inert(clerk, name):
    content, media_type = HONEST[name]
    response = serve(attach(clerk, name, content))

    assert body(response) == content
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"
    assert int(response["Content-Length"]) == len(content)


def test_a_pdf_that_is_also_a_page_goes_out_as_a_download(clerk):
    both = PDF.replace(b"1 0 obj", HTML + b"1 0 obj")

    response = serve(attach(clerk, "both.pdf", both))
    response.close()

    assert response["Content-Disposition"] == 'attachment; filename="both.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert "sandbox" in response["Content-Security-Policy"]


def test_the_policy_of_the_pages_does_not_replace_that_of_the_file(clerk):
    file = attach(clerk)

    response = CSPMiddleware(lambda _request: serve(file))(RequestFactory().get("/"))
    response.close()

    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "csp.middleware.CSPMiddleware" in office.MIDDLEWARE


@pytest.mark.parametrize("damage", ["changed", "cut", "gone"])
def test_a_damaged_file_is_refused_and_noted(clerk, files_root, caplog, damage):
    file = attach(clerk)
    place = files_root / file.path
    place.chmod(0o640)
    if damage == "gone":
        place.unlink()
    else:
        place.write_bytes(b"%PDF-1.4 other" if damage == "changed" else PDF[:-1])

    with caplog.at_level(logging.ERROR, "documents"), pytest.raises(Damaged) as refusal:
        serve(file)

    assert refusal.value.status == 409
    assert f"file {file.pk}" in caplog.text


def test_a_new_upload_of_the_same_paper_mends_a_damaged_one(clerk, files_root):
    file = attach(clerk)
    (files_root / file.path).chmod(0o640)
    (files_root / file.path).write_bytes(b"other")

    attach(clerk, "again.pdf")

    assert body(serve(file)) == PDF


def test_a_removed_file_is_not_there_unless_asked_for(clerk):
    file = flows.remove(file_id=attach(clerk).pk, by=clerk)

    with pytest.raises(Http404):
        serve(file)
    assert body(serve(file, removed_too=True)) == PDF
