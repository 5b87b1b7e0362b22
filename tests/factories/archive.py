from datetime import UTC, date, datetime

from archive.models import ArchiveCounter, Dossier, DossierItem, RetentionClass
from requests.models import CoordinationRequest
from tests.factories import line

MOMENT = datetime(2026, 9, 14, tzinfo=UTC)


@line(RetentionClass, change=("title", "一", "二"))
def retention(cast, n):
    return RetentionClass(code=f"T{n}", years=5, source="规定")


@line(ArchiveCounter, change=("last", 1, 7))
def counter(cast, n):
    return ArchiveCounter(fonds="L001", year=2030, term=f"D{n}", office="XTB")


# A dossier is written once and then sealed; a row of it never goes away (archive/freeze.py).
@line(Dossier, change=("title", "一", "二"), refuses=("delete",))
def dossier(cast, n):
    matter = CoordinationRequest.objects.create(
        filed_by=cast.clerk, filed_by_department=cast.repair, department_name="检修部", created_at=MOMENT
    )
    return Dossier(
        matter=matter, archive_no=f"案{n}", year=2026, category="administrative",
        retention=RetentionClass.objects.get(code="D30"), confidentiality="internal", department=cast.repair,
        department_name="检修部", begun_on=date(2026, 9, 1), ended_on=date(2026, 9, 14), sealed_by=cast.records_admin,
    )  # fmt: skip


@line(DossierItem, change=("title", "一", "二"), refuses=("update", "delete"))
def entry(cast, n):
    of = dossier(cast, f"e{n}")
    of.title = "案"
    of.save()
    return DossierItem(
        dossier=of, order=1, kind="form", responsible="检修部", dated="20260914", sha256="0" * 64, source_type="matter",
        source_id=of.matter_id, snapshot={"a": 1},
    )  # fmt: skip
