"""WSGI entry point."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")
application = get_wsgi_application()
_ = get_resolver().url_patterns  # else the first reader of each process waits for all views to be read

# What has been read so far stays for good. Set aside, it is not looked over for rubbish again and again while a page is
# written, and processes that are forked from this one (gunicorn --preload) go on sharing its memory.
gc.collect()
gc.freeze()
