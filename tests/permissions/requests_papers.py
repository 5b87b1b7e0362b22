"""The digest of a matter in preparation, already worded; a paper from outside that the supplies department sees to; a
process document that it has to read."""

from datetime import timedelta

from audit.acting import today
from documents.models import File
from requests import flows
from tests.documents.uploads import PDF, upload
from tests.permissions import GROUPS, row
from tests.permissions.verbs import REASON, SEE_ACCEPTED, flat, statuses
from tests.requests import world as matters

WORDS = {
    "question": "由谁采购？",
    "positions": "物资部：同意。",
    "options": "由物资部采购。",
    "recommendation": "按一致意见决定。",
}

LINE = {"direction": "in", "sort": "official", "unit": "市应急管理局", "title": "关于防护用品检查的函"}
# The register is kept by the office, its secretary and the records administrator.
KEEPERS = ("office", "secretary", "records_admin")
SEE_PAPER = ("office", "secretary", "readers", *GROUPS["lead"][1:])


def build(world):
    world.digested = matters.prepared(world)
    flows.write_digest(matter_id=world.digested.pk, by=world.officer, **WORDS)
    world.outside_paper = flows.register_paper(
        by=world.officer, **LINE, department=world.supplies, reply_due_on=today() + timedelta(days=30),
        papers=[upload("来函.pdf", PDF)],
    )  # fmt: skip
    # Only in the lists: nobody sees to it, its matter decides who reads it.
    flows.register_paper(by=world.officer, **LINE, matter_id=world.digested.pk)
    world.procedure = flows.publish_procedure(
        by=world.officer, title="跨部门会签流程", owner=world.officer, summary="七个步骤。", departments=[world.supplies],
        papers=[upload("会签流程.pdf", PDF)],
    )  # fmt: skip
    world.reading = world.procedure.versions.get().readings.get()


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def leaders(world):
    return {"leaders": [world.chair.pk]}


def line(world):
    return {**LINE, "passed_on": f"{today():%Y-%m-%d}", "confidentiality": "internal"}


def correction(world):
    """The sender's number was left out."""
    day = world.outside_paper.reply_due_on
    return {
        **line(world), "their_number": "应急函〔2026〕15号", "department": world.supplies.pk, "reply_due_on": f"{day:%Y-%m-%d}",
        "reason": "登记时漏填来文字号。",
    }  # fmt: skip


def scan(world):
    return {
        "pk": world.outside_paper.pk,
        "file_pk": File.objects.of("outside_paper", world.outside_paper.pk).get().pk,
    }


def number(world):
    return {"matter": world.digested.number}


def matter_id(world):
    return {"matter_id": world.digested.pk}


def upload_one(world):
    return {"papers": upload("附件.pdf", PDF)}


def document(world):
    return {
        "summary": "八个步骤。",
        "departments": [world.supplies.pk],
        "effective_on": f"{today():%Y-%m-%d}",
        "papers": upload("流程.pdf", PDF),
    }


def new_document(world):
    return {**document(world), "title": "印发流程", "sort": "process", "owner": world.officer.pk}


def its_reading(world):
    return {"pk": world.procedure.pk, "reading_pk": world.reading.pk}


def its_file(world):
    version = world.procedure.versions.get()
    return {"pk": world.procedure.pk, "file_pk": File.objects.of("procedure_version", version.pk).get().pk}


def page(name, thing, data, may, sees=SEE_ACCEPTED):
    return [
        row("GET", f"requests:{name}", 404, kwargs=pk(thing), **statuses(sees, may, 200)),
        row("POST", f"requests:{name}", 404, kwargs=pk(thing), data=data, **statuses(sees, may, 302)),
    ]


def read(name, thing, sees=SEE_ACCEPTED, **more):
    return row("GET", name, 404, kwargs=pk(thing), **dict.fromkeys(flat(sees), 200), **more)


def verb(name, thing, data, may, sees=SEE_ACCEPTED):
    return row(
        "POST", f"api:{name}", 404, anonymous=401, kwargs=pk(thing), data=data, **statuses(sees, may, 200)
    )  # fmt: skip


ROWS = [
    *(read(f"requests:{name}", "digested") for name in ("digest", "digest_pdf", "digest_word")),
    *page("write_digest", "digested", WORDS, ("office",)),
    *page("present_digest", "digested", leaders, ("office",)),
    read("api:matter_digest", "digested", anonymous=401),
    verb("matter_write-digest", "digested", WORDS, ("office",)),
    verb("matter_present-digest", "digested", leaders, ("office",)),
    row("GET", "requests:outside_papers", 200),
    row("GET", "requests:outside_paper_new", 403, **dict.fromkeys(flat(KEEPERS), 200)),
    row("POST", "requests:outside_paper_new", 403, data=line, **dict.fromkeys(flat(KEEPERS), 302)),
    read("requests:outside_paper", "outside_paper", SEE_PAPER),
    row("GET", "requests:outside_paper_file", 404, kwargs=scan, **dict.fromkeys(flat(SEE_PAPER), 200)),
    # The secretary does not see the matter and cannot link to it; the others who keep the register can.
    *page("outside_paper_link", "outside_paper", number, (*KEEPERS,), SEE_PAPER)[:1],
    row(
        "POST", "requests:outside_paper_link", 404, kwargs=pk("outside_paper"), data=number,
        **(statuses(SEE_PAPER, ("office", "records_admin"), 302) | {"secretary": 422}),
    ),
    *page("outside_paper_correct", "outside_paper", correction, KEEPERS, SEE_PAPER),
    *page("outside_paper_settle", "outside_paper", {"how": "已答复。"}, (*KEEPERS, *GROUPS["lead"][1:]), SEE_PAPER),
    *page("outside_paper_strike", "outside_paper", REASON, KEEPERS, SEE_PAPER),
    *page("outside_paper_add", "outside_paper", upload_one, KEEPERS, SEE_PAPER),
    row("GET", "api:outside_papers", 200, anonymous=401),
    row("POST", "api:outside_papers", 403, anonymous=401, data=line, **dict.fromkeys(flat(KEEPERS), 201)),
    read("api:outside_paper", "outside_paper", SEE_PAPER, anonymous=401),
    row(
        "POST", "api:outside-paper_link", 404, anonymous=401, kwargs=pk("outside_paper"), data=matter_id,
        **(statuses(SEE_PAPER, ("office", "records_admin"), 200) | {"secretary": 422}),
    ),
    verb("outside-paper_correct", "outside_paper", correction, KEEPERS, SEE_PAPER),
    verb("outside-paper_settle", "outside_paper", {"how": "已答复。"}, (*KEEPERS, *GROUPS["lead"][1:]), SEE_PAPER),
    verb("outside-paper_strike", "outside_paper", REASON, KEEPERS, SEE_PAPER),
    row("GET", "requests:procedures", 200, external=404),
    row("GET", "requests:procedure_new", 403, office=200),
    row("POST", "requests:procedure_new", 403, office=302, data=new_document),
    row("GET", "requests:procedure", 200, external=404, kwargs=pk("procedure")),
    row("GET", "requests:procedure_file", 200, external=404, kwargs=its_file),
    row("GET", "requests:procedure_renew", 403, external=404, office=200, kwargs=pk("procedure")),
    row("POST", "requests:procedure_renew", 403, external=404, office=302, kwargs=pk("procedure"), data=document),
    row("GET", "requests:procedure_withdraw", 403, external=404, office=200, kwargs=pk("procedure")),
    row("POST", "requests:procedure_withdraw", 403, external=404, office=302, kwargs=pk("procedure"), data=REASON),
    row("POST", "requests:procedure_confirm", 403, external=404, kwargs=its_reading, **dict.fromkeys(GROUPS["lead"][1:], 302)),
    row("GET", "api:procedures", 200, anonymous=401),
    row("GET", "api:procedure_readings", 200, anonymous=401, external=404, kwargs=pk("procedure")),
    row("POST", "api:procedure_withdraw", 403, anonymous=401, external=404, office=200, kwargs=pk("procedure"), data=REASON),
    row("POST", "api:procedure-reading_confirm", 403, anonymous=401, external=404, kwargs=pk("reading"), **dict.fromkeys(GROUPS["lead"][1:], 200)),
]  # fmt: skip
