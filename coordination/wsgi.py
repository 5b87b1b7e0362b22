"""WSGI entry point."""

import gc
import os
import threading

from django.apps import apps
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import trans_real

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")
application = get_wsgi_application()

# Django keeps the language and the zone of a request where asynchronous code finds them as well, behind a lock; a page asks
# for them five hundred times. Here is no asynchronous code: a thread writes one page at a time, and its own store will do.
trans_real._active = threading.local()  # type: ignore[attr-defined]  # not in the stubs
timezone._active = threading.local()  # type: ignore[attr-defined]  # not in the stubs
# What the first readers would wait for is read now, once for all processes: addresses, what models know of each other,
# the templates of the pages that everybody opens.
reverse("home")
for model in apps.get_models():
    model._meta.get_fields()
for page in (
    "home",
    "search",
    "requests/list",
    "requests/detail",
    "requests/form",
    "requests/item",
    "requests/plan",
):
    get_template(f"{page}.html")

# What has been read so far stays for good. Set aside, it is not looked over for rubbish again and again while a page is
# written, and processes that are forked from this one (gunicorn --preload) go on sharing its memory.
gc.collect()
gc.freeze()
