"""The wiring. Our app `requests` bears the name of a well-known HTTP library, so the compat line stands first.

DRF's compat module imports whatever is called `requests`; `rest_framework.test` and drf-spectacular then use it as
the HTTP library. It must see none (docs/the-name-requests.md).
"""

import rest_framework.compat

rest_framework.compat.requests = None
