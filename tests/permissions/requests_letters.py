"""Contact sheets and letters on the accepted matter: repair writes to staffing; each paper at its own state."""

from documents.models import File
from requests import flows
from tests.documents.uploads import PDF, upload
from tests.permissions import row
from tests.permissions.verbs import SEE_ACCEPTED, flat, statuses
from tests.requests import letters_world as letters

WRITERS = ("asker", "supplies_liaison", "supplies_head", "member", "office", "records_admin")
SEE_UNSIGNED = ("asker",)
SEE_SIGNED = ("asker", "office", "auditor", "arbiter")
HANDLERS = ("repair_head", "repair_liaison", "chair", "arbiter")


def build(world):
    """One paper before the signature, one signed, one sent, one answered by the liaison, and one hand-over."""
    to = [world.staffing]
    papers = [upload("合同.pdf", PDF)]
    world.letter_draft = letters.draft(world, world.accepted, to=to, papers=papers)
    world.letter_signing = letters.draft(world, world.accepted, to=to)
    flows.ask_signature(letter_id=world.letter_signing.pk, by=world.repair_liaison)
    world.letter_signed = letters.draft(world, world.accepted, to=to)
    flows.sign_letter(letter_id=world.letter_signed.pk, by=world.repair_head)
    world.letter_sent = letters.sent(world, world.accepted, to=to, papers=papers)
    world.letter_answered = letters.sent(world, world.accepted, to=to)
    letters.answer(
        world, letters.row(world.letter_answered, world.staffing), "not_ours", "不归我部。", world.planning
    )
    world.handover = world.accepted.handovers.get()


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def file_of(thing):
    return lambda world: {
        "pk": getattr(world, thing).pk, "file_pk": File.objects.of("letter", getattr(world, thing).pk).get().pk
    }  # fmt: skip


def addressee(thing):
    return lambda world: {
        "pk": getattr(world, thing).pk,
        "addressee_pk": letters.row(getattr(world, thing), world.staffing).pk,
    }


def addressee_alone(thing):
    return lambda world: {"pk": letters.row(getattr(world, thing), world.staffing).pk}


def paper(world):
    return {
        "title": "请提供3套劳保服", "addressees": [world.staffing.pk], "content": "三人参加检修。", "urgency": "normal",
        "confidentiality": "internal", "contact_name": "陈启明", "asks-TOTAL_FORMS": 1, "asks-INITIAL_FORMS": 0,
        "asks-0-text": "发放3套",
    }  # fmt: skip


def to_supplies(world):
    return {**paper(world), "addressees": [world.planning.pk]}


def api_paper(world):
    return {
        "form": "sheet", "title": "请提供3套劳保服", "addressees": [world.planning.pk], "content": "三人参加检修。",
        "asks": [{"text": "发放3套"}],
    }  # fmt: skip


REASON = {"reason": "写明数量。"}
ANSWER = {"reply": "agree"}
EDITORS = ("repair_head", "repair_liaison")
SEES = dict.fromkeys(flat(SEE_ACCEPTED), 200)


def verb(name, thing, sees, may, data=None):
    """The button on the page and the verb of the API, which refuse alike."""
    api_name = name.replace("_", "-")
    return [
        row("POST", f"requests:letter_{name}", 404, kwargs=pk(thing), data=data, **statuses(sees, may, 302)),
        row(
            "POST", f"api:letter_{api_name}", 404, anonymous=401, kwargs=pk(thing), data=data,
            **statuses(sees, may, 200),
        ),
    ]  # fmt: skip


ROWS = [
    row("GET", "requests:new_letter", 404, kwargs=pk("accepted"), **statuses(SEE_ACCEPTED, WRITERS, 200)),
    row(
        "POST", "requests:new_letter", 404, kwargs=pk("accepted"), data=to_supplies,
        **statuses(SEE_ACCEPTED, WRITERS, 302),
    ),
    row("GET", "requests:letter", 404, kwargs=pk("letter_draft"), label="draft", **dict.fromkeys(flat(SEE_UNSIGNED), 200)),
    row("GET", "requests:letter", 404, kwargs=pk("letter_sent"), label="sent", **SEES),
    row("GET", "requests:letter_edit", 404, kwargs=pk("letter_draft"), **statuses(SEE_UNSIGNED, EDITORS, 200)),
    row("POST", "requests:letter_edit", 404, kwargs=pk("letter_draft"), data=paper, **statuses(SEE_UNSIGNED, EDITORS, 302)),
    *verb("ask_signature", "letter_draft", SEE_UNSIGNED, EDITORS),
    *verb("sign", "letter_signing", SEE_UNSIGNED, ("repair_head",)),
    *verb("return", "letter_signing", SEE_UNSIGNED, EDITORS, REASON),
    row("GET", "requests:letter_return", 404, kwargs=pk("letter_signing"), **statuses(SEE_UNSIGNED, EDITORS, 200)),
    *verb("send", "letter_signed", SEE_SIGNED, ("repair_head", "repair_liaison", "arbiter")),
    *verb("close", "letter_answered", SEE_ACCEPTED, EDITORS),
    *verb("withdraw", "letter_sent", SEE_ACCEPTED, HANDLERS, REASON),
    row("GET", "requests:letter_withdraw", 404, kwargs=pk("letter_sent"), **statuses(SEE_ACCEPTED, HANDLERS, 200)),
    row("GET", "requests:letter_file", 404, kwargs=file_of("letter_sent"), **SEES),
    row(
        "POST", "requests:letter_file_remove", 404, kwargs=file_of("letter_draft"),
        **statuses(SEE_UNSIGNED, ("repair_liaison",), 302),
    ),
    row("GET", "requests:letter_pdf", 404, kwargs=pk("letter_sent"), **SEES),
    row("GET", "requests:letter_docx", 404, kwargs=pk("letter_sent"), **SEES),
    row(
        "GET", "requests:letter_answer", 404, kwargs=addressee("letter_sent"),
        **dict.fromkeys(flat(SEE_ACCEPTED), 302) | dict.fromkeys(flat(("member",)), 200),
    ),
    row(
        "POST", "requests:letter_answer", 404, kwargs=addressee("letter_sent"), data=ANSWER,
        **statuses(SEE_ACCEPTED, ("member",), 302),
    ),
    row(
        "POST", "requests:letter_receive", 404, kwargs=addressee("letter_sent"),
        **statuses(SEE_ACCEPTED, ("member",), 302),
    ),
    row(
        "POST", "requests:letter_confirm", 404, kwargs=addressee("letter_answered"),
        **statuses(SEE_ACCEPTED, ("staffing_head",), 302),
    ),
    row("GET", "requests:misrouting", 404, kwargs=pk("handover"), **statuses(SEE_ACCEPTED, ("office",), 200)),
    row(
        "POST", "requests:misrouting", 404, kwargs=pk("handover"), data=REASON,
        **statuses(SEE_ACCEPTED, ("office",), 302),
    ),
    row("GET", "api:matter_letters", 404, anonymous=401, kwargs=pk("accepted"), **SEES),
    row(
        "POST", "api:matter_letters", 404, anonymous=401, kwargs=pk("accepted"), data=api_paper,
        **statuses(SEE_ACCEPTED, WRITERS, 201),
    ),
    row(
        "POST", "api:addressee_receive", 404, anonymous=401, kwargs=addressee_alone("letter_sent"),
        **statuses(SEE_ACCEPTED, ("member",), 200),
    ),
    row(
        "POST", "api:addressee_answer", 404, anonymous=401, kwargs=addressee_alone("letter_sent"), data=ANSWER,
        **statuses(SEE_ACCEPTED, ("member",), 200),
    ),
    row(
        "POST", "api:addressee_confirm", 404, anonymous=401, kwargs=addressee_alone("letter_answered"),
        **statuses(SEE_ACCEPTED, ("staffing_head",), 200),
    ),
]  # fmt: skip
