"""A page with every part of the kit, so that the kit is tested before and beside the pages that use it."""

from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path

from audit.acting import now
from coordination.urls import urlpatterns as house
from pages.answers import count_errors
from pages.forms import OfficeForm

ROW = """<div class="h"><span>第<span data-row-number>{{ number }}</span>次</span>
<button class="btn btn-sm btn-quiet" type="button" data-remove-row hidden>删除</button></div>
<div class="x-2">{% field form.person %}{% field form.met_at %}</div>"""

PAGE = """{% extends "base.html" %}
{% block title %}跨部门协作需求表{% endblock %}
{% block crumb %}<li><a href="/">协调需求</a></li><li>提协调需求</li>{% endblock %}
{% block main %}<form method="post" novalidate data-autosave-url="/draft/">{% csrf_token %}
<div class="x-head"><div class="t"><h1>跨部门协作需求表</h1><p class="sub"><span class="x-save">{% icon "check" "s" %}<span role="status" data-autosave-status>尚未保存</span></span></p></div>
<div class="x-acts"><button class="btn btn-plain wide-only" type="submit" name="go" value="draft">存草稿</button><button class="btn btn-primary" type="submit">提交</button></div></div>
<div class="x-form"><nav class="x-secnav" aria-label="表单各节"><a href="#s1" aria-current="location">基本信息<span class="st ok">已填</span></a><a href="#s2">前期沟通</a></nav>
<div>{% errors form rows %}<div class="x-sheet"><fieldset class="x-fs" id="s1"><legend>基本信息</legend>{% field form.title %}{% field form.goal %}
<div class="x-2">{% field form.kind %}{% field form.due_on %}</div>{% field form.urgency %}{% field form.parts %}{% field form.agreed %}{% field form.file %}</fieldset>
<fieldset class="x-fs" id="s2"><legend>前期沟通记录</legend>{% include "pages/rows.html" with formset=rows row_template=row_template add="再记一次沟通" %}</fieldset></div></div>
<aside aria-label="填写帮助"><section class="x-sheet"><header><h2>提交以后</h2></header><div class="b x-small x-sec">协调办公室1个工作日内受理或退回补正。</div></section></aside></div></form>{% endblock %}"""

LIST = """{% extends "base.html" %}
{% block title %}督办台账{% endblock %}
{% block main %}<div class="x-head"><div class="t"><h1>督办台账</h1></div></div><div class="x-cols wide-r"><section class="x-sheet" aria-label="台账">
<nav class="x-tabs" aria-label="台账范围"><a href="{% query tab=None %}" aria-current="page">在办 <span class="x-count">3</span></a><a href="{% query tab="done" %}">已办结 <span class="x-count">0</span></a></nav>
<table class="x-table cards" role="table"><caption class="visually-hidden">台账</caption><thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">编号</th><th scope="col" role="columnheader">事项</th><th scope="col" role="columnheader">期限</th></tr></thead>
<tbody role="rowgroup">{% for n in page %}<tr role="row"><td role="cell" class="id x-nw x-sec" data-label="编号">{{ n|no }}</td><td role="cell" class="t" data-label="事项"><a href="/{{ forloop.counter }}/">劳保服配置{{ forloop.counter }}</a></td><td role="cell" data-label="期限">{% light "warn" %}剩1个工作日{% endlight %}</td></tr>{% endfor %}</tbody></table>{% pages page %}</section>
<section class="x-sheet"><header><h2>经过</h2></header><div class="b">{% timeline story narrow=True %}</div></section></div>
<section class="x-sheet mt-3" aria-label="办理进度">{% include "pages/steps.html" %}</section>{% endblock %}"""


class Ask(OfficeForm):
    title = forms.CharField(label="标题", max_length=60, help_text="写成“关于……的协作需求”，不超过60字。")
    goal = forms.CharField(label="协调目标", widget=forms.Textarea, min_length=10, max_length=500)
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), ("a", "内部事务")])
    due_on = forms.DateField(label="希望完成日期", required=False)
    urgency = forms.ChoiceField(
        label="紧急程度", choices=[("n", "普通"), ("u", "急件")], widget=forms.RadioSelect
    )
    parts = forms.MultipleChoiceField(
        label="希望参与部门", choices=[("1", "物资部"), ("2", "财务部")], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="已与本部门负责人沟通")
    file = forms.FileField(label="附件", required=False)


class Talk(OfficeForm):
    person = forms.CharField(label="对象人")
    met_at = forms.DateTimeField(label="时间")


Talks = forms.formset_factory(Talk, extra=1, can_delete=True)
saved: list[dict[str, str]] = []


def _page(request, source, context, status=200):
    template = engines["django"].from_string(source)
    return HttpResponse(template.render(context, request), status=status)


@login_required
def specimen(request):
    form = Ask(request.POST or None, request.FILES or None)
    rows = Talks(request.POST or None)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        messages.success(request, f"协〔2026〕41号已提交，记了{len(rows.cleaned_data)}次沟通。")
        return redirect("/specimen/")
    found = count_errors(form) + count_errors(rows)
    context = {
        "form": form,
        "rows": rows,
        "errors_found": found,
        "row_template": engines["django"].from_string(ROW),
    }
    return _page(request, PAGE, context, 422 if found else 200)


@login_required
def draft(request):
    saved.append(request.POST.dict())
    return JsonResponse({"saved_at": "14:12"})


@login_required
def register(request):
    story = [
        SimpleNamespace(at=now(), tone=tone, sentence="协〔2026〕41号已受理。", values={}, reason=reason)
        for tone, reason in (("acc", ""), ("bad", "请写明希望达到的状态。"))
    ]
    steps = [
        {"name": "提出", "state": "done", "lines": ["检修部 周立群"]},
        {"name": "准备", "state": "now", "lines": ["现由协调办公室 丁晓蕾办理", "限 09-17 17:30"]},
        {"name": "决策", "state": "", "lines": ["限3个工作日"]},
    ]
    numbers = [f"督〔2026〕{n}号" for n in range(90, 95)]
    page = Paginator(numbers, 3).get_page(request.GET.get("page"))
    return _page(request, LIST, {"page": page, "story": story, "steps": steps})


urlpatterns = [
    *house,
    path("specimen/", specimen),
    path("draft/", draft),
    path("register/", register),
]
