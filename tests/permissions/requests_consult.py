"""A public notice of a matter in preparation, shown to planning; a measure on it, kept up by repair."""

from audit.acting import today
from requests import flows
from tests.permissions import row
from tests.permissions.verbs import LEAD_SPEAKERS, SEE_ACCEPTED, flat, statuses
from tests.requests import world as matters

PREPARERS = ("office", *LEAD_SPEAKERS)
SEE_NOTICE = (*SEE_ACCEPTED, "nobody")
ENDERS = ("repair_head", "repair_liaison", "office")
REASON = {"reason": "表述有误。"}


def build(world):
    world.noticed = matters.prepared(world)
    unanswered = matters.prepared(world)
    world.silent = unanswered.participants.get(department=world.staffing)
    world.notice = publish(world)
    world.notice_objected = publish(world)
    world.objection = flows.object_to_notice(
        notice_id=world.notice_objected.pk, by=world.planning_liaison, reason="费用没有来源。"
    )
    world.measure = flows.record_measure(
        matter_id=world.noticed.pk, by=world.officer, **measure(world, world.repair)
    )


def publish(world):
    return flows.publish_notice(
        matter_id=world.noticed.pk,
        by=world.officer,
        text="由物资部采购发放。",
        departments=[world.planning],
        days=5,
    )


def measure(world, department):
    return {
        "definitive": "采购三套。", "interim": "先借三套。", "department": department,
        "ends_on": today().replace(year=today().year + 1), "return_duty": "到货后归还。",
    }  # fmt: skip


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def silent(world):
    return {"pk": world.silent.matter_id, "participant_pk": world.silent.pk}


def objection(world):
    return {"pk": world.notice_objected.pk, "objection_pk": world.objection.pk}


def notice(world):
    return {"text": "由物资部采购发放。", "departments": [world.planning.pk], "days": 5}


def form(world):
    given = measure(world, world.repair.pk)
    return {**given, "ends_on": f"{given['ends_on']:%Y-%m-%d}"}


def later(world):
    return {"ends_on": f"{today().replace(year=today().year + 2):%Y-%m-%d}", "reason": "采购未到货。"}


def against(world):
    return {"reason": "费用没有来源。", "department": world.planning.pk}


ANSWER = {"is_followed": "yes", "answer": "已补充来源。"}
ENDED = {"how_ended": "新装到货，三套已归还。"}
# The notice let the planning department read the matter.
MATTER = {"kwargs": pk("noticed")}


def page(name, keys, data, may):
    return [
        row("GET", f"requests:{name}", 404, kwargs=keys, **statuses(SEE_NOTICE, may, 200)),
        row("POST", f"requests:{name}", 404, kwargs=keys, data=data, **statuses(SEE_NOTICE, may, 302)),
    ]


def verb(name, keys, data, may):
    return row(
        "POST", f"api:{name}", 404, anonymous=401, kwargs=keys, data=data, **statuses(SEE_NOTICE, may, 200)
    )


def listed(name, data):
    sees = dict.fromkeys(flat(SEE_NOTICE), 200)
    return [
        row("GET", f"api:{name}", 404, anonymous=401, **MATTER, **sees),
        row(
            "POST",
            f"api:{name}",
            404,
            anonymous=401,
            **MATTER,
            data=data,
            **statuses(SEE_NOTICE, PREPARERS, 201),
        ),
    ]


ROWS = [
    row("GET", "requests:record_silence", 404, kwargs=silent, **statuses(SEE_ACCEPTED, ("office",), 200)),
    row("POST", "requests:record_silence", 404, kwargs=silent, **statuses(SEE_ACCEPTED, ("office",), 302)),
    row(
        "POST", "api:participant_record-silence", 404, anonymous=401, kwargs=lambda world: {"pk": world.silent.pk},
        **statuses(SEE_ACCEPTED, ("office",), 200),
    ),
    *page("publish_notice", pk("noticed"), notice, PREPARERS),
    row("GET", "requests:public_notice", 404, kwargs=pk("notice"), **dict.fromkeys(flat(SEE_NOTICE), 200)),
    *page("notice_object", pk("notice"), against, ("nobody",)),
    *page("notice_withdraw", pk("notice"), REASON, PREPARERS),
    *page("objection_answer", objection, ANSWER, PREPARERS),
    *listed("matter_notices", notice),
    verb("notice_object", pk("notice"), against, ("nobody",)),
    verb("notice_withdraw", pk("notice"), REASON, PREPARERS),
    verb("objection_answer", lambda world: {"pk": world.objection.pk}, {"is_followed": True, "answer": "已补充来源。"}, PREPARERS),
    *page("record_measure", pk("noticed"), form, PREPARERS),
    *page("measure_end", pk("measure"), ENDED, ENDERS),
    *page("measure_prolong", pk("measure"), later, ("office",)),
    *listed("matter_measures", form),
    verb("measure_end", pk("measure"), ENDED, ENDERS),
    verb("measure_prolong", pk("measure"), later, ("office",)),
]  # fmt: skip
