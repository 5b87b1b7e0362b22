"""Addresses of circulating papers, signatures and kinds of papers."""

from django.urls import path

from requests.views import circulation_print, circulations, countersigns, paper_kinds

ONE = "circulations/<int:pk>/"
ROW = f"{ONE}signatures/<int:row_pk>/"

urlpatterns = [
    path("requests/paper-kinds/", paper_kinds.paper_kinds, name="paper_kinds"),
    path("requests/paper-kinds/new/", paper_kinds.paper_kind, name="new_paper_kind"),
    path("requests/paper-kinds/<int:pk>/", paper_kinds.paper_kind, name="paper_kind"),
    path("requests/<int:pk>/circulations/new/", circulations.new_circulation, name="new_circulation"),
    path(ONE, circulations.circulation, name="circulation"),
    path(f"{ONE}edit/", circulations.edit_circulation, name="circulation_edit"),
    path(f"{ONE}add/", circulations.add_department, name="circulation_add"),
    path(f"{ONE}text/", circulations.change_text, name="circulation_text"),
    *(
        path(f"{ONE}{name.replace('_', '-')}/", circulations.at_once(name), name=f"circulation_{name}")
        for name in circulations.DONE
    ),
    *(
        path(f"{ONE}{name.replace('_', '-')}/", circulations.with_reason(name), name=f"circulation_{name}")
        for name in circulations.WITH_REASON
    ),
    path(f"{ONE}print.pdf", circulation_print.as_pdf, name="circulation_pdf"),
    path(f"{ONE}print.docx", circulation_print.as_word, name="circulation_docx"),
    path(ROW, countersigns.countersign, name="countersign"),
    path(f"{ROW}receive/", countersigns.receive, name="countersign_receive"),
    path(f"{ROW}pass-on/", countersigns.pass_on, name="countersign_pass_on"),
    path(f"{ROW}answer/", countersigns.answer_opinion, name="countersign_answer"),
    path(f"{ROW}rule/", countersigns.rule, name="countersign_rule"),
    path(f"{ROW}read/", countersigns.read, name="countersign_read"),
]
