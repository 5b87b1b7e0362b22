"""Defects of an acceptance sheet: one to be mended, one reported mended."""

from requests import flows
from requests.models import Defect
from tests.permissions import row
from tests.permissions.verbs import ACCEPT, DOERS, SEE_ITEM, flat, statuses
from tests.requests import world as matters

SEES = dict.fromkeys(flat(SEE_ITEM), 200)
HOW = {"how": "签收单已补齐，存库房。"}
REASON = {"reason": "签收单没有签名。"}


def build(world):
    world.passed = matters.passed_with_condition(world)
    world.defect = Defect.objects.get(sheet__item=world.passed)
    world.mended = Defect.objects.get(sheet__item=matters.passed_with_condition(world))
    flows.report_mended(defect_id=world.mended.pk, by=world.supplies_clerk, **HOW)


def pk(thing):
    return lambda world: {"pk": getattr(world, thing).pk}


def verb(name, thing, may, data, *, page=True):
    rows = [
        row("POST", f"requests:defect_{name}", 404, kwargs=pk(thing), data=data, **statuses(SEE_ITEM, may, 302)),
        row(
            "POST", f"api:defect_{name}", 404, anonymous=401, kwargs=pk(thing), data=data,
            **statuses(SEE_ITEM, may, 200),
        ),
    ]  # fmt: skip
    if page:
        rows.append(
            row("GET", f"requests:defect_{name}", 404, kwargs=pk(thing), **statuses(SEE_ITEM, may, 200))
        )
    return rows


ROWS = [
    row("GET", "requests:defect", 404, kwargs=pk("defect"), **dict.fromkeys(flat(SEE_ITEM), 302)),
    row("GET", "api:item_acceptances", 404, anonymous=401, kwargs=pk("passed"), **SEES),
    *verb("report", "defect", DOERS, HOW),
    *verb("refuse", "mended", ACCEPT, REASON),
    *verb("confirm", "mended", ACCEPT, {}, page=False),
]
