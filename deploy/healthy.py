"""Ask the web tier of this container how it is: ends with 0 when /healthz answers 200.

The request bears the name that ALLOWED_HOSTS expects, and says that it came over https as the proxy would.
"""

import os
import sys
import urllib.error
import urllib.request

host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".") or "localhost"
path = sys.argv[1] if len(sys.argv) > 1 else "healthz"
question = urllib.request.Request(
    f"http://127.0.0.1:8000/{path}", headers={"Host": host, "X-Forwarded-Proto": "https"}
)
try:
    urllib.request.urlopen(question, timeout=5).close()
except urllib.error.URLError as fault:
    sys.exit(str(fault))
