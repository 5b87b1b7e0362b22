"""Addresses of the action items; `urls.py` takes them in under the name `requests`."""

from django.urls import path

from requests.views import defects, exports, item, item_acts, items

# Each verb of the table with the word in its address.
VERBS = {name: name.replace("_", "-") for name in item_acts.ACTS}

urlpatterns = [
    path("items/", items.items, name="items"),
    path("items/export.csv", exports.items_csv, name="items_export"),
    path("items/export.xlsx", exports.items, name="items_workbook"),
    path("items/<int:pk>/", item.item, name="item"),
    path("items/<int:pk>/obstacles/<int:obstacle_pk>/end/", item_acts.end_obstacle, name="end_obstacle"),
    path("items/<int:pk>/remind/", item_acts.remind, name="item_remind"),
    path("items/<int:pk>/files/<int:file_pk>/", item.file, name="item_file"),
    path("items/releases/<int:pk>/", item.release, name="release"),
    path("items/extensions/<int:pk>/", item.extension, name="extension"),
    path("defects/<int:pk>/", defects.defect, name="defect"),
    path("defects/<int:pk>/report/", defects.report, name="defect_report"),
    path("defects/<int:pk>/confirm/", defects.confirm, name="defect_confirm"),
    path("defects/<int:pk>/refuse/", defects.refuse, name="defect_refuse"),
    *(
        path(f"items/<int:pk>/{word}/", item_acts.page_of(name), name=f"item_{name}")
        for name, word in VERBS.items()
    ),
]
