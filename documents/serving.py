"""Handing a file back so that no browser runs it. The caller has checked that the reader may see it."""

from __future__ import annotations

import logging
from io import BytesIO

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from audit.refusals import Refusal
from documents import store
from documents.models import File

logger = logging.getLogger(__name__)


class Damaged(Refusal):
    """What lies on the disk is not what came in: it is not handed out."""

    code = "damaged"
    status = 409


def serve(file: File, *, removed_too: bool = False) -> FileResponse:
    """The file as a download of its declared type, its hash checked against the row before the first byte."""
    if file.removed_at and not removed_too:
        raise Http404
    data = store.open_verified(file.path, file.sha256)
    if data is None:
        logger.error("file %s: content missing or changed, expected sha256 %s", file.pk, file.sha256)
        raise Damaged(
            _("This file is damaged and is not handed out. Tell the system administrator its name.")
        )
    response = FileResponse(data, as_attachment=True, filename=file.name, content_type=file.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def hand_out(data: bytes, name: str, media_type: str) -> FileResponse:
    """What was made for this reader just now, as a download that nobody keeps."""
    response = FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
