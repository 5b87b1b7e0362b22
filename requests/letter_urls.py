"""Addresses of contact sheets and letters."""

from django.urls import path

from requests.views import letter_answers, letter_print, letters

ONE = "letters/<int:pk>/"

urlpatterns = [
    path("requests/<int:pk>/letters/new/", letters.new_letter, name="new_letter"),
    path(ONE, letters.letter, name="letter"),
    path(f"{ONE}edit/", letters.edit_letter, name="letter_edit"),
    *(
        path(f"{ONE}{name.replace('_', '-')}/", letters.at_once(name), name=f"letter_{name}")
        for name in letters.DONE
    ),
    *(
        path(f"{ONE}{name}/", letters.with_reason(name), name=f"letter_{name}")
        for name in letters.WITH_REASON
    ),
    path(f"{ONE}answers/<int:addressee_pk>/", letter_answers.answer_letter, name="letter_answer"),
    path(f"{ONE}answers/<int:addressee_pk>/receive/", letter_answers.receive_letter, name="letter_receive"),
    path(f"{ONE}answers/<int:addressee_pk>/confirm/", letter_answers.confirm_answer, name="letter_confirm"),
    path(f"{ONE}files/<int:file_pk>/", letters.letter_file, name="letter_file"),
    path(f"{ONE}files/<int:file_pk>/remove/", letters.remove_file, name="letter_file_remove"),
    path(f"{ONE}print.pdf", letter_print.as_pdf, name="letter_pdf"),
    path(f"{ONE}print.docx", letter_print.as_word, name="letter_docx"),
    path("handovers/<int:pk>/misrouting/", letter_answers.misrouting, name="misrouting"),
]
