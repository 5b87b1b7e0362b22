"""Addresses of what is done with several rows of a list; `urls.py` takes them in under the name `requests`."""

from django.urls import path

from requests.views import bulk, chosen

FOLDERS = {"matters": "requests", "items": "items"}

urlpatterns = [
    *(
        path(f"{FOLDERS[listing]}/bulk/{name}/", page, name=f"{listing}_{name}")
        for (listing, name), page in bulk.PAGES.items()
    ),
    path("requests/bulk/export/", chosen.export_matters, name="matters_export"),
    path("requests/bulk/print/", chosen.print_matters, name="matters_print"),
    path("items/bulk/export/", chosen.export_items, name="items_export_chosen"),
    path("items/bulk/print/", chosen.print_items, name="items_print"),
]
