"""The templates that an office starts with: one for each category (R041), in the words of an office.

Planted after a migrate into an empty table only: what the office has changed or taken out of use stays as it is.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

from requests.models import RequestTemplate
from requests.states import Category, Confidentiality

TEMPLATES: tuple[dict[str, Any], ...] = (
    {
        "category": Category.INTERNAL,
        "name": "职责与流程衔接",
        "purpose": "一件内部事务由几个部门各管一段，中间没人接的时候用。",
        "title": "关于理顺【事项】办理职责的协作需求",
        "background": (
            "【事项】目前由【部门甲】和【部门乙】分段办理。【时间】以来，因【没有衔接好的环节】，"
            "已出现【次数】次【后果】。我部门于【日期】与【部门】沟通过，对方的意见是：【意见】。"
        ),
        "goal": "【日期】前，【事项】的每个环节都有明确的承办部门、办理时限和交接方式，并按新的分工办完第一批业务。",
        "expected_result": (
            "1. 形成《【事项】职责与流程表》，写明各环节的承办部门、时限和交接材料；\n"
            "2. 各承办部门各指定一名经办人；\n"
            "3. 试行一个月，没有退件和重复办理。"
        ),
        "initial_scope": "只涉及【事项】从【起点】到【终点】的环节；不涉及机构编制和人员调整。",
        "working_days": 15,
    },
    {
        "category": Category.SERVICE,
        "name": "服务事项联办",
        "purpose": "群众或职工办一件事要跑几个部门，想合成一次办好的时候用。",
        "title": "关于【服务事项】多部门联办的协作需求",
        "background": (
            "办理【服务事项】，服务对象须先后到【部门甲】、【部门乙】提交材料，其中【材料】重复提交。"
            "【统计期间】共办理【数量】件，平均用时【天数】个工作日，收到意见【数量】条，主要反映【问题】。"
        ),
        "goal": "【日期】前，服务对象办理【服务事项】只交一次材料、只到一个窗口，全程不超过【天数】个工作日。",
        "expected_result": (
            "1. 公布一份办事指南和一张材料清单；\n"
            "2. 明确受理、流转、办结各环节的承办部门和时限；\n"
            "3. 联办首月抽查【数量】件，全部按时办结。"
        ),
        "initial_scope": "适用于【服务对象】办理【服务事项】；不改变各部门的审核职责。",
        "working_days": 20,
        "confidentiality": Confidentiality.PUBLIC,
    },
    {
        "category": Category.POLICY,
        "name": "联合制定制度",
        "purpose": "一项规定涉及几个部门，需要共同起草、会签、印发的时候用。",
        "title": "关于联合制定《【文件名称】》的协作需求",
        "background": (
            "根据【上级文件或制度依据】，需要对【事项】作出统一规定。现行做法见【现行文件】，其中【条款】与"
            "【部门】的要求不一致，已造成【问题】。我部门已形成初稿，拟请【部门】共同起草、会签。"
        ),
        "goal": "【日期】前，各有关部门会签同意《【文件名称】》送审稿，报【审批层级】审定后印发。",
        "expected_result": (
            "1. 送审稿和意见采纳情况表，未采纳的意见逐条说明理由；\n"
            "2. 印发文件，明确施行日期和解释部门；\n"
            "3. 原有规定中不再执行的条款清单。"
        ),
        "initial_scope": "规定适用于【范围】；【例外情形】不在此列。",
        "working_days": 20,
    },
    {
        "category": Category.PROJECT,
        "name": "重大项目协同",
        "purpose": "有计划、有预算的项目，需要几个部门按节点配合的时候用。",
        "title": "关于协同推进【项目名称】的协作需求",
        "background": (
            "【项目名称】经【批准文件】批准，计划【日期】完成，目前进展到【阶段】。受【问题】影响，"
            "【节点】可能推迟【天数】天，需要【部门】在【方面】配合。"
        ),
        "goal": "【日期】前，【部门】完成【工作】，项目的【节点】按计划完成。",
        "expected_result": (
            "1. 分工表，每项任务写明责任人、完成日期和交付标准；\n"
            "2. 【资源】在【日期】前到位；\n"
            "3. 每【周期】通报一次进展，直到节点完成。"
        ),
        "initial_scope": "涉及【标段或子项】；不涉及项目总体方案和投资概算的调整。",
        "working_days": 30,
    },
    {
        "category": Category.SAFETY,
        "name": "隐患联合整治",
        "purpose": "一处隐患牵涉几个部门的设施或作业，要一起整改的时候用。",
        "title": "关于联合整治【地点】【隐患】的协作需求",
        "background": (
            "【日期】检查发现【地点】存在【隐患】，涉及【部门甲】管理的【设施】和【部门乙】负责的【作业】。"
            "已采取的临时措施：【措施】。如不处理，可能在【时间】造成【后果】。"
        ),
        "goal": "【日期】前消除【隐患】，经【部门】现场验收合格，整改期间不发生人身和设备事故。",
        "expected_result": (
            "1. 整改方案，写明责任人和完成日期；\n"
            "2. 整改期间的安全措施和监护安排；\n"
            "3. 现场验收记录，附照片。"
        ),
        "initial_scope": "限于【区域或设备】；同类隐患的排查由【部门】另行安排。",
        "working_days": 10,
    },
    {
        "category": Category.DIGITAL,
        "name": "数据共享与系统对接",
        "purpose": "要用别的部门的数据，或者两个系统要接通的时候用。",
        "title": "关于【系统甲】与【系统乙】数据共享的协作需求",
        "background": (
            "【业务】需要使用【部门】掌握的【数据项】，目前靠【方式】传递，每【周期】约【数量】条，存在【问题】。"
            "【系统甲】由【部门】管理，【系统乙】由【部门】管理。"
        ),
        "goal": "【日期】前，【数据项】按【频率】自动共享到【系统】，准确率不低于【比例】，停止人工报送。",
        "expected_result": (
            "1. 数据共享清单：数据项、提供方、使用方、频率、密级；\n"
            "2. 接口联调记录和试运行一周的核对结果；\n"
            "3. 明确数据有误时找谁反馈、多长时间更正。"
        ),
        "initial_scope": "只共享【数据项】；涉及个人信息的字段【处理方式】。",
        "working_days": 20,
    },
)


def plant(using: str = "default", **_: Any) -> None:
    """Receiver of `post_migrate`: runs in the name of whoever migrates, so that the log knows of it."""
    if "requests_requesttemplate" not in connections[using].introspection.table_names():
        return
    if not RequestTemplate.objects.exists():
        RequestTemplate.objects.bulk_create(RequestTemplate(**fields) for fields in TEMPLATES)
