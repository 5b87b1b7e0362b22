"""Pages of the API: by cursor, so that page 1,000 costs what page 1 costs and nothing is counted."""

from rest_framework.pagination import CursorPagination


class Pages(CursorPagination):
    """Newest first. `next` and `previous` are addresses; there is no total."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = ("-pk",)
