# TicketDesk. Needs Python 3.11+ and make; everything else comes from the locked packages.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# A stamp carries the content of what it was made from, and the place: a moved checkout, a changed
# lock or another Python installs anew, anything else is left alone.
identity = $(shell { cat $(1) pyproject.toml; pwd; $(PYTHON) --version; } 2>/dev/null | cksum | tr ' ' '-')
RUN_READY := $(VENV)/.ready-run-$(call identity,requirements.lock)
DEV_READY := $(VENV)/.ready-dev-$(call identity,requirements-dev.lock)

# $(call step,title,command): one line with a tick and its time; all the output when it fails.
step = began=$$(date +%s); \
	if ! output=$$( { $(2); } 2>&1 ); then printf '%s\n✗ %s\n' "$$output" "$(1)" >&2; exit 1; fi; \
	printf '✓ %-58s %6d s\n' "$(1)" $$(( $$(date +%s) - began ))

PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

.PHONY: run dev test lint format bench lock browser help

help:
	@printf '%s\n' 'make run    the whole desk, at http://localhost:8000' \
	  'make dev    the same with hot reload' 'make test   everything CI runs' \
	  'make lint   formatter, linter, types, import contracts' \
	  'make bench  benchmarks' 'make lock   renew the locked dependencies'

.DEFAULT_GOAL := help

run: $(RUN_READY)
	@$(BIN)/ticketdesk run --demo

dev: $(DEV_READY)
	@$(BIN)/ticketdesk dev

test: $(DEV_READY) browser
	@$(call step,Staff app and widget,$(BIN)/ticketdesk build)
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(DEV_READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/pyright
	@$(BIN)/lint-imports

format: $(DEV_READY)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(DEV_READY) browser
	@$(call step,Staff app and widget,$(BIN)/ticketdesk build)
	@$(BIN)/python -m bench

# --no-emit-index-url and no annotations of sources: a lock names packages and hashes, not places.
lock: $(DEV_READY)
	@$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --extra install \
	  --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	@$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --extra install \
	  --extra dev --extra lock -c requirements.lock \
	  --generate-hashes --no-emit-index-url --no-header -o requirements-dev.lock

browser:
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  $(call step,Chromium,apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium); \
	else \
	  echo 'The browser tests need Chromium: install the package "chromium" (sudo apt-get install chromium).' >&2; exit 1; \
	fi

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo 'TicketDesk needs Python 3.11 or newer as python3 (or: make PYTHON=/path/to/python3.12 …).' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo 'Python lacks its venv module: install it (Debian: the package python3-venv).' >&2; exit 1; }
	@$(call step,Virtual environment,$(PYTHON) -m venv --clear $(VENV))

$(RUN_READY): $(VENV)/bin/python
	@$(call step,Dependencies,$(PIP) install -q --require-hashes -r requirements.lock)
	@$(call step,TicketDesk itself,$(PIP) install -q --no-deps --no-build-isolation -e .)
	@rm -f $(VENV)/.ready-run-*; touch $@

# The development lock holds everything of the other one, in the same versions.
$(DEV_READY): $(VENV)/bin/python
	@$(call step,Dependencies for development,$(PIP) install -q --require-hashes -r requirements-dev.lock)
	@$(call step,TicketDesk itself,$(PIP) install -q --no-deps --no-build-isolation -e .)
	@rm -f $(VENV)/.ready-*; touch $@ $(RUN_READY)
