# Two commands: `make run` and `make test` (README.md). The rest are their parts.
PY := .venv/bin/python
