"""Departments, people and posts of the demo office (all invented)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from organization.states import DepartmentKind, PostKind

SINCE = date(2025, 1, 2)


class Place(NamedTuple):
    code: str
    name: str
    kind: str
    parent: str | None


class Person(NamedTuple):
    login: str
    name: str
    title: str
    posts: tuple[tuple[str, str], ...]
    phone: str = ""


DEPARTMENTS = (
    Place("LJ", "临江能源集团有限公司", DepartmentKind.TOP, None),
    Place("XTB", "协调办公室", DepartmentKind.OFFICE, "LJ"),
    Place("JX", "检修部", DepartmentKind.OFFICE, "LJ"),
    Place("WZ", "物资部", DepartmentKind.OFFICE, "LJ"),
    Place("RL", "人力资源部", DepartmentKind.OFFICE, "LJ"),
    Place("JH", "计划发展部", DepartmentKind.OFFICE, "LJ"),
    Place("CW", "财务部", DepartmentKind.OFFICE, "LJ"),
    Place("XX", "信息中心", DepartmentKind.OFFICE, "LJ"),
    Place("FW", "法务部", DepartmentKind.OFFICE, "LJ"),
    Place("YY", "附属临江职工医院", DepartmentKind.UNIT, "LJ"),
    Place("YX", "药学部", DepartmentKind.SECTION, "YY"),
    Place("YW", "医务部", DepartmentKind.SECTION, "YY"),
    Place("PW", "普外科", DepartmentKind.SECTION, "YY"),
    Place("HX", "呼吸内科", DepartmentKind.SECTION, "YY"),
    Place("ZZ", "重症医学科", DepartmentKind.SECTION, "YY"),
    Place("GK", "骨科", DepartmentKind.SECTION, "YY"),
    Place("XK", "信息科", DepartmentKind.SECTION, "YY"),
)

OFFICE = "XTB"

PEOPLE = (
    Person("luzhengping", "陆正平", "总经理", (("LJ", PostKind.ARBITER),)),
    Person("fanchangqing", "范长青", "副总经理", (("LJ", PostKind.LEADER),)),
    Person("chenguowei", "陈国维", "副总经理", (("LJ", PostKind.LEADER),)),
    Person("pengyue", "彭越", "审计专员", (("LJ", PostKind.AUDITOR),)),
    Person("tangyu", "唐宇", "系统管理员", (("XX", PostKind.SYSTEM_ADMIN),)),
    Person("songyaqin", "宋雅琴", "协调办公室主任", (("XTB", PostKind.OFFICE_HEAD),), "内线5001"),
    Person("dingxiaolei", "丁晓蕾", "协调专员", (("XTB", PostKind.OFFICER),), "内线5003"),
    Person("heting", "何婷", "秘书", (("XTB", PostKind.SECRETARY), ("XTB", PostKind.LIAISON)), "内线5002"),
    Person("shaowen", "邵文", "档案管理员", (("XTB", PostKind.RECORDS),), "内线5006"),
    Person("zhengguodong", "郑国栋", "检修部主任", (("JX", PostKind.HEAD),)),
    Person("chenqiming", "陈启明", "检修部主管", (("JX", PostKind.LIAISON),), "内线5521"),
    Person(
        "zhouliqun",
        "周立群",
        "工艺班班长",
        (("JX", PostKind.STAFF), ("JX", PostKind.DEPUTY_LIAISON)),
        "内线5526",
    ),
    Person("wuhaitao", "吴海涛", "物资部部长", (("WZ", PostKind.HEAD),)),
    Person("linjia", "林佳", "物资部主管", (("WZ", PostKind.LIAISON),), "内线5311"),
    Person("sunyifan", "孙一凡", "仓储主管", (("WZ", PostKind.DEPUTY_LIAISON),)),
    Person("hanmei", "韩梅", "人力资源部部长", (("RL", PostKind.HEAD),)),
    Person("xujing", "许静", "人事专员", (("RL", PostKind.LIAISON),)),
    Person("tianyuan", "田原", "劳资专员", (("RL", PostKind.DEPUTY_LIAISON),)),
    Person("jiangzhiyuan", "蒋志远", "计划发展部部长", (("JH", PostKind.HEAD),)),
    Person("guming", "顾明", "合同主管", (("JH", PostKind.LIAISON),)),
    Person("qiaolin", "乔琳", "计划专员", (("JH", PostKind.DEPUTY_LIAISON),)),
    Person("fangming", "方铭", "财务部部长", (("CW", PostKind.HEAD),)),
    Person("luomin", "罗敏", "预算主管", (("CW", PostKind.LIAISON),)),
    Person("duanrui", "段睿", "会计", (("CW", PostKind.DEPUTY_LIAISON),)),
    Person("shilei", "石磊", "信息中心主任", (("XX", PostKind.HEAD),)),
    Person("zhaoyiming", "赵一鸣", "高级工程师", (("XX", PostKind.LIAISON),)),
    Person("moxin", "莫昕", "工程师", (("XX", PostKind.DEPUTY_LIAISON),)),
    Person("hewenbo", "贺文博", "法务部部长", (("FW", PostKind.HEAD),)),
    Person("fengqing", "冯晴", "法务主管", (("FW", PostKind.LIAISON),)),
    Person("jinyue", "金玥", "法务专员", (("FW", PostKind.DEPUTY_LIAISON),)),
    Person("weidong", "魏东", "院长", (("YY", PostKind.HEAD),)),
    Person("qinsumei", "秦素梅", "药学部主任", (("YX", PostKind.HEAD),)),
    Person("liangsiyuan", "梁思源", "临床药师", (("YX", PostKind.LIAISON),)),
    Person("wangjian", "汪建", "医务部主任", (("YW", PostKind.HEAD),)),
    Person("yuchengzhi", "俞承志", "普外科主任", (("PW", PostKind.HEAD),)),
    Person("baijun", "白峻", "呼吸内科主任", (("HX", PostKind.HEAD),)),
    Person("yeqing", "叶青", "呼吸内科护士长", (("HX", PostKind.LIAISON),)),
    Person("shiyan", "石岩", "重症医学科主任", (("ZZ", PostKind.HEAD),)),
    Person("gaoyuan", "高远", "骨科主任", (("GK", PostKind.HEAD),)),
    Person("yinhao", "尹浩", "信息科主任", (("XK", PostKind.HEAD),)),
)

# Which leader answers for which department (R012).
IN_CHARGE = {
    "fanchangqing": ("CW", "XTB", "JH", "FW", "XX"),
    "chenguowei": ("JX", "WZ", "RL", "YY"),
}

EXTERNAL_UNIT = "兴达劳务公司"
EXTERNAL_PERSON = ("maguoping", "马国平", "项目经理")

COMMITTEE = "跨部门协调委员会"
CHAIR, DEPUTY, SECRETARY = "fanchangqing", "chenguowei", "heting"
SEATS = ("XTB", "JX", "WZ", "RL", "JH", "CW", "XX", "FW")

# Goals: their words, the department (none: the whole group), the goal that they serve, the measure. The office keeps them.
GOAL_KEEPER = "songyaqin"
GOALS = (
    ("2026年机组检修安全目标", "", "", "全年零轻伤，检修作业持证上岗率100%"),
    ("2026年管理提升目标", "", "", "跨部门事项按期办结率不低于95%"),
    ("2026年数字化建设目标", "", "", "主要业务台账在线率不低于98%"),
    ("检修现场劳动防护达标", "JX", "2026年机组检修安全目标", "防护用品配置抽查合格率100%"),
    ("检修备件到货及时率达到96%", "WZ", "2026年机组检修安全目标", "按检修计划日期到货"),
    ("仓储费用比上年下降5%", "WZ", "2026年管理提升目标", "年度仓储费用决算"),
    ("外包人员管理制度全覆盖", "RL", "2026年管理提升目标", "在岗外包人员100%纳入台账"),
    ("集团数据目录覆盖六类业务", "XX", "2026年数字化建设目标", "12月底前完成登记"),
)

# The logins that `make run` prints: one for each role, in the order in which a matter meets them.
SHOWN = (
    ("zhouliqun", "职工、申请人"),
    ("dingxiaolei", "协调专员"),
    ("songyaqin", "协调办主任、会议主持人"),
    ("heting", "秘书、记录员"),
    ("linjia", "部门联络员（物资部）"),
    ("wuhaitao", "部门负责人（物资部）"),
    ("guming", "部门联络员（计划发展部）"),
    ("jiangzhiyuan", "部门负责人（计划发展部）"),
    ("fanchangqing", "委员会主任、分管领导"),
    ("luzhengping", "主要领导"),
    ("shaowen", "档案管理员"),
    ("pengyue", "审计员"),
    ("tangyu", "系统管理员"),
    ("maguoping", "外部观察员"),
)
