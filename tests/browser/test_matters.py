"""The pages of the matter as a browser sees them: accessible, no sideways scrolling, wide and narrow, light and dark."""

from datetime import datetime

import pytest
from django.http import QueryDict

from documents.sheets import MEDIA_TYPE
from requests import flows
from requests.models import CoordinationRequest, RequestTemplate
from tests.browser.conftest import enter, looks, visit
from tests.conftest import SHANGHAI
from tests.documents.uploads import workbook
from tests.requests import pages_world as world


@pytest.fixture
def office(monday, cast):
    """One matter at each stage, made at a Monday morning."""
    monday.shift(1)
    matters = {
        make.__name__: make(cast)
        for make in (world.filed, world.delivered, world.executing, world.in_feedback)
    }
    matters["disputed"] = world.answered(
        cast, opinion="conditions", reason="需计划发展部出具工作联系单。", urgency="urgent"
    )
    matters["returned"] = world.filed(cast)
    flows.return_for_revision(
        matter_id=matters["returned"].pk,
        by=cast.officer,
        gaps=[
            ("goal", "请写明希望达到的状态，不只写请哪个部门做什么。"),
            ("reason", "请补记物资部为什么不同意。"),
        ],
    )
    matters["completed"] = completed(cast)
    matters["public"] = world.executing(cast, confidentiality="public")
    discuss(cast, matters["executing"])
    for name, query in (("执行中", "tab=active&stage=execution"), ("本周到期", "tab=all&light=warn")):
        flows.save_filter(
            page="matters", params=QueryDict(query), name=name, by=cast.office_head, is_shared=True
        )
    template = RequestTemplate.objects.get(category="safety")
    begun = flows.start_from(by=cast.clerk, template_id=template.pk)
    matters["begun"] = flows.save_draft(matter_id=begun.pk, by=cast.clerk, fields={"amount": 12000})
    for name in ("twin", "absorbed"):
        matters[name] = world.filed(cast, title="关于管焊工劳保服由谁发放的协作需求")
        flows.announce_merge(
            matter_id=matters[name].pk, by=cast.officer, main_id=matters["executing"].pk, reason="都是管焊工劳保服的事。"
        )  # fmt: skip
    flows.merge(matter_id=matters["absorbed"].pk, by=cast.officer)
    matters["draft"] = flows.start_draft(by=cast.clerk)
    return matters


def discuss(cast, matter):
    flows.comment(matter_id=matter.pk, by=cast.clerk, text=f"@林佳，三人的尺寸表已交，参见#{matter.number}。")
    said = flows.comment(matter_id=matter.pk, by=cast.supplies_liaison, text="收到，周三到货。")
    flows.change_comment(comment_id=said.pk, by=cast.supplies_liaison, text="收到，周四到货。")
    wrong = flows.comment(matter_id=matter.pk, by=cast.clerk, text="说错了。")
    flows.withdraw_comment(comment_id=wrong.pk, by=cast.clerk)
    flows.comment(matter_id=matter.pk, by=cast.office_head, text="请按期交货，有困难早说。")
    flows.keep_message(
        matter_id=matter.pk, by=cast.clerk, channel="wecom", said_by="物资部 林佳", said_at=datetime(2026, 9, 14, 8, 30, tzinfo=SHANGHAI),
        text="供应商说三套周四上午到库，下午可以领。",
    )  # fmt: skip


def completed(cast):
    """Returned once, and handed in again with its answers."""
    matter = world.filed(cast)
    gaps = [("goal", "请写明希望达到的状态。"), ("material", "请附劳保服领用单。")]
    flows.return_for_revision(matter_id=matter.pk, by=cast.officer, gaps=gaps)
    flows.save_draft(matter_id=matter.pk, by=cast.clerk, fields={"goal": "9月24日前三人穿上同款劳保服。"})
    first, second = matter.gaps.open()
    answers = {
        first.pk: "已改写协调目标，写明时间和人数。",
        second.pk: "领用单当时被退回，没有存根，已在背景中说明经过。",
    }
    return flows.resubmit(matter_id=matter.pk, by=cast.clerk, answers=answers)


def test_who_is_not_concerned_reads_the_summary_of_a_public_matter(page, cast, office):
    enter(page, cast.staffing_liaison)
    visit(
        page,
        {
            "matter-public-list": "/requests/?tab=public",
            "matter-public": f"/requests/{office['public'].pk}/",
        },
    )


def test_pages_of_the_office_fit_and_are_accessible(page, cast, office):
    enter(page, cast.office_head)
    pk = {name: matter.pk for name, matter in office.items()}
    visit(
        page,
        {
            "matter-list": "/requests/",
            "matter-import": "/requests/import/",
            "matter-list-tabs": "/requests/?tab=active&stage=execution",
            "filter-new": "/filters/new/?page=matters&tab=active&urgency=urgent",
            "filters": "/filters/",
            "matter-print": f"/requests/{pk['executing']}/print/",
            "matter-filed": f"/requests/{pk['filed']}/",
            "matter-asked": f"/requests/{pk['disputed']}/",
            "matter-executing": f"/requests/{pk['executing']}/",
            "matter-items": f"/requests/{pk['executing']}/?tab=items",
            "matter-story": f"/requests/{pk['executing']}/?tab=story",
            "matter-talks": f"/requests/{pk['executing']}/?tab=talks",
            "matter-discussion": f"/requests/{pk['executing']}/?tab=discussion",
            "matter-message": f"/requests/{pk['executing']}/messages/new/",
            "matter-files": f"/requests/{pk['executing']}/?tab=files",
            "matter-accept": f"/requests/{pk['filed']}/accept/",
            "matter-return": f"/requests/{pk['filed']}/return/",
            "matter-prepare": f"/requests/{pk['delivered']}/prepare/",
            "matter-deliver": f"/requests/{pk['delivered']}/deliver/",
            "matter-keeper": f"/requests/{pk['executing']}/keeper/",
            "matter-completed": f"/requests/{pk['completed']}/",
            "matter-suspend": f"/requests/{pk['executing']}/suspend/",
            "matter-draft-item": f"/requests/{pk['executing']}/items/new/",
            "merge-announce": f"/requests/{pk['filed']}/announce-merge/",
            "merge": f"/requests/{pk['twin']}/merge/",
            "merge-call-off": f"/requests/{pk['twin']}/call-off-merge/",
            "merge-announced": f"/requests/{pk['twin']}/",
            "merge-absorbed": f"/requests/{pk['absorbed']}/",
            "templates": "/requests/templates/",
            "template": f"/requests/templates/{office['begun'].template_id}/",
            "template-new": "/requests/templates/new/",
        },
    )


def test_pages_of_applicant_and_department_fit_and_are_accessible(page, cast, office):
    pk = {name: matter.pk for name, matter in office.items()}
    enter(page, cast.supplies_liaison)
    row = office["delivered"].participants.get(department=cast.supplies)
    visit(page, {"matter-opinion": f"/requests/{pk['delivered']}/opinions/{row.pk}/"})
    enter(page, cast.clerk)
    visit(
        page,
        {
            "matter-form-empty": f"/requests/{pk['draft']}/form/",
            "matter-form-returned": f"/requests/{pk['returned']}/form/",
            "matter-confirm": f"/requests/{pk['in_feedback']}/confirm/",
            "matter-survey": f"/requests/{pk['in_feedback']}/survey/",
            "matter-attempt": f"/requests/{pk['filed']}/attempt/",
            "matter-attach": f"/requests/{pk['filed']}/attach/",
            "matter-start": "/requests/new/",
            "matter-form-template": f"/requests/{pk['begun']}/form/",
        },
    )
    page.goto(f"/requests/{pk['draft']}/form/")
    page.get_by_label("协调目标").fill("请发衣服")
    page.get_by_role("button", name="提交", exact=True).click()
    page.locator(".x-errsum").wait_for()
    looks(page, "matter-form-errors")


def test_a_row_is_added_and_a_draft_saves_itself(page, cast, office):
    enter(page, cast.clerk)
    page.goto(f"/requests/{office['draft'].pk}/form/")

    page.get_by_role("button", name="添加沟通记录").click()
    page.locator("#id_attempts-0-person_name").fill("库房值班员")
    page.get_by_label("标题").fill("关于解决管焊工劳保服配置问题的协作需求")
    page.get_by_text("草稿已自动保存").wait_for()

    office["draft"].refresh_from_db()
    assert office["draft"].title == "关于解决管焊工劳保服配置问题的协作需求"


def test_a_workbook_shows_what_has_to_be_mended_before_it_is_taken_in(page, cast, office):
    enter(page, cast.clerk)
    page.goto("/requests/import/")
    rows = [
        ["标题", "类别", "希望参与部门"],
        ["关于检修备件预算口径的协作需求", "内部事务", "物资部"],
        ["另一件", "别的", "检修部"],
    ]
    sheet = workbook(*rows, name="草稿.xlsx").read()
    page.set_input_files("#id_upload", {"name": "草稿.xlsx", "mimeType": MEDIA_TYPE, "buffer": sheet})
    page.get_by_role("button", name="预览").click()

    page.get_by_text("有1行需要修改").wait_for()
    looks(page, "matter-import-preview")
    assert CoordinationRequest.objects.filter(title="另一件").count() == 0


def test_what_is_alike_appears_while_the_title_is_typed(page, cast, office):
    enter(page, cast.clerk)
    page.goto(f"/requests/{office['draft'].pk}/form/")

    page.get_by_label("标题").press_sequentially("关于外包管焊工劳保服的协作需求")
    page.locator("aside .x-mini li").first.wait_for()

    assert page.locator("aside .x-mini .x-stage").count()
    looks(page, "matter-form-alike")
