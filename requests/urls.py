"""Addresses of this app."""

from requests import item_urls

app_name = "requests"

urlpatterns = [*item_urls.urlpatterns]
