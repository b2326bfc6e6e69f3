# Parley. `make help` lists what can be made.
#
# Set-up is kept by stamp files: a second call does only what changed.

.DEFAULT_GOAL := help
.ONESHELL:
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST_ARGS ?=
# A venv made by one Python must not be found "fresh" by another machine's; its own stamp lies inside it.
PY_STAMP  := .venv/.installed
NPM_STAMP := node_modules/.installed
WEB       := frontend/dist/index.html
WEB_SOURCES := $(shell find frontend/src frontend/public -type f -not -name '*.test.*' 2>/dev/null) \
	$(wildcard frontend/index.html frontend/vite.config.* frontend/tsconfig*.json)
PACKAGES := $(wildcard package.json package-lock.json frontend/package.json tests/interop/package.json .npmrc)

.PHONY: help setup web run test check e2e soak bench lock clean

help: ## List the targets
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(PY_STAMP) $(NPM_STAMP) $(if $(wildcard frontend/src/main.tsx),$(WEB)) ## Install everything the lock files name and build the web application
	@:

$(PY_STAMP): requirements-dev.txt pyproject.toml
	@python=""
	for candidate in python3 python3.13 python3.12 python3.11 python3.14 python; do
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python="$$candidate"; break; fi
	done
	if [ -z "$$python" ]; then echo "Parley needs Python 3.11 or later on the PATH." >&2; exit 1; fi
	if ! [ -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
	  "$$python" -m venv --clear .venv || { echo "Python's venv module is missing (on Debian: apt install python3-venv)." >&2; exit 1; }
	fi
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(NPM_STAMP): $(PACKAGES)
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null \
	  || { echo "Parley needs Node 20 or later on the PATH." >&2; exit 1; }
	npm ci --silent --no-fund --no-audit
	touch $@

web: $(NPM_STAMP) $(WEB) ## Build the web application

$(WEB): $(NPM_STAMP) $(WEB_SOURCES)
	@npm run --silent build --workspace frontend
	touch $@

run: setup ## Set up, migrate, make the demo agreement and serve on http://127.0.0.1:8000
	@export PARLEY_PUBLIC_URL="$${PARLEY_PUBLIC_URL:-http://$(HOST):$(PORT)}"
	.venv/bin/parley migrate
	.venv/bin/parley demo
	exec .venv/bin/parley serve --host $(HOST) --port $(PORT)

test: setup ## Set up and run every test (linters, types and the web application's tests are tests too)
	@.venv/bin/python -m pytest $(PYTEST_ARGS)

check: test ## Exactly what continuous integration runs

e2e: setup ## The journeys in a browser
	@.venv/bin/python -m pytest -m e2e tests/e2e $(PYTEST_ARGS)

soak: setup ## Long random histories and load
	@.venv/bin/python -m pytest -m soak --timeout 3600 $(PYTEST_ARGS)

bench: setup ## Measure the core rows; PEERS=1 measures the peers beside us
	@.venv/bin/python bench/run.py $(if $(PEERS),--peers) $(BENCH_ARGS)

lock: ## Resolve the Python and Node dependencies anew into the lock files
	@lock() { .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url --no-emit-find-links "$$@" pyproject.toml; }
	lock --extra dev -o requirements-dev.txt
	lock -c requirements-dev.txt -o requirements.txt
	npm install --package-lock-only --silent

clean: ## Remove what was built (never data)
	rm -rf .venv node_modules frontend/dist
