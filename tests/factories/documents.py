from datetime import UTC, datetime

from documents.models import File, NumberSeries
from tests.factories import line


@line(NumberSeries, change=("last", 1, 7))
def series(cast, n):
    return NumberSeries(code="协", year=2030 + n)


# Nothing of a file changes but whether it is sealed, and that once; no row goes away (documents, migration 0002).
@line(File, change=("name", "一.pdf", "二.pdf"), refuses=("update", "delete"))
def file(cast, n):
    return File(
        sha256=f"{n}" * 64,
        size=1,
        media_type="application/pdf",
        path=f"00/00/{n}",
        subject_type="matter",
        subject_id=n,
        uploaded_by=cast.clerk,
        uploaded_at=datetime(2026, 9, 14, tzinfo=UTC),
    )
