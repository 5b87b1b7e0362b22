"""Addresses of process documents."""

from django.urls import path

from requests.views import procedures

urlpatterns = [
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/new/", procedures.publish, name="procedure_new"),
    path("procedures/<int:pk>/", procedures.procedure, name="procedure"),
    path("procedures/<int:pk>/renew/", procedures.renew, name="procedure_renew"),
    path("procedures/<int:pk>/withdraw/", procedures.withdraw, name="procedure_withdraw"),
    path(
        "procedures/<int:pk>/readings/<int:reading_pk>/confirm/", procedures.confirm, name="procedure_confirm"
    ),
    path("procedures/<int:pk>/files/<int:file_pk>/", procedures.document, name="procedure_file"),
]
