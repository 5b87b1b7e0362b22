"""Pages of the matter and of the action item."""

from django.core.files.base import ContentFile

from audit.acting import at_moment
from documents.models import File
from requests import flows
from requests.models import AcceptanceCondition, ActionItem, RequestTemplate
from tests.documents.uploads import PDF, workbook
from tests.permissions import row
from tests.permissions.verbs import (
    ACCEPT,
    DISCUSS,
    DOERS,
    GAP,
    ITEM_VERBS,
    KEPT_MESSAGE,
    LEAD_SPEAKERS,
    MATTER_VERBS,
    PREPARATION,
    SEE_ACCEPTED,
    SEE_CLOSED,
    SEE_DRAFT,
    SEE_FILED,
    SEE_ITEM,
    SUSPENSION,
    Verb,
    flat,
    statuses,
)
from tests.requests import simple_world
from tests.requests import world as matters


def build(world):
    """Matters that stand just before each verb, and papers to hand back."""
    world.template = RequestTemplate.objects.get(name="职责与流程衔接")
    world.written = matters.accepted(world)
    flows.write_preparation(
        matter_id=world.written.pk, by=world.officer, questions=["由谁采购发放？"], **PREPARATION
    )
    world.announced = matters.filed(world)
    flows.announce_merge(
        matter_id=world.announced.pk, by=world.officer, main_id=world.accepted.pk, reason="是同一件事。"
    )
    world.suspended = matters.accepted(world)
    flows.suspend(matter_id=world.suspended.pk, by=world.office_head, **_suspension())
    world.returned = matters.filed(world)
    flows.return_for_revision(
        matter_id=world.returned.pk, by=world.officer, gaps=[(GAP["code"], GAP["text"])]
    )
    flows.save_draft(
        matter_id=world.returned.pk, by=world.clerk, fields={"goal": "9月24日前三人都穿上同款劳保服。"}
    )
    world.hurried = matters.hurried(world)
    world.agreed = simple_world.agreed(world)
    world.refused = matters.refused(world)
    world.under_review = matters.reviewed(world)
    world.answered = matters.prepared(world)
    with at_moment(matters.moment(9, 10)):
        matters.opine(world, world.answered)
    world.drafted = matters.deciding(world)
    world.drafted_item = matters.draft_item(world, world.drafted)
    _execution(world)
    _release(world)
    _papers(world)
    _levels(world)


def _suspension():
    return {**SUSPENSION, "until": matters.moment(25).date()}


def _execution(world):
    submitted = matters.submitted(world)
    flows.close_item(item_id=submitted.pk, by=world.officer)
    world.done = submitted.matter
    world.reopened = matters.in_feedback(world)
    flows.object_to_result(matter_id=world.reopened.pk, by=world.clerk, defects="还差一套没有发放。")
    flows.draft_item(
        matter_id=world.reopened.pk, by=world.officer, text="为第三名管焊工补发一套同款劳保服", standard="签领",
        department=world.supplies, assignee=world.supplies_clerk, due_on=matters.moment(30).date(),
    )  # fmt: skip
    delayed = matters.started(world)
    world.wish = flows.ask_extension(
        item_id=delayed.pk, by=world.supplies_clerk, wished_on=matters.moment(24).date(),
        reason="供货推迟两天。", progress="已下单。",
    )  # fmt: skip
    world.paused = matters.started(world)
    flows.suspend_item(
        item_id=world.paused.pk,
        by=world.office_head,
        reason="等待厂家答复。",
        until=matters.moment(25).date(),
    )


def _release(world):
    unsigned = matters.issued(world)
    world.release = flows.ask_release(
        item_id=unsigned.pk, by=world.supplies_head, basis="部门职责清单第4条。", right_owner=world.staffing
    )


def _levels(world):
    """A confidential matter with one named reader, whose level the applicant wants lowered."""
    world.lowering = matters.accepted(world)
    flows.raise_level(matter_id=world.lowering.pk, by=world.officer, level="confidential", reason="含报价。")
    given = {"reason": "承办报价核对。", "person": world.planning_liaison}
    flows.name_reader(matter_id=world.lowering.pk, by=world.officer, **given)
    flows.lower_level(matter_id=world.lowering.pk, by=world.clerk, level="internal", reason="报价已公开。")


def _papers(world):
    world.tab = flows.save_filter(
        page="matters", params={"stage": "decision"}, name="待决策", by=world.supplies_liaison, is_shared=True
    )
    world.comment = flows.comment(matter_id=world.accepted.pk, by=world.clerk, text="材料何时送到？")
    paper = ContentFile(PDF, name="合同.pdf")
    flows.attach_papers(matter_id=world.accepted.pk, by=world.clerk, uploads=[paper])
    world.paper = File.objects.of_case(world.accepted.pk).get()
    flows.attach_evidence(item_id=world.started.pk, by=world.supplies_clerk, evidence=[paper])
    world.obstacle = flows.record_obstacle(
        item_id=world.started.pk,
        by=world.supplies_clerk,
        step="预算审批",
        department=world.staffing,
        text="科目没有确定。",
    )
    world.evidence = File.objects.of(ActionItem.SUBJECT, world.started.pk).get()


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def participant(world):
    row = world.prepared.participants.get(department=world.supplies)
    return {"pk": world.prepared.pk, "participant_pk": row.pk}


def sees(names, status=200):
    return dict.fromkeys(flat(names), status)


def form(**fields):
    return lambda world: {**matters.FORM, "wished_departments": [world.supplies.pk], "attempts-TOTAL_FORMS": 0,
                          "attempts-INITIAL_FORMS": 0, **fields}  # fmt: skip


def upload(name):
    return lambda world: {name: ContentFile(PDF, name="补充.pdf")}


def act(verb, name, kwargs, *, shown=200):
    """Page and act of one verb: 404 for who does not see the thing, 403 for who sees it but may not."""
    return [
        row("GET", name, 404, kwargs=kwargs, **statuses(verb.sees, verb.may, shown)),
        row("POST", name, 404, kwargs=kwargs, data=verb.data, **statuses(verb.sees, verb.may, 302)),
    ]


def condition(world):
    return {"pk": AcceptanceCondition.objects.first().pk}


CONDITION = {"text": "材料齐全", "hint": "逐项核对。", "code": "material", "is_used": "on"}

TALK = {
    "person_name": "林佳", "held_at": "2026-09-11 10:00", "means": "phone", "our_goal": "借三套", "answer": "agreed",
    "next_step": "周一领取",
}  # fmt: skip
TEMPLATE = {
    "name": "交接模板",
    "purpose": "几个部门各管一段时用",
    "category": "internal",
    "confidentiality": "internal",
    "order": 5,
}


def comment(world):
    return {"pk": world.accepted.pk, "comment_pk": world.comment.pk}


ITEM_SHEET = (
    ["工作内容", "交付标准", "责任部门", "责任人", "期限"],
    ["为3名管焊工采购并发放同款劳保服", "三人签领", "物资部", "孙一凡", "2026-09-30"],
)

ROWS = [
    *(one for verb in MATTER_VERBS for one in act(verb, f"requests:{verb.name}", pk(verb.thing))),
    *(one for verb in ITEM_VERBS for one in act(verb, f"requests:item_{verb.name}", pk(verb.thing))),
    row("GET", "requests:list", 200),
    row("GET", "requests:watermark", 200),
    row("GET", "requests:detail", 404, label="confidential", kwargs=pk("lowering"), **sees(SEE_CLOSED)),
    row("GET", "requests:mine", 200),
    row("GET", "requests:new", 200),
    row("POST", "requests:new", 302, auditor=403, system_admin=403, external=403),
    row("GET", "requests:conditions", 200, external=403),
    row("GET", "requests:new_condition", 403, arrangers=200),
    row("POST", "requests:new_condition", 403, arrangers=302, data=CONDITION),
    row("GET", "requests:condition", 403, arrangers=200, kwargs=condition),
    row("POST", "requests:condition", 403, arrangers=302, kwargs=condition, data=CONDITION),
    row("POST", "requests:new", 302, label="template", data=lambda world: {"template": world.template.pk},
        auditor=403, system_admin=404, external=404),
    row("POST", "requests:new", 404, label="copy", data=lambda world: {"copy": world.filed.pk}, **sees(SEE_FILED, 403) | {"clerk": 302}),
    row("GET", "requests:templates", 403, office=200),
    row("GET", "requests:template_new", 403, office=200),
    row("POST", "requests:template_new", 403, office=302, data=TEMPLATE),
    row("GET", "requests:template", 403, office=200, kwargs=pk("template")),
    row("POST", "requests:template", 403, office=302, kwargs=pk("template"), data=TEMPLATE),
    row("POST", "requests:template_switch", 403, office=302, kwargs=pk("template"), data={"offer": "no"}),
    row("GET", "requests:detail", 404, kwargs=pk("draft"), label="draft", **sees(SEE_DRAFT, 302)),
    row("GET", "requests:detail", 404, kwargs=pk("filed"), label="filed", observer=200, **sees(SEE_FILED)),
    row("GET", "requests:detail", 404, kwargs=pk("accepted"), label="accepted", observer=200, **sees(SEE_ACCEPTED)),
    row(
        "GET", "meetings:panel", 404, kwargs=lambda world: {"matter_pk": world.accepted.pk}, **sees(SEE_ACCEPTED),
    ),
    row("GET", "requests:form", 404, kwargs=pk("draft"), **sees(SEE_DRAFT)),
    row("POST", "requests:form", 404, kwargs=pk("draft"), data=form(go="draft"), **sees(SEE_DRAFT, 302)),
    row("POST", "requests:autosave", 404, kwargs=pk("draft"), data=form(), **sees(SEE_DRAFT)),
    row("POST", "requests:autosave", 404, kwargs=pk("filed"), data=form(), label="filed", **sees(SEE_FILED, 403) | {"clerk": 422}),
    row("GET", "requests:similar", 404, kwargs=pk("draft"), **sees(SEE_DRAFT)),
    row("POST", "requests:discard", 404, kwargs=pk("draft"), **sees(SEE_DRAFT, 302)),
    row("POST", "requests:discard", 404, kwargs=pk("filed"), label="filed", **sees(SEE_FILED, 403) | {"clerk": 422}),
    row("GET", "requests:opinion", 404, kwargs=participant, **sees(SEE_ACCEPTED, 302) | sees(LEAD_SPEAKERS)),
    row(
        "POST", "requests:opinion", 404, kwargs=participant, data={"opinion": "agree"},
        **statuses(SEE_ACCEPTED, LEAD_SPEAKERS, 302),
    ),
    row("POST", "requests:read", 404, kwargs=participant, **statuses(SEE_ACCEPTED, LEAD_SPEAKERS, 302)),
    row(
        "POST", "requests:discard_item", 404, **statuses(SEE_ITEM, ("office", *LEAD_SPEAKERS), 302),
        kwargs=lambda world: {"pk": world.drafted.pk, "item_pk": world.drafted_item.pk},
    ),
    row("GET", "requests:attempt", 404, kwargs=pk("accepted"), **statuses(SEE_ACCEPTED, ("clerk", "office", *LEAD_SPEAKERS), 200)),
    row(
        "POST", "requests:attempt", 404, kwargs=pk("accepted"),
        data=lambda world: {**TALK, "department": world.supplies.pk},
        **statuses(SEE_ACCEPTED, ("clerk", "office", *LEAD_SPEAKERS), 302),
    ),
    row("GET", "requests:attach", 404, kwargs=pk("accepted"), **statuses(SEE_ACCEPTED, ("clerk", "office", *LEAD_SPEAKERS, "member"), 200)),
    row(
        "POST", "requests:attach", 404, kwargs=pk("accepted"), data=upload("papers"),
        **statuses(SEE_ACCEPTED, ("clerk", "office", *LEAD_SPEAKERS, "member"), 302),
    ),
    row(
        "GET", "requests:file", 404, **sees(SEE_ACCEPTED),
        kwargs=lambda world: {"pk": world.accepted.pk, "file_pk": world.paper.pk},
    ),
    row(
        "GET", "requests:file", 404, label="of another matter",
        kwargs=lambda world: {"pk": world.prepared.pk, "file_pk": world.paper.pk},
    ),
    row(
        "POST", "requests:drop_file", 404, **statuses(SEE_ACCEPTED, ("clerk",), 302),
        kwargs=lambda world: {"pk": world.accepted.pk, "file_pk": world.paper.pk},
    ),
    row("GET", "requests:export", 200, system_admin=403, external=403),
    row("GET", "requests:import_drafts", 200, auditor=403, system_admin=403, external=403),
    row(
        "POST", "requests:import_drafts", 200, auditor=403, system_admin=403, external=403,
        data=lambda world: {"upload": workbook(["标题"], ["关于检修备件的协作需求"])},
    ),
    row("GET", "requests:drafts_blank", 200, auditor=403, system_admin=403, external=403),
    row("GET", "requests:import_items", 404, kwargs=pk("deciding"), **statuses(SEE_ACCEPTED, ("office", *LEAD_SPEAKERS), 200)),
    row(
        "POST", "requests:import_items", 404, kwargs=pk("deciding"), data=lambda world: {"upload": workbook(*ITEM_SHEET)},
        **statuses(SEE_ACCEPTED, ("office", *LEAD_SPEAKERS), 200),
    ),
    row("GET", "requests:items_blank", 404, kwargs=pk("deciding"), **statuses(SEE_ACCEPTED, ("office", *LEAD_SPEAKERS), 200)),
    row("GET", "requests:filters", 200, auditor=403, external=403),
    row("GET", "requests:filter_new", 200, auditor=403, external=403, query={"page": "matters", "stage": "decision"}),
    row(
        "POST", "requests:filter_new", 302, auditor=403, external=403, query={"page": "matters", "stage": "decision"},
        data={"name": "决策中"},
    ),
    row("GET", "requests:filter", 404, kwargs=pk("tab"), lead=403, supplies_liaison=200),
    row("POST", "requests:filter", 404, kwargs=pk("tab"), data={"name": "待决"}, lead=403, supplies_liaison=302),
    row("POST", "requests:filter_move", 404, kwargs=pk("tab"), data={"go": "up"}, lead=403, supplies_liaison=302),
    row("POST", "requests:filter_remove", 404, kwargs=pk("tab"), lead=302, supplies_clerk=403),
    row("GET", "requests:print", 404, kwargs=pk("accepted"), **sees(SEE_ACCEPTED)),
    row("GET", "requests:discussion", 404, kwargs=pk("accepted"), **sees(SEE_ACCEPTED, 302)),
    row(
        "POST", "requests:discussion", 404, kwargs=pk("accepted"), data={"text": "材料收到了。"},
        **statuses(SEE_ACCEPTED, DISCUSS, 302),
    ),
    row("GET", "requests:comment_change", 404, kwargs=comment, **statuses(SEE_ACCEPTED, ("clerk",), 200)),
    row(
        "POST", "requests:comment_change", 404, kwargs=comment, data={"text": "材料收到了。"},
        **statuses(SEE_ACCEPTED, ("clerk",), 302),
    ),
    row("POST", "requests:comment_withdraw", 404, kwargs=comment, **statuses(SEE_ACCEPTED, ("clerk",), 302)),
    row("GET", "requests:keep_message", 404, kwargs=pk("accepted"), **statuses(SEE_ACCEPTED, DISCUSS, 200)),
    row(
        "POST", "requests:keep_message", 404, kwargs=pk("accepted"), data=KEPT_MESSAGE,
        **statuses(SEE_ACCEPTED, DISCUSS, 302),
    ),
    row("GET", "requests:items", 200),
    row("GET", "requests:items_workbook", 403, office=200, leaders=200, auditor=200),
    row("GET", "requests:items_export", 403, office=200, leaders=200, auditor=200),
    row("GET", "requests:item", 404, kwargs=pk("started"), **sees(SEE_ITEM)),
    row("POST", "requests:item_remind", 404, kwargs=pk("started"), **statuses(SEE_ITEM, ("office",), 302)),
    row("GET", "requests:item_attach", 404, kwargs=pk("started"), **statuses(SEE_ITEM, (*DOERS, *ACCEPT), 200)),
    row(
        "POST", "requests:item_attach", 404, kwargs=pk("started"), data=upload("evidence"),
        **statuses(SEE_ITEM, (*DOERS, *ACCEPT), 302),
    ),
    row(
        "GET", "requests:item_file", 404, **sees(SEE_ITEM),
        kwargs=lambda world: {"pk": world.started.pk, "file_pk": world.evidence.pk},
    ),
    *act(
        Verb("end_obstacle", "started", (*DOERS, "office"), SEE_ITEM, {"how_ended": "科目已确定。"}), "requests:end_obstacle",
        lambda world: {"pk": world.started.pk, "obstacle_pk": world.obstacle.pk},
    ),
    row("GET", "requests:release", 404, kwargs=pk("release"), **sees(SEE_ITEM)),
    row(
        "POST", "requests:release", 404, kwargs=pk("release"), data={"grant": "no", "answer": "职责清单写明由物资部采购。"},
        **statuses(SEE_ITEM, ("office",), 302),
    ),
    row("GET", "requests:extension", 404, kwargs=pk("wish"), **sees(SEE_ITEM)),
    row(
        "POST", "requests:extension", 404, kwargs=pk("wish"), data={"approve": "yes"},
        **statuses(SEE_ITEM, ("supplies_head",), 302),
    ),
]  # fmt: skip
